"""From scenarios to runs ready for costing: each arm beside the same world without a scheme.

What would have happened without a scheme depends on a few parameters only (how people leave, join and are
promoted, and what the staffing gap is measured against). Arms that share those share one arm without a
scheme, on the same seed and so with the same people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.cost_drivers import Run, line_up_run
from rules.errors import problem
from rules.levers import Levers
from scenarios.experiment import Arm, Results
from simulation.calendar import LAST, date_of, day_of
from simulation.codes import REGIONS
from simulation.inputs import Inputs
from simulation.parameters import Parameters
from simulation.quantities import year_shares, years_of
from simulation.replicate import prepare
from simulation.staffing import month_ends

WITHOUT: Final = "no-scheme"

_SCHEME_ONLY: Final = (
    "ability.",
    "centre.",
    "element.",
    "endorsement.",
    "preparation.",
    "release.",
    "result.",
    "retake.",
    "review.",
    "take_up.",
)
"""Parameters that nothing reads where there is no scheme."""


def without_scheme(inputs: Inputs) -> Inputs:
    """The same world in which nobody is called and no centre opens."""
    shipped = Parameters.shipped()
    parameters = Parameters(
        shipped[name] if name.startswith(_SCHEME_ONLY) and name in shipped else entry
        for name, entry in inputs.parameters.items()
    )
    return replace(
        inputs,
        levers=Levers.of({"phase.plan": "closed"}),
        parameters=parameters,
        centres=(),
        closures=(),
        sites=(),
    )


def arms_to_run(arms: Sequence[Arm]) -> tuple[list[Arm], list[int]]:
    """The arms with the arms without a scheme that they need, and the place of each one's.

    Raises `InputError` K014 for a scheme from scratch, which has no employers who could bear a cost.
    """
    if any(arm.inputs.plain is not None for arm in arms):
        raise problem("K014", "a scheme from scratch has no employers, and so no costs")
    found, places = list(arms), []
    for arm in arms:
        inputs = without_scheme(arm.inputs)
        known = [place for place, other in enumerate(found) if other.inputs == inputs]
        if not known:
            known = [len(found)]
            found.append(Arm(f"{WITHOUT} ({arm.name})" if len(found) > len(arms) else WITHOUT, inputs))
        places.append(known[0])
    return found, places


def runs_of(results: Results, count: int, places: Sequence[int]) -> list[Run]:
    """The first `count` arms of an experiment, each less the arm without a scheme at its place."""
    return [_run(results, arm, places[arm]) for arm in range(count)]


def released_of(results: Results, arm: int) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Days of release [replication, month, employer] of one arm as run, and the months by name."""
    inputs = results.arms[arm].inputs
    start, until = max(day_of(inputs.start), 1), day_of(min(inputs.until, LAST))
    names = tuple(f"{date_of(day):%B %Y}" for day in month_ends(start, until))
    return np.asarray(results.recorded("released", arm), dtype=np.float64), names


def busiest_of(results: Results, arm: int) -> NDArray[np.float64]:
    """Days of release in the worst week [replication, employer] of one arm as run."""
    return np.asarray(results.recorded("busiest_week", arm), dtype=np.float64)


def _run(results: Results, arm: int, without: int) -> Run:
    inputs = results.arms[arm].inputs
    start, until = day_of(inputs.start), day_of(min(inputs.until, LAST))
    workforce = prepare(inputs).workforce
    quantities = results.recorded("quantities", arm)
    seats = results.recorded("centres", arm)[:, 0, :, : len(REGIONS)]
    return line_up_run(
        results.arms[arm].name,
        inputs.levers,
        years_of(max(start, 0), until),
        year_shares(max(start, 0), until),
        workforce.employers,
        REGIONS,
        inputs.scale if inputs.workforce_file is None else 1.0,
        np.asarray(quantities, dtype=np.float64),
        np.asarray(seats, dtype=np.float64),
        np.asarray(results.recorded("quantities", without), dtype=np.float64),
    )
