"""`naas capacity size`: the least seats that meet a target in enough futures, with the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cli.batches import ended, stopped
from cli.capacity_options import CapacityOptions
from cli.capacity_running import about, head, trying
from cli.capacity_words import block
from cli.failures import FAILED, mistaken
from cli.output import Format, note, paragraph, write, write_csv, write_json
from cli.typed import typed
from reports import quarter_words
from reports.at_scale import whole_circuits
from reports.capacity_tables import ample_met, held_again, sizing_table, without_answer
from reports.numbers import percent, replications
from reports.sizing_words import altogether, floor, not_met, reading

if TYPE_CHECKING:
    from analysis.capacity.quarters import QuarterSizing
    from analysis.capacity.sizing import Sizing
    from analysis.capacity.trials import Trial
    from scenarios.experiment import Arm


def size(name: str, asked: CapacityOptions, target: str, confidence: float, by: str, lumps: str) -> int:
    """Search, and write the answer. Exit code 1 where a region has none, or one that did not hold again."""
    from analysis.capacity.load import check_load
    from analysis.capacity.plans import LUMPS
    from analysis.capacity.quarters import size_by_quarter
    from analysis.capacity.sizing import size as sized
    from analysis.capacity.targets import check_confidence, parse_target
    from analysis.readouts import UnfinishedError
    from rules.errors import InputError

    aim = parse_target(target)
    check_confidence(confidence, asked.replications)
    [(_, arm)] = asked.lined_up([name])
    lump = LUMPS["seat" if arm.inputs.plain is not None else lumps]
    for warning in check_load(arm.inputs, asked.assumed()).warnings():
        note(paragraph(f"As it stands, {warning}."))
    if arm.inputs.plain is None and arm.inputs.parameters.value("overflow.share"):
        note(
            "People may sit in a neighbouring region, so that the answer of one region depends on the others."
        )
    store = asked.opened()
    futures = trying(arm, asked, store)
    search = size_by_quarter if by == "quarter" else sized
    try:
        found = search(futures, aim, confidence, lump, asked.replications)
    except UnfinishedError as error:
        ended(futures.failures, store)
        return stopped(typed(), str(error), store)
    except InputError as error:
        if not futures.runs:
            raise
        return mistaken(error, f"{replications(futures.runs)} run, without an answer")
    if asked.form is Format.json:
        write_json({**about(arm, found.futures, asked), **found.to_dict()})
    elif asked.form is Format.csv:
        rows = _csv(found)
        write_csv(rows, tuple(rows[0]) if rows else ("region",))
    else:
        for line in _lines(arm, found, asked):
            write(line)
    return ended(futures.failures, store) or (FAILED if _unmet(found) else 0)


def _unmet(found: Sizing | QuarterSizing) -> bool:
    from analysis.capacity.sizing import Sizing

    if isinstance(found, Sizing):
        return found.total is None or bool(found.short)
    return bool(found.hopeless or found.short)


def _lines(arm: Arm, found: Sizing | QuarterSizing, asked: CapacityOptions) -> list[str]:
    from analysis.capacity.sizing import Sizing

    flat = isinstance(found, Sizing)
    what = f"Least {found.lump.name}s" if flat else f"A plan of {found.lump.name}s"
    who = "the queue" if flat else "the queue in each quarter"
    said = (
        f"{what} so that {found.target} for those who join {who}, in at least "
        f"{percent(found.confidence)} of the futures tried. A {found.lump.name} is {found.lump.means}."
    )
    lines = [paragraph(head(arm, found.futures, asked)), "", paragraph(said), ""]
    lines += _by_region(found) if isinstance(found, Sizing) else _by_quarter(found)
    how = "; every capacity was tried in the same futures, and one is given up once it has missed too often"
    closing = f"{replications(found.runs)} run for this answer{how if flat else ''}. {_BRACKETS}"
    whole, missed = whole_circuits(arm.inputs.scale), not_met(found)
    lines += ["", *(paragraph(text) for text in (closing, whole) if text)]
    return [*lines, "", paragraph(missed)] if missed else lines


_BRACKETS: Final = "Brackets: 80% interval of the probability."


def _by_region(found: Sizing) -> list[str]:
    table = sizing_table(found)
    rows = [[column.label for column in table.columns], *([cell.text for cell in row] for row in table.rows)]
    lines = block("Held throughout, by region", rows, range(1, 6))
    lines += ["", *(paragraph(text) for text in (reading(found), altogether(found), floor(found)) if text)]
    if again := held_again(found):
        means = (
            "Met at it: all regions at their answer together; an answer tends to do a little worse in "
            "futures that it was not chosen in."
        )
        lines += ["", paragraph(f"{means} {again}")]
    return lines + [paragraph(line) for line in without_answer(found)]


def _by_quarter(found: QuarterSizing) -> list[str]:
    table = quarter_words.rows(found)
    lines = block(
        f"{found.lump.name.capitalize()}s by region and quarter", table, range(1, len(table[0]) - 1)
    )
    parts = (quarter_words.marks, quarter_words.verdict, quarter_words.one_fewer, quarter_words.totals)
    if found.quarters:
        lines += ["", *(paragraph(text) for text in (part(found) for part in parts) if text)]
    return lines + [
        paragraph(
            f"{name} cannot be met because even with ample seats the target is missed {why.because}."
            f"{ample_met(why.ample)}"
        )
        for name, why in found.hopeless.items()
    ]


def _csv(found: Sizing | QuarterSizing) -> list[dict[str, object]]:
    from analysis.capacity.sizing import Sizing

    rows: list[dict[str, object]] = []
    if isinstance(found, Sizing):
        for item in found.regions:
            rows.append(
                {
                    "region": item.region,
                    "lump": found.lump.name,
                    "lumps": item.count,
                    "seats_a_week": None if item.count is None else item.count * item.weekly,
                    "lumps_now": item.now,
                    "cannot_be_met_because": item.because,
                    **_trial("ample", item.ample),
                    **_trial("at", item.at),
                    **_trial("one_below", item.below),
                    **_trial("further", item.fresh),
                }
            )
        return rows
    for part in found.quarters:
        rows.append(
            {
                "region": part.region,
                "quarter": part.quarter,
                "lump": found.lump.name,
                "lumps": part.count,
                "lumps_now": part.now,
                "decide_by": part.decide_by.isoformat(),
                **_trial("at", part.at),
                **_trial("one_below", part.below),
                **_trial("further", part.fresh),
            }
        )
    return rows


def _trial(name: str, trial: Trial | None) -> dict[str, object]:
    low, high = trial.interval() if trial else (None, None)
    return {
        f"{name}_probability": trial.probability if trial else None,
        f"{name}_p10": low,
        f"{name}_p90": high,
        f"{name}_futures": trial.futures if trial else None,
    }
