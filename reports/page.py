"""A page: what one screen, one export or one plain text shows, with every figure already reckoned.

A page is pure data. Whoever shows it adds nothing: numbers come with the text that a person reads and with
the value that they are sorted by, and every chart has a table with the same figures.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

MARKS: Final = ("", "=", "^", "v", "?", "!", "*", "~", "#")
"""What may stand beside a figure so that colour is never needed: no difference, up, down, unclear, needs
attention, changed, assumed, sourced."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=True, ser_json_inf_nan="constants")


class Cell(_Data):
    """One figure or name. `value` is what it is sorted by: None comes last, whichever way.

    A figure that knows its `unit` has its text and its value in that unit; its column says the same or none.
    """

    text: str
    value: float | str | None = None
    mark: str = ""
    unit: str = ""


class Column(_Data):
    """A column of a table. Numbers stand to the right."""

    id: str
    label: str
    unit: str = ""
    number: bool = True


class Table(_Data):
    """Rows of cells under columns. `of` is the number of rows there are, when not all are shown.

    `keys` names each row for whoever opens it (a measure, an authority); empty when rows lead nowhere.
    `fixed` says that the order of rows tells what belongs to what: on a screen they are not sorted.
    """

    kind: Literal["table"] = "table"
    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...] = ()
    of: int | None = None
    note: str = ""
    fixed: bool = False


class Prose(_Data):
    """Sentences under a heading, each a line that may be folded.

    One that begins with two spaces hangs under the last that does not. `press` says what to press, after the
    lines: for a screen alone, no file and no plain page has it.
    """

    kind: Literal["prose"] = "prose"
    id: str
    title: str = ""
    lines: tuple[str, ...]
    press: str = ""


class Band(_Data):
    """A line with an interval around it: one value, low and high end for each place on the axis.

    NaN where there is nothing to show.
    """

    name: str
    value: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


class BandChart(_Data):
    """Lines over time with their intervals.

    `axis` holds ISO dates; `texts[band][i]` is the figure as it is read.
    """

    kind: Literal["bands"] = "bands"
    id: str
    title: str
    unit: str
    axis: tuple[str, ...]
    bands: tuple[Band, ...]
    texts: tuple[tuple[str, ...], ...]

    def table(self) -> Table:
        """The same figures as a table: a row for each date."""
        names = [Column(id=band.name, label=band.name, unit=self.unit) for band in self.bands]
        rows = tuple(
            (
                Cell(text=at, value=at),
                *(
                    Cell(text=self.texts[number][index], value=band.value[index])
                    for number, band in enumerate(self.bands)
                ),
            )
            for index, at in enumerate(self.axis)
        )
        columns = (Column(id="date", label="Date", number=False), *names)
        return Table(id=self.id, title=self.title, columns=columns, rows=rows, keys=self.axis)


class Bar(_Data):
    """What an input does: the result at its low and its high end, and how good its evidence is."""

    name: str
    low: float
    high: float
    low_text: str
    high_text: str
    rating: str = ""
    key: str = ""


class TornadoChart(_Data):
    """Inputs by what they do to a result, the largest first. `centre` is the result as things stand."""

    kind: Literal["tornado"] = "tornado"
    id: str
    title: str
    unit: str
    centre: float
    centre_text: str
    bars: tuple[Bar, ...]

    def table(self) -> Table:
        """The same figures as a table: a row for each input."""
        columns = (
            Column(id="input", label="Input", number=False),
            Column(id="low", label="at its low end", unit=self.unit),
            Column(id="high", label="at its high end", unit=self.unit),
            Column(id="rating", label="Evidence", number=False),
        )
        rows = tuple(
            (
                Cell(text=bar.name, value=bar.name),
                Cell(text=bar.low_text, value=bar.low),
                Cell(text=bar.high_text, value=bar.high),
                Cell(text=bar.rating, value=bar.rating),
            )
            for bar in self.bars
        )
        return Table(
            id=self.id,
            title=f"{self.title}, now {self.centre_text}",
            columns=columns,
            rows=rows,
            keys=tuple(bar.key for bar in self.bars),
        )


class HeatChart(_Data):
    """A figure for each row and column. `cells[row][column]` carries text, value and mark.

    A figure that is too much has the mark "!": `over` says in words when it is, and without words it is above
    `limit`, which the colours take in; None where there is no such line.
    `about[row][column]` is the sentence that says the cell in words, with its interval.
    """

    kind: Literal["heat"] = "heat"
    id: str
    title: str
    unit: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    about: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...] = ()
    limit: float | None = None
    over: str = ""

    def table(self) -> Table:
        """The same figures as a table, rows and columns as in the chart."""
        columns = (
            Column(id="row", label="", number=False),
            *(Column(id=name, label=name, unit=self.unit) for name in self.columns),
        )
        rows = tuple(
            (Cell(text=name, value=name), *cells) for name, cells in zip(self.rows, self.cells, strict=True)
        )
        return Table(id=self.id, title=self.title, columns=columns, rows=rows, keys=self.keys)


class Part(_Data):
    """One part of a whole."""

    name: str
    value: float
    text: str


class SplitChart(_Data):
    """A whole in its parts, such as a cost by who pays it."""

    kind: Literal["split"] = "split"
    id: str
    title: str
    unit: str
    parts: tuple[Part, ...]

    def table(self) -> Table:
        """The same figures as a table: a row for each part."""
        columns = (
            Column(id="part", label="Part", number=False),
            Column(id="value", label="Amount", unit=self.unit),
        )
        rows = tuple(
            (Cell(text=part.name, value=part.name), Cell(text=part.text, value=part.value))
            for part in self.parts
        )
        return Table(id=self.id, title=self.title, columns=columns, rows=rows)


Chart = BandChart | TornadoChart | HeatChart | SplitChart
Block = Annotated[Table | Prose | Chart, Field(discriminator="kind")]


class Provenance(_Data):
    """Where a page comes from, so that a stranger can make it again.

    `scenarios` holds each scenario's name and the digest of its content, `replication` the one random future
    that it is about, `used` the replications that every scenario finished out of those `requested`,
    `interval` what the intervals hold, `filter` what was left out, `command` what makes the page again.
    """

    scenarios: tuple[tuple[str, str], ...] = ()
    seed: int | None = None
    replication: int | None = None
    used: int | None = None
    requested: int | None = None
    engine: str = ""
    interval: str = ""
    filter: str = ""
    command: str = ""
    sources: tuple[str, ...] = ()


class Next(_Data):
    """What can be done next: with `keys` on a screen, with a `command` on a plain page.

    Whoever reads a file has nothing to press.
    """

    keys: str
    command: str = ""


class Page(_Data):
    """One screen's worth: a title, a sentence that says what matters, blocks, and where it comes from."""

    screen: str
    title: str
    summary: str
    blocks: tuple[Block, ...]
    provenance: Provenance = Provenance()
    next: Next | None = None

    @property
    def on_screen(self) -> str:
        """The sentence that says what matters, and what to press next."""
        return f"{self.summary} {self.next.keys}".strip() if self.next else self.summary

    def block(self, name: str) -> Table | Prose | Chart:
        """The block with an id. Raises `KeyError` when there is none."""
        for block in self.blocks:
            if block.id == name:
                return block
        raise KeyError(name)
