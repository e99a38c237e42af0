"""Checking the rulebook as a whole: every case decided, none decided twice, every rule and lever of use.

What the rules reveal about the consultation itself is in `rules.findings`; the report carries both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rules.cases import CaseResult, load_cases, run_cases
from rules.compiled import levers_of_rule
from rules.domains import can_fire, every_value, situations
from rules.findings import Finding, findings, known_gap, silent_cases
from rules.hit_policies import ConflictError, answer
from rules.levers import COMPUTED, SPECS, LeverSpec
from rules.loader import load_rulebook
from rules.model import DecisionTable, Facts, FactSpec, Rulebook
from rules.wording import plain

DefectKind = Literal[
    "gap", "conflict", "dead_rule", "stale_gap", "unread_lever", "uncovered_rule", "failed_case"
]
_MOST_SHOWN = 5


@dataclass(frozen=True)
class Defect:
    """Something wrong with the rulebook: where, what, and the case that shows it."""

    kind: DefectKind
    where: str
    message: str
    facts: Mapping[str, object] | None = None
    levers: Mapping[str, object] | None = None

    def to_dict(self) -> dict[str, object]:
        """Plain data for output."""
        return {
            "kind": self.kind,
            "where": self.where,
            "message": self.message,
            "facts": dict(self.facts or {}),
            "levers": dict(self.levers or {}),
        }


@dataclass(frozen=True)
class Reading:
    """A place where the consultation is silent or open, and what this project reads into it."""

    where: str
    paragraphs: tuple[str, ...]
    text: str

    def to_dict(self) -> dict[str, object]:
        """Plain data for output."""
        return {"where": self.where, "paragraphs": list(self.paragraphs), "text": self.text}


@dataclass(frozen=True)
class AuditReport:
    """The state of a rulebook. `defects` is empty when it is sound; findings are about the consultation."""

    decisions: int
    rules: int
    levers: int
    cases: int
    situations: int
    defects: tuple[Defect, ...]
    findings: tuple[Finding, ...]
    readings: tuple[Reading, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with the rulebook."""
        return not self.defects

    def to_dict(self) -> dict[str, object]:
        """Plain data for output."""
        return {
            "sound": self.sound,
            "decisions": self.decisions,
            "rules": self.rules,
            "levers": self.levers,
            "cases": self.cases,
            "situations": self.situations,
            "defects": [defect.to_dict() for defect in self.defects],
            "findings": [finding.to_dict() for finding in self.findings],
            "readings": [reading.to_dict() for reading in self.readings],
        }


def audit(folder: Path | None = None) -> AuditReport:
    """Audit the rulebook of a folder (the shipped one by default) with the cases beside it.

    Raises InputError when the rulebook or its cases cannot be read.
    """
    book = load_rulebook(folder)
    results = run_cases(load_cases(folder, book), book)
    return audit_rulebook(book, results)


def audit_rulebook(book: Rulebook, results: Sequence[CaseResult]) -> AuditReport:
    """Audit a rulebook, given how its cases came out."""
    defects: list[Defect] = []
    tried = 0
    for table in book.decisions.values():
        found, count = _cells(table, book.vocabulary)
        tried += count
        defects += [*found, *_dead(table, book.vocabulary), *_stale_gaps(table, book.vocabulary)]
    defects += [*unread_levers(book), *_uncovered(book, results), *_failed(results)]
    return AuditReport(
        decisions=len(book.decisions),
        rules=sum(len(table.rules) for table in book.decisions.values()),
        levers=len(SPECS),
        cases=len(results),
        situations=tried,
        defects=tuple(defects),
        findings=findings(book),
        readings=_readings(book),
    )


def _cells(table: DecisionTable, vocabulary: Mapping[str, FactSpec]) -> tuple[list[Defect], int]:
    """Gaps and conflicts over every case; of many alike, the first few are named and the rest counted."""
    if not table.complete_over:
        return [], 0
    gaps: list[Defect] = []
    conflicts: list[Defect] = []
    count = 0
    for situation in situations(table, vocabulary, table.rules, every_value):
        count += 1
        facts, levers = _shown(situation.facts, vocabulary), dict(situation.setting)
        if not situation.fired and known_gap(table, situation.facts) is None:
            gaps.append(Defect("gap", table.name, "no rule decides this case", facts, levers))
        try:
            answer(table, situation.fired)
        except ConflictError as error:
            conflicts.append(Defect("conflict", table.name, error.problems[0].message, facts, levers))
    silences = [] if gaps else _silences_undeclared(table, vocabulary)
    return [*_few(gaps), *_few(conflicts), *silences], count


