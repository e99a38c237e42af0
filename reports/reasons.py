"""An explanation in sentences: each answer, because of what, citing where, and what would change it.

Every face says an explanation in these words; how lines are folded and what is emphasised is its own affair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from reports.dates import day
from rules.levers import SPECS

if TYPE_CHECKING:
    from rules.counterfactual import Change
    from rules.explain import Explained, Explanation, FiredRule, OpenCase
    from rules.model import FactSpec, Rulebook
    from scenarios.scenario import Scenario
    from simulation.facts import Person

NOT_SAID: Final = "no rule says otherwise"
"""The reason of an answer that no rule gave."""

_EVENTS: Final = {"service_start": "of service", "role_start": "in the role", "phase_end": "the phase ends"}
_ENDORSERS: Final = {
    "employer": "Endorsed by the employer",
    "host": "Endorsed by the organisation worked in",
    "agency": "Endorsed by the agency",
    "nobody": "Nobody is there to endorse",
}


def asked(explanation: Explanation) -> list[Explained]:
    """The decisions that say something: what follows a result is left out until there is a result."""
    return [
        item
        for item in explanation.decisions
        if item.touched and (item.fired or item.open_cases or item.decision == "status")
    ]


def headline(decision: str, answer: Mapping[str, object], asks: str = "", who: Person | None = None) -> str:
    """The answer to one question in a few words; the question itself where there are none better.

    `who` adds the dates that the rules' months come to for a worker.
    """
    if decision == "status":
        status = answer["status"]
        return f"Needs {_status(status)} accreditation" if status != "none" else "Needs no accreditation"
    if decision == "mandate":
        return {"none": "Nothing is asked"}.get(
            str(answer["requirement"]), f"Accreditation is {answer['requirement']}"
        )
    if decision == "phase":
        return "Called in no phase" if answer["phase"] == "none" else f"Called in phase {answer['phase']}"
    if decision == "window":
        return _window(answer, who)
    if decision == "endorser":
        where = f" ({who.employer})" if who and answer["endorser"] in ("employer", "host") else ""
        return f"{_ENDORSERS[str(answer['endorser'])]}{where}"
    said = ", ".join(f"{name.replace('_', ' ')} {_said(value)}" for name, value in answer.items())
    return f"{asks} {said}".strip()


def because(rule: FiredRule) -> str:
    """Why a rule applied, as the end of a sentence."""
    return f"because {rule.because[0].lower()}{rule.because[1:]}".rstrip(".")


def basis(rule: FiredRule) -> str:
    """Where a rule comes from, and the levers it depends on."""
    return " · ".join([rule.cited, *(f"{lever.id}: {lever.words}" for lever in rule.levers)])


def left_open(case: OpenCase) -> str:
    """A case that the text leaves open, and how it is read."""
    return f"left open by the text: {case.note} Read here as: {case.reading} ({case.cited})"


def not_known(label: str) -> str:
    """A fact that an answer still depends on."""
    return f"not settled until it is known: {label}"


def nearly(decisions: Sequence[Explained]) -> list[str]:
    """The rules that nearly applied, the nearest first, each with what kept it from it."""
    near = [
        (
            len(miss.failed),
            f"{miss.title}: {'; '.join(failed.sentence() for failed in miss.failed)} ({miss.cited})",
        )
        for item in decisions
        for miss in item.near_misses
        if not miss.earlier
    ]
    return [text for _, text in sorted(near, key=lambda pair: pair[0])]


def lever_changes(explanation: Explanation) -> list[str]:
    """What would change an answer: each lever with another setting, and what it alters first."""
    return [_change(change) for change in explanation.lever_changes]


def call_of(scenario: Scenario, who: Person | None) -> str:
    """What decides the call besides the rules: no scheme at all, or waves of sites; empty for the phases."""
    if scenario.levers["phase.plan"] == "closed":
        return f"Nobody is called under '{scenario.id}' (phase.plan: closed)."
    if not scenario.sites:
        return ""
    said = f"'{scenario.id}' names its sites: the call comes with the site's wave, not with the phase."
    if who is None:
        return said
    if not who.site_joins:
        return f"{said} {who.employer} is in no wave, so nobody there is ever called."
    return f"{said} {who.employer} joins on {day(who.site_joins)}."


def who_it_is(explanation: Explanation, who: Person | None) -> str:
    """The worker, or the facts of one made up, in a line."""
    if who is None:
        return "; ".join(
            f"{name.replace('_', ' ')} {_written(value)}" for name, value in explanation.facts.items()
        )
    held = explanation.facts.get("functions")
    doing = ", ".join(map(str, held)) if isinstance(held, list | tuple) and held else "no statutory function"
    parts = [who.contract, who.role, doing]
    said = [*(part.replace("_", " ") for part in parts), who.employer]
    origin = f"from {who.file}" if who.file else "synthetic"
    return f"Worker {who.label or who.worker} · {', '.join(said)} · {origin}"


def short_name(who: Person | None) -> str:
    """What a worker is called where there is no room for more."""
    return "A person made up" if who is None else f"Worker {who.label or who.worker}, {who.employer}"


def life_of(replication: int, told: Sequence[tuple[str, str]]) -> str:
    """What happened to a worker in one random future."""
    events = " · ".join(f"{day(when)} {what}" for when, what in told) or "never in post"
    return f"Life in replication {replication}: {events}"


def wanted_facts(explanation: Explanation, rulebook: Rulebook) -> list[FactSpec]:
    """The facts still needed when those given decide nothing; none when a rule answers or a case is open."""
    if any(item.fired or item.open_cases for item in explanation.decisions):
        return []
    return [rulebook.vocabulary[name] for name in _missing(explanation, rulebook)]


def _missing(explanation: Explanation, rulebook: Rulebook) -> list[str]:
    """The facts that the decisions asked about lack; for a derived one, what it is derived from."""
    by_name = {item.decision: item for item in explanation.decisions}
    source = {fact: name for name, table in rulebook.decisions.items() for fact in table.derives}
    found: dict[str, None] = {}

    def settle(decision: str) -> None:
        for unknown in by_name[decision].unknown:
            if unknown.fact in source:
                settle(source[unknown.fact])
            else:
                found[unknown.fact] = None

    for item in explanation.decisions:
        if item.touched:
            settle(item.decision)
    if not found:
        settle(explanation.decisions[0].decision)
    return list(found)


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


def _written(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_words, value)) or "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _in_words(str(value))


def _in_words(value: str) -> str:
    """A function as the question about it names it, anything else as it is written."""
    label = SPECS[of].label if (of := f"q2.{value}") in SPECS else ""
    return f"{label[0].lower()}{label[1:]}" if label else value.replace("_", " ")


def _change(change: Change) -> str:
    """A change of levers by their names, and what it alters first."""
    made = " and ".join(f"{setting.id}: {setting.becomes_words}" for setting in change.settings)
    fields = [
        f"{name.replace('_', ' ')} {_said(after)} instead of {_said(before)}"
        for name, before, after in change.altered[0].fields
    ]
    return f"{made} -> {', '.join(fields)}"
