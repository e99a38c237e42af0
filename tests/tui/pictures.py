"""Pictures of the interface kept beside the tests: a change shows as a difference of two SVG files.

`NAAS_UPDATE_SNAPSHOTS=1` writes them anew; look at what changed before keeping it.
"""

from __future__ import annotations

import difflib
import os
import re
from html import unescape
from pathlib import Path
from typing import Any, Final

KEPT: Final = Path(__file__).parent / "snapshots"


def compact(svg: str) -> str:
    """The picture in fewer words: no outside fonts, short names, one element to a line."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"<!--.*?-->", "", svg)
    svg = re.sub(r"terminal-\d+", "t", svg)
    svg = re.sub(r"<clipPath.*?</clipPath>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' (clip-path="url\(#[^"]*\)"|textLength="[^"]*"|shape-rendering="crispEdges")', "", svg)
    svg = re.sub(r'((?:x|y|width|height)="\d+\.\d)\d+"', r'\1"', svg)
    svg = svg.replace("<style>", "<style>\nrect { shape-rendering: crispEdges; }", 1)
    svg = svg.replace("><", ">\n<")
    return "\n".join(line.strip() for line in svg.splitlines() if line.strip()) + "\n"


def words(svg: str) -> list[str]:
    """What is written in a picture, line by line, for a difference that a person can read."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for x, y, text in re.findall(r'<text[^>]*\bx="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', svg):
        rows.setdefault(float(y), []).append((float(x), unescape(text).replace("\xa0", " ")))
    return ["".join(text for _, text in sorted(rows[y])) for y in sorted(rows)]


def matches(app: Any, name: str) -> None:
    """Hold the screen against the picture kept under a name."""
    found = compact(app.export_screenshot(title=name))
    path = KEPT / f"{name}.svg"
    if os.environ.get("NAAS_UPDATE_SNAPSHOTS") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
        return
    assert path.exists(), f"no picture '{name}' is kept; NAAS_UPDATE_SNAPSHOTS=1 keeps what is shown now"
    kept = path.read_text(encoding="utf-8")
    if found == kept:
        return
    aside = Path(os.environ.get("NAAS_SNAPSHOTS_ASIDE", KEPT.parent / "snapshots-now"))
    aside.mkdir(parents=True, exist_ok=True)
    (aside / path.name).write_text(found, encoding="utf-8")
    changed = list(difflib.unified_diff(words(kept), words(found), "kept", "now", lineterm="", n=0))
    told = "\n".join(changed) or "the words are the same: colours or places differ"
    raise AssertionError(f"{name} looks otherwise than the picture kept (now: {aside / path.name})\n{told}")
