"""What a table or chart tells the screen it stands on: what its cursor is on, and what was opened."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget


@dataclass
class Pointed(Message):
    """The cursor of `origin` is on something, which `sentence` says in words.

    `block` is the id of the block of the page, `key` names the row (a date on a band chart), `column` the
    column of a table or a heat map. A later one takes the place of an earlier one.
    """

    origin: Widget
    block: str
    key: str
    sentence: str
    column: str = ""

    def can_replace(self, message: Message) -> bool:
        """Only what the cursor is on now matters."""
        return isinstance(message, Pointed) and message.origin is self.origin

    @property
    def control(self) -> Widget:
        """The table or chart."""
        return self.origin


@dataclass
class Opened(Message):
    """Enter on something in `origin`: the screen decides where that leads. As `Pointed`."""

    origin: Widget
    block: str
    key: str
    sentence: str
    column: str = ""

    @property
    def control(self) -> Widget:
        """The table or chart."""
        return self.origin
