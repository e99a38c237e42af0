"""Help for a screen, made from the registry of actions: what it is for, and every key that works on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import Action, key_name

MOVING = (
    ("tab, shift+tab", "to the next part, and back"),
    ("arrows, j k g G", "move in lists and tables"),
    ("enter", "open what the cursor is on"),
)


def help_lines(
    purpose: str, actions: Sequence[Action], keys: Callable[[Action], tuple[str, ...]], state: object
) -> list[str]:
    """The text of help: the purpose, then keys, label and, where it cannot be done now, the reason."""
    rows = [(", ".join(key_name(key) for key in keys(action)) or "(palette)", action) for action in actions]
    width = max([len(shown) for shown, _ in rows] + [len(shown) for shown, _ in MOVING])
    lines = [*purpose.splitlines(), "", "Keys"]
    for shown, action in rows:
        reason = action.unavailable(state)
        lines.append(f"  {shown:<{width}}  {action.label}{f'  (not now: {reason})' if reason else ''}")
        lines.append(f"  {'':<{width}}  {action.tooltip}")
    lines += [f"  {shown:<{width}}  {said}" for shown, said in MOVING]
    return [
        *lines,
        "",
        "Letters and digits are commands only where no text is being typed.",
        "While typing, use the keys with ^ (ctrl) and f1 to f9.",
    ]


class Help(ModalScreen[None]):
    """Help over a screen."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,q,f1,question_mark", "leave", "Close", show=False),
        Binding("ctrl+q", "app.leave_now", show=False),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self.heading, self.lines = title, tuple(lines)

    def compose(self) -> ComposeResult:
        """The text, which scrolls."""
        with Vertical(classes="dialog tall"):
            yield Static(Content(self.heading), classes="heading")
            with VerticalScroll(classes="text"):
                yield Static(Content("\n".join(self.lines)))
            yield Static(Content("esc closes"), classes="foot")

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
