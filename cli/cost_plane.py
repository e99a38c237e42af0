"""`naas cost plane`: more accredited against more cost, drawn in characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cli.cost_options import CostOptions
from cli.costing import case_of, costed
from cli.output import Format, emphasis, paragraph, width, write, write_csv, write_json
from reports.money import millions

if TYPE_CHECKING:
    from analysis.cost_plane import Plane

_HEIGHT: Final = 15
_DENSE: Final = (" ", ".", "o", "@")
"""No point, one or two, up to a tenth of the fullest cell, more."""


def show_plane(asked: CostOptions, names: Sequence[str]) -> int:
    """The second scenario less the first: what more it costs, whom it accredits more, how surely."""
    from analysis.cost_plane import plane
    from analysis.cost_product import product

    case, settings = case_of(asked)
    found = costed(names, asked, case, settings)
    if not found.runs:
        return found.code
    first, second = (product(run, case, asked.view, asked.rate) for run in found.runs)
    drawn = plane(second, first, found.arms[0].inputs.seed)
    points = [{"more_accredited": more, "more_gbp": cost} for more, cost in drawn.points()]
    if asked.form is Format.json:
        pair = {"scenario": drawn.name, "against": drawn.against}
        write_json({**found.about(), **pair, "corners": drawn.corners, "points": points})
    elif asked.form is Format.csv:
        about = found.beside() | {"scenario": drawn.name, "against": drawn.against}
        write_csv(({**about, **point} for point in points), (*about, "more_accredited", "more_gbp"))
    else:
        for line in (*map(paragraph, found.head()), "", *_drawing(drawn)):
            write(line)
    return found.code


def _drawing(drawn: Plane) -> list[str]:
    points = drawn.points()
    mores, costs = [more for more, _ in points], [cost / 1e6 for _, cost in points]
    left, right = min(0.0, *mores), max(0.0, *mores)
    low, high = min(0.0, *costs), max(0.0, *costs)
    wide, tall = (right - left) or 1.0, (high - low) or 1.0
    across = min(60, width() - 12)
    cells = [[0] * across for _ in range(_HEIGHT)]
    for more, cost in zip(mores, costs, strict=True):
        column = round((more - left) / wide * (across - 1))
        row = round((high - cost) / tall * (_HEIGHT - 1))
        cells[row][column] += 1
    most = max(map(max, cells))
    level = round(high / tall * (_HEIGHT - 1))
    upright = round(-left / wide * (across - 1))
    lines = [emphasis(f"{drawn.name} less {drawn.against}: present value, £ million, up", "strong")]
    for row, counts in enumerate(cells):
        text = "".join(
            _DENSE[1 + (count > 2) + (count > most / 10)] if count else _axis(row == level, place == upright)
            for place, count in enumerate(counts)
        )
        label = {0: millions(high * 1e6), level: "0", _HEIGHT - 1: millions(low * 1e6)}.get(row, "")
        lines.append(f"{label:>9} {text}".rstrip())
    ends = f"{left:,.0f}", f"{right:,.0f}"
    lines.append(f"{'':10}{ends[0]}{ends[1]:>{max(1, across - len(ends[0]))}}")
    lines += [f"{'':10}more accredited, to the right", ""]
    lines += [f"  {share:>6.1%}  {name}" for name, share in drawn.corners.items()]
    said = (
        f"{len(drawn.cost):,} draws of all prices, crossed with {len(drawn.more)} replications; "
        f"{len(points)} of them are drawn, o where more than two lie together and @ where most do."
    )
    return [*lines, "", paragraph(said)]


def _axis(level: bool, upright: bool) -> str:
    return "+" if level and upright else "-" if level else "|" if upright else " "
