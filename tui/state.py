"""What the interface remembers: the scenarios in hand, settings, the look; and drafts of unsaved edits.

Files are written whole or not at all, so that an ending at any moment loses nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scenarios import atomic
from tui.asked import DEMO, Asked
from tui.places import drafts_folder, state_folder


class AppState(BaseModel):
    """What is kept between sessions.

    `marks` are the scenarios to compare, A (the baseline) first; `current` is the one in hand; `files` are
    scenario files that were opened by their path; `kept` is for screens: sorts, filters, the last choices.
    """

    model_config = ConfigDict(extra="ignore", validate_assignment=True)

    marks: list[str] = Field(default_factory=list)
    current: str = ""
    files: list[str] = Field(default_factory=list)
    asked: Asked = DEMO
    theme: str = "naas-light"
    glyphs: str = "auto"
    greeted: bool = False
    kept: dict[str, Any] = Field(default_factory=dict)


def load_state() -> tuple[AppState, str]:
    """What was kept, and a sentence about what could not be read (it is set aside, never overwritten)."""
    path = state_folder() / "state.json"
    try:
        return AppState.model_validate_json(path.read_bytes()), ""
    except FileNotFoundError:
        return AppState(), ""
    except (OSError, ValidationError, ValueError) as error:
        aside = path.with_name("state.damaged.json")
        try:
            path.replace(aside)
        except OSError:
            return AppState(), f"What was remembered could not be read from {path}: {error}"
        return AppState(), f"What was remembered could not be read; it is now {aside}"


def save_state(state: AppState) -> None:
    """Keep the state. Raises OSError when it cannot be written."""
    _write(state_folder() / "state.json", state.model_dump_json(indent=1).encode())


def save_draft(kind: str, name: str, draft: Mapping[str, Any]) -> None:
    """Keep an unsaved edit of something, such as ("levers", "mandatory"). Raises OSError."""
    document = {"kind": kind, "name": name, "draft": dict(draft)}
    _write(_draft(kind, name), json.dumps(document, indent=1, ensure_ascii=False).encode())


def load_draft(kind: str, name: str) -> dict[str, Any] | None:
    """An unsaved edit, or None when there is none that can be read."""
    try:
        found = json.loads(_draft(kind, name).read_bytes())
        return dict(found["draft"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def drafts(kind: str = "") -> list[tuple[str, str]]:
    """Every unsaved edit as (kind, name), of one kind or of all."""
    found = []
    for path in sorted(drafts_folder().glob("*.json")) if drafts_folder().is_dir() else []:
        try:
            document = json.loads(path.read_bytes())
            found.append((str(document["kind"]), str(document["name"])))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return [item for item in found if not kind or item[0] == kind]


def discard_draft(kind: str, name: str) -> None:
    """Forget an unsaved edit."""
    _draft(kind, name).unlink(missing_ok=True)


def _draft(kind: str, name: str) -> Path:
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)[-40:]
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]  # a path and a name never share a file
    return drafts_folder() / f"{kind}-{safe}-{mark}.json"


def _write(path: Path, data: bytes) -> None:
    """Without waiting for the disk: this is done at every key that changes a draft."""
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(path, data, durable=False)
