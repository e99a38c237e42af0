"""`naas capacity show`: a heat table of people for seats, and what a planner reads beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.capacity.usual import CONFIDENCE, FUTURES
from cli.capacity_options import CapacityOptions
from cli.capacity_running import about, head, ran
from cli.capacity_words import block, flat, told
from cli.output import Format, columns, emphasis, paragraph, width, write, write_csv, write_json
from reports.at_scale import seats_as_run
from reports.capacity_tables import seats, waits
from reports.capacity_words import (
    LEGEND,
    NOT_REACHED,
    NOWHERE,
    SHORT,
    give_or_take,
    in_words,
    loaded,
    lost_seats,
    not_in_the_mean,
    over_capacity,
    people_a_seat,
    ranged,
    rosters,
    waited,
)

if TYPE_CHECKING:
    from analysis.capacity.show import Showing, Venue
    from scenarios.experiment import Arm


def show(
    name: str, asked: CapacityOptions, by: str | None, region: str | None, everything: bool, target: int
) -> int:
    """Run the scenario, or read it from the store, and write what became of its seats.

    Where nothing says how time is cut, what is to be read at a glance is by quarter, all else by month.
    """
    from analysis.capacity.regions import venue_named
    from analysis.capacity.show import showing
    from analysis.capacity.stored import stored

    glance = asked.form is Format.table and not region and not everything
    [(_, arm)] = asked.lined_up([name])
    taken = asked.assumed()
    results, code = ran([arm], asked)
    found = stored(results, taken=taken)
    shown = showing(found, by or ("quarter" if glance else "month"), target, travelled=not glance)
    only = venue_named(region, found.venues) if region else ""
    if asked.form is Format.json:
        write_json({**about(arm, shown.futures, asked), **shown.to_dict()})
    elif asked.form is Format.csv:
        rows = [flat(cell.to_dict()) for cell in shown.cells if only in ("", cell.venue)]
        write_csv(rows, tuple(rows[0]))
    else:
        top = _top(arm, shown, asked, only)
        lines = _card(shown, only) if only else _overview(shown, glance)
        following = [] if only else _next(arm, shown, asked, glance, by)
        for line in [*top, "", *lines, *following]:
            write(line)
    return code


def _overview(shown: Showing, glance: bool) -> list[str]:
    """All venues: the map, where it is over capacity, and the rest in a few lines or in tables."""
    legend = " ".join(filter(None, (LEGEND, not_in_the_mean(shown.cells))))
    mapped = _heat(shown)
    lines = [paragraph(legend), "", *mapped, ""] if mapped else []
    said = over_capacity(shown) or [NOWHERE]
    title = "Over capacity, worst first" if len(said) > 1 else "Over capacity"
    lines += [emphasis(title, "strong"), *(paragraph(text, "  ") for text in said), ""]
    return lines + ([paragraph(_altogether(shown.venues[0]))] if glance else _tables(shown))


def _next(arm: Arm, shown: Showing, asked: CapacityOptions, glance: bool, by: str | None) -> list[str]:
    """What to ask next of the same: by month, everything, the worst region alone, and how many seats.

    Nothing where nobody joined a queue; and no sizes where single centres close, which planned seats cannot.
    """
    from analysis.capacity.targets import futures_needed
    from analysis.capacity.waits import TARGET_DAYS

    if not _joined(shown.venues[0]):
        return []
    target = ["--target-days", str(shown.target)] if shown.target != TARGET_DAYS else []
    same = [*(["--by", by] if by else []), *target]
    found = [asked.following(arm, "show", "--by", "month", *target)] if glance and by != "month" else []
    found += [asked.following(arm, "show", "--all", *same)] if glance else []
    found.append(asked.following(arm, "show", "--region", shown.worst_first().venues[1].name, *same))
    if not any(closure.centre for closure in arm.inputs.closures):
        found.append(asked.following(arm, "size", usual=FUTURES, least=futures_needed(CONFIDENCE)))
    return ["", *(f"{'     ' if place else 'Next:'} {line}" for place, line in enumerate(found))]


def _joined(everything: Venue) -> bool:
    """Whether anybody joined a queue in any future."""
    return any(everything.demand[what].mean > 0 for what in ("first sittings", "retakes"))


def _altogether(everything: Venue) -> str:
    """Demand, seats and waits of all venues, in a few sentences."""
    demand, seats, days = everything.demand, everything.seats, everything.waits
    if not _joined(everything):
        return f"All venues: nobody joined a queue; seats offered: {ranged(seats['offered'])}."
    return (
        f"All venues: {ranged(demand['first sittings'])} people joined for a first sitting and "
        f"{ranged(demand['retakes'])} for a retake; {ranged(seats['used'])} of {ranged(seats['offered'])} "
        f"seats used. They waited {waited(days.percentiles[50])} days in the middle, 85 in a hundred "
        f"{waited(days.percentiles[85])}, and {give_or_take(days.over_target, 'share')} more than "
        f"{days.target}; {give_or_take(days.still)} still wait at the end. {_BY_REGION}."
    )


_BY_REGION: Final = "Seats, waits, rosters and travel by region, month by month, are in --all"


def _tables(shown: Showing) -> list[str]:
    """Seats, waits, rosters and travel, venue by venue."""
    everything = shown.venues[0]
    lines = [*told(seats(shown)), paragraph(lost_seats(everything)), "", *told(waits(shown)), ""]
    lines.append(paragraph(rosters(everything)))
    return lines if shown.travel is None else [*lines, "", *_travel(shown)]


def _top(arm: Arm, shown: Showing, asked: CapacityOptions, only: str) -> list[str]:
    """Who and when, and whose counts these are."""
    said = " · ".join(filter(None, (only, head(arm, shown.futures, asked))))
    return [paragraph(text) for text in (said, seats_as_run(arm.inputs.scale)) if text]


def _heat(shown: Showing) -> list[str]:
    """Periods down, venues across, as many beside each other as fit."""
    names = [venue.name for venue in shown.venues[1:]]
    texts = {name: [loaded(cell) for cell in shown.row(name)] for name in names}
    used = [name for name in names if any(text != "." for text in texts[name])]
    heads = {name: SHORT.get(name, name) for name in used}
    blocks, room = [[]], width() - 8  # type: list[list[str]], int
    for name in used:
        wide = max(len(heads[name]), *(len(text) for text in texts[name])) + 1
        if room < wide:
            blocks.append([])
            room = width() - 8
        room -= wide
        blocks[-1].append(name)
    lines: list[str] = []
    for block_of in blocks:
        if not block_of:
            continue
        table = [["", *(heads[name] for name in block_of)]]
        table += [
            [period, *(texts[name][place] for name in block_of)] for place, period in enumerate(shown.periods)
        ]
        lines += [*columns(table, range(1, len(block_of) + 1), gap=1), ""]
    return lines[:-1]


def _travel(shown: Showing) -> list[str]:
    """Miles and time by region, all in one table."""
    assert shown.travel is not None
    away = shown.travel.elsewhere.mean > 0
    rows = [["", "miles", *(name.replace("minutes", "min") for name in shown.travel.bands)]]
    rows[0] += ["sat elsewhere"] if away else []
    for name, found in (("everybody", shown.travel), *shown.travel_by_region.items()):
        bands = [give_or_take(share, "share") for share in found.bands.values()]
        rows.append([name, give_or_take(found.miles), *bands])
        rows[-1] += [give_or_take(found.elsewhere, "share")] if away else []
    title = "Travel to the nearest centre one way, estimated by road, and the share of sittings by time"
    return block(title, rows, range(1, len(rows[0])))


def _card(shown: Showing, name: str) -> list[str]:
    """One venue: its periods, the seats that were lost, waits, and who worked there."""
    venue, lines = shown.venue(name), []
    rows = [["", "joined", "retakes", "open", "used", "waiting", "people a seat", "in words"]]
    rows += [
        [
            cell.period,
            give_or_take(cell.first),
            give_or_take(cell.retake),
            give_or_take(cell.open),
            give_or_take(cell.used),
            give_or_take(cell.waiting),
            people_a_seat(cell),
            in_words(cell),
        ]
        for cell in shown.row(name)
    ]
    lines += block("Mean, give or take half the range of eight in ten futures", rows, range(1, 7))
    lines += [paragraph(said)] if (said := not_in_the_mean(shown.row(name))) else []
    lost = [[why, give_or_take(found)] for why, found in venue.lost.items()]
    lines += ["", *block("Seats lost", lost, (1,))]
    over = f"over {shown.target}"
    waits = [["", "median", "P85", "P95", over, "still wait", f"of whom {over}"]]
    for label, found in (
        ("all", venue.waits),
        ("first sittings", venue.first_waits),
        ("retakes", venue.retake_waits),
    ):
        cells = [waited(found.percentiles[percent]) for percent in (50, 85, 95)]
        cells += [give_or_take(found.over_target, "share"), *map(give_or_take, (found.still, found.late))]
        waits.append([label, *cells])
    title = f"Waits in days, those who still wait counted; {NOT_REACHED}"
    lines += ["", *block(title, waits, range(1, 7)), "", paragraph(rosters(venue))]
    return lines
