"""How long charts and tables of the interface take to draw, and a key to show.

    python benchmarks/widgets.py            # the table, some seconds
    python benchmarks/widgets.py --bound    # the same, and fail where a bound is broken

Drawing anew is what other figures, another size or another theme cost; a key only moves a cursor. Bounds are
held against processor time, which neighbours disturb least.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.reports.pages import MONTHS, REGIONS, band_chart, heat, measures, split, tornado
from tests.tui.showing import showing
from tui.widgets.band_plot import BandPlot
from tui.widgets.heat_map import HeatMap
from tui.widgets.page_table import PageTable
from tui.widgets.split_bar import SplitBar
from tui.widgets.tornado import Tornado

RUNS = 15
MOST_MILLISECONDS = 50.0
"""No drawing and no key may take longer: a person feels more as waiting."""

AUTHORITIES = tuple(f"Authority {number}" for number in range(152))
CASES: tuple[tuple[str, Callable[[], Any], tuple[int, int], str], ...] = (
    ("bands, 2 lines, 48 months", lambda: BandPlot(band_chart()), (80, 24), "left"),
    ("bands, 2 lines, 48 months", lambda: BandPlot(band_chart()), (100, 30), "left"),
    ("bands, 2 lines, 48 months", lambda: BandPlot(band_chart()), (200, 50), "left"),
    ("tornado, 20 inputs", lambda: Tornado(tornado([f"Input {n}" for n in range(20)])), (100, 30), "down"),
    ("heat map, 9 by 48", lambda: HeatMap(heat(REGIONS, MONTHS)), (100, 30), "right"),
    ("heat map, 152 by 48", lambda: HeatMap(heat(AUTHORITIES, MONTHS)), (140, 45), "down"),
    ("split, 4 parts", lambda: SplitBar(split(("a", "b", "c", "d"))), (100, 30), "down"),
    ("table, 155 rows", lambda: PageTable(measures(AUTHORITIES)), (100, 30), "down"),
)


def timed(work: Callable[[], object], times: int) -> float:
    """Milliseconds of processor time, the median."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return median(taken) * 1000


async def measured(make: Callable[[], Any], size: tuple[int, int], key: str) -> tuple[float, float]:
    """Milliseconds to draw anew and show, and to show after a key."""

    def made() -> Any:
        widget = make()
        widget.styles.height = "1fr"
        return widget

    async with showing(made, size) as (app, pilot):
        widget = app.shown
        widget.focus()
        await pilot.pause()

        def anew() -> None:
            widget.refresh_look()
            for y in range(widget.size.height):
                widget.render_line(y)

        whole = timed(anew, RUNS)
        keys = []
        for _ in range(RUNS):
            start = time.process_time()
            await pilot.press(key)
            for y in range(widget.size.height):
                widget.render_line(y)
            keys.append(time.process_time() - start)
        return whole, median(keys) * 1000


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bound", action="store_true", help="fail where a bound is broken")
    asked = options.parse_args()
    print(f"{'':28} {'size':>8} {'drawn anew, ms':>15} {'after a key, ms':>16}")
    worst = 0.0
    for name, make, size, key in CASES:
        anew, after = asyncio.run(measured(make, size, key))
        worst = max(worst, anew, after)
        print(f"{name:28} {size[0]:>4}x{size[1]:<3} {anew:15.1f} {after:16.1f}")
    print(f"the longest {worst:.1f} ms; no more than {MOST_MILLISECONDS:.0f} ms")
    return int(asked.bound and worst > MOST_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
