"""The workplace Capacity as pages: where and when people outnumber seats, who is short, and what binds.

Every figure is that of `naas capacity show`, `size` and `gap`; nothing is simulated here.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from analysis.capacity.binding import binding
from analysis.capacity.futures import Futures
from analysis.capacity.gap import gaps
from analysis.capacity.load import check_load
from analysis.capacity.plans import LUMPS
from analysis.capacity.show import showing
from analysis.capacity.sizing import size
from analysis.capacity.stored import stored
from analysis.capacity.targets import check_confidence, parse_target
from analysis.capacity.usual import CONFIDENCE, FUTURES, TARGET
from reports import capacity_tables as tables
from reports.at_scale import counts_as_run, seats_as_run, whole_circuits
from reports.capacity_words import MAP_LEGEND, NOWHERE, lost_seats, not_in_the_mean, over_capacity, rosters
from reports.numbers import percent, replications
from reports.page import Block, HeatChart, Next, Page, Prose, Table
from reports.population import horizon, population
from reports.provenance import of_the_replications
from rules.errors import InputError, problem
from scenarios.kept import read_results
from tui.desk.desk import Same
from tui.views.other_version import by_another, other_version
from tui.views.provenance import provenance

if TYPE_CHECKING:
    from analysis.capacity.sizing import Sizing
    from scenarios.experiment import Arm, Results
    from tui.asked import Asked
    from tui.desk.desk import Desk

Titled = TypeVar("Titled", Table, HeatChart)

NO_GAP: Final = "A scheme from scratch has no authorities, and so no staffing gap."


def capacity(
    desk: Desk,
    scenarios: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    scenario: str = "",
    measure: str = "load",
    unit: str = "month",
    target: str = TARGET,
    confidence: float = CONFIDENCE,
) -> Page:
    """The seats of `scenario` where it is one of the scenarios, and of the last of them otherwise."""
    if not scenarios:
        said, press = "No scenario is marked.", "Press 1 for the library, and space on one."
        return Page(
            screen="capacity",
            title="Capacity",
            summary=said,
            blocks=(Prose(id="empty", lines=(said,), press=press),),
            next=Next(keys=press, command="naas tui --plain capacity SCENARIO"),
        )
    _checked(measure, unit)
    asked = desk.asked(settings)
    name = scenario if scenario in scenarios else scenarios[-1]
    ready = desk.line_up([name], settings)
    arm = ready[0][1]
    results = desk.results([arm], asked)
    used = int(results.whole.sum())
    made = _command("show", name, asked, ("--all", *(() if unit == "month" else ("--by", unit))))
    also = [f"Staffing gap and what binds: {_command('gap', name, asked, ('--top', '0'))}"]
    source = provenance(ready, asked, made, results, interval=of_the_replications(used), sources=also)
    if not used:
        return _not_run(desk, arm, asked, source)
    kept = desk.keep(("stored capacity", Same(results)), lambda: stored(results))
    shown = desk.keep(("capacity shown", Same(results), unit), lambda: showing(kept, unit))
    over = over_capacity(shown)
    head = (
        f"{arm.name} · {population(arm)} · {horizon(arm)} · {replications(shown.futures)}, seed {asked.seed}"
    )
    sized = seats_as_run(arm.inputs.scale)
    part = [f"{used} of {replications(asked.replications)} so far."] if used < asked.replications else []
    blocks: list[Block] = [
        _as_run(tables.heat(shown, measure), arm),
        Prose(id="over", title="Over capacity", lines=tuple(filter(None, [*(over or [NOWHERE]), sized]))),
        _as_run(tables.seats(shown), arm),
        tables.waits(shown),
        *_sizing(desk, arm, name, asked, target, confidence),
    ]
    if arm.inputs.plain is None:
        rows = desk.keep(("gaps", Same(results)), lambda: gaps(kept))
        blocks.append(tables.gap_table(rows, len(rows), arm.inputs.scale))
    else:
        blocks.append(Prose(id="gap", lines=(NO_GAP,)))
    blocks.append(tables.binds_table(desk.keep(("binding", Same(results)), lambda: binding(kept))))
    scale = arm.inputs.scale
    notes = [head, *part, sized, *check_load(arm.inputs).warnings()]
    notes += [MAP_LEGEND, not_in_the_mean(shown.cells)]
    notes += [lost_seats(shown.venues[0]), rosters(shown.venues[0]), whole_circuits(scale)]
    blocks.append(Prose(id="notes", title="What to know of these figures", lines=tuple(filter(None, notes))))
    summary = over[0] if over else NOWHERE
    venues = sum(line.startswith(tuple(venue.name for venue in shown.venues)) for line in over)
    if venues > 1:
        summary = f"{venues} venues are over capacity at some time. {over[0]}"
    return Page(
        screen="capacity",
        title=f"Capacity: {arm.name}",
        summary=" ".join([*part, summary]),
        blocks=tuple(blocks),
        provenance=source,
    )


def _as_run(block: Titled, arm: Arm) -> Titled:
    """A block of counts whose title says whose counts they are; nothing is added at full size."""
    told = counts_as_run(arm.inputs.scale)
    return block.model_copy(update={"title": f"{block.title} · {told}"}) if told else block


class _NotSizedError(Exception):
    """A future that the search wants is not stored; `arms` are those that miss it."""

    def __init__(self, arms: Sequence[Arm]) -> None:
        super().__init__()
        self.arms = arms


def aimed(desk: Desk, target: str = "", confidence: str = "") -> dict[str, Any]:
    """A target and a share of futures as they were typed, checked. Raises `InputError` Q001 to Q004."""
    del desk
    parse_target(target)
    try:
        share = float(confidence)
    except ValueError:
        raise problem("Q003", f"'{confidence}' is not a number") from None
    check_confidence(share, FUTURES)
    return {"target": target, "confidence": share}


def _sizing(desk: Desk, arm: Arm, name: str, asked: Asked, target: str, confidence: float) -> list[Block]:
    """The answer of `naas capacity size`, where its search was run before; otherwise how to run it."""
    asked = asked.model_copy(update={"replications": FUTURES, "interval": 80, "precision": ""})
    made = _command("size", name, asked, ("--target", target, "--confidence", f"{confidence:g}"))
    key = ("sizing", Same(arm), target, confidence)
    lump = LUMPS["circuit" if arm.inputs.plain is None else "seat"]

    def read(arms: Sequence[Arm], numbers: Sequence[int]) -> Results:
        found = read_results(desk.store, arms, 0, numbers)
        if not found.whole.all():
            raise _NotSizedError(arms)
        return found

    def search() -> Sizing:
        aim = parse_target(target)
        check_confidence(confidence, FUTURES)
        return size(Futures.of(arm, read), aim, confidence, lump, FUTURES)

    try:
        return [tables.sizing_table(desk.keep(key, search))]
    except InputError as error:
        lines, press = tuple(str(item).splitlines()[0] for item in error.problems), ""
    except _NotSizedError as missed:
        other = by_another(desk, missed.arms)
        if other.upgraded:  # what is searched for now is kept where this window does not look
            lines, press = (other.words,), other.next(made).keys
            return [Prose(id="sizing", title="Seats for a target wait", lines=lines, press=press)]
        lines = (
            f"Not sized yet, for {target} in {percent(confidence)} of futures. The search for the least "
            "seats takes many runs, and can be stopped and gone on with.",
            f"At the prompt: {made}",
        )
        press = "Press z to search."
    return [Prose(id="sizing", title="Seats for a target wait", lines=lines, press=press)]


def _checked(measure: str, unit: str) -> None:
    if measure not in tables.MEASURES:
        raise problem(
            "Q010", f"the map does not show '{measure}'", hint=f"one of: {', '.join(tables.MEASURES)}"
        )
    if unit not in ("week", "month", "quarter"):
        raise problem("Q010", f"time is not cut into '{unit}'", hint="one of: week, month, quarter")


def _not_run(desk: Desk, arm: Arm, asked: Asked, source: Any) -> Page:
    other = other_version(desk, [arm])
    said = other.words or f"{arm.name} is not run yet with {asked.words()}."
    command = asked.command("run", [arm.name])
    following = other.next(command) if other.names else Next(keys="Press ctrl+r to run it.", command=command)
    warned = check_load(arm.inputs).warnings()
    lines = (said, *(f"As it stands, {warning}." for warning in warned))
    return Page(
        screen="capacity",
        title=f"Capacity: {arm.name}",
        summary=said,
        blocks=(Prose(id="empty", title="Nothing to show yet", lines=lines, press=following.keys),),
        provenance=source,
        next=following,
    )


def _command(word: str, name: str, asked: Asked, more: Sequence[str]) -> str:
    options = asked.model_copy(update={"interval": 80, "precision": ""}).options()
    if word == "size":  # what is usual there is not what is usual elsewhere
        options = asked.model_copy(update={"replications": 20}).options()
    return shlex.join(["naas", "capacity", word, name, *more, *options])
