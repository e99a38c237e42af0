"""Which block of a page about costs is shown in which panel, and what an empty panel says."""

from __future__ import annotations

from typing import Final

from reports.page import Block, Prose

FIGURES: Final = "figures"
PANELS: Final = (
    (FIGURES, "Figures"),
    ("total", "Total"),
    ("payers", "Who pays"),
    ("lines", "By line"),
    ("switching", "Switching"),
    ("council", "My council"),
)
BESIDE: Final = ("total", "switching", "council")
"""Panels that stand beside the figures where there is much room; with less, only the first of them does."""

_PANEL: Final = {
    "inputs": FIGURES,
    "empty": "total",
    "now": "total",
    "tornado": "total",
    "steps": "total",
    "challenged": "total",
    "challenge": "total",
    "glance": "payers",
    "payers": "payers",
    "bearers": "payers",
    "head": "lines",
    "lines": "lines",
    "notes": "lines",
    "switching": "switching",
    "stands": "switching",
    "council": "council",
    "pays": "council",
    "council lines": "council",
    "beside": "council",
    "quintiles": "council",
    "council notes": "council",
}


def panel_of(block: Block) -> str:
    """Where a block is shown; there is one split, and there are burdens, for each scenario."""
    if block.id.startswith("split "):
        return "payers"
    return "lines" if block.id.startswith("burdens ") else _PANEL.get(block.id, "lines")


def nothing(panel: str, empty: bool) -> Prose:
    """What is said in a panel that has nothing to show."""
    if empty:
        text = "Nothing here until the scenarios are run: press ctrl+r."
    elif panel == "council":
        text = "No council is chosen. Press f2 and type a part of its name, or its code."
    else:
        text = "Reckoning…"
    return Prose(id=f"nothing {panel}", lines=(text,))
