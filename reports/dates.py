"""Dates as a person writes them."""

from __future__ import annotations

from datetime import date


def day(iso: str) -> str:
    """An ISO date as 1 Mar 2018."""
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%b %Y}"


def month(iso: str) -> str:
    """An ISO date at the end of a month as December 2018, any other as a day."""
    found = date.fromisoformat(iso)
    return f"{found:%B %Y}" if found.day >= 28 else day(iso)
