"""What a person has typed over a scenario or a cost case, with undo and redo, kept until it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tui.state import discard_draft, load_draft, save_draft

Edit = TypeVar("Edit")

MOST_STEPS: Final = 200


class Draft(BaseModel, Generic[Edit]):
    """`of` names what is edited; `edits` holds what was typed, by what it is typed over.

    `past` and `future` are for undo and redo: typing on in one field is one step, which `at` names. All of it
    is kept, so that a step can be taken back after the program has ended in whatever way.
    """

    model_config = ConfigDict(extra="ignore")
    KIND: ClassVar[str] = ""

    of: str = ""
    edits: dict[str, Edit] = Field(default_factory=dict)
    past: list[dict[str, Edit]] = Field(default_factory=list)
    future: list[dict[str, Edit]] = Field(default_factory=list)
    at: str = ""

    @classmethod
    def kept(cls, of: str) -> Self:
        """The draft that is kept of something; an empty one where there is none, or none that can be read."""
        try:
            return cls.model_validate({**(load_draft(cls.KIND, of) or {}), "of": of})
        except ValidationError:
            return cls(of=of)

    @property
    def holds(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.edits or self.past or self.future)

    def keep(self) -> None:
        """Write it to disk; one that holds nothing leaves nothing there. Raises OSError."""
        if self.holds:
            save_draft(self.KIND, self.of, self.model_dump(exclude={"of"}))
        else:
            discard_draft(self.KIND, self.of)

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

    def saved(self, edits: Mapping[str, Edit], name: str) -> Self:
        """Once `edits` are saved as `name`: the draft of that, with what was typed after they were taken."""
        left = {key: edit for key, edit in self.edits.items() if edits.get(key) != edit}
        return self.model_copy(update={"of": name, "edits": left, "past": [], "future": [], "at": ""})

    def step(self, at: str = "") -> None:
        """Begin a step, of which undo takes all back; typing on at the same place begins none."""
        if not at or at != self.at or not self.past:
            self.past = [*self.past[-MOST_STEPS:], self.edits]
        self.at, self.future = at, []
