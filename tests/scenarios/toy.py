"""A toy that stands for the world, with real inputs and records, for tests of what is around it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from rules.levers import Levers
from scenarios.experiment import Arm
from scenarios.record import Record
from simulation.inputs import Inputs
from simulation.measures import MeasureKey
from simulation.parameters import Parameters
from simulation.streams import uniforms

KEYS = (
    MeasureKey("accredited", at="2021-12-31"),
    MeasureKey("accredited", at="2021-12-31", by=(("region", "East of England"),)),
    MeasureKey("delay_days", period="2017-01-01/2021-12-31", by=(("cause", "awaiting a seat"),)),
)

CALLS = "TOY_CALLS"
"""Names a file to which every call adds a line."""

PAUSE = "TOY_PAUSE"
"""Seconds that a call takes."""


def arm(name: str = "toy", q3: int = 12, seed: int = 2017) -> Arm:
    levers = Levers.of({"q3": q3})
    return Arm(name, Inputs(levers, Parameters.shipped(), seed=seed), command=f"naas run {name}")


def toy(inputs: Inputs, replication: int) -> Record:
    """Numbers that depend on the seed, the replication, a lever and a parameter."""
    if CALLS in os.environ:
        with Path(os.environ[CALLS]).open("a", encoding="utf-8") as stream:
            stream.write(f"{inputs.levers['q3']} {replication}\n")
    time.sleep(float(os.environ.get(PAUSE, "0")))
    u = uniforms(inputs.seed, replication, "toy", 3)
    lever, parameter = float(str(inputs.levers["q3"])), inputs.parameters.value("element.simulated")
    values = np.array([1000 + 10 * lever + 100 * u[0] + 1000 * parameter, np.nan, u[2]])
    return Record(KEYS, values, {"sittings": (u * 100).astype(np.int32).reshape(1, 3)})


def calls(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
