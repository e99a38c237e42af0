"""The rows of a staff list: each checked cell by cell, then together a workforce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rules.errors import Problem
from simulation.codes import CONTRACTS, ETHNICITIES, NEVER, ORIGINS, REGIONS, ROLES, SEXES
from simulation.columns import Columns, abilities, ethnic_draw
from simulation.council_names import likely_authority
from simulation.employers import AUTHORITIES, establish
from simulation.functions_held import functions_of
from simulation.ipf import Integers
from simulation.parameters import Parameters
from simulation.published import authorities
from simulation.sampling import draw
from simulation.staff_cells import BLANK, Cells, Row
from simulation.synthesis import assembled
from simulation.workforce import Employers, Imputation, Workforce

MAX_EMPLOYERS: Final = 1_000


@dataclass(frozen=True)
class _Person:
    """One good row; -1 where the file leaves it to us."""

    worker: str
    employer: str
    role: int
    contract: int
    age: int
    service_start: int
    role_start: int
    asye_start: int
    origin: int
    fte: int
    sex: int
    ethnicity: int
    functions: int


class Staff:
    """The people of a staff list as they are read, and what is wrong with its rows."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.people: list[_Person] = []
        self.problems: list[Problem] = []
        self._workers: dict[str, int] = {}
        self._regions: dict[str, int] = {}
        source = authorities()
        self._authorities = {code.lower(): name for code, name in zip(source.code, source.name, strict=True)}
        self._authorities |= {name.lower(): name for name in source.name}
        self._region_of = dict(zip(source.name, source.region.tolist(), strict=True))

    def add(self, row: Row) -> None:
        """Check a row; keep the person, or say what is wrong."""
        before = len(self.problems)
        cell = Cells(self.file, row, self.problems)
        worker = cell.text("worker")
        if worker in self._workers:
            cell.wrong("W012", "worker", f"'{worker}' is already on line {self._workers[worker]}")
        elif worker:
            self._workers[worker] = row.line
        service_start = cell.day("service_start")
        age = cell.number("age", 18, 80)
        if age and service_start is not None and service_start < -(age - 15) * 365.25:
            cell.wrong("W011", "service_start", f"service would have begun before the age of 16 (age {age})")
        role_start = cell.day("role_start")
        if role_start is not None and service_start is not None and role_start < service_start:
            cell.wrong("W011", "role_start", "the role begins before the service with this employer")
        asye_start = cell.day("asye_start")
        person = _Person(
            worker=worker,
            employer=self._employer(cell),
            role=cell.choice("role", ROLES),
            contract=cell.choice("contract", CONTRACTS, 0),
            age=round(age or 0),
            service_start=service_start or 0,
            role_start=(service_start or 0) if role_start is None else role_start,
            asye_start=NEVER if asye_start is None else asye_start,
            origin=cell.choice("origin", ORIGINS, 0),
            fte=round(100 * (1.0 if (fte := cell.number("fte", 0.1, 1, whole=False)) is None else fte)),
            sex=cell.choice("sex", SEXES),
            ethnicity=cell.choice("ethnicity", ETHNICITIES),
            functions=cell.functions(),
        )
        if len(self.problems) == before:
            self.people.append(person)

    def _employer(self, cell: Cells) -> str:
        name = cell.text("employer")
        region = cell.choice("region", REGIONS)
        authority = self._authorities.get(name.lower())
        if authority is not None:
            if region not in (BLANK, self._region_of[authority]):
                cell.wrong("W014", "region", f"{authority} is in {REGIONS[self._region_of[authority]]}")
            self._regions[authority] = self._region_of[authority]
            return authority
        if not name:
            return name
        if len(self._regions) >= MAX_EMPLOYERS and name not in self._regions:
            cell.wrong("W014", "employer", f"a staff list has at most {MAX_EMPLOYERS:,} employers")
        elif region == BLANK:
            if not cell.row.cells.get("region"):
                likely = likely_authority(name, self._region_of)
                hint = f"did you mean '{likely}'? If not, " if likely else ""
                hint += "give its region in the column 'region'"
                cell.wrong("W014", "employer", f"'{name}' is not one of the 152 authorities", hint)
        elif self._regions.setdefault(name, region) != region:
            cell.wrong("W014", "region", f"'{name}' is in {REGIONS[self._regions[name]]} in a row above")
        return name

    def workforce(self, parameters: Parameters) -> Workforce:
        """The people as a workforce without joiners; what the file leaves open is drawn and noted."""
        names = tuple(dict.fromkeys(person.employer for person in self.people))
        row_of = {name: index for index, name in enumerate(names)}
        employer = np.array([row_of[person.employer] for person in self.people], dtype=np.int64)
        noted: list[Imputation] = []
        role = self._column("role")
        count = len(employer)

        def filled(name: str, drawn: Integers, how: str) -> Integers:
            given = self._column(name)
            gaps = int((given == BLANK).sum())
            if gaps:
                noted.append(Imputation(name, "staff list", how, f"{gaps} of {count} workers"))
            return np.where(given == BLANK, drawn, given)

        men = (draw("staff.sex", count) < parameters.value("structure.male_share")).astype(np.int64)
        regions = np.array([self._regions[name] for name in names])
        columns = Columns(
            employer=employer,
            role=role,
            contract=self._column("contract"),
            age=self._column("age"),
            service_start=self._column("service_start"),
            role_start=self._column("role_start"),
            asye_start=self._column("asye_start"),
            origin=self._column("origin"),
            fte=self._column("fte"),
            sex=filled("sex", men, "the national share"),
            ethnicity=filled(
                "ethnicity", _ethnicities(names, regions, employer, parameters), "the mix of the area"
            ),
            functions=filled(
                "functions",
                functions_of(role, draw("staff.functions", count), parameters),
                "the role, as assumed",
            ),
            ability=abilities("staff", count),
            joins=np.zeros(count, dtype=np.int64),
        )
        labels = tuple(person.worker for person in self.people)
        employers = _employers(names, regions, columns, parameters)
        return assembled(columns, count, employers, tuple(noted), labels)

    def _column(self, name: str) -> Integers:
        return np.array([getattr(person, name) for person in self.people], dtype=np.int64)


