"""Figures of a cost case as a person has typed them, with undo and redo; what is kept of them as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

Edits = dict[str, dict[str, str]]
FieldName = Literal["low", "mode", "high", "source", "assumption", "rating", "payer"]

MOST_STEPS: Final = 200


class CostDraft(BaseModel):
    """`case` is the file that is edited, "" for the default case; `edits` what was typed over it.

    `view` holds the options of `naas cost` that differ from the usual ones. `past` and `future` are for undo
    and redo: typing on in one field is one step.
    """

    model_config = ConfigDict(extra="ignore")

    case: str = ""
    edits: Edits = Field(default_factory=dict)
    view: dict[str, Any] = Field(default_factory=dict)
    past: list[Edits] = Field(default_factory=list)
    future: list[Edits] = Field(default_factory=list)
    at: str = ""
    """The field that the last step was in."""

    def typed(self, key: str, field: FieldName, text: str) -> bool:
        """Put a text into a field; an empty one gives the field back to the case. Whether it is a change."""
        entry = dict(self.edits.get(key, {}))
        if entry.get(field, "") == text:
            return False
        self._step(f"{key} {field}")
        if text:
            entry[field] = text
            if field in ("source", "assumption"):  # a figure has one kind of evidence
                entry.pop("assumption" if field == "source" else "source", None)
        else:
            entry.pop(field, None)
        self._put(key, entry)
        return True

    def as_it_was(self, key: str) -> bool:
        """Give a figure back to the case. Whether that is a change."""
        if key not in self.edits:
            return False
        self._step(f"{key} as it was")
        self._put(key, {})
        return True

    def undo(self) -> bool:
        """Take the last step back. Whether there was one."""
        if not self.past:
            return False
        self.future.append(self.edits)
        self.edits, self.at = self.past.pop(), ""
        return True

    def redo(self) -> bool:
        """Do again what was taken back. Whether there was something."""
        if not self.future:
            return False
        self.past.append(self.edits)
        self.edits, self.at = self.future.pop(), ""
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

    def saved_as(self, path: str) -> None:
        """The edits are in a file now, which is the case from here on."""
        self.case = path
        self.edits, self.past, self.future, self.at = {}, [], [], ""

    def _step(self, at: str) -> None:
        if at != self.at or not self.past:
            self.past = [*self.past[-MOST_STEPS:], self.edits]
        self.at = at
        self.future = []

    def _put(self, key: str, entry: dict[str, str]) -> None:
        edits = {name: dict(other) for name, other in self.edits.items() if name != key}
        self.edits = {**edits, key: entry} if entry else edits
