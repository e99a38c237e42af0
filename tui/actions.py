"""One registry of what can be done. Keys, footer, palette, help, the key map file and the docs come from it.

A screen declares its own actions as `ACTIONS`; those of every screen are here. An action `compare.table` is
carried out by the method `do_table` of the workplace `compare`; `app.*` by the application.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from textual.binding import Binding

from tui.workplaces import WORKPLACES

EVERYWHERE: Final = "app"
FIND: Final = "app.find"
"""Opens the filter of a table. What is typed next goes into it, however fast: see `bindings`."""


def always(_: Any) -> str:
    """The reason of an action that can always be done: none."""
    return ""


@dataclass(frozen=True)
class Action:
    """Something a person can do.

    `id` is "workplace.name", or "app.name" for every screen. `label` begins with a verb. `keys` are in the
    terms of Textual ("ctrl+s", "slash"); letters and digits do nothing while text is being typed. `footer` is
    the place in the footer from 1 on, 0 for none, with the word `short`. `unavailable` is given the screen
    and says why the action cannot be done now; an empty string when it can.
    """

    id: str
    label: str
    tooltip: str
    keys: tuple[str, ...] = ()
    footer: int = 0
    short: str = ""
    unavailable: Callable[[Any], str] = always

    @property
    def where(self) -> str:
        """The workplace it belongs to, or "app"."""
        return self.id.partition(".")[0]

    @property
    def method(self) -> str:
        """The method that carries it out."""
        return f"do_{self.id.partition('.')[2]}"


def _no_run(screen: Any) -> str:
    return "" if screen.app.run_going else "no run is going"


def _no_command(screen: Any) -> str:
    return "" if getattr(screen, "command", "") else "this screen shows nothing yet that a command would show"


def _nothing_to_export(screen: Any) -> str:
    return (
        "" if getattr(screen, "page", None) is not None else "there is nothing on this screen to export yet"
    )


def _no_table(screen: Any) -> str:
    from tui.widgets.page_table import TableView

    return "" if screen is not None and screen.query(TableView) else "there is no table on this screen"


def _no_focus(screen: Any) -> str:
    if screen is None or getattr(screen, "maximized", None) is not None:
        return ""
    focused = getattr(screen, "focused", None)
    return "" if focused is not None else "no part of the screen has the focus; tab goes to one"


def _no_chart(screen: Any) -> str:
    blocks = getattr(getattr(screen, "page", None), "blocks", ())
    kinds = {block.kind for block in blocks}
    return "" if kinds - {"table", "prose"} else "there is no chart on this screen"


def _nowhere_back(screen: Any) -> str:
    return "" if screen.app.can_go_back(screen) else "this is as far back as it goes"


GLOBAL: Final[tuple[Action, ...]] = (
    Action("app.help", "Help: this screen and its keys", "What this screen is for, and every key of it.",
           ("f1", "question_mark"), 1, "Help"),
    Action("app.palette", "Palette: every action by name", "Find any action by typing a part of its name.",
           ("ctrl+p",), 99, "All"),
    Action("app.back", "Back: leave the field, the panel, the screen",
           "Leaves the field, then goes back to the screen you came from. Never ends the program.",
           ("escape",), 0, "Back", _nowhere_back),
    Action("app.export", "Export: this screen as a file",
           "Writes this screen as HTML, CSV, Markdown, JSON, plain text or SVG.", ("x", "f9"), 60, "Export",
           _nothing_to_export),
    Action("app.copy_command", "Copy: the command that shows the same",
           "Copies what a person would type at the prompt for the same figures.", ("y",), 70, "Command",
           _no_command),
    Action("app.stop_run", "Run: stop, and keep what is finished",
           "Stops the run that is going; finished replications are kept.", ("full_stop",), 0, "Stop",
           _no_run),
    Action(FIND, "Table: show only rows with these words", "Filters the table of the screen.",
           ("slash",), 0, "", _no_table),
    Action("app.sort", "Table: sort by the next column", "By value; again for the other way.", ("s",), 0, "",
           _no_table),
    Action("app.twin", "View: tables instead of charts, and back", "Every chart has a table of its figures.",
           ("t",), 0, "", _no_chart),
    Action("app.grow", "View: this panel as large as the screen, and back",
           "The part that has the focus; esc makes it small again.", ("plus",), 0, "", _no_focus),
    Action("app.refresh", "View: make this page again", "With the results that are there by now.",
           ()),
    Action("app.theme", "View: next theme", "Light, dark, high contrast.", ("f7",)),
    Action("app.glyphs", "View: next drawing signs", "Charts in braille, in blocks, in plain ASCII.", ()),
    Action("app.keys_file", "Keys: write the key map file",
           "Writes a file with every action and its keys, for you to change.", ()),
    Action("app.restart_desk", "Desk: start again",
           "Ends the process that reckons pages and starts a new one; nothing kept is lost.", ()),
    Action("app.quit", "Quit", "Ends the program at once; asks first when a run is going.",
           ("q", "ctrl+q"), 90, "Quit"),
    *(
        Action(f"app.go_{name}", f"Go to: {label}", f"Opens the workplace {label}.", (str(number),))
        for number, (name, label) in enumerate(WORKPLACES.items(), start=1)
    ),
)  # fmt: skip


def bindings(actions: Iterable[Action]) -> list[Binding]:
    """What Textual needs to listen for the keys of these actions.

    An action with priority is done before the next key is heard.
    """
    return [
        Binding(
            ",".join(action.keys) or unpressed(action.id),
            f"act('{action.id}')",
            action.short or action.label,
            show=bool(action.footer),
            tooltip=action.tooltip,
            id=action.id,
            priority=action.id in ("app.palette", FIND),
        )
        for action in actions
    ]


def unpressed(name: str) -> str:
    """What stands for the key of an action without one: no keyboard has it, and no two actions share it.

    A person's key map can change only what is bound, so that every action has to be.
    """
    return f"unpressed_{name}"


def typed(key: str) -> bool:
    """Whether a key writes a sign where text is being typed, so that it cannot be a command there."""
    function = key[:1] == "f" and key[1:].isdigit()
    return not (key.startswith(("ctrl+", "shift+")) or function or key in _SILENT)


_SILENT: Final = frozenset({"escape", "enter", "tab", "up", "down", "left", "right", "pageup", "pagedown"})

_NAMES: Final = {
    "question_mark": "?",
    "full_stop": ".",
    "slash": "/",
    "escape": "esc",
    "space": "space",
    "plus": "+",
    "minus": "-",
    "comma": ",",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def key_name(key: str) -> str:
    """A key as it is shown: ctrl+s is ^s."""
    return f"^{key[5:]}" if key.startswith("ctrl+") else _NAMES.get(key, key)
