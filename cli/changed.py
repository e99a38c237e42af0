"""`naas changed`: who fares differently under two scenarios, worker by worker."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli import options
from cli.asked import RunOptions
from cli.asking import asks
from cli.failures import INTERRUPTED
from cli.output import Format, columns, emphasis, note, paragraph, width, write, write_csv, write_json

if TYPE_CHECKING:
    from analysis.changed import Affected, Followed
    from analysis.pairs import Count
    from scenarios.experiment import Arm, Results

SHOWN: Final = 20
"""Workers listed in a table; CSV and JSON list all."""

_COUNTS: Final = ("outcome", "meaning", "cut", "category", "count", "mean", "low", "high", "n")
_WORKERS: Final = (
    *("worker", "label", "status", "route", "contract", "region", "employer"),
    *("accredited_first", "accredited_second", "parting_day", "parting_first", "parting_second", "explain"),
)


class Outcome(StrEnum):
    """What can change for a worker; `naas changed` says what each means."""

    gained = "gained"
    lost = "lost"
    earlier = "earlier"
    later = "later"
    unaffected = "unaffected"
    restricted = "restricted"
    spared = "spared"
    left = "left"
    stayed = "stayed"


class Cut(StrEnum):
    """What counts are cut by."""

    status = "status"
    route = "route"
    contract = "contract"
    region = "region"


@dataclass(frozen=True)
class ChangedOptions(RunOptions):
    """Few replications, since whole lives are followed in each."""

    replications: options.ReplicationsOption = 5
    interval: options.IntervalOption = options.INTERVAL


@asks(ChangedOptions)
def changed(
    asked: ChangedOptions,
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario by name, or a file.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The scenario that people are followed into.")],
    replication: Annotated[
        int,
        typer.Option("--replication", help="The random future to look into.", rich_help_panel=options.WHAT),
    ] = 0,
    by: Annotated[
        Cut | None,
        typer.Option("--by", help="Then show the counts by this.", rich_help_panel=options.SHOWN),
    ] = None,
    listed: Annotated[
        Outcome | None,
        typer.Option("--list", help="List the people with this outcome.", rich_help_panel=options.SHOWN),
    ] = None,
) -> int:
    """Show who fares differently under two scenarios.

    \b
    naas changed voluntary mandatory --by status
    naas changed voluntary mandatory --list lost --replication 1
    """
    from analysis.changed import Followed
    from analysis.pairs import counted, paired
    from cli.batches import ended
    from cli.experiment import checked_ids
    from cli.set_in import with_settings
    from reports.population import horizon, population
    from scenarios.request import DEFAULT_SEED
    from scenarios.settings import values

    ready = asked.lined_up([first, second], lambda: _checked_replication(replication))
    arms = [arm for _, arm in ready]
    checked_ids(arms)
    names = (arms[0].name, arms[1].name)
    followed = Followed(arms[0].inputs, arms[1].inputs, replication)
    who = f"{population(arms[0])} · {horizon(arms[0])} · seed {asked.seed}"
    head = with_settings(who, asked.settings, 2)
    if listed is not None:
        again = ["--scenario", second, "--replication", str(replication)]
        again += ["--seed", str(asked.seed)] if asked.seed != DEFAULT_SEED else []
        given = (("--until", asked.until), ("--scale", asked.scale), ("--workforce", asked.workforce))
        again += [word for name, value in given if value is not None for word in (name, str(value))]
        again += [word for text in asked.settings for word in ("--set", text)]
        if arms[1].inputs.plain is not None:
            again = []  # there are no rules to explain
        _show_people(followed, (listed.value, *names), again, head, asked.form, _drawn(arms[0], replication))
        return 0
    results = _run(paired(*arms), arms, asked.replications, asked.jobs)
    counts = counted(results, asked.interval / 100)
    if asked.form is Format.json:
        document = _document(followed, counts, results, names, (replication, asked.interval))
        write_json(document | {"settings": values(asked.settings)})
    elif asked.form is Format.csv:
        write_csv(_rows(followed, counts, names), _COUNTS)
    else:
        for line in _lines(
            followed, counts, names, head, (replication, int(results.whole.sum()), asked.interval), by
        ):
            write(line)
    if results.interrupted:
        note(f"Stopped: the means are over {int(results.whole.sum())} of {asked.replications} replications.")
        return INTERRUPTED
    return ended(results.failures, None)


def _checked_replication(replication: int) -> None:
    from rules.errors import problem

    if replication < 0:
        raise problem("C006", f"--replication counts from 0, and {replication} is below it")


def _run(pair: Arm, arms: list[Arm], replications: int, jobs: int) -> Results:
    from analysis.pairs import simulate_pair
    from cli.progress import progress
    from scenarios.cores import processes
    from scenarios.experiment import run

    used = min(processes(jobs, arms, replications), replications)
    with progress(replications) as report:
        return run([pair], replications, used, report, simulate=simulate_pair)


def _rows(followed: Followed, counts: list[Count], names: tuple[str, str]) -> Iterator[dict[str, object]]:
    from analysis.changed import OUTCOMES
    from analysis.pairs import EVERYONE

    here = {(EVERYONE, "", ""): followed.everyone, **followed.counts()}
    means = {(item.outcome, item.cut, item.category): item.mean for item in counts}
    for place, count in here.items():
        outcome, cut, category = place
        meaning = OUTCOMES.get(outcome, "in post at some time, whoever joins later too").format(
            first=names[0], second=names[1]
        )
        row: dict[str, object] = {
            "outcome": outcome,
            "meaning": meaning,
        }
        row |= {"cut": cut, "category": category, "count": count}
        if mean := means.get(place):
            row |= {"mean": mean.mean, "low": mean.low, "high": mean.high, "n": mean.n}
        yield row


def _drawn(arm: Arm, replication: int) -> dict[str, object]:
    """What the people were drawn by."""
    return {"seed": arm.inputs.seed, "scale": arm.inputs.scale, "replication": replication}


def _document(
    followed: Followed,
    counts: list[Count],
    results: Results,
    names: tuple[str, str],
    numbers: tuple[int, int],
) -> dict[str, object]:
    replication, interval = numbers
    return {
        "schema": 1,
        "scenarios": list(names),
        **_drawn(results.arms[0], replication),
        "replications": results.requested,
        "finished": int(results.whole.sum()),
        "interval": interval,
        "interval_holds": "chance",
        "counts": list(_rows(followed, counts, names)),
    }


def _lines(
    followed: Followed,
    counts: list[Count],
    names: tuple[str, str],
    head: str,
    numbers: tuple[int, int, int],
    by: Cut | None,
) -> list[str]:
    from reports.numbers import amount, interval

    replication, used, level = numbers
    rows = list(_rows(followed, counts, names))

    def cells(row: dict[str, object], label: str) -> list[str]:
        mean = (float(str(row.get(name, "nan"))) for name in ("mean", "low", "high"))
        middle, low, high = mean
        shown = f"{amount(middle, 'people')} {interval(low, high, 'people')}".rstrip() if used else ""
        return [label, amount(float(str(row["count"])), "people"), shown, ""]

    title = f"People, from {names[0]} to {names[1]}"
    table = [[title, f"replication {replication}", f"mean of {used} ({level}% interval)", ""]]
    for row in rows:
        if not row["cut"]:
            table.append([*cells(row, f"  {row['outcome']}")[:3], str(row["meaning"])])
    found = columns(table, right=(1,))
    if any(len(line) > width() for line in found):
        meanings = [paragraph(f"{row[0].strip()}: {row[3]}", "  ") for row in table[1:]]
        found = [*columns([row[:3] for row in table], right=(1,)), "", *meanings]
    lines = [paragraph(head), "", emphasis(found[0], "strong"), *found[1:], ""]
    if by is not None:
        for outcome in dict.fromkeys(str(row["outcome"]) for row in rows if row["cut"]):
            some = [r for r in rows if r["outcome"] == outcome and r["cut"] == by.value and _any(r)]
            if some:
                named = [cells(row, f"  {str(row['category']).replace('_', ' ')}")[:3] for row in some]
                first, *rest = columns([[f"{outcome}, by {by.value}", "", ""], *named], right=(1,))
                lines += [emphasis(first, "strong"), *rest, ""]
    following = f"naas changed {names[0]} {names[1]} --list gained"
    everyone = f"Everyone is in one of the first five. Who they are: {following}"
    holds = [paragraph(f"Intervals ({level}%) hold chance only.")] if used > 1 else []
    return [*lines, *holds, paragraph(everyone)]


def _any(row: dict[str, object]) -> bool:
    return bool(row["count"]) or bool(row.get("mean"))


def _show_people(
    followed: Followed,
    said: tuple[str, str, str],
    again: list[str],
    head: str,
    form: Format,
    drawn: dict[str, object],
) -> None:
    from analysis.changed import OUTCOMES

    outcome, first, second = said
    people = followed.behind(outcome, SHOWN if form is Format.table else None)
    rows = [_person(item, again) for item in people]
    if form is Format.json:
        write_json({"schema": 1, "outcome": outcome, "scenarios": [first, second], **drawn, "workers": rows})
        return
    if form is Format.csv:
        write_csv(rows, _WORKERS)
        return
    count = int(followed.masks[outcome].sum())
    meaning = OUTCOMES[outcome].format(first=first, second=second)
    write(paragraph(head))
    write(emphasis(paragraph(f"{outcome}: {count:,} people {meaning}"), "strong"))
    for item, row in zip(people, rows, strict=True):
        write()
        write(paragraph(f"{item.label} · {_who(item)}", "  "))
        for line in _story(item, first, second):
            write(paragraph(line, "      "))
        if row["explain"]:
            write(f"      {row['explain']}")
    if count > SHOWN:
        write(f"\nand {count - SHOWN:,} more (--format csv lists all)")


def _who(item: Affected) -> str:
    parts = (item.status, item.route, item.contract)
    return ", ".join([*(part.replace("_", " ") for part in parts), item.employer])


def _story(item: Affected, first: str, second: str) -> list[str]:
    ends = f"accredited under {first}: {item.accredited_first or 'never'}; "
    ends += f"under {second}: {item.accredited_second or 'never'}"
    if item.parting is None:
        return [ends, "nothing in this life differs"]
    parting = item.parting
    return [ends, f"the lives part on {parting.day}: {first}, {parting.first}; {second}, {parting.second}"]


def _person(item: Affected, again: list[str]) -> dict[str, object]:
    parting = item.parting
    return {
        **{name: getattr(item, name) for name in _WORKERS[:9]},
        "parting_day": parting.day if parting else "",
        "parting_first": parting.first if parting else "",
        "parting_second": parting.second if parting else "",
        "explain": shlex.join(["naas", "explain", "--worker", item.label, *again]) if again else "",
    }
