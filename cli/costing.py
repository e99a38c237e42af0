"""What the questions about costs share: scenarios run beside the same world without a scheme, and prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cli.experiment import checked_ids, tell_failures
from cli.failures import FAILED, FINE, INTERRUPTED
from cli.output import note
from cli.typed import typed

if TYPE_CHECKING:
    from analysis.cost_case import CostCase
    from analysis.cost_drivers import Run
    from analysis.costs import View
    from cli.cost_options import CostOptions
    from scenarios.experiment import Arm, Results
    from scenarios.store import Store


MOST_RATE: Final = 20
"""The highest discount rate that is taken for meant, in percent a year."""


@dataclass(frozen=True)
class Costed:
    """Scenarios ready for costing; `code` is what the command ends with, `settings` what was set.

    `writes_share` names the scenarios whose file gives the department's share itself.
    """

    arms: list[Arm]
    results: Results
    runs: list[Run]
    case: CostCase
    view: View
    rate: float
    code: int
    settings: Sequence[str] = ()
    writes_share: frozenset[str] = frozenset()

    @property
    def used(self) -> int:
        """Replications that every arm finished."""
        return int(self.results.whole.sum())

    def head(self) -> list[str]:
        """Who and when, in which money, and whose figures: sentences for the top of a table."""
        from reports.cost_tables import head
        from reports.provenance import FEW

        lines = head(
            self.arms[0], self.used, self.runs, self.case, self.view, self.settings, self.writes_share
        )
        if self.used < FEW:
            lines.append(
                f"Of {self.used} replication{'s' if self.used > 1 else ''} the 10th and 90th percentiles are "
                f"little more than the lowest and the highest: for ranges run {FEW} or more (-n 20)."
            )
        return lines

    def beside(self) -> dict[str, object]:
        """What every row of a CSV says of itself: scenarios, valuation and price year."""
        return {
            "scenario": " ".join(run.name for run in self.runs),
            "valuation": self.view.valuation,
            "prices_of": self.case.price_year,
        }

    def about(self) -> dict[str, object]:
        """The same for programs."""
        from analysis.cost_case import CostCase
        from analysis.cost_payers import changed_payers

        inputs = self.arms[0].inputs
        return {
            "schema": 1,
            "start": inputs.start.isoformat(),
            "until": inputs.until.isoformat(),
            "seed": inputs.seed,
            "scale": inputs.scale,
            "replications": self.used,
            "case": self.case.name,
            "price_year": self.case.price_year,
            "valuation": self.view.valuation,
            "delivery": self.view.mode,
            "grants": self.view.grants,
            "discount_rate": self.rate,
            "increments_over": "no scheme",
            "settings": list(self.settings),
            "payers_changed": changed_payers(self.case, CostCase.default()),
            "department_share": {run.name: run.department_share for run in self.runs},
        }


def case_of(asked: CostOptions) -> tuple[CostCase, list[str]]:
    """The cost case with the figures that were set, and the settings left for the scenarios.

    Raises every problem of the case file, or of the settings, before anything is run.
    """
    from dataclasses import replace

    from analysis.cost_case import CostCase
    from analysis.cost_payers import SETS, payer_settings
    from analysis.deflator import deflators
    from rules.errors import Collected, Problem, nearest
    from rules.levers import SPECS
    from scenarios.settings import read
    from simulation.parameters import Parameters

    wrong = Collected()
    with wrong:
        asked.check()
    with wrong:
        _ = asked.last
    if not 0 <= asked.percent <= MOST_RATE:
        said = f"--rate is a percentage from 0 to {MOST_RATE}, not {asked.percent:g}"
        wrong.problems.append(Problem("K013", said))
    case = CostCase.default()
    with wrong:
        case = CostCase.load(asked.case_file) if asked.case_file else case
    of_scenario: list[str] = []
    of_case: list[str] = []
    for text in asked.settings:
        name = text.partition("=")[0].strip()
        if name in case.figures or name.removesuffix(SETS) in case.figures:
            of_case.append(text)
        elif name in SPECS or name in Parameters.shipped():
            of_scenario.append(text)
        elif "=" not in text:
            said, hint = f"'{text}' is not written as line=value", "for example leavers=15000"
            wrong.problems.append(Problem("K011", said, hint=hint))
        else:
            said = f"'{name}' is no line or price of a cost case, no lever and no parameter"
            hint = nearest(name, [*case.figures, *payer_settings(case), *SPECS, *Parameters.shipped()])
            hint = hint or "naas cost template lists lines and prices"
            wrong.problems.append(Problem("K002", said, hint=hint))
    with wrong:
        case = case.set(of_case)
    with wrong:
        read(of_scenario)
    if asked.price_year is not None:
        if asked.price_year not in deflators():
            known = deflators()
            said = f"--price-year is a year from {min(known)} to {max(known)}, not {asked.price_year}"
            wrong.problems.append(Problem("K008", said))
        case = replace(case, price_year=asked.price_year)
    wrong.tell()
    return case, of_scenario


def costed(names: Sequence[str], asked: CostOptions, case: CostCase, settings: Sequence[str]) -> Costed:
    """Run what is not stored, and line it up. A mistake in a file is told before anything runs.

    Who pays changes nothing that happens, so a share that is set is applied to runs as they are stored.
    """
    from dataclasses import replace

    from analysis.cost_runs import arms_to_run, runs_of
    from cli.manner import Manner, run_arms
    from scenarios.settings import writes

    share, happening = _share_of(settings)
    ready = replace(asked, setting=happening).lined_up(names)
    arms = [arm for _, arm in ready]
    checked_ids(arms)
    all_arms, places = arms_to_run(arms)
    how = Manner(asked.replications, asked.jobs, 0.8, asked.opened())
    results = run_arms(all_arms, how).results
    code = _after(results, how.store)
    runs = runs_of(results, len(arms), places) if results.whole.any() else []
    if share is not None:
        runs = [replace(run, department_share=share) for run in runs]
    given = frozenset(arm.name for scenario, arm in ready if writes(scenario, SHARE))
    return Costed(arms, results, runs, case, asked.view, asked.rate, code, asked.settings, given)


SHARE: Final = "funding.dfe_share"


def _share_of(settings: Sequence[str]) -> tuple[float | None, list[str]]:
    """The department's share that is set, if it is, and the settings that change what happens.

    Raises `InputError` when it is set twice, or is no share.
    """
    from rules.levers import parse_value
    from scenarios.settings import values

    funding = [text for text in settings if text.partition("=")[0].strip() == SHARE]
    rest = [text for text in settings if text not in funding]
    if len(funding) != 1 or not funding[0].partition("=")[2].strip():
        return None, list(settings)
    values(funding)
    return float(str(parse_value(SHARE, funding[0].partition("=")[2]))), rest


def _after(results: Results, store: Store | None) -> int:
    """Say what failed or was stopped, and give the exit code that fits."""
    for notice in results.notices:
        note(notice)
    tell_failures(results.failures, store)
    if results.interrupted or results.stopped:
        why = f", because {results.stopped}" if results.stopped else ""
        kept = f"{int(results.whole.sum())} of {results.requested} replications kept"
        note(f"Stopped{why}: {kept}. To go on: {typed()}")
        return FAILED if results.stopped else INTERRUPTED
    return FAILED if results.failures else FINE
