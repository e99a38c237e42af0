"""A worker of the simulation as facts the rules can be asked about, and in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules.model import Fact
from simulation.calendar import date_of
from simulation.codes import CONTRACTS, NEVER, ORIGINS, ROLES
from simulation.policy import FAR, facts_of_profile
from simulation.prepared import Prepared


@dataclass(frozen=True)
class Person:
    """Who a worker is on joining, and the days that the rules' months are turned into.

    `label` is the worker's own id and `file` the name of the staff list; both are empty for synthetic people.
    `site_joins` is the day of the employer's wave; it is empty where waves leave it out, or there are none.
    """

    worker: int
    label: str
    file: str
    role: str
    contract: str
    employer: str
    origin: str
    joined: str
    service_start: str
    role_start: str
    asye_start: str
    eligible: str
    latest: str
    site_joins: str


def facts_of(prepared: Prepared, worker: int) -> dict[str, Fact]:
    """The facts that decide a worker's standing on joining. Raises IndexError for a worker there is not."""
    people = prepared.workforce
    if not 0 <= worker < people.size:
        raise IndexError(worker)
    rows = np.array([worker])
    profile = prepared.profiles.of(
        rows,
        people.functions[rows].astype(np.int64),
        people.employer[rows].astype(np.int64),
        people.new_in_role[rows].astype(np.int64),
    )
    facts = facts_of_profile(int(profile[0]))
    # Whether a latest date is past is a matter of the day; the consequence is asked for as if it were.
    return {name: fact for name, fact in facts.items() if name not in ("past_latest_date", "accredited")}


def person(prepared: Prepared, worker: int) -> Person:
    """A worker as described on joining, with dates (ISO) for the window that the rules give."""
    people = prepared.workforce
    listed = prepared.inputs.workforce_file
    return Person(
        worker=worker,
        label=people.label(worker) if people.labels is not None else "",
        file=listed.name if people.labels is not None and listed is not None else "",
        role=ROLES[people.role[worker]],
        contract=CONTRACTS[people.contract[worker]],
        employer=people.employers.name[people.employer[worker]],
        origin=ORIGINS[people.origin[worker]],
        joined=_iso(int(people.joins[worker])),
        service_start=_iso(int(people.service_start[worker])),
        role_start=_iso(int(people.role_start[worker])),
        asye_start=_iso(int(people.asye_start[worker])),
        eligible=_iso(int(prepared.eligible[worker])),
        latest=_iso(int(prepared.latest[worker])),
        site_joins=_iso(int(prepared.called[people.employer[worker]])),
    )


def _iso(day: int) -> str:
    return "" if day in (NEVER, FAR) else date_of(day).isoformat()
