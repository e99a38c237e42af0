"""What differs between two scenarios as separate changes, and scenarios in which only some are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from rules.errors import InputError, problem
from rules.levers import SPECS
from scenarios.again import again
from scenarios.differences import Change, differences
from scenarios.experiment import Arm
from scenarios.scenario import Scenario
from simulation.inputs import Inputs

DATES: Final = ("phase.one_from", "phase.one_to", "phase.two_from", "phase.two_to")
"""Dates that must stay in order, so that some cannot be changed without the others."""

_TOGETHER: Final = ("centres", "closures", "sites", "workforce", "scheme")
"""Sections of a scenario that change as a whole."""


@dataclass(frozen=True)
class Part:
    """Changes that are made together. `id` is the lever's or parameter's, or the name of what they share."""

    id: str
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """What is changed into what, for a reader."""
        if len(self.changes) == 1:
            only = self.changes[0]
            return f"{only.mine}, not {only.theirs}"
        return ", ".join(change.id or change.kind for change in self.changes)


def parts(first: Scenario, second: Scenario, *, grouped: bool = False) -> tuple[Part, ...]:
    """What the second scenario changes in the first, each lever and parameter alone, other sections whole.

    `grouped` puts levers of one subject together, and parameters of one topic. Dates of the phases stay
    together where some cannot be changed alone. The horizon is left out: scenarios that are compared share
    it. Raises `InputError` A001 for a national scheme against one from scratch.
    """
    if (first.plain is None) != (second.plain is None):
        said = f"'{first.id}' and '{second.id}' have no changes in common to take apart"
        raise problem("A001", said, hint="compare two national schemes, or two from scratch")
    changes = [change for change in differences(second, first) if change.kind != "horizon"]
    if first.plain != second.plain:
        changes.append(Change("scheme", "", second.id, first.id))
    dates = {change.id for change in changes if change.id in DATES}
    bound = dates if _bound(first, second, sorted(dates)) else set()
    named: dict[str, list[Change]] = {}
    for change in changes:
        named.setdefault(_name(change, bound, grouped=grouped), []).append(change)
    return tuple(Part(name, tuple(found)) for name, found in named.items())


def mixed(first: Scenario, second: Scenario, made: Sequence[Part]) -> Scenario:
    """The first scenario with these parts as in the second."""
    changes = [change for part in made for change in part.changes]
    levers = {change.id: second.levers[change.id] for change in changes if change.kind == "lever"}
    overrides = dict(first.overrides)
    for change in changes:
        if change.kind == "parameter":
            overrides.pop(change.id, None)
            if change.id in second.overrides:
                overrides[change.id] = second.overrides[change.id]
    of = {kind: second if any(change.kind == kind for change in changes) else first for kind in _TOGETHER}
    return replace(
        first,
        id="+".join([first.id, *(part.id for part in made)]),
        levers=first.levers.patched(levers),
        overrides=overrides,
        centres=of["centres"].centres,
        centres_evidence=of["centres"].centres_evidence,
        closures=of["closures"].closures,
        sites=of["sites"].sites,
        scale=of["workforce"].scale,
        workforce_file=of["workforce"].workforce_file,
        plain=of["scheme"].plain,
    )


def arm_of(mix: Scenario, inputs: Inputs, ends: Sequence[Arm]) -> Arm:
    """A mix as an arm, with the command of the end from which it differs in levers and parameters alone."""
    commands = (again(end, inputs) for end in ends)
    return Arm(mix.id, inputs, mix.digest, next(filter(None, commands), ""))


def _name(change: Change, bound: set[str], *, grouped: bool) -> str:
    if change.kind == "lever" and grouped:
        return SPECS[change.id].group.lower()
    if change.id in bound:
        return "dates of the phases"
    if change.kind == "parameter" and grouped:
        return change.id.partition(".")[0]
    return change.id or change.kind


def _bound(first: Scenario, second: Scenario, dates: Sequence[str]) -> bool:
    """Whether some of the dates cannot be changed without the others."""
    for size in range(1, len(dates)):
        for chosen in combinations(dates, size):
            try:
                first.levers.patched({name: second.levers[name] for name in chosen})
            except InputError:
                return True
    return False
