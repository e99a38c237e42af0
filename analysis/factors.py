"""Parameters as things to be varied: each with its range, or a range of scale for a whole distribution."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rules.errors import InputError, Problem, nearest
from scenarios.uncertainty import DURATION_FACTOR, has_range, pert
from simulation.parameters import Override, Parameter, Parameters

_UNKNOWN: Final = "there is no such parameter"
_NO_RANGE: Final = "it has no range"
_DIFFER: Final = "the scenarios differ in it"
NOT_NAMED: Final = "it was not named"
_VARIED: Final = "varied by an analysis of sensitivity"


@dataclass(frozen=True)
class Factor:
    """A parameter with its least, likeliest and greatest value; of a duration, the scale of its days."""

    parameter: Parameter
    low: float
    mode: float
    high: float
    base: float

    @property
    def id(self) -> str:
        """The parameter's id."""
        return self.parameter.id

    def at(self, share: float) -> float:
        """The value at a share of the way from the lowest to the highest."""
        return self.low + share * (self.high - self.low)

    def believed(self, share: float) -> float:
        """The value that a PERT distribution over the range does not exceed with this probability."""
        return pert(share, self.low, self.mode, self.high)

    def setting(self, value: float) -> Override:
        """The parameter set to a value."""
        duration = self.parameter.duration
        if duration is None:
            return Override(value, assumption=_VARIED, changed_by=_VARIED)
        return Override(duration=duration.stretched(value), assumption=_VARIED, changed_by=_VARIED)

    def shown(self, value: float) -> str:
        """A value as a reader would write it."""
        if self.parameter.duration is not None:
            return f"× {value:.3g}"
        return f"{100 * value:.3g}%" if self.parameter.unit.startswith("share") else f"{value:.6g}"


def factors(arms: Sequence[Parameters], names: Iterable[str] = ()) -> tuple[Factor, ...]:
    """The parameters to vary: those named, or every one that has a range, of the workforce too.

    A parameter that differs between the arms is what they are compared for, and is not varied. Raises
    `InputError` A005 for a name that cannot be.
    """
    first = arms[0]
    wanted = tuple(dict.fromkeys(names))
    reasons = {name: _reason(arms, name) for name in wanted}
    varied = [name for name in first if not _reason(arms, name)]
    if any(reasons.values()):
        raise InputError(
            Problem("A005", f"'{name}' cannot be varied: {reason}", hint=_instead(name, reason, varied))
            for name, reason in reasons.items()
            if reason
        )
    return tuple(_factor(first[name]) for name in wanted or varied)


def not_varied(arms: Sequence[Parameters], varied: Sequence[Factor]) -> dict[str, str]:
    """Every other parameter that changes runs, in their order, with the reason why it is not varied."""
    moved = {factor.id for factor in varied}
    return {
        name: _reason(arms, name) or NOT_NAMED
        for name, item in arms[0].items()
        if name not in moved and item.affects != "costs"
    }


def _reason(arms: Sequence[Parameters], name: str) -> str:
    """Why a parameter cannot be varied; an empty string where it can."""
    if name not in arms[0]:
        return _UNKNOWN
    item = arms[0][name]
    if item.affects == "costs":
        return "it changes no run"
    if any((arm[name].value, arm[name].duration) != (item.value, item.duration) for arm in arms):
        return _DIFFER
    if not has_range(item):
        return _NO_RANGE
    return ""


def _instead(name: str, reason: str, varied: Iterable[str]) -> str:
    """What to do instead: for a misspelt name the nearest that can be varied."""
    if reason == _UNKNOWN:
        return nearest(name, varied)
    return f"--set {name}=... tries one value" if reason == _NO_RANGE else ""


def _factor(item: Parameter) -> Factor:
    if item.duration is not None:
        return Factor(item, *DURATION_FACTOR, base=1.0)
    return Factor(item, item.low, item.mode, item.high, base=item.value)
