"""A person made up from facts: each fact a line with its values, of which one or none is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tui.widgets.glyphs import drawable
from tui.widgets.ticks import Ticks

FLAG: Final = ("yes", "no")


class PersonDialog(ModalScreen[list[str] | None]):
    """The answer is facts as they are typed at the prompt, such as `functions=iro`; None for escape."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+s", "accept", "Explain", show=False),
        Binding("ctrl+q", "app.leave_now", show=False),
    ]
    DEFAULT_CSS = """
    PersonDialog .facts { height: 1fr; }
    """

    def __init__(self, facts: Sequence[Mapping[str, Any]], now: Sequence[str]) -> None:
        super().__init__()
        self.facts = tuple(facts)
        self.known = dict(text.split("=", 1) for text in now)

    def compose(self) -> ComposeResult:
        """A list of ticks under the label of each fact."""
        with Vertical(classes="dialog tall"):
            yield Static(Content("Make up a person"), classes="heading")
            yield Static(Content("Space ticks what is known; what is not ticked is not known."))
            with VerticalScroll(classes="facts", can_focus=False):
                for fact in self.facts:
                    yield Static(drawable(str(fact["label"]), self.app), classes="label")
                    known = self.known.get(str(fact["name"]), "").split(",")
                    several = fact["kind"] == "set"
                    yield Ticks(
                        _values(fact),
                        known,
                        several=several,
                        labels=fact.get("labels"),
                        id=f"fact-{fact['name']}",
                    )
            yield Static(classes="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Go back", id="leave", compact=True)
                yield Button("Explain", id="do", compact=True)

    def on_mount(self) -> None:
        """Begin with the functions."""
        self.query(Ticks).first().focus()

    def on_button_pressed(self, pressed: Button.Pressed) -> None:
        """One of the two."""
        if pressed.button.id == "do":
            self.action_accept()
        else:
            self.action_leave()

    def action_accept(self) -> None:
        """The facts that are ticked."""
        found = []
        for fact in self.facts:
            ticked = self.query_one(f"#fact-{fact['name']}", Ticks).chosen
            if ticked:
                found.append(f"{fact['name']}={','.join(ticked)}")
        if not found:
            self.query_one(".wrong", Static).update(Content("! Tick at least one thing that is known."))
            return
        self.dismiss(found)

    def action_leave(self) -> None:
        """Nobody."""
        self.dismiss(None)


def _values(fact: Mapping[str, Any]) -> list[str]:
    if fact["kind"] == "flag":
        return list(FLAG)
    if fact["kind"] == "number":
        return [str(number) for number in range(int(fact["low"]), int(fact["high"]) + 1)]
    return [str(choice) for choice in fact["choices"]]
