"""What decides the call besides the rules, said before their answers: no scheme at all, or waves of sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.output import paragraph

if TYPE_CHECKING:
    from scenarios.scenario import Scenario
    from simulation.facts import Person


def call_of(scenario: Scenario, who: Person | None) -> list[str]:
    """Lines for the head of an explanation; none where the phases of the rules call people."""
    if scenario.levers["phase.plan"] == "closed":
        return [f"  Nobody is called under '{scenario.id}' (phase.plan: closed).", ""]
    if not scenario.sites:
        return []
    said = f"'{scenario.id}' names its sites: the call comes with the site's wave, not with the phase."
    return [paragraph(f"{said}{_of(who)}", "  "), ""]


def _of(who: Person | None) -> str:
    from cli.reasons import day

    if who is None:
        return ""
    if not who.site_joins:
        return f" {who.employer} is in no wave, so nobody there is ever called."
    return f" {who.employer} joins on {day(who.site_joins)}."