def _silences_undeclared(table: DecisionTable, vocabulary: Mapping[str, FactSpec]) -> list[Defect]:
    """Cases that only a reading decides and that no declared gap owns up to."""
    said = "only a reading of ours decides this case, and no known gap says so"
    return _few(
        [
            Defect("gap", table.name, said, _shown(case.facts, vocabulary), dict(case.setting))
            for case in silent_cases(table, vocabulary)
            if known_gap(table, case.facts) is None
        ]
    )


def _dead(table: DecisionTable, vocabulary: Mapping[str, FactSpec]) -> list[Defect]:
    return [
        Defect("dead_rule", rule.id, "no facts and no levers let this rule fire")
        for rule in table.rules
        if not can_fire(rule, vocabulary)
    ]


def _stale_gaps(table: DecisionTable, vocabulary: Mapping[str, FactSpec]) -> list[Defect]:
    owned = {gap.id for case in silent_cases(table, vocabulary) if (gap := known_gap(table, case.facts))}
    return [
        Defect("stale_gap", gap.id, "every case of this known gap is decided by the document itself")
        for gap in table.known_gaps
        if gap.id not in owned
    ]


def unread_levers(book: Rulebook, specs: Mapping[str, LeverSpec] = SPECS) -> list[Defect]:
    """Levers that claim to be read by rules and are not, and the reverse."""
    named = [
        lever for table in book.decisions.values() for rule in table.rules for lever in levers_of_rule(rule)
    ]
    read = {COMPUTED[lever].of if lever in COMPUTED else lever for lever in named}
    defects = []
    for spec in specs.values():
        if spec.read_by == "rules" and spec.id not in read:
            defects.append(Defect("unread_lever", spec.id, "no rule reads this lever"))
        elif spec.read_by == "simulation" and spec.id in read:
            said = "rules read this lever, though it is declared for the simulation only"
            defects.append(Defect("unread_lever", spec.id, said))
    return defects


def _uncovered(book: Rulebook, results: Sequence[CaseResult]) -> list[Defect]:
    reached = {rule for result in results for rule in result.fired}
    return [
        Defect("uncovered_rule", rule.id, "no case makes this rule fire")
        for table in book.decisions.values()
        for rule in table.rules
        if rule.id not in reached
    ]


def _failed(results: Sequence[CaseResult]) -> list[Defect]:
    return [
        Defect("failed_case", str(result.case.place), f"{result.case.name}: {'; '.join(result.differences)}")
        for result in results
        if not result.holds
    ]


def _readings(book: Rulebook) -> tuple[Reading, ...]:
    """The register of readings: rules that say so, and levers whose every option is assumed."""
    rules = [
        Reading(rule.id, tuple(str(citation) for citation in rule.cite), rule.reading)
        for table in book.decisions.values()
        for rule in table.rules
        if rule.reading
    ]
    levers = [
        Reading(spec.id, tuple(f"para {number}" for number in spec.paragraphs), _assumed(spec))
        for spec in SPECS.values()
        if (
            all(option.basis == "assumed" for option in spec.options)
            if spec.options
            else spec.basis == "assumed"
        )
    ]
    return (*rules, *levers)


def _assumed(spec: LeverSpec) -> str:
    return (
        f"{spec.label}: the consultation does not say; {spec.default} is assumed, and the lever changes it."
    )


def _shown(facts: Facts, vocabulary: Mapping[str, FactSpec]) -> dict[str, object]:
    return {name: plain(vocabulary[name], value) for name, value in facts.items()}


def _few(defects: list[Defect]) -> list[Defect]:
    """The first few; the last of them says how many more there are."""
    if len(defects) <= _MOST_SHOWN:
        return defects
    last = defects[_MOST_SHOWN - 1]
    more = len(defects) - _MOST_SHOWN
    counted = Defect(last.kind, last.where, f"{last.message} (and {more} more)", last.facts, last.levers)
    return [*defects[: _MOST_SHOWN - 1], counted]
