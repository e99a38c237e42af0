"""What we estimate rather than choose: every number with its range, its unit and its evidence.

A parameter is a value (or a distribution of days) that comes with a source, or with the word assumption and
a reason. The shipped ones live in `simulation/data/parameters/`; a scenario replaces some of them by
overrides, which need evidence of their own as soon as they leave the shipped range.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from rules.errors import InputError, Place, Problem, nearest, problem
from simulation.durations import Duration

CODES: Final[dict[str, str]] = {
    "P001": "The file or entry does not have the shape of a parameter.",
    "P002": "Two parameters have the same id.",
    "P003": "A field that every parameter needs is missing.",
    "P004": "A field is not one that a parameter has.",
    "P005": "The number has no evidence: neither a source nor an assumption with its reason.",
    "P006": "The number is not a finite number of sensible size.",
    "P007": "The range is not min, mode, max in rising order around the value.",
    "P008": "The number lies outside what its unit allows.",
    "P009": "The unit is not known.",
    "P010": "A rating, date or reach of effect is not one of those allowed.",
    "P011": "The distribution is not one that can be drawn from.",
    "P012": "No parameter has this id.",
    "P013": "The new value lies outside the range of the parameter and brings no evidence.",
    "P014": "A number is set where a distribution belongs, or the other way round.",
}

UNITS: Final[dict[str, tuple[float, float]]] = {
    "share": (0.0, 1.0),
    "share a year": (0.0, 1.0),
    "days": (0.0, 36_525.0),
    "weeks": (0.0, 5_200.0),
    "months": (0.0, 1_200.0),
    "years": (0.0, 100.0),
    "hours": (0.0, 1e6),
    "count": (0.0, 1e9),
    "people": (0.0, 1e9),
    "people a year": (0.0, 1e9),
    "people a day": (0.0, 1e6),
    "seats a day": (0.0, 1e6),
    "fte": (0.0, 1e9),
    "rate a year": (0.0, 50.0),
    "ratio": (0.0, 1e6),
    "km an hour": (0.0, 1_000.0),
    "weight": (0.0, 1e6),
    "standard deviations": (-10.0, 10.0),
    "score": (-1_000.0, 1_000.0),
    "logit": (-20.0, 20.0),
    "gbp": (0.0, 1e12),
}
"""Every unit, with the lowest and highest number that makes sense in it whatever the evidence."""

RATINGS: Final = ("green", "amber", "red")
"""How good the evidence is: published for this workforce, near to it, or a guess with a reason."""

AFFECTS: Final = ("world", "workforce", "costs")


@dataclass(frozen=True)
class Parameter:
    """One estimate. For a duration, `value` is its mean and `low`, `mode`, `high` span its distribution."""

    id: str
    label: str
    value: float
    low: float
    mode: float
    high: float
    unit: str
    source: str
    assumption: str
    rating: str
    dated: int
    affects: str
    duration: Duration | None = None
    changed_by: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def evidence(self) -> str:
        """The source, or the assumption named as one."""
        return self.source or f"assumption: {self.assumption}"

    def to_dict(self) -> dict[str, object]:
        """Plain data for display: a distribution as text beside its mean."""
        return {
            "id": self.id,
            "label": self.label,
            "value": self.value,
            "range": [self.low, self.mode, self.high],
            "distribution": str(self.duration) if self.duration else "",
            "unit": self.unit,
            "source": self.source,
            "assumption": self.assumption,
            "rating": self.rating,
            "dated": self.dated,
            "affects": self.affects,
            "changed_by": self.changed_by,
        }


@dataclass(frozen=True)
class Override:
    """A replacement for one parameter: a number or a distribution, its evidence, and who asks for it.

    Evidence may be left out while the number stays inside the range of the parameter it replaces. `span` is
    the (min, mode, max) of the new number; without one the old range stays, stretched to hold the number,
    which becomes the likeliest value.
    """

    value: float | None = None
    duration: Duration | None = None
    span: tuple[float, float, float] | None = None
    source: str = ""
    assumption: str = ""
    changed_by: str = "override"
    place: Place | None = None


class Parameters(Mapping[str, Parameter]):
    """All parameters by id, in the order of their files. Never changes; equal and hashed by content."""

    __slots__ = ("_by_id", "_entries", "_hash")

    def __init__(self, entries: Iterable[Parameter]) -> None:
        self._entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in self._entries}
        self._hash = hash(self._entries)

    @staticmethod
    def shipped() -> Parameters:
        """The parameters of the product, read once per process."""
        return _shipped()

    @staticmethod
    def load(paths: Iterable[Path]) -> Parameters:
        """Parameters from files. Raises `InputError` with every problem of every file at once."""
        from simulation.parameter_files import read_parameters

        return Parameters(read_parameters(paths))

    def value(self, name: str) -> float:
        """The value of a parameter; the mean of a duration. Raises P012 for an unknown id."""
        return self._find(name).value

    def duration(self, name: str) -> Duration:
        """The distribution of a duration. Raises P012 for an unknown id and P014 for a plain number."""
        found = self._find(name)
        if found.duration is None:
            raise problem("P014", f"parameter '{name}' is a number, not a distribution of days", found.place)
        return found.duration

    def only(self, keep: Callable[[Parameter], bool]) -> Parameters:
        """Some of these parameters. Who is given no others can depend on no others."""
        return Parameters(entry for entry in self._entries if keep(entry))

    def patched(self, overrides: Mapping[str, Override]) -> Parameters:
        """These parameters with some replaced. Raises `InputError` with every bad override at once."""
        problems: list[Problem] = []
        changed: dict[str, Parameter] = {}
        for name, override in overrides.items():
            entry = self._by_id.get(name)
            if entry is None:
                unknown = Problem(
                    "P012", f"unknown parameter '{name}'", override.place, nearest(name, self._by_id)
                )
                problems.append(unknown)
                continue
            problems.extend(override_problems(entry, override))
            if not problems:
                changed[name] = _replaced(entry, override)
        if problems:
            raise InputError(problems)
        return Parameters(changed.get(entry.id, entry) for entry in self._entries) if changed else self

    def _find(self, name: str) -> Parameter:
        found = self._by_id.get(name)
        if found is None:
            raise problem("P012", f"unknown parameter '{name}'", hint=nearest(name, self._by_id))
        return found

    def __getitem__(self, name: str) -> Parameter:
        return self._by_id[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parameters) and self._entries == other._entries

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Parameters], tuple[tuple[Parameter, ...]]]:
        return Parameters, (self._entries,)


def number_problem(unit: str, number: object, place: Place | None = None) -> Problem | None:
    """What is wrong with a number in a unit, or None (P006 not a number, P008 out of its domain)."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        return Problem("P006", f"expected a number of unit '{unit}', not {number!r}", place)
    if not math.isfinite(number) or abs(number) > 1e15:
        return Problem("P006", f"expected a finite number below 1e15, not {number!r}", place)
    low, high = UNITS[unit]
    if not low <= number <= high:
        return Problem("P008", f"{number:g} is impossible for unit '{unit}' ({low:g} to {high:g})", place)
    return None


