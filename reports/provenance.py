"""Where a page comes from, as pairs of a label and a text that every form of it carries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from reports.legible import legible
from reports.page import Page, Provenance

_DIGEST: Final = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{20,52}\b")


def with_short_digests(text: str) -> str:
    """The text with fingerprints cut to as many signs as tell them apart: for a screen, not for a file."""
    return _DIGEST.sub(r"\1…", text)


FEW: Final = 10
"""Replications below which percentiles are little more than the lowest and the highest."""

NO_INTERVAL: Final = "none: one replication tells nothing of chance"


def of_the_mean(level: int, used: int) -> str:
    """What intervals hold that are about the mean of the replications used, at a level in percent."""
    return _of(used, f"{level}% of chance, for the mean of {used} replications")


def of_the_replications(used: int) -> str:
    """What ranges hold that the replications used lie in."""
    return _of(used, f"10th to 90th percentile of {used} replications")


def _of(used: int, words: str) -> str:
    return words if used > 1 else NO_INTERVAL if used else ""


def facts(page: Page) -> tuple[tuple[str, str], ...]:
    """What a stranger needs to make the page again, each with its label; nothing that is not known."""
    return tuple((label, legible(text)) for label, text in _facts(page.provenance) if text)


def _facts(found: Provenance) -> Iterable[tuple[str, str]]:
    for name, digest in found.scenarios:
        yield "Scenario", f"{name} (version {digest})" if digest else name
    yield "Seed", "" if found.seed is None else str(found.seed)
    yield "Replication", "" if found.replication is None else str(found.replication)
    yield "Replications", _replications(found)
    yield "Intervals", found.interval
    yield "Filter", found.filter
    yield "Engine", found.engine
    for source in found.sources:
        yield "Source", source
    yield "Made by", found.command


def _replications(found: Provenance) -> str:
    if found.used is None:
        return ""
    if found.requested is None or found.requested == found.used:
        return str(found.used)
    return f"{found.used} of {found.requested}"
