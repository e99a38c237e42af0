"""What parts of the interface tell each other. Newer progress replaces older, so that none piles up."""

from __future__ import annotations

from textual.message import Message


class RunProgress(Message):
    """The run has gone on; what it now is stands in `app.run_now`."""

    def can_replace(self, message: Message) -> bool:
        """Only the newest progress is worth showing."""
        return isinstance(message, RunProgress)


class RunEnded(Message):
    """The run has ended, in whatever way; what it came to stands in `app.run_now`."""


class StateChanged(Message):
    """The marks, the scenario in hand or the settings have changed."""
