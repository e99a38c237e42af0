"""Charts drawn as SVG inside a page. Each says in a sentence what it shows; its figures are in a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from reports.colours import ON_WHITE, contrast
from reports.legible import legible, shortened
from reports.page import BandChart, SplitChart, TornadoChart
from reports.scale import Scale, as_date, date_text, month_text, positions, scale

_DASHES: Final = ("", "9 5", "2 4", "10 4 2 4")
_WIDE: Final = 900
_FEW: Final = 18
"""Of so few dates each is named, as long as there is room; of more, the first of each year."""

_FONT: Final = 'font-family="Arial, Helvetica, sans-serif" font-size="15"'


def bands(chart: BandChart) -> str:
    """Lines with their intervals; lines differ by dashes and end with their name."""
    high, left, right, top, floor = 380, 70, 150, 12, 340
    values = [number for band in chart.bands for number in (*band.value, *band.low, *band.high)]
    axis = scale(values, chart.unit)
    at = [left + part * (_WIDE - left - right) for part in positions(chart.axis)]
    drawn = [*_grid(axis, left, _WIDE - right, top, floor), *_dates(chart.axis, at, floor)]
    ends: list[tuple[float, str, str]] = []
    for number, band in enumerate(chart.bands):
        colour = ON_WHITE[number % len(ON_WHITE)]
        dash = _DASHES[_kind(number, len(chart.bands)) % len(_DASHES)]
        level = [_level(axis, value, top, floor) for value in band.value]
        lows = [_level(axis, value, top, floor) for value in band.low]
        highs = [_level(axis, value, top, floor) for value in band.high]
        for run in _runs(lows, highs):
            edge = [(at[i], highs[i]) for i in run] + [(at[i], lows[i]) for i in reversed(run)]
            drawn.append(f'<polygon points="{_points(edge)}" fill="{colour}" fill-opacity="0.18"/>')
        for run in _runs(level):
            line = _points([(at[i], level[i]) for i in run])
            dashes = f' stroke-dasharray="{dash}"' if dash else ""
            look = f'stroke="{colour}" stroke-width="2.5" fill="none"{dashes}'
            drawn.append(f'<polyline points="{line}" {look}/>')
        known = [i for i, y in enumerate(level) if math.isfinite(y)]
        if known:
            ends.append((level[known[-1]], shortened(legible(band.name), 18), colour))
    drawn += _ends(ends, _WIDE - right + 8, floor)
    names = ", ".join(legible(band.name) for band in chart.bands)
    span = f"{date_text(chart.axis[0])} to {date_text(chart.axis[-1])}" if chart.axis else "no dates yet"
    return _svg(drawn, high, f"{legible(chart.title)}, {legible(chart.unit)}: {names}, {span}.")


def tornado(chart: TornadoChart) -> str:
    """A bar for each input, striped towards its low end and filled towards its high end."""
    left, right, row, top = 250, 40, 30, 34
    high = top + row * len(chart.bars) + 30
    ends = [value for bar in chart.bars for value in (bar.low, bar.high)] + [chart.centre]
    known = [value for value in ends if math.isfinite(value)]
    low, most = (min(known), max(known)) if known else (0.0, 1.0)
    span = (most - low) or 1.0

    def across(value: float) -> float:
        return left + (value - low) / span * (_WIDE - left - right)

    middle = across(chart.centre) if math.isfinite(chart.centre) else float(left)
    drawn = [
        '<defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
        f'<rect width="3.5" height="6" fill="{ON_WHITE[1]}"/></pattern></defs>'
    ]
    for place, bar in enumerate(chart.bars):
        y = top + place * row
        drawn.append(_words(left - 12, y + 19, shortened(legible(bar.name), 30), 'text-anchor="end"'))
        fills = {"low": 'fill="url(#stripes)" stroke="#b23c0a"', "high": f'fill="{ON_WHITE[0]}"'}
        values = {"low": bar.low, "high": bar.high}
        for end in sorted(values, key=lambda end: -abs(values[end] - chart.centre)):
            if math.isfinite(values[end]):
                one, other = sorted((middle, across(values[end])))
                box = f'x="{one:.1f}" y="{y + 4}" width="{other - one:.1f}" height="{row - 8}"'
                drawn.append(f"<rect {box} {fills[end]}/>")
    foot = top + row * len(chart.bars)
    drawn += [
        _line((middle, top - 6), (middle, foot + 4), "#111", 2),
        _words(middle, top - 12, legible(chart.centre_text), 'text-anchor="middle" font-weight="700"'),
        f'<rect x="{left}" y="{foot + 10}" width="16" height="12" fill="url(#stripes)" stroke="#b23c0a"/>',
        _words(left + 22, foot + 21, "at its low end"),
        f'<rect x="{left + 150}" y="{foot + 10}" width="16" height="12" fill="{ON_WHITE[0]}"/>',
        _words(left + 172, foot + 21, "at its high end"),
    ]
    return _svg(
        drawn, high, f"{legible(chart.title)}: {len(chart.bars)} inputs, now {legible(chart.centre_text)}."
    )


def split(chart: SplitChart) -> str:
    """One bar in its parts, each with its name where there is room."""
    total = sum(part.value for part in chart.parts if _above(part.value))
    x, drawn = 0.0, []
    for number, part in enumerate(chart.parts):
        if not _above(part.value):
            continue
        wide = part.value / total * _WIDE
        colour = ON_WHITE[number % len(ON_WHITE)]
        text = "#ffffff" if contrast("#ffffff", colour) >= contrast("#000000", colour) else "#000000"
        drawn.append(f'<rect x="{x:.1f}" y="0" width="{max(wide - 2, 1):.1f}" height="40" fill="{colour}"/>')
        name = shortened(f"{legible(part.name)} {legible(part.text)}", max(int(wide / 9), 1))
        if wide > 60:
            drawn.append(_words(x + 8, 26, name, f'fill="{text}"'))
        x += wide
    told = ", ".join(f"{legible(part.name)} {legible(part.text)}" for part in chart.parts)
    return _svg(drawn, 40, f"{legible(chart.title)}: {told}.")


def _svg(drawn: Sequence[str], high: int, told: str) -> str:
    body = "\n".join(drawn)
    return (
        f'<svg viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" height="{high}" role="img" '
        f'aria-label="{escape(told, quote=True)}">\n{body}\n</svg>'
    )


def _line(one: tuple[float, float], other: tuple[float, float], colour: str, wide: float = 1) -> str:
    ends = f'x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{wide}"/>'


def _words(x: float, y: float, text: str, look: str = "") -> str:
    """A text of the drawing, escaped."""
    return f'<text x="{x:.1f}" y="{y:.1f}" {_FONT} {look}>{escape(text)}</text>'


def _grid(axis: Scale, left: int, right: int, top: int, floor: int) -> Iterator[str]:
    for tick in axis.ticks:
        y = _level(axis, tick, top, floor)
        yield _line((left, y), (right, y), "#d5d8da")
        yield _words(left - 8, y + 5, axis.text(tick), 'text-anchor="end"')


def _dates(axis: Sequence[str], at: Sequence[float], floor: int) -> Iterator[str]:
    free = -math.inf
    for place, text in enumerate(axis):
        found = as_date(text)
        first = found is None or found.month == 1 or place == 0 or len(axis) <= _FEW
        if first and at[place] >= free:
            name = month_text(found) if found else legible(text)
            yield _words(at[place], floor + 24, name, 'text-anchor="middle"')
            yield _line((at[place], floor), (at[place], floor + 6), "#111")
            free = at[place] + 9 * len(name) + 8


def _ends(ends: list[tuple[float, str, str]], x: float, floor: int) -> Iterator[str]:
    """Names beside the ends of their lines, no two on each other."""
    free = -math.inf
    for y, name, colour in sorted(ends):
        place = min(max(y, free), floor)
        yield _words(x, place + 5, name, f'fill="{colour}" font-weight="700"')
        free = place + 18


def _level(axis: Scale, value: float, top: int, floor: int) -> float:
    return floor - axis.part(value) * (floor - top) if math.isfinite(value) else math.nan


def _runs(*series: Sequence[float]) -> Iterator[list[int]]:
    """Places next to each other where every series is known."""
    run: list[int] = []
    for place, values in enumerate(zip(*series, strict=True)):
        if all(math.isfinite(value) for value in values):
            run.append(place)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _kind(number: int, count: int) -> int:
    """As on the screen: of several lines the first is dashed and the second solid."""
    return number if count == 1 or number > 1 else 1 - number


def _above(value: float) -> bool:
    return math.isfinite(value) and value > 0
