"""`naas attribute`: what each change contributes to the difference between two scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.asked import ExperimentOptions
from cli.asking import asks
from cli.output import Format, columns, emphasis, note, paragraph, width, write, write_csv, write_json
from cli.typed import typed

if TYPE_CHECKING:
    from analysis.attribution import Attribution, Shares
    from scenarios.comparison import Estimate
    from scenarios.experiment import Arm

CSV_COLUMNS = (
    *("id", "label", "unit", "at", "period", "part", "change"),
    *("mean", "low", "high", "order_error", "alone_mean", "alone_low", "alone_high"),
)


@dataclass(frozen=True)
class AttributionOptions(ExperimentOptions):
    """Fewer replications, since each is of many mixes."""

    replications: options.ReplicationsOption = 10
    measure: options.MeasureOption = None
    at: options.AtOption = None


@asks(AttributionOptions)
def attribute(
    asked: AttributionOptions,
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario by name, or a file.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The scenario whose changes are taken apart.")],
    grouped: Annotated[
        bool,
        typer.Option("--grouped", help="Take levers of one subject together.", rich_help_panel=options.HOW),
    ] = False,
    orders: Annotated[
        int,
        typer.Option(
            "--orders",
            help="Orders of the changes to sample where there are more than six.",
            rich_help_panel=options.HOW,
        ),
    ] = 12,
) -> int:
    """Share out the difference between two scenarios among the changes that make it.

    \b
    naas attribute voluntary mandatory
    naas attribute voluntary adcs --measure accredited --scale 0.1
    """
    from analysis.attribution import attribute as attributed
    from analysis.attribution import plan
    from analysis.readings import reading_day
    from analysis.readouts import UnfinishedError
    from cli.batches import batches, ended, stopped
    from cli.experiment import checked_date, checked_measures
    from cli.set_in import with_settings
    from reports.population import population
    from scenarios.settings import values

    [(before, base), (after, other)] = asked.lined_up(
        [first, second],
        lambda: _checked_orders(orders),
        lambda: checked_measures(asked.measure),
    )
    day = reading_day(base.inputs, checked_date(asked.at, "--at"))
    planned = plan(
        before,
        after,
        lambda scenario: scenario.inputs(asked.seed, asked.scale, asked.last, asked.workforce),
        [base, other],
        grouped=grouped,
        pairs=-(-orders // 2),
    )
    counts = f"changes: {len(planned.parts)}; mixes of them: {len(planned.arms)}; replications of each: "
    note(f"{counts}{asked.replications}")
    kept = asked.opened()
    try:
        with batches(
            len(planned.arms), asked.replications, [base, other], asked.jobs, kept, asked.cluster or ""
        ) as run:
            wanted = checked_measures(asked.measure)
            found = attributed(planned, asked.replications, run, day, wanted, asked.level)
    except UnfinishedError as error:
        return stopped(typed(), str(error), kept)
    names = (before.id, after.id)
    if asked.form is Format.json:
        write_json(_document(found, names, base) | {"settings": values(asked.settings)})
    elif asked.form is Format.csv:
        write_csv(_rows(found), CSV_COLUMNS)
    else:
        head = f"{population(base)} · {_count(found)} paired replications, seed {asked.seed}"
        for line in _lines(found, names, with_settings(head, asked.settings, 2)):
            write(line)
    return ended(found.failures, kept)


def _checked_orders(orders: int) -> None:
    from rules.errors import problem

    if not 4 <= orders <= 1_000:
        raise problem("C001", f"--orders is a whole number from 4 to 1,000, not {orders}")


def _count(found: Attribution) -> str:
    return str(found.used) if found.used == found.requested else f"{found.used} of {found.requested}"


def _document(found: Attribution, names: tuple[str, str], base: Arm) -> dict[str, object]:
    return {
        "schema": 1,
        "scenarios": list(names),
        "replications": found.requested,
        "finished": found.used,
        "seed": base.inputs.seed,
        "scale": base.inputs.scale,
        "interval": round(found.level * 100),
        "orders": found.orders or "all",
        "mixes": found.sets,
        "measures": [
            {
                **_place(row),
                "first": _plain(row.first),
                "second": _plain(row.second),
                "difference": _plain(row.total),
                "contributions": [
                    {
                        "part": item.part.id,
                        "changes": [
                            {"kind": it.kind, "id": it.id, "value": it.mine, "instead_of": it.theirs}
                            for it in item.part.changes
                        ],
                        **_plain(item.averaged),
                        "order_error": item.order_error,
                        "alone": _plain(item.alone),
                    }
                    for item in row.contributions
                ],
                "interaction": _plain(row.interaction),
                "strongest_pair": row.strongest
                and {
                    "parts": [row.strongest.one.id, row.strongest.other.id],
                    **_plain(row.strongest.together),
                },
            }
            for row in found.rows
        ],
    }


def _place(row: Shares) -> dict[str, object]:
    when = {"at": row.key.at} if row.key.at else {"period": row.key.period}
    return {"id": row.key.id, "label": row.measure.label, "unit": row.measure.unit, **when}


def _plain(estimate: Estimate) -> dict[str, object]:
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high, "n": estimate.n}


def _rows(found: Attribution) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for row in found.rows:
        place = _place(row)
        for item in row.contributions:
            alone = {f"alone_{name}": value for name, value in _plain(item.alone).items() if name != "n"}
            shown = {"part": item.part.id, "change": item.part.words, "order_error": item.order_error}
            rows.append({**place, **shown, **_plain(item.averaged), **alone})
        rows.append({**place, "part": "all together", **_plain(row.total)})
        rows.append({**place, "part": "interaction", **_plain(row.interaction)})
    return rows


def _lines(found: Attribution, names: tuple[str, str], head: str) -> list[str]:
    if not found.used:
        return ["No replication was finished by every mix; there is nothing to show."]
    lines = [paragraph(head), paragraph(f"{names[1]} less {names[0]}, by what is changed:")]
    lines += [paragraph(f"{part.id}: {part.words}", "  ") for part in found.parts] + [""]
    for row in found.rows:
        lines += [*_block(row, names), ""]
    if found.orders:
        said = f"Averaged over {found.orders} sampled orders of the changes ({found.sets} mixes run); "
        said += "± orders is the error of having sampled them."
    else:
        said = f"Averaged over every order of the changes ({found.sets} mixes run)."
    rounding = "Contributions add up to the difference before they are rounded."
    return [*lines, paragraph(f"{said} {rounding} Intervals ({found.level:.0%}) hold chance only.")]


def _block(row: Shares, names: tuple[str, str]) -> list[str]:
    from analysis.readings import when
    from reports.comparing import with_unit
    from reports.numbers import UNDEFINED, amount, change, half_width, interval

    unit = row.measure.unit
    title = f"{with_unit(row.measure)}, {when(row.key)}"
    if not row.total.n:
        return [emphasis(title, "strong"), f"  {UNDEFINED} in every mix of the changes"]

    def shown(estimate: Estimate) -> str:
        return f"{change(estimate.mean, unit)} {interval(estimate.low, estimate.high, unit, signed=True)}"

    if row.total.mean == row.total.low == row.total.high == 0 and not any(
        item.averaged.mean or item.alone.mean for item in row.contributions
    ):
        return [emphasis(title, "strong"), paragraph(f"no difference: {amount(row.first.mean, unit)}", "  ")]
    ends = f"{names[0]} {amount(row.first.mean, unit)}, {names[1]} {amount(row.second.mean, unit)}"
    ordered = sorted(row.contributions, key=lambda item: -abs(item.averaged.mean))
    table = [["", "contribution", "alone"]]
    for item in ordered:
        error = ""
        if item.order_error:
            error = f" {half_width(-item.order_error, item.order_error, unit)} orders"
        table.append([item.part.id, shown(item.averaged).rstrip() + error, change(item.alone.mean, unit)])
    table.append(
        ["all together", shown(row.total).rstrip(), change(row.total.mean - row.interaction.mean, unit)]
    )
    lines = [f"  {line}" for line in columns(table, right=(2,))]
    if any(len(line) > width() for line in lines):
        lines = [f"  {first}\n      {rest}".rstrip() for first, rest in _stacked(table)]
    return [
        emphasis(title, "strong"),
        paragraph(ends, "  "),
        *lines,
        *_interaction(row, shown(row.interaction)),
    ]


def _stacked(table: list[list[str]]) -> list[tuple[str, str]]:
    return [(row[0], f"{row[1]}; alone {row[2]}") for row in table[1:]]


def _interaction(row: Shares, shown: str) -> list[str]:
    from reports.numbers import change

    if len(row.contributions) < 2:
        return []
    if abs(row.interaction.mean) <= 1e-9 * max(1.0, abs(row.total.mean)):
        return [paragraph("no interaction: what the changes do alone adds up to the difference", "  ")]
    said = f"interaction (the difference less what each does alone): {shown.rstrip()}"
    if row.strongest:
        pair = f"{row.strongest.one.id} with {row.strongest.other.id}"
        said += f"; the strongest of two is {pair}, {change(row.strongest.together.mean, row.measure.unit)}"
    return [paragraph(said, "  ")]
