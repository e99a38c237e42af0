"""`naas compare`: scenarios side by side on the same random draws, with the difference and a word for it."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli import options
from cli.output import Format, emphasis, paragraph, width, write, write_csv, write_json
from reports.at_scale import not_grossed_up, same_people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cli.manner import Manner, Ran
    from scenarios.comparison import Comparison
    from scenarios.experiment import Arm
    from scenarios.scenario import Scenario


_LEFT_OUT: Final = "Earlier years ({first} to {last}) are left out at this width; --every-year shows them."


def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="A B [C ...]", help="Scenarios by name, or files; the first is the baseline."),
    ],
    until: options.UntilOption = None,
    setting: options.SetOption = None,
    scale: options.ScaleOption = None,
    workforce: options.WorkforceOption = None,
    replications: options.ReplicationsOption = 20,
    seed: options.SeedOption = 2017,
    jobs: options.JobsOption = 0,
    cluster: options.ClusterOption = None,
    store: options.StoreOption = None,
    no_store: options.NoStoreOption = False,
    precision: options.PrecisionOption = None,
    most: options.MostOption = 200,
    uncertainty: options.UncertaintyOption = None,
    inner: options.InnerOption = 1,
    by: options.ByOption = None,
    every_year: Annotated[
        bool,
        typer.Option(
            "--every-year",
            help="Show every December also where columns do not fit beside each other.",
            rich_help_panel=options.SHOWN,
        ),
    ] = False,
    measure: options.MeasureOption = None,
    interval: options.IntervalOption = 80,
    form: options.FormatOption = Format.table,
) -> int:
    """Compare scenarios on the same random draws.

    \b
    naas compare voluntary mandatory
    naas compare consultation fixed-retakes --replications 40 --format json
    """
    from cli import guard_rails
    from cli.experiment import aftermath, checked_date, checked_measures, checked_numbers
    from cli.manner import manner, run_arms
    from rules.errors import problem
    from scenarios.comparison import compare as compared
    from scenarios.line_up import line_up
    from simulation.measures import MEASURES

    checked_numbers(replications, seed, jobs, scale, interval)
    wanted = checked_measures(measure)
    if len(scenarios) < 2:
        hint = f"naas run {scenarios[0]} shows one alone"
        raise problem("C004", "a comparison needs at least two scenarios", hint=hint)
    ready = line_up(scenarios, setting or (), seed, scale, checked_date(until), workforce)
    names = [scenario.id for scenario, _ in ready]
    if len(set(names)) < len(names):
        raise problem("C004", f"the scenarios need different ids; these are {', '.join(names)}")
    how = manner(replications, jobs, interval, store, no_store, cluster, precision, most, uncertainty, inner)
    arms = [arm for _, arm in ready]
    guard_rails.before(arms)
    ran = run_arms(arms, how)
    comparison = compared(ran.results, MEASURES, how.level, how.uncertain)
    show(comparison, ready, form, by, wanted, ran, how, setting or (), every_year=every_year)
    guard_rails.after(ran.results)
    return aftermath(comparison, f"naas {shlex.join(sys.argv[1:])}", ran, how)


def show(
    comparison: Comparison,
    ready: list[tuple[Scenario, Arm]],
    form: Format,
    by: options.Cut | None,
    wanted: frozenset[str] | None,
    ran: Ran,
    how: Manner,
    settings: Sequence[str] = (),
    *,
    every_year: bool = True,
) -> None:
    """Write a comparison, or a single run, in the form asked for. `settings` were made in every scenario.

    Without `every_year` a table that does not fit in width shows the last December and the whole time only.
    """
    from cli import design
    from cli.documents import CSV_COLUMNS, csv_rows, document
    from scenarios.settings import values

    made = values(settings)
    if form is Format.json:
        whole = document(comparison, wanted) | design.document(comparison, ran, how)
        write_json(whole | {"settings": made})
    elif form is Format.csv:
        write_csv(csv_rows(comparison, wanted), CSV_COLUMNS)
    else:
        lines = design.lines(comparison, ran, how)
        for line in table(comparison, ready, by, wanted, lines, made, every_year=every_year):
            write(line)


def table(
    comparison: Comparison,
    ready: list[tuple[Scenario, Arm]],
    by: options.Cut | None = None,
    wanted: frozenset[str] | None = None,
    made: Sequence[str] = (),
    settings: Mapping[str, object] | None = None,
    *,
    every_year: bool = True,
) -> list[str]:
    """The comparison as lines to read: who, how many, what differs, each December, what holds people back.

    `made` says how the numbers were made, for the foot; `settings` were made in every scenario. Without
    `every_year`, the Decembers before the last are left out where rows have to be stacked.
    """
    from cli.summary import summary
    from cli.tables import blocks, stacked
    from reports.comparing import caveat, cut_rows, ends, headline_rows, whole_period, worst_authorities
    from reports.dates import month

    if not comparison.used:
        return ["No replication was finished by every scenario; there is nothing to show."]
    names = comparison.names
    lines = [*_head(comparison, ready, settings or {}), ""]
    dates = ends(comparison)
    lines += summary(comparison, wanted)
    overall = "Over the whole time"
    titled = [(f"By {month(at)}", headline_rows(comparison, at, at[:4], wanted)) for at in dates]
    titled.append((overall, headline_rows(comparison, "", whole_period(ready[0][1]), wanted)))
    if by is not None and dates:
        last = dates[-1]
        cuts = cut_rows(comparison, last, last[:4], by.value, wanted)
        titled += [(f"{label}, by {by.value}", rows) for label, rows in cuts]
    left_out: list[str] = []
    if not every_year and len(dates) > 1 and stacked(titled, names, comparison.level, comparison.spread):
        titled = titled[len(dates) - 1 :]
        left_out = [paragraph(_LEFT_OUT.format(first=month(dates[0]), last=month(dates[-2]))), ""]
    worst = worst_authorities(comparison)
    for title, found in blocks(titled, names, comparison.level, comparison.spread).items():
        lines += [*found, *([paragraph(worst, "  ")] if worst and title == overall else []), ""]
    said = caveat([arm for _, arm in ready])
    warned = [paragraph(said), ""] if said else []
    return [*lines, *left_out, *_binding(comparison), *warned, *_closing(ready, made)]


def _head(
    comparison: Comparison, ready: list[tuple[Scenario, Arm]], settings: Mapping[str, object]
) -> list[str]:
    from reports.comparing import how_many, settings_line, span_of, what_differs
    from reports.population import population

    first, arm = ready[0]
    head = f"{population(arm)} · {span_of(arm)} · {how_many(comparison)}, seed {arm.inputs.seed}"
    lines = [paragraph(head)]
    if told := not_grossed_up(arm.inputs.scale):
        lines.append(paragraph(told))
    if said := settings_line(settings, len(ready) > 1):
        lines.append(paragraph(said))
    for other, _ in ready[1:]:
        words = paragraph(what_differs(other, first))
        pointer = f"   (naas show {_typed(other)})"  # never folded, so that it can be copied
        fits = len(words.rpartition("\n")[2]) + len(pointer) <= width()
        lines += [words + pointer] if fits else [words, pointer]
    return lines


def _binding(comparison: Comparison) -> list[str]:
    from reports.comparing import holding_back

    lines = [paragraph(said, "  ") for said in holding_back(comparison)]
    return [emphasis("What holds people back, share of delayed days", "strong"), *lines, ""] if lines else []


def _closing(ready: list[tuple[Scenario, Arm]], made: Sequence[str]) -> list[str]:
    last = ready[-1][0]
    explained = len(ready) > 1 and last.plain is None
    following = f"naas {'explain --scenario' if explained else 'show'} {_typed(last)}"
    following += f" --worker 1{same_people(ready[-1][1])}" if explained else ""
    return [*map(paragraph, made), f"Next: {following}"]


def _typed(scenario: Scenario) -> str:
    """What a person types for a scenario: its name in the library, or the path of its file."""
    from scenarios.loader import is_path, library

    if scenario.path in library().values():
        return scenario.path.stem
    path = str(scenario.path)
    return shlex.quote(path if is_path(path) else f"./{path}")
