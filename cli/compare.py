"""`naas compare`: scenarios side by side on the same random draws, with the difference and a word for it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.asked import ComparisonOptions
from cli.asking import asks
from cli.output import Format, emphasis, paragraph, width, write, write_csv, write_json
from cli.typed import typed
from reports.at_scale import not_grossed_up
from reports.next_commands import same_people

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from cli.manner import Manner, Ran
    from scenarios.comparison import Comparison
    from scenarios.experiment import Arm
    from scenarios.scenario import Scenario


@asks(ComparisonOptions)
def compare(
    asked: ComparisonOptions,
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="A B [C ...]", help="Scenarios by name, or files; the first is the baseline."),
    ],
) -> int:
    """Compare scenarios on the same random draws.

    \b
    naas compare voluntary mandatory
    naas compare consultation fixed-retakes --replications 40 --format json
    """
    from cli import guard_rails
    from cli.experiment import aftermath, checked_ids, checked_measures, dates_to_show
    from cli.manner import manner, run_arms
    from rules.errors import problem
    from scenarios.comparison import compare as compared
    from simulation.measures import MEASURES

    if len(scenarios) < 2:
        hint = f"naas run {scenarios[0]} shows one alone"
        raise problem("C004", "a comparison needs at least two scenarios", hint=hint)
    ready = asked.lined_up(scenarios, lambda: checked_measures(asked.measure))
    arms = [arm for _, arm in ready]
    checked_ids(arms)
    dates = dates_to_show(arms[0], asked.at, asked.every_year)
    how = manner(asked)
    guard_rails.before(arms)
    ran = run_arms(arms, how)
    comparison = compared(ran.results, MEASURES, how.level, how.uncertain)
    show(comparison, ready, asked, ran, how, dates)
    guard_rails.after(ran.results)
    return aftermath(comparison, typed(), ran, how)


def show(
    comparison: Comparison,
    ready: list[tuple[Scenario, Arm]],
    asked: ComparisonOptions,
    ran: Ran,
    how: Manner,
    dates: Collection[str] | None,
) -> None:
    """Write a comparison, or a single run, in the form asked for.

    A table shows `dates`, or every one; JSON and CSV always hold every one.
    """
    from cli import design
    from cli.documents import CSV_COLUMNS, csv_rows, document
    from cli.experiment import checked_measures
    from scenarios.settings import values

    made, wanted = values(asked.settings), checked_measures(asked.measure)
    if asked.form is Format.json:
        whole = document(comparison, wanted) | design.document(comparison, ran, how)
        write_json(whole | {"settings": made})
    elif asked.form is Format.csv:
        write_csv(csv_rows(comparison, wanted), CSV_COLUMNS)
    else:
        held, lines = design.intervals(comparison, how), design.lines(comparison, ran, how)
        for line in table(comparison, ready, asked.by, wanted, lines, made, dates, held):
            write(line)


def table(
    comparison: Comparison,
    ready: list[tuple[Scenario, Arm]],
    by: options.Cut | None = None,
    wanted: frozenset[str] | None = None,
    made: Sequence[str] = (),
    settings: Mapping[str, object] | None = None,
    dates: Collection[str] | None = None,
    held: str = "",
) -> list[str]:
    """The comparison as lines to read: who, how many, what differs, on which dates, what holds people back.

    `held` says what the intervals hold, for the head; `made` how the numbers were made, for the foot;
    `settings` were made in every scenario. Of the dates on which measures are read, `dates` are shown and the
    others named in a line; None shows them all.
    """
    from cli.summary import summary
    from cli.tables import blocks
    from reports.comparing import (
        caveat,
        cut_rows,
        ends,
        headline_rows,
        span_of,
        whole_period,
        worst_authorities,
    )
    from reports.dates import day

    if not comparison.used:
        return ["No replication was finished by every scenario; there is nothing to show."]
    names = comparison.names
    lines = [*_head(comparison, ready, settings or {}), *([paragraph(held)] if held else []), ""]
    every = ends(comparison)
    shown = [at for at in every if dates is None or at in dates]
    lines += summary(comparison, wanted, shown)
    span = span_of(ready[0][1])
    overall = f"From {span}"
    titled = [(f"By {day(at)}", headline_rows(comparison, at, at[:4], wanted)) for at in shown]
    titled.append((overall, headline_rows(comparison, "", whole_period(ready[0][1]), wanted)))
    if by is not None and shown:
        last = shown[-1]
        cuts = cut_rows(comparison, last, last[:4], by.value, wanted)
        titled += [(f"{label}, by {by.value}, {day(last)}", rows) for label, rows in cuts]
    worst = worst_authorities(comparison)
    for title, found in blocks(titled, names, comparison.level, comparison.spread).items():
        lines += [*found, *([paragraph(worst, "  ")] if worst and title == overall else []), ""]
    said = caveat([arm for _, arm in ready])
    warned = [paragraph(said), ""] if said else []
    rest = [at for at in every if at not in shown]
    return [*lines, *_binding(comparison, span), *warned, *_closing(ready, made, rest)]


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
        # never folded, so that it can be copied
        pointer = f"   (naas show {_typed(other)} --against {_typed(first)})"
        fits = len(words.rpartition("\n")[2]) + len(pointer) <= width()
        lines += [words + pointer] if fits else [words, pointer]
    return lines


def _binding(comparison: Comparison, span: str) -> list[str]:
    from reports.comparing import holding_back

    lines = [paragraph(said, "  ") for said in holding_back(comparison)]
    title = f"What holds people back, share of delayed days, {span}"
    return [emphasis(title, "strong"), *lines, ""] if lines else []


def _closing(ready: list[tuple[Scenario, Arm]], made: Sequence[str], rest: Sequence[str]) -> list[str]:
    """The last lines: how it was made, which dates are not shown, and what to ask next."""
    last = ready[-1][0]
    explained = len(ready) > 1 and last.plain is None
    following = f"naas {'explain --scenario' if explained else 'show'} {_typed(last)}"
    following += f" --worker 1{same_people(ready[-1][1])}" if explained else ""
    others = f"Also read on {', '.join(rest)}: --at DATE shows one, --every-year all." if rest else ""
    return [*map(paragraph, [*made, *([others] if others else [])]), f"Next: {following}"]


def _typed(scenario: Scenario) -> str:
    """What a person types for a scenario, as a shell takes it."""
    from scenarios.names import typed_name

    return shlex.quote(typed_name(scenario.path))
