"""The employers: what each authority is known to have, gaps filled and said so, at any scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.codes import REGIONS
from simulation.ipf import Floats, Integers, fill_suppressed, largest_remainder
from simulation.parameters import Parameters
from simulation.published import CATEGORIES, Authorities, authorities, national
from simulation.workforce import Employers, Imputation

AUTHORITIES: Final = 152
"""Upper-tier authorities of England before April 2019; other employers follow them, one for each region."""

FITTED: Final = ("role", "age", "service")


@dataclass(frozen=True, eq=False)
class Establishment:
    """Sizes of the employers at a scale, and the filled tables that people are fitted to.

    `employed` and `agency` are people in each authority, `others` people in each region's other employers.
    `cells` are FTE (headcount for ethnicity) by authority and category; `starters` are FTE as published.
    """

    employers: Employers
    employed: Integers
    agency: Integers
    others: Integers
    cells: dict[str, Floats]
    fte: Floats
    starters: Floats
    imputed: tuple[Imputation, ...]


def establish(parameters: Parameters, scale: float) -> Establishment:
    """The employers of England at `scale` times their size of 30 September 2016."""
    filled = _Filled(authorities(), parameters)
    total = round(scale * float(np.nansum(filled.source.headcount)))
    employed = largest_remainder(filled.headcount, total)
    agency_total = national(2016, "agency_headcount")[0]
    agency = largest_remainder(filled.agency_fte, round(scale * float(agency_total)))
    children: Floats = np.bincount(
        filled.source.region, weights=filled.source.children, minlength=len(REGIONS)
    ).astype(np.float64)
    others = largest_remainder(children, round(scale * parameters.value("other_employers.size")))
    filled.note(
        "headcount", "other employers", "assumption: parameter other_employers.size", f"{others.sum()}"
    )
    return Establishment(
        employers=_employers(filled, scale, employed, others),
        employed=employed,
        agency=agency,
        others=others,
        cells=filled.cells,
        fte=scale * filled.fte,
        starters=filled.starters,
        imputed=tuple(filled.imputed),
    )


class _Filled:
    """The authorities with every gap filled and every filling noted."""

    def __init__(self, source: Authorities, parameters: Parameters) -> None:
        self.source = source
        self.imputed: list[Imputation] = []
        self.headcount = self._joint("headcount", source.headcount, "people")
        self.fte = self._joint("FTE", source.fte, "FTE")
        self._mend_fte(parameters.value("structure.fte_fault"))
        self.agency_fte = self._from_rate(
            "agency FTE", self._joint("agency FTE", source.agency_fte, "FTE"), source.agency_rate_2017
        )
        self.vacancies = self._from_rate(
            "vacancies", self._joint("vacancies", source.vacancies_fte, "FTE"), source.vacancy_rate_2017
        )
        self.starters = self._joint("starters 2017", source.starters_fte_2017, "FTE")
        self.cells = {name: self._cells(name) for name in FITTED}
        self.cells["ethnicity"] = self._ethnicity()

    def note(self, what: str, where: str, how: str, value: str) -> None:
        self.imputed.append(Imputation(what, where, how, value))

    def _joint(self, what: str, values: Floats, unit: str) -> Floats:
        """A joint return is shared by the population aged 0 to 17; a missing count of staff is none."""
        values = values.copy()
        for name in sorted({name for name in self.source.joint_return if name}):
            members = np.flatnonzero(np.array(self.source.joint_return) == name)
            share = self.source.children[members] / self.source.children[members].sum()
            total = np.nansum(values[members])
            parts = largest_remainder(share, int(total)) if unit == "people" else total * share
            for member, part in zip(members, parts, strict=True):
                values[member] = part
                self.note(
                    what,
                    self.source.name[member],
                    f"joint return {name} shared by children aged 0 to 17",
                    f"{part:.4g}",
                )
        for member in np.flatnonzero(np.isnan(values)):
            if what in {"headcount", "FTE"}:
                values[member] = 0.0
                how = "no return for 2016 (two workers a year later); the published returns make up the total"
                self.note(what, self.source.name[member], how, "0")
        return values

    def _mend_fte(self, fault: float) -> None:
        ratio = np.divide(self.fte, self.headcount, out=np.ones_like(self.fte), where=self.headcount > 0)
        for member in np.flatnonzero(ratio < fault):
            sound = ratio >= fault
            usual = self.fte[sound].sum() / self.headcount[sound].sum()
            how = (
                f"the return gives {self.fte[member]:g}; headcount times {usual:.3f}, the ratio of the others"
            )
            self.fte[member] = self.headcount[member] * usual
            self.note("FTE", self.source.name[member], how, f"{self.fte[member]:.1f}")

    def _from_rate(self, what: str, values: Floats, rate_2017: Floats) -> Floats:
        """A gap takes the rate of a year later on the FTE of 2016; without a rate, none."""
        for member in np.flatnonzero(np.isnan(values)):
            rate = rate_2017[member]
            values[member] = 0.0 if np.isnan(rate) else self.fte[member] * rate / (100 - rate)
            how = (
                "no rate for 2017 either"
                if np.isnan(rate)
                else f"rate of 2017 ({rate:g}%) on the FTE of 2016"
            )
            self.note(what, self.source.name[member], how, f"{values[member]:.1f}")
        return values

    def _cells(self, breakdown: str) -> Floats:
        cells = self.source.cells[breakdown].copy()
        totals = np.nan_to_num(self.source.fte)
        for name in sorted({name for name in self.source.joint_return if name}):
            members = np.flatnonzero(np.array(self.source.joint_return) == name)
            share = self.source.children[members] / self.source.children[members].sum()
            joint = np.nanmax(np.where(np.isnan(cells[members]), -np.inf, cells[members]), axis=0)
            joint = np.where(np.isfinite(joint), joint, np.nan)
            cells[members] = joint[None, :] * share[:, None]
            totals[members] = totals[members].sum() * share
        filled = fill_suppressed(cells, totals, national(2016, "in_post_fte", breakdown))
        for member, column in np.argwhere(np.isnan(cells)):
            self.note(
                f"{breakdown} {CATEGORIES[breakdown][column]}, FTE",
                self.source.name[member],
                "suppressed; iterative proportional fitting to the authority total and the national margin",
                f"{filled[member, column]:.1f}",
            )
        return filled

    def _ethnicity(self) -> Floats:
        cells = self.source.cells["ethnicity"].copy()
        for member in np.flatnonzero(np.isnan(cells).any(axis=1) | (np.nansum(cells, axis=1) == 0)):
            region = REGIONS[self.source.region[member]]
            cells[member] = national(2019, "in_post_headcount", "ethnicity", region)
            self.note("ethnicity", self.source.name[member], f"mix of {region} in 2019", "mix")
        return cells


def _employers(filled: _Filled, scale: float, employed: Integers, others: Integers) -> Employers:
    source, regions = filled.source, len(REGIONS)
    none = np.zeros(regions)
    agency_scale = 100 * scale

    def column(values: Floats, factor: float = agency_scale) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return np.rint(np.concatenate([values, none]) * factor).astype(np.int32)

    return Employers(
        name=(*source.name, *(f"Other employers, {region}" for region in REGIONS)),
        code=(*source.code, *("" for _ in REGIONS)),
        region=np.concatenate([source.region, np.arange(regions)]).astype(np.int8),
        kind=np.repeat(np.array([0, 1], dtype=np.int8), [AUTHORITIES, regions]),
        phase_one_2016=np.concatenate([source.phase_one_2016, none > 0]),
        naas_phase1_2018=np.concatenate([source.naas_phase1_2018, none > 0]),
        naas_phase2=np.concatenate([source.naas_phase2, none - 1]).astype(np.int8),
        headcount=np.concatenate([employed, others]).astype(np.int32),
        fte=column(filled.fte),
        vacancies_fte=column(filled.vacancies),
        agency_fte=column(filled.agency_fte),
    )
