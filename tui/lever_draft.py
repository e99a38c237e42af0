"""Answers as a person has typed them over a scenario; see `tui.draft`."""

from __future__ import annotations

from typing import ClassVar

from tui.draft import Draft


class LeverDraft(Draft[str]):
    """`edits` holds the text of every lever that is not as saved in the scenario; `section` is in sight."""

    KIND: ClassVar[str] = "levers"

    section: str = "q1"

    def put(self, lever: str, text: str, saved: str, *, typing: bool = False) -> bool:
        """Give a lever another text; the one that is saved takes the edit away. Whether it is a change."""
        if self.edits.get(lever, saved) == text:
            return False
        self.step(lever if typing else "")
        self.edits = {name: value for name, value in self.edits.items() if name != lever}
        if text != saved:
            self.edits = self.edits | {lever: text}
        return True

    def left(self) -> None:
        """The field is left: what is typed from here on is another step."""
        self.at = ""

    def as_saved(self) -> bool:
        """Give every lever back to the scenario, as one step. Whether that is a change."""
        if not self.edits:
            return False
        self.step()
        self.edits = {}
        return True
