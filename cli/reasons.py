"""An explanation as lines to read: each answer, because of what, citing where, and what would change it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from cli.output import emphasis, paragraph, width

if TYPE_CHECKING:
    from rules.counterfactual import Change
    from rules.explain import Explained, Explanation, FiredRule
    from simulation.facts import Person

NEAREST: Final = 4
"""Near misses and changes shown; JSON holds all of them."""

_EVENTS: Final = {"service_start": "of service", "role_start": "in the role", "phase_end": "the phase ends"}
_ENDORSERS: Final = {
    "employer": "Endorsed by the employer",
    "host": "Endorsed by the organisation worked in",
    "agency": "Endorsed by the agency",
    "nobody": "Nobody is there to endorse",
}


def lines_of(explanation: Explanation, who: Person | None = None) -> list[str]:
    """The whole explanation; `who` adds the dates that the rules' months come to for a worker."""
    lines: list[str] = []
    asked = [item for item in explanation.decisions if item.touched and _is_shown(item)]
    for item in asked:
        lines.append(f"  {emphasis(headline(item, who), 'strong')}")
        for rule in item.fired:
            lines += _reason(rule)
        if not item.fired:
            lines.append("    no rule says otherwise")
        for case in item.open_cases:
            said = f"left open by the text: {case.note} Read here as: {case.reading} ({case.cited})"
            lines.append(paragraph(said, "    "))
        for unknown in item.unknown:
            lines.append(paragraph(f"not settled until it is known: {unknown.label}", "    "))
    lines += _nearly(asked)
    changes = [_change(change) for change in explanation.lever_changes]
    return [*lines, *_changing("What would change it", changes)]


def headline(item: Explained, who: Person | None) -> str:
    """The answer to one question in a few words; the question itself where there are none better."""
    answer = item.answer
    if item.decision == "status":
        status = answer["status"]
        return f"Needs {_status(status)} accreditation" if status != "none" else "Needs no accreditation"
    if item.decision == "mandate":
        return {"none": "Nothing is asked"}.get(
            str(answer["requirement"]), f"Accreditation is {answer['requirement']}"
        )
    if item.decision == "phase":
        return "Called in no phase" if answer["phase"] == "none" else f"Called in phase {answer['phase']}"
    if item.decision == "window":
        return _window(answer, who)
    if item.decision == "endorser":
        where = f" ({who.employer})" if who and answer["endorser"] in ("employer", "host") else ""
        return f"{_ENDORSERS[str(answer['endorser'])]}{where}"
    said = ", ".join(f"{name.replace('_', ' ')} {_said(value)}" for name, value in answer.items())
    return f"{item.asks} {said}"


def _window(answer: Mapping[str, object], who: Person | None) -> str:
    if who is not None and who.eligible:
        latest = f", by {day(who.latest)} at the latest" if who.latest else ""
        return f"May be assessed from {day(who.eligible)}{latest}"
    opens = f"after {answer['opens_months']} months {_event(answer['opens_after'])}"
    opens = opens if answer["opens_months"] else "at any time once called"
    closes = answer["closes_months"]
    if closes is None:
        return f"May be assessed {opens}"
    if answer["closes_after"] == "phase_end":
        return f"May be assessed {opens}, by the end of the phase"
    return f"May be assessed {opens}, by {closes} months {_event(answer['closes_after'])}"


def _event(name: object) -> str:
    return _EVENTS.get(str(name), "")


def _status(name: object) -> str:
    return {"supervisor": "practice supervisor", "leader": "practice leader"}.get(str(name), str(name))


def _said(value: object) -> str:
    return {True: "so", False: "not so"}[value] if isinstance(value, bool) else str(value).replace("_", " ")


def _is_shown(item: Explained) -> bool:
    """Whether a decision says something: what follows a result is left out until there is a result."""
    return bool(item.fired or item.open_cases) or item.decision == "status"


def _reason(rule: FiredRule) -> list[str]:
    """The reason on the left, the paragraph and the levers on the right, below where there is no room."""
    because = f"because {rule.because[0].lower()}{rule.because[1:]}".rstrip(".")
    basis = " · ".join([rule.cited, *(f"{lever.id}: {lever.words}" for lever in rule.levers)])
    room = width() - 4
    if len(because) + len(basis) + 2 <= room:
        return [f"    {because}{basis:>{room - len(because)}}"]
    folded = textwrap.wrap(because, room)
    return [
        *(f"    {part}" for part in folded),
        *(f"        {part}" for part in textwrap.wrap(basis, room - 4)),
    ]


def _nearly(asked: list[Explained]) -> list[str]:
    near = [
        (
            len(miss.failed),
            f"{miss.title}: {'; '.join(failed.sentence() for failed in miss.failed)} ({miss.cited})",
        )
        for item in asked
        for miss in item.near_misses
        if not miss.earlier
    ]
    return _changing("Nearly, but no", [text for _, text in sorted(near, key=lambda pair: pair[0])])


def _changing(title: str, texts: list[str]) -> list[str]:
    if not texts:
        return []
    lines = ["", f"  {emphasis(title, 'strong')}", *(paragraph(text, "    ") for text in texts[:NEAREST])]
    more = len(texts) - NEAREST
    return [*lines, f"    and {more} more (--format json)"] if more > 0 else lines


def _change(change: Change) -> str:
    """A change of levers by their names, and what it alters first."""
    made = " and ".join(f"{setting.id}: {setting.becomes_words}" for setting in change.settings)
    fields = [
        f"{name.replace('_', ' ')} {_said(after)} instead of {_said(before)}"
        for name, before, after in change.altered[0].fields
    ]
    return f"{made} -> {', '.join(fields)}"


def day(iso: str) -> str:
    """An ISO date as a person writes it."""
    from datetime import date

    found = date.fromisoformat(iso)
    return f"{found.day} {found:%b %Y}"
