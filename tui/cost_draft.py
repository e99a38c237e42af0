"""Figures of a cost case as a person has typed them; see `tui.draft`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from tui.draft import Draft

Entry = dict[str, str]
Edits = dict[str, Entry]
FieldName = Literal["low", "mode", "high", "source", "assumption", "rating", "payer"]


class CostDraft(Draft[Entry]):
    """`of` is the file of the case, "" for the default one; `edits` what was typed, by figure and field.

    `view` holds the options of `naas cost` that differ from the usual ones.
    """

    KIND: ClassVar[str] = "costs"

    view: dict[str, Any] = Field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether there is anything to keep."""
        return super().holds or bool(self.view)

    def typed(self, key: str, field: FieldName, text: str) -> bool:
        """Put a text into a field; an empty one gives the field back to the case. Whether it is a change."""
        entry = dict(self.edits.get(key, {}))
        if entry.get(field, "") == text:
            return False
        self.step(f"{key} {field}")
        if text:
            entry[field] = text
            if field in ("source", "assumption"):  # a figure has one kind of evidence
                entry.pop("assumption" if field == "source" else "source", None)
        else:
            entry.pop(field, None)
        self._put(key, entry)
        return True

    def left(self) -> None:
        """The field is left: typing there again is a step of its own."""
        self.at = ""

    def before(self) -> dict[str, list[Entry]]:
        """What stood over each figure that is typed over now, before each step since; the latest first."""
        found: dict[str, list[Entry]] = {key: [] for key in self.edits}
        for edits in reversed(self.past):
            for key, entries in found.items():
                entry = edits.get(key, {})
                if entry not in (self.edits[key], *entries):
                    entries.append(entry)
        return found

    def as_it_was(self, key: str) -> bool:
        """Give a figure back to the case. Whether that is a change."""
        if key not in self.edits:
            return False
        self.step()
        self._put(key, {})
        return True

    def look(self, name: str, value: Any) -> None:
        """Look at costs another way; None is the usual one."""
        view = {key: found for key, found in self.view.items() if key != name}
        self.view = view if value is None else view | {name: value}

    def next_look(self, name: str, values: Sequence[str]) -> str:
        """Look at costs in the next of several ways, the first of which is the usual one; which it is now."""
        now = self.view.get(name, values[0])
        value = values[(values.index(now) + 1) % len(values)] if now in values else values[0]
        self.look(name, None if value == values[0] else value)
        return value

    def _put(self, key: str, entry: Entry) -> None:
        edits = {name: dict(other) for name, other in self.edits.items() if name != key}
        self.edits = {**edits, key: entry} if entry else edits
