"""What an assessment finds: ability, the difficulty of an element, and chance, on a scale with near misses.

A worker's standing on the logit scale is ability times a loading, less what long service, age and
membership of a group take off (all parameters), plus what development after a fail adds. An element is
failed when standing plus a logistic error falls below the element's line, and failed narrowly when it
falls short by no more than the near-miss margin. Lines and margin are set so that the workforce as a
whole fails at the parameters' rates; the trial of 2015 to 2016 had 20% at or below the line in the
simulated element, 85% of them near misses. With a loading of 0 the result ignores ability.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.parameters import Parameters
from simulation.workforce import Workforce

ELEMENTS: Final = ("knowledge", "simulated", "written")
ALL_ELEMENTS: Final = 0b111
LEADER_ELEMENTS: Final = 0b1000
"""Leaders have an assessment of their own (paras 43 to 45); it counts as one element."""
SLOTS: Final = (*ELEMENTS, "leader")

_BIT: Final = 1 << np.arange(len(SLOTS))
_BITS: Final = _BIT[:, np.newaxis]
"""What stands for an element among the elements of a sitting, in a row and in a column."""

_LOGISTIC_VARIANCE: Final = math.pi**2 / 3
_REACH: Final = 1_200
"""Standing is cut at 12 logits either side, in hundredths."""

Standing = NDArray[np.int32]
Chances = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """The chance of failing an element, and of failing it by more than a near miss, by standing."""

    fail: Chances
    wide: Chances


@dataclass(frozen=True)
class Marking:
    """Standing of every worker in hundredths of a logit, the four lines, and the gain from development."""

    standing: Standing
    lines: tuple[Line, ...]
    gain: int

    def outcome(
        self, workers: NDArray[np.int64], sat: NDArray[np.int64], failures: NDArray[np.int64], draws: Chances
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Elements failed and, of these, elements failed narrowly, as bits.

        `sat` holds the elements each worker sits as bits, `failures` how many developments came before,
        `draws` one row of draws for each of the four slots.
        """
        standing = self.standing[workers] + failures * self.gain
        index = np.minimum(np.maximum(standing, -_REACH), _REACH) + _REACH
        fail, wide = self._chances
        below = draws < fail.take(index, axis=1)
        below &= (sat & _BITS) != 0
        narrowly = below & (draws >= wide.take(index, axis=1))
        return _BIT @ below, _BIT @ narrowly

    @cached_property
    def _chances(self) -> tuple[Chances, Chances]:
        """The chances of failing at all and of failing widely [slot, standing]."""
        return np.array([line.fail for line in self.lines]), np.array([line.wide for line in self.lines])


def marking(workforce: Workforce, parameters: Parameters) -> Marking:
    """Set the lines so that the people in post at the baseline pass at the parameters' rates."""
    weight = parameters.value("ability.weight")
    loading = math.sqrt(_LOGISTIC_VARIANCE * weight / (1 - weight))
    standing = np.rint(workforce.ability * loading).astype(np.int32)
    service_years = (workforce.joins - workforce.service_start) / 365.25
    standing -= _hundredths(parameters, "ability.long_service_loss") * (service_years >= 5)
    standing -= _hundredths(parameters, "ability.minority_ethnic_gap") * (workforce.ethnicity != 0)
    standing -= _hundredths(parameters, "ability.aged_50_gap") * (workforce.age >= 50)
    standing = np.clip(standing, -_REACH, _REACH).astype(np.int32)
    crowd = np.bincount(standing[: workforce.baseline] + _REACH, minlength=2 * _REACH + 1)
    near = parameters.value("element.near_miss_share")
    lines = tuple(_line(crowd, 1 - parameters.value(f"element.{slot}"), near) for slot in SLOTS)
    return Marking(standing, lines, _hundredths(parameters, "ability.development_gain"))


def fixed_marking(count: int, pass_probability: tuple[float, float, float], narrow_share: float) -> Marking:
    """A marking that ignores ability: each element is passed with its own probability."""
    flat = np.ones(2 * _REACH + 1)
    fails = (*(1 - chance for chance in pass_probability), 0.0)
    lines = tuple(Line(flat * fail, flat * (fail * (1 - narrow_share))) for fail in fails)
    return Marking(np.zeros(count, dtype=np.int32), lines, 0)


def _hundredths(parameters: Parameters, name: str) -> int:
    return round(parameters.value(name) * 100)


def _line(crowd: NDArray[np.int64], fail_share: float, near_share: float) -> Line:
    return Line(
        _chances(_difficulty(crowd, fail_share)), _chances(_difficulty(crowd, fail_share * (1 - near_share)))
    )


def _chances(difficulty: float) -> Chances:
    """The chance of falling below a line of this difficulty, for every standing; rounded to be portable."""
    if math.isinf(difficulty):
        return np.full(2 * _REACH + 1, 1.0 if difficulty > 0 else 0.0)
    standing = np.arange(-_REACH, _REACH + 1) / 100
    return np.round(1 / (1 + np.exp(standing - difficulty)), 12)


def _difficulty(crowd: NDArray[np.int64], share: float) -> float:
    """The difficulty at which this share of the crowd falls below the line, by bisection."""
    if share <= 0 or share >= 1 or not crowd.sum():
        return math.inf if share >= 1 else -math.inf
    low, high = -40.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2
        below = float((crowd * _chances(middle)).sum()) / float(crowd.sum())
        low, high = (middle, high) if below < share else (low, middle)
    return round((low + high) / 2, 6)
