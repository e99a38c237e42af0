"""Which authorities took part is known for some only: a forecast draws the others.

In each draw another set stands in for them, so that what we do not know of who joined is in the intervals.
An authority is likelier as it is larger: the twenty-six sites known by name in 2019 have a fifth more staff
than the average authority.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import log
from typing import Final

from scenarios.authorities import Authority, authorities
from scenarios.uncertainty import uniform
from simulation.inputs import SITE_GROUPS, Inputs, SiteWave

AIMED_AT: Final = ("South West", "Knowsley", "Liverpool", "Sefton", "St. Helens", "Wirral")
"""Where the wave of April 2020 was aimed (Community Care, 27 April 2020): the South West and Merseyside. No
site known by name in 2019 is there, so that no stand-in of 2019 is."""

BY_NAME: Final = ("Plymouth", "Cornwall")
"""Sites that the scenario calls by their own name; it calls others known by name as groups."""

_AIMED_FROM: Final = date(2020, 1, 1)


def with_stand_ins(inputs: Inputs, draw: int) -> Inputs:
    """The arm with the stand-ins of one draw, as many in each wave as the scenario has."""
    called = {one.name for wave in inputs.sites if not of_stand_ins(wave) for one in members(wave.employers)}
    waves: list[SiteWave] = []
    for wave in inputs.sites:
        chosen = wave.employers
        if of_stand_ins(wave):
            pool = [one for one in eligible(wave) if one.name not in called]
            ordered = sorted(pool, key=lambda one: _turn(one, inputs.seed, draw))
            chosen = tuple(one.name for one in ordered[: len(wave.employers)])
            called.update(chosen)
        waves.append(replace(wave, employers=chosen))
    return replace(inputs, sites=tuple(waves))


def of_stand_ins(wave: SiteWave) -> bool:
    """Whether the members of a wave stand in for authorities that nobody named."""
    return not any(member in (*SITE_GROUPS, *BY_NAME) for member in wave.employers)


def eligible(wave: SiteWave) -> Iterator[Authority]:
    """The authorities that may stand in for the members of a wave."""
    aimed = wave.joins >= _AIMED_FROM
    for one in authorities():
        if one.staff and (one.name in AIMED_AT or one.region in AIMED_AT) == aimed:
            yield one


def members(employers: Sequence[str]) -> Iterator[Authority]:
    """The authorities behind names and groups."""
    for one in authorities():
        if one.name in employers or one.groups & {*employers}:
            yield one


def _turn(one: Authority, seed: int, draw: int) -> float:
    """When an authority's turn comes in a draw without replacement, at a rate that is its staff."""
    return -log(1 - uniform(seed, draw, f"stand-in {one.name}")) / one.staff
