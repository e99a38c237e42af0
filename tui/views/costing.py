"""What every page about costs starts from: stored runs beside the same world without a scheme, and a case."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from analysis.cost_case import CostCase
from analysis.cost_edits import Edit, Stretch, changed_figures, edited, grouped, stretched
from analysis.cost_lines import GRANTS, MODES, VALUATIONS
from analysis.cost_payers import SETS, changed_payers
from analysis.cost_runs import arms_to_run, runs_of
from analysis.cost_standing import LeftOut, far_outside, usable
from analysis.costs import View
from analysis.deflator import deflators
from rules.errors import InputError, Problem, problem
from scenarios.identity import address
from tui.desk.desk import FEW, Same
from tui.places import cost_cases_folder
from tui.views.not_run import with_results
from tui.views.sample import reached, sample

if TYPE_CHECKING:
    from analysis.cost_drivers import Run
    from reports.page import Prose
    from scenarios.experiment import Arm, Results
    from scenarios.scenario import Scenario
    from tui.asked import Asked
    from tui.desk.desk import Desk


def _one_of(words: Collection[str]) -> AfterValidator:
    """A check that a word is one of those that `naas cost` takes."""

    def check(word: str) -> str:
        if word not in words:
            raise ValueError(f"one of {', '.join(words)}, not '{word}'")
        return word

    return AfterValidator(check)


class Valued(BaseModel):
    """How costs are looked at: the options of `naas cost` that need no new run. `rate` is in percent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    valuation: Annotated[str, _one_of(VALUATIONS)] = "pay"
    mode: Annotated[str, _one_of(MODES)] = "contract"
    grants: Annotated[str, _one_of(GRANTS)] = "lever"
    rate: float = Field(default=3.5, ge=0, le=20)
    price_year: int | None = None
    budget: float | None = Field(default=None, gt=0, lt=1e12)

    @property
    def view(self) -> View:
        """The same for the reckoning."""
        return View(self.valuation, self.mode, self.grants)

    def options(self) -> list[str]:
        """The options of the command line that ask for the same; what is usual is left out."""
        usual = Valued()
        found: list[str] = []
        for name in ("valuation", "mode", "grants"):
            if getattr(self, name) != getattr(usual, name):
                found += [f"--{name}", str(getattr(self, name))]
        if self.rate != usual.rate:
            found += ["--rate", f"{self.rate:g}"]
        if self.price_year is not None:
            found += ["--price-year", str(self.price_year)]
        return found


@dataclass(frozen=True, eq=False)
class Costing:
    """Scenarios with what is stored of them; `runs` is empty where no replication is whole.

    `words` are the scenarios as they are typed; `left_out` are those that wait until they are run.
    """

    words: list[str]
    ready: list[tuple[Scenario, Arm]]
    left_out: list[tuple[Scenario, Arm]]
    all_arms: list[Arm]
    results: Results
    runs: list[Run]
    asked: Asked

    @property
    def used(self) -> int:
        """Replications that every scenario finished, and the world without a scheme too."""
        return int(self.results.whole.sum())

    def missing(self) -> list[str]:
        """How much of each scenario is stored, in words."""
        stored = self.results.finished.sum(axis=1).tolist()
        return [
            f"{arm.name}: {count} of {self.results.requested} replications"
            for arm, count in zip(self.all_arms, stored, strict=True)
        ]


