"""Dates as a person writes them."""

from __future__ import annotations

from datetime import date, timedelta


def day(iso: str) -> str:
    """An ISO date as 1 Mar 2018."""
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%b %Y}"


def month(iso: str) -> str:
    """The last day of a month as December 2018, any other date as a day."""
    found = date.fromisoformat(iso)
    ends = (found + timedelta(days=1)).day == 1
    return f"{found:%B %Y}" if ends else day(iso)
