"""`naas capacity stress`: shocks, how long they last, and who bears them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cli.capacity_running import Asked, about, head, lined_up, ran
from cli.capacity_words import block, flat
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json
from reports.capacity_words import give_or_take, ranged

if TYPE_CHECKING:
    from analysis.capacity.stress import Stress


def stress(name: str, asked: Asked, shocks: Sequence[str], form: Format) -> int:
    """Run the scenario with and without each shock, and with all of them, in the same futures."""
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
        compared(base, stored(results, place), hit.name, hit.said, hit.past)
        for place, hit in enumerate(hits, start=1)
    ]
    if form is Format.json:
        write_json({**about(arm, base.futures), "shocks": [item.to_dict() for item in found]})
    elif form is Format.csv:
        rows = [flat({k: v for k, v in item.to_dict().items() if not isinstance(v, list)}) for item in found]
        write_csv(rows, tuple(rows[0]))
    else:
        write(paragraph(head(arm, base.futures)))
        for item in found:
            for line in ["", *_lines(item)]:
                write(line)
    return code


def _lines(found: Stress) -> list[str]:
    from analysis.capacity.stress import FEWEST_FUTURES

    lines = [emphasis(f"{found.name}: {found.said}", "strong")]
    if not found.felt:
        return [*lines, "  No effect on the queues in any week."]
    said = (
        f"The queue is at most {ranged(found.peak)} people, against {ranged(found.base_peak)} without; "
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
    lines.append(paragraph(f"Extra days waited: {days}.", "  "))
    if found.authorities:
        worst = "; ".join(f"{name} {ranged(extra)}" for name, extra in found.authorities)
        lines.append(paragraph(f"Most extra FTE-months of posts that nobody covers: {worst}.", "  "))
    elif found.futures < FEWEST_FUTURES:
        said = f"Authorities with most uncovered posts are told from {FEWEST_FUTURES} replications on."
        lines.append(paragraph(said, "  "))
    return lines


def _recovery(found: Stress) -> str:
    since = "the end of the shock" if found.counted_from else "that week"
    if found.never >= 0.5 and found.counted_from is None:
        return f"The shock has no end, and the queue is longer to the last in {found.never:.0%} of futures."
    if found.never >= 0.5:
        return f"It does not recover by the end in {found.never:.0%} of futures."
    said = f"It takes {ranged(found.weeks)} weeks from {since} to recover (a tenth of the extra left)"
    return f"{said}; not by the end in {found.never:.0%} of futures." if found.never else f"{said}."
