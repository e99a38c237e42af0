"""The options that every question about costs takes: what is run, and how it is valued."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.asked import StoredOptions

if TYPE_CHECKING:
    from analysis.costs import View


class Valuation(StrEnum):
    """How an hour is priced."""

    cash = "cash"
    pay = "pay"
    full = "full"


class Mode(StrEnum):
    """How delivery is priced."""

    contract = "contract"
    bottom_up = "bottom-up"


class Grants(StrEnum):
    """How the department pays employers."""

    lever = "lever"
    per_council = "per-council"
    per_assessment = "per-assessment"
    none = "none"


def _of_case(setting: str) -> bool:
    """Whether a setting is of a line or price of a cost case, or of who pays it."""
    from analysis.cost_case import CostCase
    from analysis.cost_payers import SETS

    return setting.partition("=")[0].strip().removesuffix(SETS) in CostCase.default().figures


@dataclass(frozen=True)
class CostOptions(StoredOptions):
    """What is run and how it is valued."""

    case: Annotated[
        Path | None,
        typer.Option(
            "--case",
            metavar="FILE",
            help="Your own cost case: a file (naas cost template writes one), or the name of a saved one.",
            rich_help_panel=options.WHAT,
        ),
    ] = None
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Set a line or price (leavers=15000), who pays a line (leavers.payer=department), a lever "
            "or a parameter; may be repeated.",
            rich_help_panel=options.WHAT,
        ),
    ] = None
    valuation: Annotated[
        Valuation | None,
        typer.Option(
            "--valuation",
            help="Time at what is newly spent (cash), at pay and on-costs, or at full unit cost; pay if not "
            "given, and cash beside a budget of the department.",
            rich_help_panel=options.WHAT,
        ),
    ] = None
    mode: Annotated[
        Mode,
        typer.Option("--mode", help="Delivery at contract price, or built up.", rich_help_panel=options.WHAT),
    ] = Mode.contract
    grants: Annotated[
        Grants,
        typer.Option(
            "--grants",
            help="The department pays employers the scenario's share, a grant for each council or each first "
            "sitting, or nothing.",
            rich_help_panel=options.WHAT,
        ),
    ] = Grants.lever
    price_year: Annotated[
        int | None,
        typer.Option("--price-year", help="Show money in prices of this year.", rich_help_panel=options.WHAT),
    ] = None
    percent: Annotated[
        float,
        typer.Option(
            "--rate",
            help="Discount rate a year, in percent; none beside a budget of the department.",
            rich_help_panel=options.WHAT,
        ),
    ] = 3.5

    @property
    def of_world(self) -> list[str]:
        """The settings of levers and of parameters of the world: those of no line or price of a case."""
        return [text for text in self.settings if not _of_case(text)]

    @property
    def case_file(self) -> Path | None:
        """The file of `--case`: the case saved under this name, where there is no such file."""
        from scenarios.names import is_path
        from tui.places import cost_cases_folder

        if self.case is None or is_path(str(self.case)) or self.case.exists():
            return self.case
        saved = cost_cases_folder() / f"{self.case}.yaml"
        return saved if saved.is_file() else self.case

    @property
    def view(self) -> View:
        """How time, delivery and grants are priced."""
        from analysis.costs import View

        return View((self.valuation or Valuation.pay).value, self.mode.value, self.grants.value)

    @property
    def rate(self) -> float:
        """The discount rate, as a share a year."""
        return self.percent / 100

    def of_department(self) -> CostOptions:
        """The same beside a budget of the department: in cash unless asked otherwise, and not discounted."""
        return replace(self, valuation=self.valuation or Valuation.cash, percent=0.0)
