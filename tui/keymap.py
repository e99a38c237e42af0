"""The key map file: a person's own keys by the id of an action, checked line by line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tui.actions import EVERYWHERE, Action, key_name
from tui.places import state_folder
from tui.workplaces import WORKPLACES

NAME: Final = "keys.toml"
_ENTRY: Final = re.compile(r"""\s*["']?([a-z_]+\.[a-z_0-9]+)["']?\s*=""")


def keymap_path() -> Path:
    """Where the key map file lies."""
    return state_folder() / NAME


def read_keymap(actions: Iterable[Action]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Keys by the id of an action, and a sentence for each line that could not be used; the rest holds."""
    path = keymap_path()
    known = {action.id: action for action in actions}
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError) as error:
        return {}, [f"{path} cannot be read: {error}"]
    found: dict[str, tuple[str, ...]] = {}
    said: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.split("#")[0].strip():
            continue
        wrong, entry = _entry(line, known)
        if wrong:
            said.append(f"{path}:{number}: {wrong}")
        else:
            found |= entry
    said += [f"{path}: {clash}" for clash in _clashes(found, known.values())]
    return found, said


def template(actions: Iterable[Action]) -> str:
    """A key map file with every action and its keys, each line to be changed and its # removed."""
    lines = [
        "# The keys of the terminal interface. Remove the # of a line and change the keys in it.",
        '# Keys are named as in: "a", "ctrl+s", "f6", "question_mark", "slash", "space", "left".',
        "# An empty list takes the key away; the command palette (ctrl+p) still finds the action.",
    ]
    for action in actions:
        keys = ", ".join(f'"{key}"' for key in action.keys)
        lines += ["", f"# {action.label}. {action.tooltip}", f'# "{action.id}" = [{keys}]']
    return "\n".join(lines) + "\n"


def document(actions: Iterable[Action]) -> str:
    """The page of the documentation that lists every action with its keys."""
    lines = [
        "# Keys of the terminal interface",
        "",
        "Made from the registry of actions. The palette (`ctrl+p`) finds every one of them by name, and",
        "help (`f1`) says which work on a screen, and why one does not at the moment. To change keys, choose",
        '"Keys: write the key map file" in the palette and edit what it writes.',
        "",
        "Numbers open workplaces, except where they are typed: in a field, and on a figure of Costs that was",
        "gone to with up and down or with a click. The header leaves the numbers out there; `esc` leaves the",
        "field or lets the figure go, and numbers open workplaces again.",
    ]
    groups: dict[str, list[Action]] = {}
    for action in actions:
        groups.setdefault(action.where, []).append(action)
    for where, members in groups.items():
        title = "On every screen" if where == EVERYWHERE else WORKPLACES[where]
        head = "| keys | action | what it does | name in the key map |"
        lines += ["", f"## {title}", "", head, "|---|---|---|---|"]
        for action in members:
            keys = " ".join(f"`{_spelt(key)}`" for key in action.keys) or "palette"
            lines.append(f"| {keys} | {action.label} | {action.tooltip} | `{action.id}` |")
    return "\n".join(lines) + "\n"


def _spelt(key: str) -> str:
    return key if key.startswith("ctrl+") else key_name(key)


def _entry(line: str, known: dict[str, Action]) -> tuple[str, dict[str, tuple[str, ...]]]:
    shown = _ENTRY.match(line)
    if shown is None:
        return 'a line is an action and its keys, such as "app.help" = ["f1"]', {}
    name = shown[1]
    try:
        keys = next(iter(tomllib.loads(f"keys = {line.partition('=')[2]}").values()))
    except tomllib.TOMLDecodeError as error:
        return f"{name}: {error}", {}
    if name not in known:
        return f"there is no action '{name}'; the palette (ctrl+p) writes a file with all of them", {}
    keys = [keys] if isinstance(keys, str) else keys
    if not isinstance(keys, list) or not all(isinstance(key, str) and key for key in keys):
        return f'{name}: keys are a list such as ["a", "ctrl+a"]', {}
    return "", {name: tuple(keys)}


def _clashes(found: dict[str, tuple[str, ...]], actions: Iterable[Action]) -> list[str]:
    """Keys that two actions of one screen would share."""
    actions = list(actions)
    said = []
    for name, keys in found.items():
        mine = name.partition(".")[0]
        for action in actions:
            apart = action.where != mine and EVERYWHERE not in (action.where, mine)
            if action.id == name or apart:
                continue
            shared = set(keys) & set(found.get(action.id, action.keys))
            said += [f"{name} and {action.id} share the key {key}" for key in sorted(shared)]
    return said
