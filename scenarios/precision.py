"""Replications until the answer is as precise as asked: a half-width, absolute or relative, with look-ahead.

The rule is that of Hoad, Robinson and Davies (2010), "Automated selection of the number of replications for
a discrete-event simulation", Journal of the Operational Research Society 61: after the first replication at
which the interval's half-width is small enough, further replications are looked at (5 up to n = 100, then
5% of n), and the width has to stay small throughout. The number that is run follows from the random
futures alone, not from how many processes run them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.errors import nearest, problem
from scenarios.comparison import Estimate, estimates
from scenarios.experiment import Results
from scenarios.request import target
from simulation.measures import MEASURES, MeasureKey

FEWEST: Final = 3
"""Replications before a width means anything."""

LOOK_AHEAD: Final = 5
"""Replications to look ahead up to n = 100, and the percentage of n after that."""

ENOUGH_TO_REFUSE: Final = 10
"""Replications after which a difference that cannot be told from zero is taken for one near zero."""

Floats = NDArray[np.float64]
Extend = Callable[[int, Results | None], Results]
"""Runs so many replications, keeping those of the smaller run before."""


@dataclass(frozen=True)
class Target:
    """The half-width asked for: `width` in the measure's unit, or as a share of the mean."""

    measure: str
    width: float
    relative: bool

    def __str__(self) -> str:
        return f"{self.measure}={self.width * 100:g}%" if self.relative else f"{self.measure}={self.width:g}"


@dataclass(frozen=True)
class Achieved:
    """What came of a target.

    `enough` is the number of replications from which on the width stayed small enough, 0 when it did not.
    `half_width` and `mean` are those of the arm or difference furthest from the target at the end.
    `refused` says why a target cannot be met by any number of replications worth running.
    """

    target: Target
    key: MeasureKey
    reached: bool
    enough: int
    run: int
    half_width: float
    mean: float
    refused: str = ""

    @property
    def needed(self) -> int:
        """Replications that the width asked for would take, as widths shrink with their square root."""
        wanted = self.target.width * (abs(self.mean) if self.target.relative else 1)
        return math.ceil(self.run * (self.half_width / wanted) ** 2) if wanted and self.run > 1 else 0


def parse_target(text: str) -> Target:
    """A target such as `accredited=1%` or `accredited=50`. Raises `InputError` C011 or C003."""
    name, width, relative = target(text)
    if name not in MEASURES:
        raise problem("C003", f"unknown measure '{name}'", hint=nearest(name, MEASURES))
    return Target(name, width, relative)


def primary_key(keys: Sequence[MeasureKey], measure: str, whole: str) -> MeasureKey:
    """The national key of a measure at the last date, over the whole time, or else in the last year.

    Raises `InputError` C003 when nothing of the measure is national.
    """
    national = [key for key in keys if key.id == measure and not key.by]
    for key in national:
        if key.period == whole:
            return key
    if not national:
        raise problem("C003", f"'{measure}' is not measured for all together in these scenarios")
    return max(national, key=lambda key: (key.at, key.period))


def until_precise(extend: Extend, target: Target, most: int, level: float) -> tuple[Results, Achieved]:
    """Extend an experiment until the target is met, cannot be met, or `most` replications are run.

    The width is that of the paired difference of each arm from the first; of the mean for one arm alone.
    """
    results: Results | None = None
    count = min(max(2 * LOOK_AHEAD, FEWEST), most)
    while True:
        results = extend(count, results)
        inputs = results.arms[0].inputs
        whole = f"{inputs.start.isoformat()}/{inputs.until.isoformat()}"
        if not results.keys:
            return results, _ended(target, MeasureKey(target.measure), 0, np.empty((0, 1)), level)
        key = primary_key(results.keys, target.measure, whole)
        series = _series(results, key)
        enough, needed = stopping_point(series, target, level)
        if needed <= len(series):
            last = int(np.flatnonzero(results.whole)[needed - 1]) + 1
            cut = first(results, last)
            return cut, _ended(target, key, enough, _series(cut, key), level)
        refused = _hopeless(series, target, most, level)
        if refused or count >= most or results.interrupted or results.stopped:
            achieved = _ended(target, key, 0, series, level)
            return results, replace(achieved, refused=refused)
        count = min(count + max(LOOK_AHEAD, math.ceil(count * LOOK_AHEAD / 100)), most)


