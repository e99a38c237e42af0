"""Answers as a person has typed them over a scenario, with undo and redo; what is kept of them as a draft."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

Edits = dict[str, str]

MOST_STEPS: Final = 200


class LeverDraft(BaseModel):
    """`edits` holds the text of every lever that is not as saved in `scenario`.

    `past` and `future` are for undo and redo: typing on in one field is one step, which `at` names. All of it
    is kept, so that a step can be taken back after the program has ended in whatever way.
    """

    model_config = ConfigDict(extra="ignore")

    scenario: str = ""
    section: str = "q1"
    edits: Edits = Field(default_factory=dict)
    past: list[Edits] = Field(default_factory=list)
    future: list[Edits] = Field(default_factory=list)
    at: str = ""

    def put(self, lever: str, text: str, saved: str, *, typing: bool = False) -> bool:
        """Give a lever another text; the one that is saved takes the edit away. Whether it is a change."""
        if self.edits.get(lever, saved) == text:
            return False
        if not (typing and self.at == lever and self.past):
            self.past = [*self.past[-MOST_STEPS:], self.edits]
        self.at = lever if typing else ""
        self.future = []
        self.edits = {name: value for name, value in self.edits.items() if name != lever}
        if text != saved:
            self.edits = self.edits | {lever: text}
        return True

    def left(self) -> None:
        """The field is left: what is typed from here on is another step."""
        self.at = ""

    def undo(self) -> bool:
        """Take the last step back. Whether there was one."""
        if not self.past:
            return False
        self.future = [*self.future, self.edits]
        self.edits, self.past, self.at = self.past[-1], self.past[:-1], ""
        return True

    def redo(self) -> bool:
        """Do again what was taken back. Whether there was something."""
        if not self.future:
            return False
        self.past = [*self.past, self.edits]
        self.edits, self.future, self.at = self.future[-1], self.future[:-1], ""
        return True

    def as_saved(self) -> bool:
        """Give every lever back to the scenario, as one step. Whether that is a change."""
        if not self.edits:
            return False
        self.past = [*self.past[-MOST_STEPS:], self.edits]
        self.edits, self.future, self.at = {}, [], ""
        return True