def _ethnicities(
    names: tuple[str, ...], regions: Integers, employer: Integers, parameters: Parameters
) -> Integers:
    source = authorities()
    index = {name: row for row, name in enumerate(source.name)}
    place = np.array(
        [index.get(name, AUTHORITIES + region) for name, region in zip(names, regions, strict=True)]
    )
    return ethnic_draw(establish(parameters, 1.0), place[employer], draw("staff.ethnicity", len(employer)))


def _employers(
    names: tuple[str, ...], regions: Integers, columns: Columns, parameters: Parameters
) -> Employers:
    """The employers of the list; vacancies and agency FTE of an authority are those published for it."""
    whole = establish(parameters, 1.0).employers
    index = {name: row for row, name in enumerate(whole.name)}
    known = np.array([index.get(name, -1) for name in names])
    taken = np.maximum(known, 0)
    is_authority = known >= 0
    count = len(names)
    employed = columns.contract == 0
    return Employers(
        name=names,
        code=tuple(whole.code[row] if row >= 0 else "" for row in known),
        region=regions.astype(np.int8),
        kind=np.where(is_authority, 0, 1).astype(np.int8),
        phase_one_2016=whole.phase_one_2016[taken] & is_authority,
        naas_phase1_2018=whole.naas_phase1_2018[taken] & is_authority,
        naas_phase2=np.where(is_authority, whole.naas_phase2[taken], -1).astype(np.int8),
        headcount=np.bincount(columns.employer[employed], minlength=count).astype(np.int32),
        fte=np.bincount(columns.employer, weights=columns.fte * employed, minlength=count).astype(np.int32),
        vacancies_fte=np.where(is_authority, whole.vacancies_fte[taken], 0).astype(np.int32),
        agency_fte=np.where(is_authority, whole.agency_fte[taken], 0).astype(np.int32),
    )
