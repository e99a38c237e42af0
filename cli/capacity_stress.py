"""`naas capacity stress`: shocks, how long they last, and who bears them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cli.capacity_options import CapacityOptions
from cli.capacity_running import about, head, ran
from cli.capacity_words import block, flat
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json
from reports.at_scale import not_grossed_up
from reports.capacity_words import give_or_take, out_of_control, ranged

if TYPE_CHECKING:
    from analysis.capacity.shocks import Shock
    from analysis.capacity.stress import Stress, There


def stress(name: str, asked: CapacityOptions, shocks: Sequence[str]) -> int:
    """Run the scenario with and without each shock, and with all of them, in the same futures."""
    from analysis.capacity.explosive import explosive
    from analysis.capacity.shocks import shocked, together
    from analysis.capacity.stored import stored
    from analysis.capacity.stress import stress as compared
    from rules.errors import problem
    from scenarios.again import again

    if not shocks:
        raise problem("Q006", "no shock was named", hint="for example --shock closure:london:8w")
    [(_, arm)] = asked.lined_up([name])
    hits = [shocked(arm.inputs, text) for text in shocks]
    if len(hits) > 1:
        hits.append(together(arm.inputs, list(shocks)))
    arms = [arm]
    for hit in hits:
        named = f"{arm.name} + {hit.name}"
        arms.append(replace(arm, name=named, inputs=hit.inputs, command=again(arm, hit.inputs)))
    results, code = ran(arms, asked)
    base = stored(results, 0)
    found = [
        compared(base, stored(results, place), hit.name, hit.said, hit.past, hit.closed)
        for place, hit in enumerate(hits, start=1)
    ]
    queues = explosive(base.flows, base.venues)
    if asked.form is Format.json:
        without = {"queues_out_of_control_without": [queue.to_dict() for queue in queues]}
        shown = {"shocks": [item.to_dict() for item in found]}
        write_json({**about(arm, base.futures, asked), **without, **shown})
    elif asked.form is Format.csv:
        rows = [flat({k: v for k, v in item.to_dict().items() if not isinstance(v, list)}) for item in found]
        write_csv(rows, tuple(rows[0]))
    else:
        top = [head(arm, base.futures, asked), not_grossed_up(arm.inputs.scale)]
        top += [f"Without any shock: {out_of_control(queues)} {_ON_TOP}"] if queues else []
        for text in filter(None, top):
            write(paragraph(text))
        for item, hit in zip(found, hits, strict=True):
            for line in ["", *_lines(item, hit)]:
                write(line)
    return code


_ON_TOP: Final = (
    "A shock comes on top of that; to recover is to come back to those queues, which go on growing."
)


def _lines(found: Stress, hit: Shock) -> list[str]:
    from analysis.capacity.stress import FEWEST_FUTURES

    lines = [emphasis(f"{found.name}: {found.said}", "strong")]
    if hit.why:
        lines.append(paragraph(hit.why, "  "))
    if found.there.region:
        lines.append(paragraph(_of_the_region(found.there), "  "))
    if not found.felt:
        lines.append("  All queues together are not a person longer in any week.")
        return lines + (_borne(found) if found.net.mean <= -_PERSON_WEEK else [])
    place = "All queues together:" if found.there.region else "The queue is"
    said = (
        f"{place} at most {ranged(found.peak)} people, against {ranged(found.base_peak)} without; "
        f"{ranged(found.extra)} more at the worst of each future"
    )
    said += f", on average most in the week of {found.when.day} {found.when:%b %Y}. " if found.when else ". "
    lines.append(paragraph(said + _recovery(found), "  "))
    lines += _borne(found)
    if found.authorities:
        worst = "; ".join(f"{name} {ranged(extra)}" for name, extra in found.authorities)
        lines.append(paragraph(f"Most extra FTE-months of posts that nobody covers: {worst}.", "  "))
    elif found.futures < FEWEST_FUTURES:
        said = f"Authorities with most uncovered posts are told from {FEWEST_FUTURES} replications on."
        lines.append(paragraph(said, "  "))
    return lines


def _borne(found: Stress) -> list[str]:
    """Who waits more on balance, and who less: person-weeks in the queues, and person-days of waits."""
    lines = []
    bearing = {name: part for name, part in found.shares.items() if part >= _SEEN}
    if bearing:
        rows = [["", "person-weeks more", "share"]]
        rows += [
            [f"  {name}", give_or_take(found.regions[name]), f"{part:.0%}"]
            for name, part in sorted(bearing.items(), key=lambda item: -item[1])
        ]
        lines += block(
            "  Who bears it, weeks with shorter queues set against those with longer", rows, (1, 2)
        )
    spared = sorted((each.mean, name) for name, each in found.regions.items() if each.mean <= -_PERSON_WEEK)
    where = ", ".join(f"{name} {-mean:,.0f}" for mean, name in spared)
    if found.net.mean <= -_PERSON_WEEK:
        said = "All in all the queues are shorter" if bearing else "On balance nobody bears it"
        less = ranged(found.net.negated())
        lines.append(paragraph(f"{said}: {less} person-weeks fewer are waited. Fewer in: {where}.", "  "))
    elif spared:
        lines.append(paragraph(f"Person-weeks fewer on balance: {where}.", "  "))
    days = ", ".join(
        f"{name} {ranged(extra.negated())} fewer" if extra.mean < 0 else f"{name} {ranged(extra)} more"
        for name, extra in found.groups.items()
    )
    return [*lines, paragraph(f"Person-days waited, in all: {days}.", "  ")]


_SEEN: Final = 0.005
"""The share of a burden from which it is told, as less would read 0%."""

_PERSON_WEEK: Final = 0.5
"""The least that reads as one person-week."""


def _of_the_region(there: There) -> str:
    """The queue and the wait of the region that is closed, with and without."""
    said = (
        f"{there.region}: its queue is at most {ranged(there.peak)} people, against "
        f"{ranged(there.base_peak)} without."
    )
    if math.isnan(there.days.mean):
        return f"{said} Nobody joins it while it is closed."
    days, without = ranged(there.days), ranged(there.base_days)
    return f"{said} Who joins it while it is closed waits {days} days on average, against {without} without."


def _recovery(found: Stress) -> str:
    """How long it takes; of a shock without an end, how long the extra takes to melt after its worst week."""
    ended = found.counted_from is not None
    if found.never >= 0.5:
        if ended:
            return f"It does not recover by the end in {found.never:.0%} of futures."
        return (
            f"The shock has no end, and the queue is still longer at the end in {found.never:.0%} of futures."
        )
    weeks = f"{ranged(found.weeks)} weeks"
    if ended:
        said = f"It takes {weeks} from the end of the shock to recover (a tenth of the extra left)"
    else:
        said = (
            f"The shock has no end of its own; a tenth of the extra is left {weeks} after each future's worst"
        )
    return f"{said}; not by the end in {found.never:.0%} of futures." if found.never else f"{said}."
