"""Some blocks of a page one below the other; new figures go into the blocks that are there already."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.worker import Worker

from reports.page import Block
from tui.widgets.page_view import BlockView


class Blocks(VerticalScroll):
    """Shows blocks, each with its title. What was sorted, filtered or turned into a table stays so."""

    DEFAULT_CSS = """
    Blocks { background: $background; height: 1fr; width: 1fr; padding: 0 1; }
    Blocks > BlockView { margin-bottom: 1; }
    Blocks PageTable { max-height: 24; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, can_focus=True)
        self._blocks: tuple[Block, ...] = ()

    def show(self, blocks: Sequence[Block]) -> None:
        """Show these blocks."""
        before, self._blocks = self._blocks, tuple(blocks)
        if [(block.id, block.kind) for block in before] == [(block.id, block.kind) for block in blocks]:
            for view, block in zip(self.query(BlockView), blocks, strict=False):
                view.show(block)
            return
        _worker: Worker[None] = self.run_worker(self._again, exclusive=True, group="blocks")

    async def _again(self) -> None:
        """Other blocks than before."""
        async with self.batch():
            await self.remove_children()
            await self.mount_all(BlockView(block, classes=f"of-{block.kind}") for block in self._blocks)
