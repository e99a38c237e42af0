"""A cost case: the prices and lines that turn quantities into money, with their evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from analysis.cost_lines import Figure, Line
from analysis.cost_payers import SETS, with_payers
from analysis.deflator import in_prices_of
from rules.errors import InputError, Problem, nearest, problem

DEFAULT: Final = Path(str(files("analysis").joinpath("data/default-costs.yaml")))
"""The file of the default cost case, which is also the template to edit."""

COMMAND_LINE: Final = "command line"

_PLAIN: Final = "a number has no £, no comma and no unit; a comma (or a colon) parts min,mode,max"

Side = Literal["low", "mode", "high"]


@dataclass(frozen=True)
class CostCase:
    """Figures by name (prices first, then one for each line), and the lines in their order.

    `price_year` is the year whose prices all results are in. `digest` tells two cases apart.
    """

    name: str
    title: str
    price_year: int
    figures: Mapping[str, Figure] = field(hash=False)
    lines: tuple[Line, ...] = ()

    @staticmethod
    def default() -> CostCase:
        """The shipped case, read once per process."""
        return _default()

    @staticmethod
    def load(path: Path) -> CostCase:
        """A person's case: the default with the figures of a file in place of its own.

        Raises `InputError` with every problem of the file at once.
        """
        from analysis.cost_case_files import read_over

        return read_over(path, CostCase.default())

    def value(self, key: str, side: Side = "mode") -> float:
        """A figure in pounds of the price year, or in its own unit where it is not money."""
        found = self.figures[key]
        return float(getattr(found, side)) * self.to_prices(key)

    def to_prices(self, key: str) -> float:
        """What a figure is multiplied by to be in prices of the price year; 1 for what is not money."""
        found = self.figures[key]
        return in_prices_of(self.price_year, found.price_year) if found.price_year else 1.0

    def changed(self, figures: Mapping[str, Figure]) -> CostCase:
        """This case with some figures replaced."""
        return replace(self, figures={key: figures.get(key, found) for key, found in self.figures.items()})

    def at(self, key: str, value: float) -> CostCase:
        """This case with one figure fixed at a value in the prices of the case."""
        own = value / self.to_prices(key)
        return self.changed({key: replace(self.figures[key], low=own, mode=own, high=own)})

    def set(self, settings: Sequence[str]) -> CostCase:
        """This case with figures set by texts such as `leavers=15000` or `leavers=9000,15000,20000`.

        One number fixes the figure: it is not drawn, and no range is turned. Three are min, mode and max,
        with commas or colons between them. `leavers.payer=department` sets who pays a line. Raises every bad
        setting at once.
        """
        problems: list[Problem] = []
        figures: dict[str, Figure] = {}
        payers: dict[str, str] = {}
        for text in settings:
            try:
                line = _of_payer(text)
                if line:
                    if line in payers:
                        raise problem("K011", f"the payer of '{line}' is set twice", hint="give it once")
                    payers |= {line: text.partition("=")[2].strip()}
                    with_payers(self, {line: payers[line]})
                    continue
                found = self._set(text)
                if found.key in figures:
                    raise problem("K011", f"'{found.key}' is set twice", hint="give it once")
                figures[found.key] = found
            except InputError as error:
                problems.extend(error.problems)
        if problems:
            raise InputError(problems)
        named = replace(self, title=f"{self.title}, with figures set") if settings else self
        return with_payers(named.changed(figures), payers)

    def _set(self, text: str) -> Figure:
        from analysis.cost_case_files import checked_numbers

        key, equals, written = (part.strip() for part in text.partition("="))
        if not (key and equals and written):
            raise problem("K011", f"'{text}' is not written as line=value", hint="for example leavers=15000")
        if key not in self.figures:
            raise problem("K002", f"no line or price is called '{key}'", hint=nearest(key, self.figures))
        figure = self.figures[key]
        try:
            numbers = [float(part) for part in written.replace(":", ",").split(",")]
        except ValueError:
            said = f"'{written}' is not a number, or min,mode,max"
            raise problem("K011", said, hint=f"{_PLAIN}: {key}={figure.mode:.12g}") from None
        wrong = checked_numbers(key, numbers, figure.unit)
        if wrong is not None:
            raise problem(*wrong, hint=f"{_PLAIN}: {key}={figure.mode:.12g}" if len(numbers) == 2 else "")
        low, mode, high = numbers if len(numbers) == 3 else numbers * 3
        return replace(
            figure,
            low=low,
            mode=mode,
            high=high,
            source="",
            assumption="set on the command line",
            rating="red",
            owner=COMMAND_LINE,
        )


def _of_payer(text: str) -> str:
    """The line whose payer a setting sets; "" where it sets something else."""
    name, equals, written = (part.strip() for part in text.partition("="))
    return name.removesuffix(SETS) if equals and written and name.endswith(SETS) else ""


@lru_cache(maxsize=1)
def _default() -> CostCase:
    from analysis.cost_case_files import read_whole

    return read_whole(DEFAULT)
