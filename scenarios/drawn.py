"""Which parameters the draws of a comparison reach, and why each of the others stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scenarios.experiment import Arm
from scenarios.uncertainty import COMPARED, Drawing, has_range
from simulation.parameters import Parameter

SET: Final = "set"
NO_RANGE: Final = "no range"


@dataclass(frozen=True)
class Kept:
    """A parameter that is not drawn, why (`SET` or `NO_RANGE`), and in which of the arms."""

    parameter: Parameter
    why: str
    arms: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """The parameters that are drawn in every arm, in their order, and those that are not in some or any."""

    drawn: tuple[Parameter, ...]
    kept: tuple[Kept, ...]

    def affecting(self, what: str) -> int:
        """How many of those drawn affect the world, or the workforce."""
        return sum(entry.affects == what for entry in self.drawn)


def reach(arms: Sequence[Arm], how: Drawing = COMPARED) -> Reach:
    """What the draws reach in these arms."""
    tables = {arm.name: arm.inputs.parameters for arm in arms}
    drawn: list[Parameter] = []
    kept: list[Kept] = []
    for name, entry in arms[0].inputs.parameters.items():
        without = tuple(arm for arm, table in tables.items() if not how.draws(table[name]))
        if not without:
            drawn.append(entry)
        elif entry.affects in how.affecting:
            why = SET if has_range(entry) else NO_RANGE
            kept.append(Kept(entry, why, without))
    return Reach(tuple(drawn), tuple(kept))
