"""The fields of one figure of a cost case: low, value, high, its evidence, how good that is, and who pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, Label, Select, Static

from reports.legible import legible
from reports.page import Cell, Table
from tui.cost_draft import FieldName
from tui.views.cost_inputs import PAID_BY

RATINGS: Final = ("green", "amber", "red")
KINDS: Final = ("source", "assumption")


class FigureForm(Vertical):
    """Shows the figure that was chosen. Sends `Typed` as a person types, and `Step` on up and down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Figure above", show=False),
        Binding("down", "step(1)", "Figure below", show=False),
        Binding("enter", "step(1)", "Next figure", show=False),
    ]
    DEFAULT_CSS = """
    FigureForm { height: auto; background: $background; border-top: solid $border; }
    FigureForm Static { height: auto; }
    FigureForm .name { text-style: bold; max-height: 2; }
    FigureForm Horizontal { height: 1; }
    FigureForm Label { width: auto; }
    FigureForm Input { background: $panel; }
    FigureForm .number { width: 1fr; }
    FigureForm #figure-kind { width: 15; }
    FigureForm #figure-rating { width: 11; }
    FigureForm #figure-payer { width: 15; }
    FigureForm #figure-evidence { width: 1fr; }
    FigureForm .moved, FigureForm .far { color: $warning; }
    FigureForm .wrong { color: $error; text-style: bold; }
    """

    class Typed(Message):
        """A field has another text."""

        def __init__(self, key: str, field: FieldName, text: str) -> None:
            super().__init__()
            self.key, self.field, self.text = key, field, text

    class Left(Message):
        """A field is left, by the focus or for that of another figure."""

    class Step(Message):
        """The figure above or below is wanted."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.key = ""
        self._shown: tuple[str, dict[str, Cell], dict[str, str]] = ("", {}, {})

    def compose(self) -> ComposeResult:
        """The name, three numbers, the evidence, who pays, and what moved, is far off or wrong."""
        yield Static(classes="name", markup=False)
        with Horizontal():
            for name, label in (("low", "Low "), ("mode", " Value "), ("high", " High ")):
                yield Label(label)
                yield Input(id=f"figure-{name}", classes="number", compact=True, select_on_focus=True)
        with Horizontal():
            yield Select([(kind, kind) for kind in KINDS], id="figure-kind", compact=True, allow_blank=False)
            yield Input(id="figure-evidence", compact=True, select_on_focus=False)
        with Horizontal():
            yield Label("Evidence is ")
            yield Select(
                [(rating, rating) for rating in RATINGS], id="figure-rating", compact=True, allow_blank=False
            )
            yield Label("", id="figure-paid", markup=False)
            yield Select(
                [(words, payer) for payer, words in PAID_BY.items()],
                id="figure-payer",
                compact=True,
                allow_blank=False,
            )
        for name in ("moved", "far", "wrong"):
            line = Static(classes=name, markup=False)
            line.display = False
            yield line

    def show(self, figures: Table, key: str, edit: Mapping[str, str]) -> None:
        """Show a figure: what was typed where something was, the case's own text elsewhere."""
        if key not in figures.keys:
            return
        ids = [column.id for column in figures.columns]
        row = dict(zip(ids, figures.rows[figures.keys.index(key)], strict=True))
        same = key == self.key
        if self._shown == (now := (key, row, dict(edit))):
            return
        self.key, self._shown = key, now
        changed = " (changed)" if row["figure"].mark == "*" else ""
        self._say(".name", f"{legible(row['figure'].text)}, in {row['unit'].text}{changed}")
        self._show_payer(row["payer"], edit.get("payer", ""))
        with self.prevent(Input.Changed, Select.Changed):
            for name in ("low", "mode", "high"):
                field = self.query_one(f"#figure-{name}", Input)
                if not (same and field.has_focus):
                    field.value = edit.get(name, row[name].text)
            evidence = self.query_one("#figure-evidence", Input)
            kind = "source" if row["evidence"].mark == "#" else "assumption"
            typed = next((name for name in KINDS if name in edit), "")
            if not (same and evidence.has_focus):
                evidence.value = edit[typed] if typed else legible(row["evidence"].text)
                evidence.cursor_position = 0  # so that it is read from its beginning
            self.query_one("#figure-kind", Select).value = typed or kind
            self.query_one("#figure-rating", Select).value = edit.get("rating", row["rating"].text)

    def _show_payer(self, payer: Cell, typed: str) -> None:
        """Who pays, to choose from; in words for a price, which nobody pays, and a transfer between two."""
        field = self.query_one("#figure-payer", Select)
        field.display = payer.value is not None
        if payer.value is not None:
            with self.prevent(Select.Changed):
                field.value = typed or str(payer.value)
            self._say("#figure-paid", " Paid by ")
        else:
            self._say("#figure-paid", f" {payer.text}" if payer.text else "  a price of several lines")

    def say_moved(self, text: str) -> None:
        """Say which end of the range a value moved; an empty text takes it away."""
        self._say_below(".moved", text)

    def say_far(self, text: str) -> None:
        """Say that a value is far outside its range; an empty text takes it away."""
        self._say_below(".far", f"! {text}" if text else "")

    def say_wrong(self, text: str) -> None:
        """Say what is wrong with what was typed; an empty text takes it away."""
        self._say_below(".wrong", f"! {text}" if text else "")

    def _say_below(self, where: str, text: str) -> None:
        self._say(where, text)
        self.query_one(where, Static).display = bool(text)

    def _say(self, where: str, text: str) -> None:
        """Write a line where it differs: each writing lays the screen out anew."""
        line = self.query_one(where, Static)
        if str(line.content) != text:
            line.update(Content(text))

    def begin(self, sign: str = "") -> None:
        """Put the focus on the value; a sign takes the place of what stands there."""
        field = self.query_one("#figure-mode", Input)
        self.screen.set_focus(field)
        if sign:  # after the focus has come, which selects what stands there
            field.post_message(Key(sign, sign))

    def action_step(self, by: int) -> None:
        """The figure above or below, in the same field."""
        self.post_message(self.Step(by))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        name = (event.input.id or "").removeprefix("figure-")
        if name == "evidence":
            name = str(self.query_one("#figure-kind", Select).value)
        if self.key:
            self.post_message(self.Typed(self.key, cast("FieldName", name), event.value))

    @on(Input.Blurred)
    def _blurred(self, event: Input.Blurred) -> None:
        event.stop()
        self.post_message(self.Left())

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Step(1))

    @on(Select.Changed, "#figure-rating")
    def _rated(self, event: Select.Changed) -> None:
        event.stop()
        if self.key:
            self.post_message(self.Typed(self.key, "rating", str(event.value)))

    @on(Select.Changed, "#figure-payer")
    def _paid(self, event: Select.Changed) -> None:
        event.stop()
        if self.key:
            self.post_message(self.Typed(self.key, "payer", str(event.value)))

    @on(Select.Changed, "#figure-kind")
    def _kind(self, event: Select.Changed) -> None:
        event.stop()
        text = self.query_one("#figure-evidence", Input).value
        if self.key:
            self.post_message(self.Typed(self.key, cast("FieldName", str(event.value)), text))
