"""What was set besides the scenarios' files, said at the head of a table."""

from __future__ import annotations

from collections.abc import Sequence


def with_settings(head: str, settings: Sequence[str], scenarios: int) -> str:
    """The head of a table with the settings that were made in every scenario, if there are any."""
    from reports.comparing import settings_line
    from scenarios.settings import values

    said = settings_line(values(settings), scenarios > 1)
    return f"{head} · {said}" if said else head
