"""The rules in force as a tree: a branch for each question, a leaf for each rule with its people."""

from __future__ import annotations

from typing import Any, Final

from rich.style import Style
from rich.text import Text
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from reports.legible import legible, shortened
from reports.page import Cell, Table
from tui.widgets.glyphs import glyphs_of, plain_signs

_PEOPLE: Final = 8
"""Cells for a number of people."""


class RuleTree(Tree[str]):
    """Shows the block `rules` of the page. Sends `Passed` as the cursor moves and `Taken` on enter."""

    DEFAULT_CSS = """
    RuleTree { background: $background; padding: 0 0 0 1; }
    """

    class Passed(Message):
        """The cursor is on a rule, or on a question (then `rule` is empty)."""

        def __init__(self, rule: str, sentence: str) -> None:
            super().__init__()
            self.rule, self.sentence = rule, sentence

    class Taken(Message):
        """A rule was chosen."""

        def __init__(self, rule: str) -> None:
            super().__init__()
            self.rule = rule

    def __init__(self, id: str | None = None) -> None:
        self._table: Table | None = None
        self._rows: dict[str, tuple[Cell, ...]] = {}
        super().__init__("Rules", id=id)
        self.show_root = False
        self.guide_depth = 2

    def on_mount(self) -> None:
        """Be drawn in the signs that can be shown."""
        self.refresh_look()

    def refresh_look(self) -> None:
        """Be drawn anew, in other signs: without lines where there are none."""
        self.show_guides = glyphs_of(self.app) != "ascii"
        # A tree keeps its lines as drawn, and `refresh` shows the kept ones: nothing public drops them.
        self._invalidate()

    def show(self, table: Table) -> None:
        """Show other rules; what is open stays open, and the cursor stays on its rule."""
        if table == self._table:
            return
        opened = {str(node.label) for node in self.root.children if node.is_expanded}
        here = self.cursor_node.data if self.cursor_node is not None else None
        first = self._table is None
        self._table, self._rows = table, dict(zip(table.keys, table.rows, strict=True))
        self.clear()
        branch: TreeNode[str] | None = None
        for key, row in zip(table.keys, table.rows, strict=True):
            question = legible(row[0].text)
            if branch is None or str(branch.label) != question:
                branch = self.root.add(Text(question), data="", expand=first or question in opened)
            leaf = branch.add_leaf(Text(legible(row[1].text)), data=key)
            if key == here:
                self.call_after_refresh(self.move_cursor, leaf)
        self.root.expand()

    def render_label(self, node: TreeNode[Any], base_style: Style, style: Style) -> Text:
        """The rule with its people at the right, whatever the width."""
        label = str(node.label)
        sign = "" if node.data else ("v " if node.is_expanded else "> ")
        depth = 2 if node.data else 0
        room = max(self.size.width - 2 - depth - len(sign) - _PEOPLE - 2, 8)
        people = self._people(node)
        text = f"{sign}{shortened(label, room):{room}}{people:>{_PEOPLE}}"
        text = plain_signs(text, glyphs_of(self.app))
        weight = Style(bold=not node.data)
        return Text(text, style=base_style + weight + style)

    def _people(self, node: TreeNode[Any]) -> str:
        row = self._rows.get(node.data or "")
        if row is None:
            return ""
        return row[2].text if row[2].value is not None else "-"

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        """Say what the cursor is on."""
        event.stop()
        key = event.node.data or ""
        self.post_message(self.Passed(key, self._sentence(key) or str(event.node.label)))

    def on_tree_node_selected(self, event: Tree.NodeSelected[str]) -> None:
        """A rule was chosen."""
        event.stop()
        if event.node.data:
            self.post_message(self.Taken(event.node.data))

    def _sentence(self, key: str) -> str:
        if key not in self._rows:
            return ""
        question, rule, people, cited, levers = self._rows[key]
        told = (
            f"{rule.text}: applies to {people.text} people in post"
            if people.value is not None
            else f"{rule.text}"
        )
        return f"{told}; {cited.text}{'; ' + levers.text if levers.text else ''}. {question.text}."
