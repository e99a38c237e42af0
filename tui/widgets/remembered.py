"""The order and the filter that a person chose for a table, kept between screens and between sessions."""

from __future__ import annotations

from typing import Any, Final

from textual.widget import Widget

TABLES: Final = "tables"
"""Where they are in what screens keep."""

Sorting = tuple[str, bool] | None
"""A column by its id, and whether downwards."""


def recalled(table: Widget, name: str) -> tuple[Sorting, str]:
    """The order and the words that were chosen for a table of this screen the last time."""
    place = _place(table, name)
    kept = _kept(table).get(place) if place else None
    if not isinstance(kept, dict):
        return None, ""
    column, words = kept.get("sort"), kept.get("words")
    sorting = (column, bool(kept.get("down"))) if isinstance(column, str) else None
    return sorting, words if isinstance(words, str) else ""


def remember(table: Widget, name: str, sorting: Sorting, words: str) -> None:
    """Keep them, where a screen has something to keep them in."""
    place = _place(table, name)
    if not place:
        return
    others = {other: kept for other, kept in _kept(table).items() if other != place}
    chosen: dict[str, Any] = {"sort": sorting[0], "down": sorting[1]} if sorting else {}
    chosen |= {"words": words} if words else {}
    app: Any = table.app
    app.state.kept[TABLES] = others | ({place: chosen} if chosen else {})
    app.keep_state()


def _place(table: Widget, name: str) -> str:
    workplace = getattr(table.screen, "WORKPLACE", "")
    return f"{workplace}.{name}" if workplace and hasattr(table.app, "state") else ""


def _kept(table: Widget) -> dict[str, Any]:
    app: Any = table.app
    found = app.state.kept.get(TABLES)
    return found if isinstance(found, dict) else {}