@dataclass(frozen=True)
class Prices:
    """A case as it stands: `file` is where it is from ("" for the default one), `base` before any edit.

    `stretched` are the ends of ranges that a value moved, `left_out` what was typed and cannot be used.
    """

    file: str
    base: CostCase
    case: CostCase
    stretched: tuple[Stretch, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def far(self) -> dict[str, str]:
        """By figure: that its value lies far outside the range that was there."""
        return far_outside(self.case, self.base)

    def settings(self) -> list[str]:
        """What was edited, as `--set` has it."""
        found = []
        for key, figure in changed_figures(self.case, self.base).items():
            numbers = ",".join(grouped(value, "") for value in (figure.low, figure.mode, figure.high))
            found.append(f"{key}={numbers}")
        payers = changed_payers(self.case, self.base)
        return found + [f"{key}{SETS}={payer}" for key, payer in payers.items()]

    def options(self) -> list[str]:
        """The options of the command line that give the same prices."""
        found = ["--case", typed_case(self.file)] if self.file else []
        return found + [word for setting in self.settings() for word in ("--set", setting)]


def typed_case(file: str) -> str:
    """What is typed for a case: the name of one that was saved here, or the path of its file."""
    path = Path(file)
    return path.stem if path.parent == cost_cases_folder() else file


def costing(desk: Desk, scenarios: Sequence[str], settings: Mapping[str, Any] | None) -> Costing:
    """What the store holds of the scenarios and of the same worlds without a scheme; nothing is run.

    Read again only when something was added to the store. Raises `InputError`, K014 for a scheme from
    scratch.
    """
    asked = desk.asked(settings)
    every = desk.line_up(scenarios, settings)
    ready = with_results(desk, every, asked)
    words = [word for word, item in zip(scenarios, every, strict=True) if item in ready]
    left_out = [item for item in every if item not in ready]
    arms = [arm for _, arm in ready]
    key = tuple(map(Same, arms))
    (all_arms, places), folders = desk.keep(("arms to cost", key), lambda: _to_run(desk, arms))
    stamps = tuple(folder.stat().st_mtime_ns if folder.is_dir() else 0 for folder in folders)

    def read() -> Costing:
        results = desk.results(all_arms, asked)
        runs = runs_of(results, len(arms), places) if results.whole.any() else []
        return Costing(words, ready, left_out, all_arms, results, runs, asked)

    waiting = tuple(Same(arm) for _, arm in left_out)
    return desk.keep(("costing", key, waiting, stamps, asked), read, FEW)


def sample_of(found: Costing, name: str = "sample") -> list[Prose]:
    """One line, in a block of this name, where costs are not to be quoted; nothing where they may be."""
    return sample(name, found.asked, found.results, found.ready[0][1].inputs.scale)


def _to_run(desk: Desk, arms: list[Arm]) -> tuple[tuple[list[Arm], list[int]], list[Path]]:
    """The arms with those without a scheme, and the folders in which their results are."""
    all_arms, places = arms_to_run(arms)
    store = desk.store
    folders = [store.run_folder(address(arm.inputs)) for arm in all_arms]
    return (all_arms, places), folders


def prices(
    desk: Desk,
    file: str,
    edits: Mapping[str, Mapping[str, str]] | None,
    price_year: int | None = None,
    before: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> Prices:
    """A cost case with the edits of a form. Raises `InputError` with all that is wrong.

    With `before`, what was typed over each figure earlier, a figure that cannot be used stands as it was and
    is told among those that are left out.
    """
    base = _case(desk, file)
    if price_year is not None:
        known = deflators()
        if price_year not in known:
            said = f"the price year is a year from {min(known)} to {max(known)}, not {price_year}"
            raise problem("K008", said)
        base = replace(base, price_year=price_year)
    typed = {key: Edit(**edit) for key, edit in (edits or {}).items()}
    left: tuple[LeftOut, ...] = ()
    if before is not None:
        earlier = {key: [Edit(**entry) for entry in entries] for key, entries in before.items()}
        typed, left = usable(base, typed, earlier)
    return Prices(file, base, edited(base, typed), stretched(base, typed), left)


def _case(desk: Desk, file: str) -> CostCase:
    if not file:
        return CostCase.default()
    path = Path(file)
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return desk.keep(("cost case", file, stamp), lambda: CostCase.load(path))


def valued(view: Mapping[str, Any] | None) -> Valued:
    """The view of a question, checked. Raises `InputError` K013."""
    try:
        return Valued.model_validate(view or {})
    except ValidationError as error:
        raise InputError(
            Problem("K013", f"{'.'.join(map(str, item['loc']))}: {item['msg']}") for item in error.errors()
        ) from error


def command(
    words: Sequence[str], found: Costing, given: Prices, how: Valued, more: Sequence[str] = ()
) -> str:
    """What a person types to see the same at the prompt."""
    kept = reached(found.asked, found.results)
    kept = kept.model_copy(update={"interval": 80, "precision": ""})
    return shlex.join(["naas", "cost", *words, *given.options(), *how.options(), *kept.options(), *more])
