"""Pages to show and to write: one of every kind of block, one with names that would break a careless form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from reports.page import (
    Band,
    BandChart,
    Bar,
    Cell,
    Column,
    HeatChart,
    Page,
    Part,
    Prose,
    Provenance,
    SplitChart,
    Table,
    TornadoChart,
)

HOSTILE: Final = (
    "Kingston [upon] Thames",
    "[/foo] x",
    "[bold red]Leeds[/]",
    "\u05e9\u05dc\u05d5\u05dd\u202eabc\u2066",
    "x" * 200,
    "漢字の名前を持つ役所",
    "e\u0301\u0302\u0303\u0304 combining",
    "bell\x07 escape\x1b[31m tab\t new\nline \x9b31m",
    '=HYPERLINK("http://example.org","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "# not a note",
    "a|b`c*d_e<f>g&h\"i'j\\k",
    "<script>alert(1)</script>",
    "--- | :--- |",
    "👩\u200d👧 family",
    "",
    " ",
)
"""Names of authorities and scenarios as an attacker or an accident would write them."""

NAMES: Final = ("Leeds", "Kingston upon Thames", "Tower Hamlets")
REGIONS: Final = (
    "North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands",
    "East of England", "London", "South East", "South West",
)  # fmt: skip
MONTHS: Final = tuple(f"{year}-{month:02d}-01" for year in range(2017, 2021) for month in range(1, 13))

PROVENANCE: Final = Provenance(
    scenarios=(("voluntary", "3f2a9c1b"), ("mandatory", "77ab0e4d")),
    seed=2017,
    used=18,
    requested=20,
    engine="0.1.0",
    interval="80% of chance, for the mean of 20 replications",
    command="naas compare voluntary mandatory --replications 20",
)


def cell(text: str, value: float | str | None = None, mark: str = "") -> Cell:
    return Cell(text=text, value=value, mark=mark)


def band_chart(names: Sequence[str] = ("voluntary", "mandatory"), axis: Sequence[str] = MONTHS) -> BandChart:
    bands = []
    for number, name in enumerate(names):
        most = 9000.0 + 13000 * number
        value = tuple(most * (place / (len(axis) - 1)) ** 1.6 for place in range(len(axis)))
        wide = 0.28 - 0.14 * (number % 2)
        bands.append(
            Band(
                name=name,
                value=value,
                low=tuple(item * (1 - wide) for item in value),
                high=tuple(item * (1 + wide) for item in value),
            )
        )
    texts = tuple(
        tuple(
            f"{value:,.0f} [{low:,.0f}, {high:,.0f}]"
            for value, low, high in zip(band.value, band.low, band.high, strict=True)
        )
        for band in bands
    )
    return BandChart(
        id="accredited", title="Accredited", unit="people", axis=tuple(axis), bands=tuple(bands), texts=texts
    )


def measures(names: Sequence[str] = ()) -> Table:
    rows = [
        (
            cell("Accredited, share of in scope", "Accredited"),
            cell("31.0% [27.2, 34.9]", 0.310),
            cell("78.4% [74.0, 82.1]", 0.784),
            cell("+47.4 points [41.8, 52.6]", 0.474),
            cell("higher", "higher", "^"),
        ),
        (
            cell("First-attempt pass rate", "First"),
            cell("9.0%", 0.09),
            cell("10.0%", 0.10),
            cell("+1.0 points [-0.8, 2.9]", 0.01),
            cell("unclear", "unclear", "?"),
        ),
        (
            cell("Waited, median days", "Waited"),
            cell("41", 41.0),
            cell("133", 133.0),
            cell("+92 [70, 118]", 92.0),
            cell("longer", "longer", "v"),
        ),
        *(
            (
                cell(name, name),
                cell("not defined", math.nan),
                cell("12", 12.0),
                cell("", None),
                cell("", "", "!"),
            )
            for name in names
        ),
    ]
    columns = (
        Column(id="measure", label="Measure", number=False),
        Column(id="a", label="voluntary"),
        Column(id="b", label="mandatory"),
        Column(id="difference", label="difference"),
        Column(id="verdict", label="Verdict", number=False),
    )
    keys = tuple(f"measure-{place}" for place in range(len(rows)))
    return Table(
        id="measures", title="All measures", columns=columns, rows=tuple(rows), keys=keys, of=len(rows) + 28
    )


def tornado(
    names: Sequence[str] = ("Preparation days", "Fee for an assessment", "Assessment days"),
) -> TornadoChart:
    ends = [(44.7, 80.6), (77.8, 47.1), (59.0, 66.2)]
    bars = tuple(
        Bar(
            name=name,
            low=ends[place % 3][0],
            high=ends[place % 3][1],
            low_text=f"{ends[place % 3][0]:.1f}",
            high_text=f"{ends[place % 3][1]:.1f}",
            rating=("red", "amber", "green")[place % 3],
            key=f"input-{place}",
        )
        for place, name in enumerate(names)
    )
    return TornadoChart(
        id="tornado", title="What moves the total", unit="£m", centre=59.0, centre_text="£59.0m", bars=bars
    )


def heat(names: Sequence[str] = REGIONS, columns: Sequence[str] = MONTHS) -> HeatChart:
    months = tuple(name[:7] for name in columns)
    values = [[48 + 5 * (row % 9) + 2 * place for place in range(len(months))] for row in range(len(names))]
    return HeatChart(
        id="seats",
        title="Seat use",
        unit="%",
        rows=tuple(names),
        columns=months,
        cells=tuple(
            tuple(cell(str(value), float(value), "!" if value > 100 else "") for value in row)
            for row in values
        ),
        about=tuple(
            tuple(f"{name}, {month}: {value}% of seats" for month, value in zip(months, row, strict=True))
            for name, row in zip(names, values, strict=True)
        ),
        keys=tuple(f"row-{place}" for place in range(len(names))),
        limit=100.0,
    )


def split(names: Sequence[str] = ("DfE", "Councils")) -> SplitChart:
    return SplitChart(
        id="payers",
        title="Who pays",
        unit="£m",
        parts=tuple(
            Part(name=name, value=22.2 + 14.6 * place, text=f"£{22.2 + 14.6 * place:.1f}m")
            for place, name in enumerate(names)
        ),
    )


def prose(lines: Sequence[str] = ("Intervals hold chance only.", "What binds: seats.")) -> Prose:
    return Prose(id="next", title="What binds", lines=tuple(lines))


def sample() -> Page:
    """One of every kind of block."""
    return Page(
        screen="compare",
        title="voluntary against mandatory",
        summary="mandatory accredits 47.4 points more of those in scope by December 2020.",
        blocks=(band_chart(), measures(), tornado(), split(), heat(), prose()),
        provenance=PROVENANCE,
    )


def hostile() -> Page:
    """Every kind of block with every hostile name."""
    return Page(
        screen="compare",
        title=HOSTILE[0],
        summary=HOSTILE[1],
        blocks=(
            band_chart(HOSTILE[:8], MONTHS[:5]),
            measures(HOSTILE),
            tornado(HOSTILE),
            split(HOSTILE),
            heat(HOSTILE, MONTHS[:3]),
            prose(HOSTILE),
        ),
        provenance=PROVENANCE.model_copy(
            update={
                "scenarios": tuple((name, "0a1b2c3d") for name in HOSTILE),
                "command": "naas compare 'a`b' \"$(x)\"",
                "filter": "=1+1",
            }
        ),
    )


def empty() -> Page:
    """Blocks with nothing in them yet."""
    return Page(
        screen="compare",
        title="Nothing run yet",
        summary="",
        blocks=(
            BandChart(id="b", title="Accredited", unit="people", axis=(), bands=(), texts=()),
            Table(id="t", title="All measures", columns=measures().columns, rows=()),
            TornadoChart(id="o", title="Inputs", unit="£m", centre=0, centre_text="0", bars=()),
            SplitChart(id="s", title="Who pays", unit="£m", parts=()),
            HeatChart(id="h", title="Seats", unit="%", rows=(), columns=(), cells=(), about=()),
            Prose(id="p", lines=()),
        ),
    )


PAGES: Final = {"sample": sample, "hostile": hostile, "empty": empty}
