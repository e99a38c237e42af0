"""Sobol's indices: which share of the variance each parameter explains, alone and with all it interacts with.

Sampling and estimation are SALib's (Saltelli's design, an optional package). Parameters are drawn from PERT
distributions over their ranges; every setting runs in the same replications, whose mean is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from rules.errors import problem
from scenarios.comparison import Estimate

Floats = NDArray[np.float64]

Evaluate = Callable[[Floats], Floats]
"""The results at points [point, factor] of the unit cube."""


@dataclass(frozen=True)
class Index:
    """One factor's share of the variance: alone (`first`) and with its interactions (`total`)."""

    first: Estimate
    total: Estimate


@dataclass(frozen=True)
class Variance:
    """The spread of the result over the drawn parameters, and each factor's part in it."""

    mean: float
    deviation: float
    indices: tuple[Index, ...]


def check_samples(samples: int) -> None:
    """Raise `InputError` A006 without SALib, and A007 unless `samples` is a power of two from 8 on."""
    if find_spec("SALib") is None:
        hint = "pip install 'naas-policy-simulator[sensitivity]', or use --method morris"
        raise problem("A006", "Sobol's indices need the package SALib, which is not installed", hint=hint)
    if samples < 8 or samples & (samples - 1):
        raise problem("A007", f"--samples is a power of two from 8 on for Sobol's indices, not {samples}")


def settings(count: int, samples: int) -> int:
    """How many points the design has."""
    return samples * (count + 2)


def sobol(count: int, samples: int, seed: int, evaluate: Evaluate, level: float = 0.8) -> Variance:
    """Estimate the indices of `count` factors from `samples` times (`count` + 2) points."""
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    space = {
        "num_vars": count,
        "names": [str(index) for index in range(count)],
        "bounds": [[0.0, 1.0]] * count,
    }
    short = seed % 2**32
    points = sampling.sample(space, samples, calc_second_order=False, seed=short)
    values = evaluate(points)
    deviation = float(values.std(ddof=1))
    if deviation == 0:
        nothing = Index(*(Estimate(0.0, 0.0, 0.0, samples),) * 2)
        return Variance(float(values.mean()), 0.0, (nothing,) * count)
    found = analysis.analyze(space, values, calc_second_order=False, conf_level=level, seed=short)
    columns = (np.asarray(found[name]).tolist() for name in ("S1", "S1_conf", "ST", "ST_conf"))
    indices = tuple(
        Index(
            Estimate(first, first - first_half, first + first_half, samples),
            Estimate(total, total - total_half, total + total_half, samples),
        )
        for first, first_half, total, total_half in zip(*columns, strict=True)
    )
    return Variance(float(values.mean()), deviation, indices)
