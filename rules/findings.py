"""What the rules reveal about the consultation itself: cases it leaves open, and dates that cannot be met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.conditions import Constant, facts_read
from rules.domains import Choices, Setting, Situation, is_spoken, situations, spoken_values
from rules.evaluator import evaluate
from rules.hit_policies import Outcome, answer
from rules.lever_kinds import LeverSpec, LeverValue
from rules.levers import SPECS, Levers
from rules.model import Citation, DecisionTable, Facts, FactSpec, KnownGap, Rulebook
from rules.wording import plain, setting_words, words

FindingKind = Literal["silence", "empty_window", "single_day", "too_late"]
_WINDOW = {"opens_months", "opens_after", "closes_months", "closes_after"}
_EXAMPLE_START = date(2018, 1, 1)


@dataclass(frozen=True)
class Finding:
    """Something the consultation leaves open or makes impossible, with its paragraphs and a worked case.

    `facts` and `levers` are the case; `shown` says it in words. `reading` is what this project does about it.
    Dates that cannot be met have in `grounds` the titles of the rules they follow from, the opening first,
    and in `conclusion` what follows, so that a reader of several findings is told it once.
    """

    kind: FindingKind
    id: str
    decision: str
    title: str
    cite: tuple[Citation, ...]
    shown: tuple[str, ...]
    facts: Mapping[str, object]
    levers: Mapping[str, object]
    rules: tuple[str, ...] = ()
    reading: str = ""
    cases: int = 1
    grounds: tuple[str, ...] = ()
    conclusion: str = ""

    def to_dict(self) -> dict[str, object]:
        """Plain data for output."""
        return {
            "kind": self.kind,
            "id": self.id,
            "decision": self.decision,
            "title": self.title,
            "paragraphs": [str(citation) for citation in self.cite],
            "shown": list(self.shown),
            "facts": dict(self.facts),
            "levers": dict(self.levers),
            "rules": list(self.rules),
            "reading": self.reading,
            "cases": self.cases,
        }


def findings(book: Rulebook) -> tuple[Finding, ...]:
    """Everything that the rules of a rulebook reveal about the documents they cite."""
    found: list[Finding] = []
    for table in book.decisions.values():
        found.extend(_silences(table, book.vocabulary))
        if table.hit_policy == "strictest" and {field.name for field in table.answers} >= _WINDOW:
            found.extend(_windows(table, book.vocabulary))
            found.extend(_too_late(table, book.vocabulary))
    return tuple(found)


def findings_under(book: Rulebook, levers: Levers) -> tuple[Finding, ...]:
    """Dates that cannot be met under just these levers: what to warn of whoever has chosen them."""

    def chosen(spec: LeverSpec) -> tuple[LeverValue, ...]:
        return (levers[spec.id],)

    found: list[Finding] = []
    for table in book.decisions.values():
        if table.hit_policy == "strictest" and {field.name for field in table.answers} >= _WINDOW:
            found.extend(_windows(table, book.vocabulary, levers, chosen))
            found.extend(_too_late(table, book.vocabulary, levers, chosen))
    return tuple(found)


def silent_cases(table: DecisionTable, vocabulary: Mapping[str, FactSpec]) -> Iterator[Situation]:
    """The cases that no rule resting on the document alone decides, under answers the document speaks of."""
    if table.complete_over:
        spoken = [rule for rule in table.rules if is_spoken(rule)]
        for situation in situations(table, vocabulary, spoken, spoken_values):
            if not situation.fired:
                yield situation


def known_gap(table: DecisionTable, facts: Facts) -> KnownGap | None:
    """The declared gap that a case falls into."""
    return next((gap for gap in table.known_gaps if evaluate(gap.when, facts) is True), None)


def _silences(table: DecisionTable, vocabulary: Mapping[str, FactSpec]) -> list[Finding]:
    groups: dict[str, list[Situation]] = {}
    for situation in silent_cases(table, vocabulary):
        gap = known_gap(table, situation.facts)
        if gap is not None:
            groups.setdefault(gap.id, []).append(situation)
    gaps = [gap for gap in table.known_gaps if gap.id in groups]
    return [
        Finding(
            "silence",
            gap.id,
            table.name,
            gap.note,
            gap.cite,
            _in_words(groups[gap.id][0], vocabulary, facts_read(gap.when)),
            _as_data(groups[gap.id][0].facts, vocabulary),
            _changed(groups[gap.id][0].setting),
            reading=gap.reading,
            cases=len(groups[gap.id]),
        )
        for gap in gaps
    ]


def _windows(
    table: DecisionTable,
    vocabulary: Mapping[str, FactSpec],
    levers: Levers | None = None,
    choices: Choices = spoken_values,
) -> list[Finding]:
    """Windows that close before they open, or on the very day, both counted from the same start."""
    groups: dict[tuple[FindingKind, str, str], list[Situation]] = {}
    for situation in situations(table, vocabulary, table.rules, choices, levers):
        window = answer(table, situation.fired)
        opens, closes = window["opens_months"], window["closes_months"]
        if not (isinstance(opens, int) and isinstance(closes, int) and opens):
            continue
        if window["opens_after"] != window["closes_after"] or opens < closes:
            continue
        kind: FindingKind = "empty_window" if opens > closes else "single_day"
        pair = _pair(situation.fired, window)
        groups.setdefault((kind, *pair), []).append(situation)
    return [_window(kind, cases, table, vocabulary) for (kind, _, _), cases in groups.items()]


def _window(
    kind: FindingKind, cases: Sequence[Situation], table: DecisionTable, vocabulary: Mapping[str, FactSpec]
) -> Finding:
    case = cases[0]
    window = answer(table, case.fired)
    opens, closes = int(window["opens_months"] or 0), int(window["closes_months"] or 0)
    first, last = _months_later(_EXAMPLE_START, opens), _months_later(_EXAMPLE_START, closes)
    ending = (
        f"closes {opens - closes} months before it opens"
        if kind == "empty_window"
        else "is open on a single day"
    )
    said = (
        f"Starting on {_day(_EXAMPLE_START)}: to be assessed no earlier than {_day(first)}, "
        f"and put forward no later than {_day(last)}."
    )
    pair = _pair(case.fired, window)
    grounds = _titles(case.fired, pair)
    conclusion = f"at least {opens} months and at most {closes}, so the window {ending}."
    return Finding(
        kind,
        "-".join([kind.upper().replace("_", "-"), *(name.removeprefix("WIN-") for name in pair)]),
        table.name,
        f"{', but '.join(grounds)}: {conclusion}",
        _cited(case.fired, pair),
        (*_in_words(case, vocabulary, _facts_of(case.fired, pair)), said),
        _as_data(case.facts, vocabulary),
        _changed(case.setting),
        rules=pair,
        reading="The later of the two dates counts: nobody is overdue before the window opens.",
        cases=len(cases),
        grounds=grounds,
        conclusion=conclusion,
    )


def _too_late(
    table: DecisionTable,
    vocabulary: Mapping[str, FactSpec],
    levers: Levers | None = None,
    choices: Choices = spoken_values,
) -> list[Finding]:
    """Openings that come after the end of the rollout, by which everyone is to have been assessed."""
    end = (levers or Levers())["phase.two_to"]
    assert isinstance(end, date)
    groups: dict[str, list[Situation]] = {}
    for situation in situations(table, vocabulary, table.rules, choices, levers):
        window = answer(table, situation.fired)
        if isinstance(window["opens_months"], int) and window["opens_months"]:
            groups.setdefault(_pair(situation.fired, window)[0], []).append(situation)
    found = []
    for opening, cases in groups.items():
        case = cases[0]
        months = int(answer(table, case.fired)["opens_months"] or 0)
        last_start = _months_later(end, -months)
        by_end = [
            rule.cite[0] for rule in table.rules if "closes_after" in rule.then and _by_phase(rule.then)
        ]
        grounds = _titles(case.fired, (opening,))
        conclusion = f"whoever starts after {_day(last_start)} cannot be assessed by {_day(end)}."
        found.append(
            Finding(
                "too_late",
                f"TOO-LATE-{opening.removeprefix('WIN-')}",
                table.name,
                f"{', but '.join(grounds)}: {conclusion}",
                (*_cited(case.fired, (opening,)), *by_end),
                (
                    *_in_words(case, vocabulary, _facts_of(case.fired, (opening,))),
                    f"{months} months after the start come first.",
                ),
                _as_data(case.facts, vocabulary),
                _changed(case.setting),
                rules=(opening,),
                reading="They are assessed when their window opens, after the end of the rollout.",
                cases=len(cases),
                grounds=grounds,
                conclusion=conclusion,
            )
        )
    return found


def _by_phase(then: Mapping[str, object]) -> bool:
    return then["closes_after"] == "phase_end"


def _pair(fired: Sequence[Outcome], window: Mapping[str, Constant | None]) -> tuple[str, str]:
    """The rules that give the opening and the closing."""
    names = []
    for edge in ("opens", "closes"):
        fields = (f"{edge}_months", f"{edge}_after")
        names.append(
            next(
                (
                    outcome.rule.id
                    for outcome in fired
                    if all(outcome.then.get(field) == window[field] for field in fields)
                ),
                "",
            )
        )
    return names[0], names[1]


def _cited(fired: Iterable[Outcome], rules: Sequence[str]) -> tuple[Citation, ...]:
    cited = (citation for outcome in fired if outcome.rule.id in rules for citation in outcome.rule.cite)
    return tuple(dict.fromkeys(cited))


def _titles(fired: Iterable[Outcome], rules: Sequence[str]) -> tuple[str, ...]:
    """The titles of rules, the later ones as the middle of a sentence."""
    titles = [outcome.rule.title for outcome in fired if outcome.rule.id in rules]
    return (titles[0], *(title[0].lower() + title[1:] for title in titles[1:]))


def _facts_of(fired: Iterable[Outcome], rules: Sequence[str]) -> frozenset[str]:
    return frozenset(
        fact for outcome in fired if outcome.rule.id in rules for fact in facts_read(outcome.rule.when)
    )


def _in_words(
    situation: Situation, vocabulary: Mapping[str, FactSpec], facts: frozenset[str]
) -> tuple[str, ...]:
    """The facts that matter to a finding and the levers that differ from the consultation."""
    shown = [
        f"{vocabulary[name].label}: {words(plain(vocabulary[name], value))}"
        for name, value in situation.facts.items()
        if name in facts
    ]
    changed = _changed(situation.setting)
    levers = [
        f"{SPECS[lever].label}: {setting_words(SPECS[lever], value)}" for lever, value in changed.items()
    ]
    return (*shown, *levers)


def _as_data(facts: Facts, vocabulary: Mapping[str, FactSpec]) -> dict[str, object]:
    return {name: plain(vocabulary[name], value) for name, value in facts.items()}


def _changed(setting: Setting) -> dict[str, object]:
    """The levers that are not as in the consultation; the rest of a setting is no news."""
    return {lever: value for lever, value in setting.items() if value != SPECS[lever].default}


def _months_later(start: date, months: int) -> date:
    """The same day of another month, or the last day of a shorter one."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, start.day)


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
