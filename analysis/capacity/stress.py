"""What a shock does: how long the queue grows, how many weeks it takes to recover, and who bears it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figure, over
from analysis.capacity.stored import Stored
from simulation.calendar import date_of, day_of
from simulation.inputs import Closure

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

LEFT: Final = 0.1
"""The share of the largest extra queue that may be left when the scenario has recovered."""

STEADY: Final = 4
"""Weeks in a row for which no more than that is left."""

MOST_AUTHORITIES: Final = 5

LIKELY: Final = 0.9
FEWEST_FUTURES: Final = 10
"""The share of futures in which an authority bears more that is named, and the fewest futures to tell."""

_HUNDREDTHS: Final = 100
_UNKNOWN: Final = Figure(np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class There:
    """The region that is closed: its longest queue, and days waited by those who joined while it was closed.

    Days are the mean of a future, from endorsement to the sitting, the departure or the end of the period.
    NaN, and no region, where the shock is not the closure of one region.
    """

    region: str = ""
    base_peak: Figure = _UNKNOWN
    peak: Figure = _UNKNOWN
    base_days: Figure = _UNKNOWN
    days: Figure = _UNKNOWN

    def to_dict(self) -> dict[str, object]:
        """The region as plain data."""
        return {
            "region": self.region,
            "peak_backlog_without": self.base_peak.to_dict(),
            "peak_backlog": self.peak.to_dict(),
            "days_waited_without": self.base_days.to_dict(),
            "days_waited": self.days.to_dict(),
        }


@dataclass(frozen=True)
class Stress:
    """One shock against the scenario without it, future by future.

    `peak` is the longest queue and `extra` the most by which it is longer, in the worst week of each future;
    `when` is the week in which it is longer by most on average. `weeks` to recover count from the end of the
    shock, or from the worst week of each future where it has no end; `never` is the share of futures in which
    it does not recover by the end, and those are not in `weeks`. `net` are extra person-weeks of waiting on
    balance, below zero where weeks with a shorter queue outweigh those with a longer one, and `regions` the
    same of each venue; `shares` are of those that wait more. `groups` are extra days waited, for first
    sittings and for retakes; `authorities` extra FTE-months of posts that nobody covers, the most burdened
    first. `there` is the region that is closed.
    """

    name: str
    said: str
    futures: int
    base_peak: Figure
    peak: Figure
    extra: Figure
    when: date | None
    weeks: Figure
    never: float
    counted_from: date | None
    net: Figure
    regions: dict[str, Figure]
    shares: dict[str, float]
    groups: dict[str, Figure]
    authorities: tuple[tuple[str, Figure], ...]
    there: There

    @property
    def felt(self) -> bool:
        """Whether the queue is longer by a person at any time, on average."""
        return self.extra.mean >= 1

    def to_dict(self) -> dict[str, object]:
        """The stress as plain data."""
        return {
            "shock": self.name,
            "what": self.said,
            "replications": self.futures,
            "peak_backlog_without": self.base_peak.to_dict(),
            "peak_backlog": self.peak.to_dict(),
            "most_extra_backlog": self.extra.to_dict(),
            "most_extra_week": self.when and self.when.isoformat(),
            "weeks_to_recover": self.weeks.to_dict(),
            "not_recovered_in_share_of_futures": self.never,
            "recovery_counted_from": self.counted_from and self.counted_from.isoformat(),
            "in_the_region_closed": self.there.to_dict(),
            "extra_person_weeks": self.net.to_dict(),
            "extra_person_weeks_by_region": {name: found.to_dict() for name, found in self.regions.items()},
            "share_by_region": self.shares,
            "extra_days_waited": {name: found.to_dict() for name, found in self.groups.items()},
            "extra_uncovered_fte_months": [
                {"authority": name, **found.to_dict()} for name, found in self.authorities
            ],
        }


def stress(
    base: Stored, hit: Stored, name: str, said: str, past: date | None, closed: Closure | None = None
) -> Stress:
    """Compare the same futures with and without a shock, which may be the closure of one region."""
    without, waiting = base.of("waiting"), hit.of("waiting")
    extra = (waiting - without).astype(np.float64)
    together = extra.sum(axis=2)
    typical = together.mean(axis=0)
    most = int(typical.argmax())
    ended = None if past is None else int(np.clip(base.week_of(np.array(day_of(past))), 0, len(typical) - 1))
    weeks = np.array([weeks_to_recover(one, ended) for one in together])
    balance = extra.sum(axis=1)
    more = np.maximum(balance.mean(axis=0), 0)
    shares = np.nan_to_num(over(more, more.sum()))
    return Stress(
        name,
        said,
        base.futures,
        figure(without.sum(axis=2).max(axis=1)),
        figure(waiting.sum(axis=2).max(axis=1)),
        figure(together.max(axis=1)),
        date_of(int(base.weeks[most])) if typical[most] > 0 else None,
        figure(np.where(np.isinf(weeks), np.nan, weeks)),
        float(np.isinf(weeks).mean()),
        past,
        figure(balance.sum(axis=1)),
        {venue: figure(balance[:, at]) for at, venue in enumerate(base.venues)},
        dict(zip(base.venues, shares.tolist(), strict=True)),
        {
            "first sittings": figure(_days(hit, False) - _days(base, False)),
            "retakes": figure(_days(hit, True) - _days(base, True)),
        },
        _authorities(base, hit),
        _there(base, hit, closed) if closed else There(),
    )


def weeks_to_recover(extra: Floats, ended: int | None) -> float:
    """Weeks until the extra queue is small for some weeks in a row; infinite where it is not by the end."""
    peak = extra.max()
    if peak < 1:
        return 0.0
    most = int(extra.argmax())
    begins = most if ended is None else ended
    small = extra <= max(LEFT * peak, 0.5)
    steady = np.convolve(small, np.ones(STEADY, dtype=np.int64), "valid") == STEADY
    found = np.flatnonzero(steady[max(begins, most) :])
    return float(found[0] + max(begins, most) - begins) if len(found) else np.inf


def _there(base: Stored, hit: Stored, closed: Closure) -> There:
    """The queue of the closed region, and the wait of those who joined it while it was closed."""
    venue = base.venues.index(closed.region)
    peaks = (figure(stored.of("waiting")[:, :, venue].max(axis=1)) for stored in (base, hit))
    days = (figure(_mean_wait(stored, venue, closed)) for stored in (base, hit))
    return There(closed.region, *peaks, *days)


def _mean_wait(stored: Stored, venue: int, closed: Closure) -> Floats:
    """Mean days waited by those who joined a region's queue while it was closed, one a future."""
    first, last = day_of(closed.first), day_of(closed.last)
    found = []
    for spells in stored.spells:
        here = (spells.home == venue) & (spells.joined >= first) & (spells.joined <= last)
        found.append(float(spells.wait[here].mean()) if here.any() else np.nan)
    return np.array(found)


def _days(stored: Stored, retake: bool) -> Floats:
    """Days waited, all in all, by first sittings or by retakes; those still waiting at the end included."""
    return np.array([float(spells.wait[spells.retake == retake].sum()) for spells in stored.spells])


def _authorities(base: Stored, hit: Stored) -> tuple[tuple[str, Figure], ...]:
    left = [(stored.gaps[:, 0] - stored.gaps[:, 1]).sum(axis=(1, 3)) for stored in (base, hit)]
    more = (left[1] - left[0]) / _HUNDREDTHS
    likely = (base.employers.kind == 0) & bears_more(more)
    mean = np.where(likely, more.mean(axis=0), -np.inf)
    worst = np.argsort(-mean, kind="stable")[:MOST_AUTHORITIES]
    return tuple((base.employers.name[int(row)], figure(more[:, row])) for row in worst if mean[row] > 0)


def bears_more(more: Floats) -> Mask:
    """Who bears more in nine futures of ten, of [future, who]; nobody where there are not ten futures.

    The rest may be chance.
    """
    return np.asarray((more > 0).mean(axis=0) >= LIKELY - 1e-9) & (len(more) >= FEWEST_FUTURES)
