"""Any page, block by block: the way to show one when a screen has no arrangement of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from reports.legible import legible
from reports.page import Chart, Page, Prose, Table
from reports.provenance import facts, with_short_digests
from tui.widgets.band_plot import BandPlot
from tui.widgets.glyphs import glyphs_of, plain_signs
from tui.widgets.heat_map import HeatMap
from tui.widgets.page_table import TableView
from tui.widgets.prose import ProseView
from tui.widgets.split_bar import SplitBar
from tui.widgets.tornado import Tornado

CHARTS: Final[Mapping[str, Callable[[Any], Widget]]] = {
    "bands": BandPlot,
    "tornado": Tornado,
    "heat": HeatMap,
    "split": SplitBar,
}
"""The widget that draws each kind of chart."""


class BlockView(Vertical):
    """One block: prose, a table, or a chart that `t` swaps for its table.

    With the class "fill" it takes all the height there is; otherwise what it needs. `show` takes another
    block, of the same kind or not; what the person has sorted, filtered or turned into a table stays so.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("t", "twin", "Table instead of chart", show=False)]

    DEFAULT_CSS = """
    BlockView { height: auto; background: $background; }
    BlockView > .title { text-style: bold; height: auto; }
    BlockView.fill { height: 1fr; }
    BlockView.fill > BandPlot, BlockView.fill > TableView { height: 1fr; }
    BlockView.fill PageTable { height: 1fr; }
    BlockView.fill > HeatMap, BlockView.fill > Tornado, BlockView.fill > SplitBar { max-height: 1fr; }
    """

    def __init__(
        self, block: Table | Prose | Chart, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.block = block
        self.as_table = False
        """Whether a chart is shown as its table."""

    def compose(self) -> ComposeResult:
        """The title and the body."""
        yield Static(markup=False, classes="title")
        yield self._body()
        self.call_later(self.refresh_look)

    @property
    def body(self) -> Widget:
        """What shows the block now."""
        return self.children[1]

    @property
    def is_chart(self) -> bool:
        """Whether the block is a chart that this interface draws."""
        return self.block.kind in CHARTS

    def show(self, block: Table | Prose | Chart) -> None:
        """Show another block."""
        before, self.block = self.block, block
        if not self.is_mounted or before == block:
            return
        if before.kind != block.kind:
            self.refresh(recompose=True)
            return
        self.refresh_look()
        body: Any = self.body
        body.show(block if not isinstance(body, TableView) or isinstance(block, Table) else _twin(block))

    def refresh_look(self) -> None:
        """Write the title, in the signs that can be shown."""
        for title in self.query("BlockView > .title").results(Static):
            title.update(plain_signs(self._title, glyphs_of(self.app)))
            title.display = bool(self._title)

    def action_twin(self) -> None:
        """A chart as its table, and back."""
        if self.is_chart:
            focused = self.has_focus_within
            self.as_table = not self.as_table
            self.run_worker(self._swap(focused), exclusive=True)

    async def _swap(self, focused: bool) -> None:
        await self.recompose()
        if focused:
            self.focus_body()

    def focus_body(self) -> None:
        """Put the focus on the chart or the rows."""
        target = self.body.rows if isinstance(self.body, TableView) else self.body
        target.focus()

    @property
    def _title(self) -> str:
        block = self.block
        unit = "" if isinstance(block, Prose | Table) else legible(block.unit)
        title = legible(block.title)
        return f"{title}, {unit}" if unit and unit not in title and unit not in ("share", "count") else title

    def _body(self) -> Widget:
        block = self.block
        if isinstance(block, Prose):
            return ProseView(block)
        if isinstance(block, Table):
            return TableView(block, titled=False)
        if self.is_chart and not self.as_table:
            return CHARTS[block.kind](block)
        return TableView(block.table(), titled=False)


def _twin(block: Table | Prose | Chart) -> Table:
    if isinstance(block, Prose):
        raise TypeError(block.id)
    return block if isinstance(block, Table) else block.table()


class PageView(VerticalScroll):
    """A whole page: title, summary, every block, and where it comes from."""

    DEFAULT_CSS = """
    PageView { background: $background; padding: 0 1; }
    PageView > .title { text-style: bold; height: auto; }
    PageView > .summary { height: auto; margin-bottom: 1; }
    PageView > .source { height: auto; color: $foreground; }
    PageView > BlockView { margin-bottom: 1; }
    PageView PageTable { max-height: 24; }
    """

    def __init__(self, page: Page, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, can_focus=False)
        self.page = page

    def compose(self) -> ComposeResult:
        """Every block under the title."""
        yield Static(markup=False, classes="title")
        yield Static(markup=False, classes="summary")
        for block in self.page.blocks:
            yield BlockView(block, classes=f"of-{block.kind}")
        yield Static(markup=False, classes="source")

    def on_mount(self) -> None:
        """Write the lines around the blocks."""
        self._write()

    def show(self, page: Page) -> None:
        """Show another page; blocks of the same kind in the same order stay where they are."""
        before, self.page = self.page.blocks, page
        if not self.is_mounted:
            return
        blocks = page.blocks
        if [(block.id, block.kind) for block in before] != [(block.id, block.kind) for block in blocks]:
            self.run_worker(self._again(), exclusive=True)
            return
        for view, block in zip(self.query(BlockView), blocks, strict=True):
            view.show(block)
        self._write()

    def refresh_look(self) -> None:
        """Write the lines around the blocks, in the signs that can be shown."""
        self._write()

    async def _again(self) -> None:
        await self.recompose()
        self._write()

    def _write(self) -> None:
        glyphs = glyphs_of(self.app)
        source = with_short_digests(" · ".join(f"{label}: {text}" for label, text in facts(self.page)))
        for name, text in (("title", self.page.title), ("summary", self.page.summary), ("source", source)):
            line = self.query_one(f"PageView > .{name}", Static)
            line.update(plain_signs(legible(text), glyphs))
            line.display = bool(text)