def stopping_point(series: Floats, target: Target, level: float) -> tuple[int, int]:
    """The number from which the width stayed small, and the number to run to know it.

    `series` has the shape [replication, difference]. When the width is not small enough at the end, the
    number to run is beyond the series.
    """
    count = len(series)
    enough = 0
    for n in range(FEWEST, count + 1):
        if not _small(series[:n], target, level):
            enough = 0
            continue
        enough = enough or n
        if n >= enough + look_ahead(enough):
            return enough, n
    return enough, count + 1


def look_ahead(n: int) -> int:
    """How many replications to look at beyond the n-th: 5, or 5% of n from 100 on (Hoad and others, 2010)."""
    return LOOK_AHEAD if n <= 100 else math.floor(LOOK_AHEAD * n / 100)


def first(results: Results, count: int) -> Results:
    """The first `count` replications of an experiment, as if no more had been run."""
    return replace(
        results,
        requested=count,
        values=results.values[:, :count],
        finished=results.finished[:, :count],
        numbers=results.numbers[:count],
        records={place: record for place, record in results.records.items() if place[1] < count},
        reused=frozenset(place for place in results.reused if place[1] < count),
        failures=tuple(failure for failure in results.failures if failure.replication < count),
    )


def _series(results: Results, key: MeasureKey) -> Floats:
    """The differences from the first arm [replication, arm], or the values of one arm alone."""
    values = np.array([results.of(arm)[:, results.keys.index(key)] for arm in range(len(results.arms))]).T
    return values if values.shape[1] == 1 else values[:, 1:] - values[:, :1]


def _small(series: Floats, target: Target, level: float) -> bool:
    for found in estimates(series, level):
        half = (found.high - found.low) / 2
        allowed = target.width * abs(found.mean) if target.relative else target.width
        if not half <= allowed or allowed == 0:  # also where the half-width is not defined
            return False
    return True


def _hopeless(series: Floats, target: Target, most: int, level: float) -> str:
    """Why a relative target cannot be met: a mean or difference that cannot be told from zero."""
    if not target.relative or len(series) < min(ENOUGH_TO_REFUSE, most):
        return ""
    for found in estimates(series, level):
        half = (found.high - found.low) / 2
        if found.low <= 0 <= found.high:
            wanted = target.width * abs(found.mean)
            if wanted == 0 or len(series) * (half / wanted) ** 2 > most:
                near = f"something near zero ({found.mean:.3g}, give or take {half:.3g})"
                return (
                    f"{target} is a share of {near}; "
                    f"ask for a half-width in the measure's own unit, such as {target.measure}=50"
                )
    return ""


def _ended(target: Target, key: MeasureKey, enough: int, series: Floats, level: float) -> Achieved:
    found = estimates(series, level)
    widths = [
        ((item.high - item.low) / 2 / (abs(item.mean) if target.relative and item.mean else 1), item)
        for item in found
    ]
    worst = max(widths, key=lambda pair: -1.0 if math.isnan(pair[0]) else pair[0])[1]
    half = (worst.high - worst.low) / 2
    return Achieved(target, key, enough > 0, enough, len(series), half, worst.mean)


def half_widths(
    results: Results, measure: str, level: float
) -> tuple[MeasureKey, list[tuple[int, Estimate]]]:
    """How the interval narrows: after n = 3, 4, ... replications, the widest estimate over the differences.

    The estimates are those that the stopping rule looks at: of the paired difference of each arm from the
    first, or of the mean of one arm alone. Raises `InputError` C003 for a measure that is not national.
    """
    inputs = results.arms[0].inputs
    whole = f"{inputs.start.isoformat()}/{inputs.until.isoformat()}"
    key = primary_key(results.keys, measure, whole)
    series = _series(results, key)
    found = []
    for n in range(FEWEST, len(series) + 1):
        some = estimates(series[:n], level)
        found.append((n, max(some, key=lambda item: -1.0 if math.isnan(item.low) else item.high - item.low)))
    return key, found
