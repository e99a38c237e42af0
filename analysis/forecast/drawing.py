"""The parameters of one draw of a forecast: every number from its range, every duration longer or shorter.

A comparison holds what its scenarios set; a forecast does not know that either, so it draws those too, and
the parameters of the workforce. The draw of a parameter depends on the seed, the number of the draw and the
parameter's id alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from scenarios.uncertainty import pert
from simulation.durations import LONGEST, Duration
from simulation.parameters import Override, Parameter, Parameters
from simulation.streams import uniforms

STRETCH: Final = (0.5, 1.0, 2.0)
"""Min, mode and max of the factor on all days of a duration. An assumption: none of the durations was
published, so the middle of each is known to half or double."""


def drawn(
    parameters: Parameters, seed: int, draw: int, affecting: Collection[str] = ("world", "workforce")
) -> Parameters:
    """The parameters of draw number `draw`; those that affect nothing in `affecting` stay as they are."""
    overrides = {
        name: _override(entry, uniform(seed, draw, name), draw)
        for name, entry in parameters.items()
        if entry.affects in affecting and (entry.duration is not None or entry.low < entry.high)
    }
    return parameters.patched(overrides)


def uniform(seed: int, draw: int, name: str) -> float:
    """The draw in [0, 1) of one parameter or one chance, keyed by its name."""
    return float(uniforms(seed, draw, f"parameter {name}", 1)[0])


def _override(entry: Parameter, u: float, draw: int) -> Override:
    by = f"drawn from its range in draw {draw}"
    if entry.duration is not None:
        return Override(duration=_stretched(entry.duration, pert(u, *STRETCH)), assumption=by, changed_by=by)
    return Override(pert(u, entry.low, entry.mode, entry.high), assumption=by, changed_by=by)


def _stretched(duration: Duration, factor: float) -> Duration:
    """All days `factor` times as long; the sigma of a lognormal is no number of days and stays."""
    days = tuple(min(round(number * factor, 6), float(LONGEST)) for number in duration.numbers)
    if duration.kind == "lognormal":
        days = (days[0], duration.numbers[1])
    return replace(duration, numbers=days)
