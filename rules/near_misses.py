"""Rules that nearly applied: exactly the tests that kept them from it, and the values read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.compiled import CompiledDecision
from rules.conditions import wanted
from rules.evaluator import Obstacle, judge, obstacles
from rules.hit_policies import Outcome, cited
from rules.model import Citation, Facts, FactSpec
from rules.wording import Plain, needed, plain, words


@dataclass(frozen=True)
class Failed:
    """A test that kept a rule from applying: the fact, the value read, and what was needed, in words."""

    fact: str
    label: str
    value: Plain
    needed: str

    def sentence(self) -> str:
        """One line, for example `Contract under which the work is done: employed; needed agency`."""
        return f"{self.label}: {words(self.value)}; needed {self.needed}"


@dataclass(frozen=True)
class NearMiss:
    """A rule that did not apply and would have changed the answer, with the fewest tests in its way.

    `earlier` is True when a derived fact is in the way, so that an earlier decision says more.
    """

    rule: str
    title: str
    cite: tuple[Citation, ...]
    cited: str
    failed: tuple[Failed, ...]
    earlier: bool


def near_misses(
    compiled: CompiledDecision, vocabulary: Mapping[str, FactSpec], known: Facts, fired: list[Outcome]
) -> tuple[NearMiss, ...]:
    """Rules in force that did not apply and would have changed the answer, the nearest first.

    Fewest failed tests first; between equals those that failed on given facts before those that failed on
    derived ones, then the order of the file.
    """
    ranked: list[tuple[int, bool, int, NearMiss]] = []
    for place, (name, condition) in enumerate(compiled.conditions.items()):
        judged = judge(condition, known)
        if judged.verdict is not False or not compiled.would_change(fired, name):
            continue
        in_the_way = obstacles(judged)
        if not in_the_way:
            continue
        rule = compiled.outcomes[name].rule
        failed = tuple(_failed(obstacle, vocabulary[obstacle.leaf.fact]) for obstacle in in_the_way)
        on_derived = any(vocabulary[obstacle.leaf.fact].derived for obstacle in in_the_way)
        near = NearMiss(name, rule.title, rule.cite, cited(rule), failed, on_derived)
        ranked.append((len(failed), on_derived, place, near))
    return tuple(near for *_, near in sorted(ranked, key=lambda entry: entry[:3]))


def _failed(obstacle: Obstacle, spec: FactSpec) -> Failed:
    constants = wanted(obstacle.leaf)
    return Failed(spec.name, spec.label, plain(spec, obstacle.value), needed(obstacle, constants))
