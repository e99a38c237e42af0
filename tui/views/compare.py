"""The workplace Compare as a page: scenarios side by side from what is stored, with paired differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from reports import red_flags
from reports.at_scale import counts_as_run, not_grossed_up
from reports.compared_words import compared_words
from reports.comparing import (
    caveat,
    difference_words,
    ends,
    give_or_take,
    holding_back,
    how_many,
    in_brackets,
    mark_of,
    sides_words,
    span_of,
    whole_period,
    word_for,
    worst_authorities,
)
from reports.dates import month
from reports.page import Band, BandChart, Cell, Column, Page, Prose, Table
from reports.provenance import of_the_mean
from rules.errors import nearest, problem
from tui.desk.desk import Same
from tui.views.not_run import nothing_yet, said_of, what_next, with_results
from tui.views.provenance import exported, provenance
from tui.views.sample import reached, so_far

if TYPE_CHECKING:
    from scenarios.comparison import Comparison, Difference, Estimate, Row
    from scenarios.experiment import Arm, Results
    from scenarios.scenario import Scenario
    from simulation.measures import Measure
    from tui.desk.desk import Desk

USUAL: Final = "accreditations"
"""The measure that is charted first."""

MOST: Final = 4
"""Scenarios that are charted together."""

CUTS: Final = ("region", "status")
_IN_WORDS: Final = (
    *("accredited", "first_attempt_pass_rate", "wait_median_days"),
    *("staffing_gap_uncovered_fte", "restricted"),
)
"""The headline measures whose differences are said in sentences."""


def compare(
    desk: Desk,
    scenarios: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    measure: str = USUAL,
    by: str = "region",
) -> Page:
    """Compare `scenarios`, the baseline first; `measure` is charted and cut `by` region or status."""
    from scenarios.comparison import compare as compared
    from scenarios.monthly import MONTHLY
    from simulation.measures import MEASURES

    if not scenarios:
        raise problem("C004", "no scenario is marked", hint="name two, such as voluntary mandatory")
    if measure not in MONTHLY and measure not in MEASURES:
        raise problem("C003", f"unknown measure '{measure}'", hint=nearest(measure, [*MONTHLY, *MEASURES]))
    asked = desk.asked(settings)
    ready = desk.line_up(scenarios, settings)
    names = [scenario.id for scenario, _ in ready]
    if len(set(names)) < len(names):
        raise problem("C004", f"the scenarios need different ids; these are {', '.join(names)}")
    wanted = asked.command("compare" if len(ready) > 1 else "run", list(scenarios))
    typed = dict(zip(names, scenarios, strict=True))
    every, ready = ready, with_results(desk, ready, asked)
    left_out = [item for item in every if item not in ready]
    names = [scenario.id for scenario, _ in ready]
    results = desk.results([arm for _, arm in ready], asked)
    if not results.whole.any():
        return nothing_yet(desk, every, asked, wanted)
    used = int(results.whole.sum())
    chosen = ["--measure", measure] if measure != USUAL else []
    chosen += ["--by", by] if by != CUTS[0] else []
    words = ["compare", *(typed[name] for name in names)]
    command = exported(reached(asked, results), words, *chosen)
    partial = so_far(asked, results)
    comparison = desk.keep(
        ("comparison", Same(results), asked.interval),
        lambda: compared(results, MEASURES, asked.interval / 100),
    )
    blocks: list[BandChart | Table | Prose] = [
        *([Prose(id="so-far", lines=(partial,))] if partial else []),
        *said_of(desk, left_out, every[0], names[0]),
        *_red_flags(desk, results),
        _compared(ready),
        _differences(comparison, ready),
        _measures(comparison, ready),
    ]
    cut = _cut(comparison, measure, by)
    blocks += [cut] if cut else []
    blocks += [_held_back(comparison), _chart(comparison, measure), _about(comparison, ready)]
    return Page(
        screen="compare",
        title=_title(names),
        summary=_summary(comparison),
        blocks=tuple(blocks),
        provenance=provenance(ready, asked, command, results, interval=of_the_mean(asked.interval, used)),
        next=what_next(desk, results, left_out, wanted),
    )


def _title(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    others = names[1] if len(names) == 2 else f"{len(names) - 1} others"
    return f"{names[0]} and {others} compared"


def _red_flags(desk: Desk, results: Results) -> list[Prose]:
    """What cannot work before a run and what got out of control after it, as the prompt says it."""

    def found() -> tuple[str, ...]:
        return (*red_flags.before(results.arms), *(said for _, said in red_flags.after(results)))

    lines = desk.keep(("red flags", Same(results)), found)
    return [Prose(id="red-flags", title="Red flags", lines=lines)] if lines else []


def _compared(ready: Sequence[tuple[Scenario, Arm]]) -> Prose:
    lines = tuple(compared_words([scenario for scenario, _ in ready]))
    return Prose(id="compared", title="What is compared", lines=lines)


def _chart(comparison: Comparison, name: str) -> BandChart:
    """The measure over time: by month where it is counted by month, and by year otherwise."""
    from scenarios.monthly import MONTHLY, series
    from simulation.measures import MEASURES

    arms = comparison.names[:MOST]
    measure = MONTHLY.get(name) or MEASURES[name]
    counted = (
        series(comparison.results, name, comparison.level, comparison.spread) if name in MONTHLY else None
    )
    rows = _over_time(counted or comparison, measure)
    days = tuple(_last_day(row) for row in rows)
    lines = {arm: tuple(row.arms[arm] for row in rows) for arm in arms}
    return BandChart(
        id="chart",
        title=f"{measure.label}: mean and {comparison.level:.0%} interval{_not_drawn(comparison.names)}",
        unit="%" if measure.unit == "share" else measure.unit,
        axis=days,
        bands=tuple(_band(arm, found_, measure) for arm, found_ in lines.items()),
        texts=tuple(tuple(in_brackets(item, measure.unit) for item in found_) for found_ in lines.values()),
    )


def _not_drawn(names: Sequence[str]) -> str:
    """Which scenarios are not in the chart, since more lines could not be told apart."""
    others = names[MOST:]
    return f"; not drawn: {', '.join(others)}, see the table" if others else ""


def _over_time(comparison: Comparison, measure: Measure) -> list[Row]:
    """The national rows of a measure, a date or a year each; those over the whole time only where alone."""
    rows = [row for row in comparison.rows if row.key.id == measure.id and not row.key.by]
    yearly = [row for row in rows if row.key.at or "/" not in row.key.period]
    return sorted(yearly or rows, key=_last_day)


def _last_day(row: Row) -> str:
    return row.key.at or (
        row.key.period.rpartition("/")[2] if "/" in row.key.period else f"{row.key.period}-12-31"
    )


def _band(name: str, found: Sequence[Estimate], measure: Measure) -> Band:
    by = 100.0 if measure.unit == "share" else 1.0
    return Band(
        name=name,
        value=tuple(item.mean * by for item in found),
        low=tuple(item.low * by for item in found),
        high=tuple(item.high * by for item in found),
    )


def _differences(comparison: Comparison, ready: Sequence[tuple[Scenario, Arm]]) -> Prose:
    """The paired differences of a few headline measures at the end, in sentences."""
    from scenarios.pairing import sides

    dates = ends(comparison)
    last = dates[-1] if dates else ""
    title = f"By {month(last)}" if last else "Over the whole time"
    lines: list[str] = []
    first = comparison.names[0]
    chosen = [row for row in _at_the_end(comparison, ready) if row.key.id in _IN_WORDS]
    for row in sorted(chosen, key=lambda row: _IN_WORDS.index(row.key.id)):
        unit = row.measure.unit
        if len(comparison.names) == 1:
            lines.append(f"{row.measure.label}: {in_brackets(row.arms[first], unit)}.")
            continue
        for arm, name in list(enumerate(comparison.names))[1:]:
            gap = row.differences[name]
            lines.append(difference_words(row.measure.label, unit, name, first, gap, comparison.level))
            if row.key.id == _IN_WORDS[0]:
                lines.append(sides_words(sides(comparison.results, row.key, arm), name, first))
    heading = "difference on the same random draws" if len(comparison.names) > 1 else "mean and interval"
    return Prose(id="differences", title=f"{title}: {heading}", lines=tuple(filter(None, lines)))


def _at_the_end(comparison: Comparison, ready: Sequence[tuple[Scenario, Arm]]) -> list[Row]:
    """Each measure once, nationally: at the last date, in the last year, or over the whole time."""
    from simulation.measures import MEASURES

    dates = ends(comparison)
    last = dates[-1] if dates else ""
    whole = whole_period(ready[0][1])
    found: dict[str, Row] = {}
    for row in comparison.rows:
        if not row.key.by and (row.key.at == last != "" or row.key.period == last[:4] != ""):
            found[row.key.id] = row
    for row in comparison.rows:
        if not row.key.by and row.key.period == whole:
            found.setdefault(row.key.id, row)
    order = list(MEASURES)
    return sorted(found.values(), key=lambda row: (not row.measure.headline, order.index(row.key.id)))


def _measures(comparison: Comparison, ready: Sequence[tuple[Scenario, Arm]]) -> Table:
    """Every measure at the end, with value, interval, paired difference and verdict."""
    from scenarios.monthly import series

    names = comparison.names
    rows, keys = [], []
    for row in _at_the_end(comparison, ready):
        keys.append(row.key.id)
        rows.append(_line(row.measure.label, row.measure, row.arms, row.differences, names))
    *_, counted = series(comparison.results, USUAL, comparison.level, comparison.spread).rows
    keys.insert(1, USUAL)
    rows.insert(1, _line(counted.measure.label, counted.measure, counted.arms, counted.differences, names))
    dates = ends(comparison)
    when = month(dates[-1]) if dates else "the end"
    baseline = f" · A is {names[0]}" if len(names) > 2 else ""
    told = counts_as_run(ready[0][1].inputs.scale)
    return Table(
        id="measures",
        title=f"All measures, {when}" + (f" · {told}" if told else ""),
        columns=(Column(id="measure", label="Measure", number=False), *_columns(comparison)),
        rows=tuple(rows),
        keys=tuple(keys),
        note="^ up · v down · = no difference · ? unclear: the interval reaches zero" + baseline,
    )


def _columns(comparison: Comparison) -> list[Column]:
    """The differences first, which is what a comparison is for; then the scenarios."""
    names = comparison.names
    found: list[Column] = []
    for name in names[1:]:
        label = "Difference" if len(names) == 2 else f"{name} less A"
        found.append(Column(id=f"gap:{name}", label=f"{label} ({comparison.level:.0%})"))
        found.append(Column(id=f"verdict:{name}", label="Verdict", number=False))
    return [*found, *(Column(id=f"arm:{name}", label=name) for name in names)]


def _line(
    label: str,
    measure: Measure,
    arms: Mapping[str, Estimate],
    gaps: Mapping[str, Difference],
    names: Sequence[str],
) -> tuple[Cell, ...]:
    cells = [Cell(text=label, value=label)]
    for name in names[1:]:
        gap = gaps[name]
        shown = give_or_take(gap.estimate, measure.unit, signed=True)
        cells.append(Cell(text=shown, value=_number(gap.estimate)))
        verdict = word_for(gap, measure.unit)
        cells.append(Cell(text=verdict, value=verdict, mark=mark_of(gap, measure.unit)))
    cells += [Cell(text=_value(arms[name], measure, names), value=_number(arms[name])) for name in names]
    return tuple(cells)


def _value(found: Estimate, measure: Measure, names: Sequence[str]) -> str:
    """As the command line writes it: brackets for one arm, plus or minus beside others."""
    return in_brackets(found, measure.unit) if len(names) == 1 else give_or_take(found, measure.unit)


def _join(labels: Sequence[str]) -> str:
    return ", ".join(f"{label[0].lower()}{label[1:]}" for label in labels) or "none"


def _number(found: Estimate) -> float | None:
    return None if found.mean != found.mean else found.mean


def _cut(comparison: Comparison, name: str, by: str) -> Table | None:
    """The measure by region or by status at the end; None where it is not split so."""
    from simulation.measures import MEASURES

    measure = MEASURES.get("accredited" if name == USUAL else name)
    if measure is None or by not in measure.cuts:
        return None
    rows = [
        row for row in comparison.rows if row.key.id == measure.id and [cut for cut, _ in row.key.by] == [by]
    ]
    if not rows:
        return None
    last = max(_last_day(row) for row in rows)
    chosen = [row for row in rows if _last_day(row) == last]
    return Table(
        id="cut",
        title=f"{measure.label}, {month(last)}, by {by}",
        columns=(Column(id=by, label=by.capitalize(), number=False), *_columns(comparison)),
        rows=tuple(
            _line(row.key.by[0][1], measure, row.arms, row.differences, comparison.names) for row in chosen
        ),
        keys=tuple(row.key.by[0][1] for row in chosen),
    )


def _held_back(comparison: Comparison) -> Prose:
    lines = tuple(holding_back(comparison)) or ("Nobody was held back.",)
    return Prose(id="held-back", title="What holds people back, share of delayed days", lines=lines)


def _about(comparison: Comparison, ready: Sequence[tuple[Scenario, Arm]]) -> Prose:
    """Who, when and how many replications, and what the figures do not say."""
    from reports.population import population

    arm = ready[0][1]
    whole = [row.measure.label for row in _at_the_end(comparison, ready) if "/" in row.key.period]
    lines = [
        f"{population(arm)} · {span_of(arm)} · {how_many(comparison)}, seed {arm.inputs.seed}.",
        not_grossed_up(arm.inputs.scale),
        _worst(comparison),
        caveat([arm for _, arm in ready]),
        f"Intervals ({comparison.level:.0%}) hold chance only, not what we do not know.",
        f"Measured over the whole time: {_join(whole)}.",
    ]
    results = comparison.results
    if comparison.used < results.requested:
        lines.append(f"Partial: {comparison.used} of {results.requested} replications.")
    lines += [
        f"{failure.arm}, replication {failure.replication}: {failure.error}" for failure in results.failures
    ]
    lines += results.notices
    return Prose(id="about", title="What to know of these figures", lines=tuple(filter(None, lines)))


def _worst(comparison: Comparison) -> str:
    """The authority with the most uncovered posts, under the name of what is measured."""
    from simulation.measures import MEASURES

    found = worst_authorities(comparison)
    return f"{MEASURES['staffing_gap_uncovered_peak_fte'].label}, {found}" if found else ""


def _summary(comparison: Comparison) -> str:
    """What matters most, in a sentence."""
    dates = ends(comparison)
    first = comparison.names[0]
    row = (
        next(
            (
                row
                for row in comparison.rows
                if row.key.id == "accredited" and row.key.at == dates[-1] and not row.key.by
            ),
            None,
        )
        if dates
        else None
    )
    scale = comparison.results.arms[0].inputs.scale
    count = ", ".join(filter(None, [how_many(comparison), counts_as_run(scale)]))
    if row is None:
        return f"{count}."
    label = f"{row.measure.label}, {month(row.key.at)}"
    if len(comparison.names) == 1:
        return f"{label}: {in_brackets(row.arms[first], row.measure.unit)}, {count}."
    if len(comparison.names) > 2:
        gaps = [
            f"{name} {in_brackets(gap.estimate, row.measure.unit, signed=True)} "
            f"{word_for(gap, row.measure.unit)}"
            for name, gap in row.differences.items()
        ]
        return f"{label}, against {first}: {'; '.join(gaps)}; {count}."
    name = comparison.names[-1]
    said = difference_words(label, row.measure.unit, name, first, row.differences[name], comparison.level)
    return f"{said[:-1]}; {count}."
