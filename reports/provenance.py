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


def facts(page: Page) -> tuple[tuple[str, str], ...]:
    """What a stranger needs to make the page again, each with its label; nothing that is not known."""
    return tuple((label, legible(text)) for label, text in _facts(page.provenance) if text)


def _facts(found: Provenance) -> Iterable[tuple[str, str]]:
    for name, digest in found.scenarios:
        yield "Scenario", f"{name} (version {digest})" if digest else name
    yield "Seed", "" if found.seed is None else str(found.seed)
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
