"""Dialogs that say something or ask one thing. The safe button has the focus; escape takes it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tui.widgets.glyphs import drawable


class Ask(ModalScreen[str]):
    """Sentences and buttons; the answer is the id of the button, "" for escape. The first is the safe one."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+q", "app.leave_now", show=False),
    ]

    def __init__(self, title: str, text: str, choices: Sequence[tuple[str, str]], lines: Sequence[str] = ()):
        super().__init__()
        self.heading, self.text, self.choices, self.lines = title, text, tuple(choices), tuple(lines)

    def compose(self) -> ComposeResult:
        """A heading, the text, what there is to read besides, the buttons."""
        with Vertical(classes="dialog"):
            yield Static(drawable(self.heading, self.app), classes="heading")
            with VerticalScroll(classes="text", can_focus=bool(self.lines)):
                yield Static(drawable(self.text, self.app))
                if self.lines:
                    yield Static(drawable("\n".join(self.lines), self.app), classes="lines")
            with Horizontal(classes="buttons"):
                for name, label in self.choices:
                    yield Button(drawable(label, self.app), id=name, compact=True)

    def on_mount(self) -> None:
        """The safe choice first."""
        self.query(Button).first().focus()

    def on_button_pressed(self, pressed: Button.Pressed) -> None:
        """The answer."""
        self.dismiss(pressed.button.id or "")

    def action_leave(self) -> None:
        """Escape: nothing is chosen."""
        self.dismiss("")

    def key_left(self) -> None:
        """To the button before."""
        self.focus_previous(Button)

    def key_right(self) -> None:
        """To the next button."""
        self.focus_next(Button)


def confirm(title: str, text: str, do: str, leave: str = "Go back") -> Ask:
    """A question before something that cannot be undone: the answer is "do" when it is to be done."""
    return Ask(title, text, (("leave", leave), ("do", do)))


def error(text: str, lines: Sequence[str] = ()) -> Ask:
    """An error of the program itself, with its lines to copy; the program goes on."""
    said = (
        f"{text}\n\nThe program goes on, and nothing that was kept is lost. Below is what to report."
        if lines
        else f"{text}\n\nThe program goes on, and nothing that was kept is lost."
    )
    choices = (("close", "Close"), ("copy", "Copy the report")) if lines else (("close", "Close"),)
    return Ask("Something went wrong in the program", said, choices, lines)
