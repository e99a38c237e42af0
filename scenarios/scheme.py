"""A scheme from scratch, as the `scheme` section of a scenario file describes it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from rules.document import Node
from rules.errors import problem
from rules.reader import Reader
from scenarios.sections import EARLIEST, read_duration, read_evidence, read_span
from simulation.codes import REGIONS
from simulation.durations import fixed
from simulation.flows import MOST_VENUES
from simulation.inputs import PlainScheme
from simulation.parameters import Parameters
from simulation.staff_list import load_staff_list

MOST_PEOPLE: Final = 1_000_000
MOST_SEATS: Final = 100_000
SHARES_AGREE: Final = 1e-6
"""Shares that miss one by no more than this have been rounded."""

_ELEMENTS: Final = ("knowledge", "simulated", "written")


def read_scheme(reader: Reader, node: Node, listed: bool = False) -> PlainScheme | None:
    """The scheme, or None when something needed is missing or wrong; the reader then holds the problems.

    `listed` says that a staff list gives the people; their number and regions are then not for the file to
    say, and `peopled` fills them in.
    """
    before = len(reader.problems)
    people_keys = () if listed else ("people", "regions")
    fields = reader.mapping(
        node,
        (
            *("source", "assumption", *people_keys, "eligible", "preparation", "endorsement"),
            *("seats_per_working_day", "assessment", "retake", "leaving_rate"),
        ),
        (*people_keys, "eligible", "seats_per_working_day"),
    )
    read_evidence(reader, node, "the scheme")
    people = reader.integer(fields.get("people"), 1, MOST_PEOPLE)
    regions = _shares(reader, fields.get("regions"))
    places = REGIONS if listed else [name for name, _ in regions]
    seats = _seats(reader, fields.get("seats_per_working_day"), places)
    eligible = fields.get("eligible")
    span = read_span(reader, reader.mapping(eligible, ("from", "to"), ("from", "to")), eligible or node)
    endorsement = reader.mapping(fields.get("endorsement"), ("duration", "probability", "retry"))
    assessment = reader.mapping(fields.get("assessment"), ("pass", "no_show", "result"))
    retake = reader.mapping(fields.get("retake"), ("narrow_share", "narrow_wait", "full_wait", "attempts"))
    passing = reader.mapping(assessment.get("pass"), _ELEMENTS)
    chances = [_share(reader, passing, element, 1.0) for element in _ELEMENTS]
    scheme = PlainScheme(
        count=people or 1,
        regions=regions,
        eligible_first=span[0] if span else EARLIEST,
        eligible_last=span[1] if span else EARLIEST,
        seats=seats,
        preparation=read_duration(reader, fields.get("preparation"), fixed(0)),
        endorsement=read_duration(reader, endorsement.get("duration"), fixed(0)),
        endorsement_probability=_share(reader, endorsement, "probability", 1.0),
        endorsement_retry=read_duration(reader, endorsement.get("retry"), fixed(90)),
        pass_probability=(chances[0], chances[1], chances[2]),
        narrow_share=_share(reader, retake, "narrow_share", 0.0),
        narrow_wait=read_duration(reader, retake.get("narrow_wait"), fixed(90)),
        full_wait=read_duration(reader, retake.get("full_wait"), fixed(365)),
        result=read_duration(reader, assessment.get("result"), fixed(0)),
        attempts=reader.integer(retake.get("attempts"), 0, 100) or 0,
        leaving_rate=_hazard(reader, fields.get("leaving_rate")),
        no_show=_share(reader, assessment, "no_show", 0.0),
    )
    return scheme if len(reader.problems) == before else None


def peopled(scheme: PlainScheme, staff_list: Path) -> PlainScheme:
    """The scheme with the number of people of a staff list, and the regions that they work in.

    Raises `InputError` S008 when the scheme has its seats in regions of its own, which no list can name.
    """
    foreign = [name for name, _ in scheme.seats if name not in REGIONS]
    if foreign:
        said = (
            f"a staff list has people in the regions of England, and the scheme's seats are in {foreign[0]}"
        )
        raise problem("S008", said, hint="give seats_per_working_day by region of England")
    people = load_staff_list(staff_list, Parameters.shipped())
    region = people.employers.region[people.employer[: people.baseline]]
    counts = np.bincount(region, minlength=len(REGIONS)).tolist()
    shares = tuple(
        (name, count / people.baseline) for name, count in zip(REGIONS, counts, strict=True) if count
    )
    return replace(scheme, count=people.baseline, regions=shares)


def _share(reader: Reader, fields: Mapping[str, Node], key: str, default: float) -> float:
    found = reader.number(fields.get(key), 0.0, 1.0)
    return default if found is None else found


def _hazard(reader: Reader, node: Node | None) -> float:
    """Leavers in a year per person in post, as a constant hazard."""
    found = reader.number(node, 0.0, 50.0)
    return 0.0 if found is None else found


def _shares(reader: Reader, node: Node | None) -> tuple[tuple[str, float], ...]:
    """Regions with their share of the people; S010 unless the shares add up to one.

    D026 for more regions than kept waits can tell apart.
    """
    if node is None:
        return ()
    found = [(name, reader.number(item, 0.0, 1.0)) for name, item in reader.mapping(node).items()]
    shares = tuple((name, share) for name, share in found if share is not None)
    if len(found) > MOST_VENUES:
        said = f"at most {MOST_VENUES} regions are expected, not {len(found)}"
        reader.report("D026", said, node, "put regions together, or write several files")
    total = math.fsum(share for _, share in shares)
    if len(shares) == len(found) and abs(total - 1.0) > SHARES_AGREE:
        reader.report("S010", f"the shares of the regions add up to {total:.6g}, not 1", node)
    return shares


def _seats(reader: Reader, node: Node | None, regions: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Seats a working day of every region; a region without an entry has none."""
    given = {
        name: reader.integer(item, 0, MOST_SEATS) for name, item in reader.mapping(node, regions).items()
    }
    return tuple((region, given.get(region) or 0) for region in regions)