def override_problems(entry: Parameter, override: Override) -> Iterator[Problem]:
    """Everything wrong with an override of a parameter."""
    if (override.duration is None) == (override.value is None) or (
        (override.duration is None) != (entry.duration is None)
    ):
        kind = "a distribution of days" if entry.duration else "a single number"
        yield Problem("P014", f"parameter '{entry.id}' takes {kind}", override.place)
        return
    numbers = span_of(override.duration) if override.duration else (override.value, *(override.span or ()))
    wrong = [found for number in numbers if (found := number_problem(entry.unit, number, override.place))]
    if wrong:
        yield replace(wrong[0], message=f"parameter '{entry.id}': {wrong[0].message}")
    if override.span is not None:
        low, mode, high = override.span
        if override.duration is not None or not (
            low <= mode <= high and low <= (override.value or 0) <= high
        ):
            message = (
                f"parameter '{entry.id}': expected min <= mode <= max and the value between them, "
                f"not {low:g}, {mode:g}, {high:g}"
            )
            yield Problem("P007", message, override.place)
            return
    if wrong:
        return  # no reason makes an impossible number possible
    outside = [number for number in numbers if number is not None and not entry.low <= number <= entry.high]
    if outside and not (override.source.strip() or override.assumption.strip()):
        yield Problem(
            "P013",
            f"{outside[0]:g} is outside the range of '{entry.id}' ({entry.low:g} to {entry.high:g})",
            override.place,
            "say why: add 'source: ...' or 'assumption: ...'",
        )


def span_of(duration: Duration) -> tuple[float, float, float]:
    """The lowest, most likely and highest days of a distribution; a lognormal's at two sigma either side."""
    if duration.kind == "lognormal":
        median, sigma = duration.numbers
        return median * math.exp(-2 * sigma), median * math.exp(-(sigma**2)), median * math.exp(2 * sigma)
    low, high = duration.numbers[0], duration.numbers[-1]
    middle = duration.numbers[1] if len(duration.numbers) == 3 else (low + high) / 2
    return low, middle, high


def _replaced(entry: Parameter, override: Override) -> Parameter:
    evidence = bool(override.source or override.assumption)
    value = override.duration.mean if override.duration else float(override.value or 0.0)
    if override.duration is not None:
        low, mode, high = span_of(override.duration)
    else:
        low, mode, high = override.span or (min(entry.low, value), value, max(entry.high, value))
    return replace(
        entry,
        value=value,
        low=low,
        mode=mode,
        high=high,
        duration=override.duration,
        source=override.source if evidence else entry.source,
        assumption=override.assumption if evidence else entry.assumption,
        changed_by=override.changed_by,
        place=override.place or entry.place,
    )


@lru_cache(maxsize=1)
def _shipped() -> Parameters:
    folder = Path(str(files("simulation").joinpath("data/parameters")))
    return Parameters.load(sorted(folder.glob("*.yaml")))
