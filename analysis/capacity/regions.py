"""Regions and authorities by the names that people type."""

from __future__ import annotations

from collections.abc import Sequence

from rules.errors import nearest, problem


def venue_named(text: str, venues: Sequence[str]) -> str:
    """The venue that a person means, whatever the case. Raises `InputError` Q007 for a name that is none."""
    wanted = text.strip().casefold().replace("-", " ")
    for name in venues:
        if name.casefold() == wanted:
            return name
    begins = [name for name in venues if wanted and name.casefold().startswith(wanted)]
    if len(begins) == 1:
        return begins[0]
    hint = nearest(text, venues) or f"one of: {', '.join(venues)}"
    raise problem("Q007", f"there is no region '{text}'", hint=hint)
