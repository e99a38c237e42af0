"""A dialog to choose one of many by typing a part of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reports.legible import legible
from tui.widgets.glyphs import drawable


class Choose(ModalScreen[str]):
    """The answer is the id of the choice; "" for escape.

    Where nothing fits, what was typed goes to `other`, which may know more than this list: it ends the dialog
    with `take`, or says with `say_wrong` why it cannot. Until then the dialog stays and takes every key.
    """

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "leave", "Leave", show=False),
        Binding("down", "down", show=False),
        Binding("up", "up", show=False),
        Binding("ctrl+q", "app.leave_now", show=False),
    ]
    DEFAULT_CSS = """
    Choose OptionList { height: 1fr; background: $surface; border: none; }
    Choose Input { background: $panel; }
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        hint: str = "",
        now: str = "",
        other: Callable[[Choose, str], None] | None = None,
    ) -> None:
        super().__init__()
        self.heading, self.choices, self.hint, self.now, self.other = title, tuple(choices), hint, now, other
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        """A heading, a line to type in, the choices, what to press."""
        with Vertical(classes="dialog tall"):
            yield Static(drawable(self.heading, self.app), classes="heading")
            yield Input(placeholder="type a part of the name", compact=True)
            yield OptionList(markup=False)
            yield Static(classes="wrong", markup=False)
            yield Static(drawable(self.hint or "enter chooses, esc leaves", self.app), classes="foot")

    def on_mount(self) -> None:
        """All of them, the cursor on the one that is chosen now."""
        self.query_one(OptionList).can_focus = False
        self._fill("")
        self.query_one(Input).focus()

    def on_input_changed(self, changed: Input.Changed) -> None:
        """Only those that have the words."""
        self._fill(changed.value)
        self.say_wrong("")

    def on_input_submitted(self) -> None:
        """The one under the cursor; or the words, for whoever knows more names than this list."""
        place = self.query_one(OptionList).highlighted
        typed = self.query_one(Input).value.strip()
        if place is not None and place < len(self._shown):
            self.dismiss(self._shown[place])
        elif self.other is not None and typed:
            self.other(self, typed)

    def take(self, name: str) -> None:
        """End with a choice, unless it was left meanwhile."""
        if self.is_current:
            self.dismiss(name)

    def say_wrong(self, text: str) -> None:
        """Say why what was typed is no choice; an empty text takes it away."""
        if self.is_attached:
            self.query_one(".wrong", Static).update(drawable(f"! {text}" if text else "", self.app))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index])

    def action_down(self) -> None:
        """The next choice."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """The choice before."""
        self.query_one(OptionList).action_cursor_up()

    def action_leave(self) -> None:
        """Nothing is chosen."""
        self.dismiss("")

    def _fill(self, text: str) -> None:
        words = text.casefold().split()
        found = [
            (name, label)
            for name, label in self.choices
            if all(word in f"{name} {label}".casefold() for word in words)
        ]
        self._shown = [name for name, _ in found]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(drawable(legible(label), self.app)) for _, label in found])
        if found:
            options.highlighted = self._shown.index(self.now) if self.now in self._shown else 0
