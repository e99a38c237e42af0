"""Help for a screen, made from the registry of actions: what it is for, and every key that works on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import wrap

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import Action, key_name
from tui.widgets.glyphs import drawable, glyphs_of, plain_signs

MOVING = (
    ("tab, shift+tab", "to the next part, and back"),
    ("arrows, j k g G", "move in lists and tables"),
    ("enter", "open what the cursor is on"),
)


TYPING = (
    "Letters and digits are commands only where no text is being typed. "
    "While typing, use the keys with ^ (ctrl) and f1 to f9."
)


def help_lines(
    purpose: str,
    actions: Sequence[Action],
    keys: Callable[[Action], tuple[str, ...]],
    state: object,
    cells: int = 80,
) -> list[str]:
    """The text of help: the purpose, then keys, label and, where it cannot be done now, the reason."""
    rows = []
    for action in actions:
        shown = ", ".join(key_name(key) for key in keys(action)) or "(palette)"
        reason = action.unavailable(state)
        rows.append((shown, f"{action.label}{f' (not now: {reason})' if reason else ''}", action.tooltip))
    rows += [(shown, said, "") for shown, said in MOVING]
    width = min(max(len(shown) for shown, *_ in rows), 18)
    lines = [*_folded(" ".join(purpose.split()), cells, 0), "", "Keys"]
    for shown, label, tooltip in rows:
        first, *others = _folded(label, cells, width + 4)
        head = [f"  {shown:<{width}}  {first.strip()}"] if len(shown) <= width else [f"  {shown}", first]
        lines += [*head, *others, *_folded(tooltip, cells, width + 4)]
    return [*lines, "", *_folded(TYPING, cells, 0)]


def _folded(text: str, cells: int, indent: int) -> list[str]:
    margin = " " * indent
    return wrap(text, max(cells, 40), initial_indent=margin, subsequent_indent=margin) if text else []


class Help(ModalScreen[None]):
    """Help over a screen."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,q,f1,question_mark", "leave", "Close", show=False),
        Binding("ctrl+q", "app.leave_now", show=False),
    ]

    def __init__(self, title: str, lines: Callable[[int], Sequence[str]]) -> None:
        super().__init__()
        self.heading, self.lines = title, lines

    def compose(self) -> ComposeResult:
        """The text, which scrolls."""
        with Vertical(classes="dialog tall"):
            yield Static(drawable(self.heading, self.app), classes="heading")
            with VerticalScroll(classes="text"):
                yield Static(id="lines", markup=False)
            yield Static(Content("esc closes"), classes="foot")

    def on_resize(self) -> None:
        """Fold the lines to the width there is."""
        self.call_after_refresh(self._fold)

    def _fold(self) -> None:
        text = self.query_one("#lines", Static)
        lines = "\n".join(self.lines(text.size.width))
        text.update(Content(plain_signs(lines, glyphs_of(self.app))))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
