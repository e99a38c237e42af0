"""Making a forecast: what it is of, many draws of what we do not know, one future in each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Final

from analysis.forecast import delivered, seats, spending, stand_ins, workforce
from analysis.forecast.drawing import BESIDES, WORLD
from analysis.forecast.forecast import Forecast, rows_of
from analysis.forecast.series import Point, Series
from rules.errors import nearest, problem
from scenarios.experiment import Arm, Progress, Results, Simulate
from scenarios.identity import code_digest, data_digest, maker, plain, written
from scenarios.loader import load_scenario
from scenarios.scenario import Scenario
from scenarios.store import Store
from scenarios.uncertainty import drawn_arm, run_uncertain
from simulation.inputs import Inputs
from simulation.parameters import Parameters
from simulation.replicate import ENGINE_VERSION


@dataclass(frozen=True)
class Subject:
    """Something that can be forecast.

    `scenario` is a name of the library or a file; `until` the last day; `inputs_to` the date of the latest
    input; `besides` gives the parameters that the world does not read, and `inputs_of` what a draw changes
    in the inputs beside their parameters.
    """

    name: str
    title: str
    scenario: str
    until: date
    data_date: str
    inputs_to: str
    series: tuple[Series, ...]
    simulate: Simulate
    besides: tuple[Callable[[], Parameters], ...]
    inputs_of: Callable[[Inputs, int], Inputs] = lambda inputs, _: inputs

    def arm_of(self, arm: Arm, draw: int) -> Arm:
        """The arm as one draw has it."""
        own = drawn_arm(arm, draw, WORLD)
        return replace(own, inputs=self.inputs_of(own.inputs, draw))


def _data(name: str) -> str:
    return str(files("analysis").joinpath(f"data/{name}"))


SUBJECTS: Final[dict[str, Subject]] = {
    subject.name: subject
    for subject in (
        Subject(
            "as-delivered",
            "The scheme as it was delivered, from its inputs alone",
            "as-delivered",
            date(2022, 3, 31),
            "30 September 2016, the workforce in post",
            "7 July 2021, the reopening of centres",
            delivered.SERIES,
            delivered.simulate,
            (spending.prices, seats.seats),
            lambda inputs, draw: seats.with_seats(stand_ins.with_stand_ins(inputs, draw), draw),
        ),
        Subject(
            "workforce",
            "The workforce at each 30 September, from the baseline of 2016",
            _data("workforce-2016.yaml"),
            date(2020, 9, 30),
            "30 September 2016, the workforce in post",
            "the statistical release of the same day, SFR 08/2017",
            workforce.SERIES,
            workforce.simulate,
            (workforce.rates,),
        ),
    )
}


def subject_of(name: str) -> Subject:
    """What a name stands for. Raises F001 with the nearest."""
    if name not in SUBJECTS:
        hint = nearest(name, SUBJECTS) or f"one of: {', '.join(SUBJECTS)}"
        raise problem("F001", f"there is no forecast '{name}'", hint=hint)
    return SUBJECTS[name]


def arm_of(subject: Subject, seed: int, scale: float | None) -> tuple[Scenario, Arm]:
    """The scenario of a forecast, and its arm."""
    scenario = load_scenario(subject.scenario)
    inputs = scenario.inputs(seed, scale, subject.until)
    return scenario, Arm(scenario.id, inputs, scenario.digest)


def forecast(
    subject: Subject,
    replications: int,
    seed: int,
    scale: float | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
    store: Store | None = None,
    cluster: str = "",
    made_on: date | None = None,
) -> tuple[Forecast | None, Results]:
    """The forecast, and what became of its replications.

    It is made of those that finished, where others failed, and says how many; None where none finished, or
    where the run was ended before all had their turn. `made_on` is told with it, and no clock is read.
    """
    scenario, arm = arm_of(subject, seed, scale)
    results = run_uncertain(
        [arm],
        replications,
        jobs=jobs,
        progress=progress,
        simulate=subject.simulate,
        store=store,
        cluster=cluster,
        arm_of=subject.arm_of,
    )
    if results.interrupted or results.stopped or not results.finished.any():
        return None, results
    points = [Point.of(key) for key in results.keys]
    rows = rows_of(points, results.of(0))
    return Forecast(
        subject.name,
        subject.title,
        _provenance(subject, scenario, arm.inputs, results, made_on),
        subject.series,
        rows,
    ), results


def _provenance(
    subject: Subject, scenario: Scenario, inputs: Inputs, results: Results, made_on: date | None
) -> dict[str, object]:
    return {
        **({"made_on": made_on.isoformat()} if made_on else {}),
        "scenario": scenario.id,
        "inputs_digest": inputs_digest(subject, inputs),
        "code_digest": _code_digest(subject),
        "seed": inputs.seed,
        "replications": results.requested,
        "finished": int(results.finished.sum()),
        "scale": inputs.scale,
        "engine": ENGINE_VERSION,
        "version": _version(),
        "data_date": subject.data_date,
        "inputs_to": subject.inputs_to,
        "until": inputs.until.isoformat(),
        "intervals_hold": "what we do not know of the parameters, and chance",
    }


def inputs_digest(subject: Subject, inputs: Inputs) -> str:
    """A fingerprint of everything that is put in: the scenario, data and rules, and every range drawn from.

    The code is no part of it, so that a forecast made long ago can be held against the inputs of today.
    """
    besides = [load() for load in subject.besides]
    ranges = {
        entry.id: [entry.low, entry.mode, entry.high, str(entry.duration or "")]
        for how, table in ((WORLD, inputs.parameters), *((BESIDES, table) for table in besides))
        for entry in table.values()
        if how.draws(entry)
    }
    fixed = {entry.id: entry.value for table in besides for entry in table.values() if entry.id not in ranges}
    return hashlib.sha256(written([plain(inputs), data_digest(), ranges, fixed]).encode()).hexdigest()


def _code_digest(subject: Subject) -> str:
    """A fingerprint of the code that made a forecast: what simulates, and what counts."""
    return hashlib.sha256(written([code_digest(), maker(subject.simulate)]).encode()).hexdigest()


@lru_cache(maxsize=1)
def _version() -> str:
    return version("naas-policy-simulator")
