"""`naas capacity stress`: shocks, how long they last, and who bears them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cli.capacity_running import Asked, about, head, lined_up, ran
from cli.capacity_words import block, flat
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json
from reports.at_scale import not_grossed_up
from reports.capacity_words import give_or_take, out_of_control, ranged

if TYPE_CHECKING:
    from analysis.capacity.shocks import Shock
    from analysis.capacity.stress import Stress, There


def stress(name: str, asked: Asked, shocks: Sequence[str], form: Format) -> int:
    """Run the scenario with and without each shock, and with all of them, in the same futures."""
    from analysis.capacity.explosive import explosive
    from analysis.capacity.shocks import shocked, together
    from analysis.capacity.stored import stored
    from analysis.capacity.stress import stress as compared
    from rules.errors import problem

    if not shocks:
        raise problem("Q006", "no shock was named", hint="for example --shock closure:london:8w")
    _, arm = lined_up(name, asked)
    hits = [shocked(arm.inputs, text) for text in shocks]
    if len(hits) > 1:
        hits.append(together(arm.inputs, list(shocks)))
    arms = [arm, *(replace(arm, name=f"{arm.name} + {hit.name}", inputs=hit.inputs) for hit in hits)]
    results, code = ran(arms, asked)
    base = stored(results, 0)
    found = [
        compared(base, stored(results, place), hit.name, hit.said, hit.past, hit.closed)
        for place, hit in enumerate(hits, start=1)
    ]
    queues = explosive(base.flows, base.venues)
    if form is Format.json:
        without = {"queues_out_of_control_without": [queue.to_dict() for queue in queues]}
        write_json({**about(arm, base.futures), **without, "shocks": [item.to_dict() for item in found]})
    elif form is Format.csv:
        rows = [flat({k: v for k, v in item.to_dict().items() if not isinstance(v, list)}) for item in found]
        write_csv(rows, tuple(rows[0]))
    else:
        top = [head(arm, base.futures), not_grossed_up(arm.inputs.scale)]
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
        return [*lines, "  No effect on the queues in any week."]
    place = "All queues together:" if found.there.region else "The queue is"
    said = (
        f"{place} at most {ranged(found.peak)} people, against {ranged(found.base_peak)} without; "
        f"{ranged(found.extra)} more at the worst"
    )
    said += f", in the week of {found.when.day} {found.when:%b %Y}. " if found.when else ". "
    lines.append(paragraph(said + _recovery(found), "  "))
    share = {name: part for name, part in found.shares.items() if part >= 0.005}
    rows = [["", "extra person-weeks waiting", "share"]]
    rows += [
        [f"  {name}", give_or_take(found.regions[name]), f"{part:.0%}"]
        for name, part in sorted(share.items(), key=lambda item: -item[1])
    ]
    lines += block("  Who bears it", rows, (1, 2))
    days = ", ".join(f"{name} {ranged(extra)}" for name, extra in found.groups.items())
    lines.append(paragraph(f"Person-days waited more, in all: {days}.", "  "))
    if found.authorities:
        worst = "; ".join(f"{name} {ranged(extra)}" for name, extra in found.authorities)
        lines.append(paragraph(f"Most extra FTE-months of posts that nobody covers: {worst}.", "  "))
    elif found.futures < FEWEST_FUTURES:
        said = f"Authorities with most uncovered posts are told from {FEWEST_FUTURES} replications on."
        lines.append(paragraph(said, "  "))
    return lines


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
    since = "the end of the shock" if found.counted_from else "that week"
    if found.never >= 0.5 and found.counted_from is None:
        return f"The shock has no end, and the queue is longer to the last in {found.never:.0%} of futures."
    if found.never >= 0.5:
        return f"It does not recover by the end in {found.never:.0%} of futures."
    said = f"It takes {ranged(found.weeks)} weeks from {since} to recover (a tenth of the extra left)"
    return f"{said}; not by the end in {found.never:.0%} of futures." if found.never else f"{said}."
