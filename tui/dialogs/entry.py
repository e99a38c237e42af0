"""A few lines to type: fields with labels, checked by whoever asked, whose answer may be what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from tui.widgets.glyphs import drawable


@dataclass(frozen=True)
class Field:
    """One line to type. `about` says under it what is allowed."""

    id: str
    label: str
    value: str = ""
    about: str = ""


class Entry(ModalScreen[dict[str, str] | None]):
    """Fields and two buttons; the answer is what was typed by the id of the field, None for escape."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+s", "accept", "Accept", show=False),
        Binding("ctrl+q", "app.leave_now", show=False),
    ]

    def __init__(self, title: str, text: str, fields: Sequence[Field], do: str, wrong: str = "") -> None:
        super().__init__()
        self.heading, self.text, self.fields, self.do, self.wrong = title, text, tuple(fields), do, wrong

    def compose(self) -> ComposeResult:
        """A heading, the fields with what is allowed, what was wrong with them, the buttons."""
        with Vertical(classes="dialog"):
            yield Static(drawable(self.heading, self.app), classes="heading")
            if self.text:
                yield Static(drawable(self.text, self.app))
            for field in self.fields:
                yield Static(drawable(field.label, self.app), classes="label")
                yield Input(field.value, id=field.id, compact=True)
                if field.about:
                    yield Static(drawable(field.about, self.app), classes="about")
            yield Static(drawable(f"! {self.wrong}" if self.wrong else "", self.app), classes="wrong")
            with Horizontal(classes="buttons"):
                yield Button("Go back", id="leave", compact=True)
                yield Button(drawable(f"{self.do} (ctrl+s)", self.app), id="do", compact=True)

    def on_mount(self) -> None:
        """Type at once."""
        self.query(Input).first().focus()

    def on_input_submitted(self) -> None:
        """Enter goes to the next field, and from the last one to the button."""
        self.focus_next()
        if self.focused is self.query_one("#leave"):
            self.query_one("#do").focus()

    def on_button_pressed(self, pressed: Button.Pressed) -> None:
        """One of the two."""
        if pressed.button.id == "do":
            self.action_accept()
        else:
            self.action_leave()

    def action_accept(self) -> None:
        """What was typed."""
        self.dismiss({field.id: self.query_one(f"#{field.id}", Input).value.strip() for field in self.fields})

    def action_leave(self) -> None:
        """Nothing."""
        self.dismiss(None)
