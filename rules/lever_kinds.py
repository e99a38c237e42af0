"""What a lever is: a choice, a number or a date, with its question, its paragraphs and its bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

LeverValue = str | int | float | date
Basis = Literal["asked", "named", "assumed"]
"""`asked`: an answer the question offers. `named`: the text speaks of it. `assumed`: our own reading."""
Kind = Literal["choice", "months", "count", "date", "share", "days", "years"]
ReadBy = Literal["rules", "simulation"]


@dataclass(frozen=True)
class Option:
    """One way of settling a choice; `paragraph` is where the consultation speaks of it (None: nowhere)."""

    name: str
    basis: Basis
    label: str
    paragraph: int | None = None


@dataclass(frozen=True)
class LeverSpec:
    """A lever. `low` and `high` are included; `basis` speaks of the default of a lever without options.

    `read_by` names what reads the lever: the rule files, or the simulation.
    """

    id: str
    label: str
    help: str
    question: int | None
    paragraphs: tuple[int, ...]
    kind: Kind
    default: LeverValue
    group: str
    options: tuple[Option, ...] = ()
    low: float | date | None = None
    high: float | date | None = None
    unit: str = ""
    basis: Basis = "asked"
    read_by: ReadBy = "rules"

    @property
    def allowed(self) -> str:
        """What the lever takes, in words for an error message or a help page."""
        if self.kind == "choice":
            return f"one of: {', '.join(option.name for option in self.options)}"
        if self.kind == "date":
            return f"a date from {self.low} to {self.high}"
        if self.kind == "share":
            return f"a number from {self.low:g} to {self.high:g}"
        return f"a whole number of {self.unit} from {self.low} to {self.high}"

    def option(self, name: str) -> Option:
        """The option of that name; KeyError when there is none."""
        for option in self.options:
            if option.name == name:
                return option
        raise KeyError(name)


@dataclass(frozen=True)
class Computed:
    """A number that rules refer to like a lever, worked out from one; arithmetic stays out of rule files."""

    id: str
    label: str
    of: str
    compute: Callable[[int], int]


def choice(
    lever: str,
    label: str,
    text: str,
    *,
    question: int | None,
    paragraphs: tuple[int, ...],
    group: str,
    options: tuple[Option, ...],
    read_by: ReadBy = "rules",
) -> LeverSpec:
    """A choice; its first option is the default."""
    default = options[0].name
    return LeverSpec(
        lever, label, text, question, paragraphs, "choice", default, group, options, read_by=read_by
    )


def number(
    lever: str,
    label: str,
    text: str,
    *,
    question: int | None,
    paragraphs: tuple[int, ...],
    group: str,
    kind: Kind,
    default: float,
    high: float,
    low: float = 0,
    unit: str = "",
    basis: Basis = "named",
    read_by: ReadBy = "rules",
) -> LeverSpec:
    """A number from `low` to `high`; its unit is its kind unless said otherwise."""
    return LeverSpec(
        lever,
        label,
        text,
        question,
        paragraphs,
        kind,
        default,
        group,
        low=low,
        high=high,
        unit=unit or kind,
        basis=basis,
        read_by=read_by,
    )


def day(
    lever: str,
    label: str,
    text: str,
    *,
    question: int | None,
    paragraphs: tuple[int, ...],
    group: str,
    default: date,
    low: date,
    high: date = date(2030, 12, 31),
) -> LeverSpec:
    """A date, read by the simulation: rules speak of phases and starts, never of the calendar."""
    return LeverSpec(
        lever,
        label,
        text,
        question,
        paragraphs,
        "date",
        default,
        group,
        low=low,
        high=high,
        unit="date",
        basis="named",
        read_by="simulation",
    )
