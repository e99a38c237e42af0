"""Which block of a page about costs is shown in which panel, and what an empty panel says."""

from __future__ import annotations

from typing import Annotated, Final

from reports.page import Block, Page, Prose, Table
from tui.kept import Kept, one_of

FIGURES: Final = "figures"
PANELS: Final = (
    (FIGURES, "Figures"),
    ("total", "Total"),
    ("payers", "Who pays"),
    ("lines", "By line"),
    ("switching", "Switching"),
    ("council", "My council"),
)


class KeptCosts(Kept):
    """The panel, the file of the case ("" for the default one), and a council ("" for none)."""

    OF = "costs"
    panel: Annotated[str, one_of(dict(PANELS))] = "total"
    case: str = ""
    council: str = ""


BESIDE: Final = ("total", "switching", "council")
"""Panels that stand beside the figures where there is much room; with less, only the first of them does."""

_PANEL: Final = {
    "inputs": FIGURES,
    "stretched": FIGURES,
    "empty": "total",
    "left-out": "total",
    "sample": "total",
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
    "council sample": "council",
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
    if block.id.startswith("wrong "):
        return "total"
    if block.id.startswith("far "):
        return FIGURES
    return "lines" if block.id.startswith("burdens ") else _PANEL.get(block.id, "lines")


def nothing(panel: str, empty: bool, council: str) -> Prose:
    """What is said in a panel that has nothing to show; `council` is the one that is chosen, "" for none."""
    if empty:
        text = "Nothing here until the scenarios are run: press ctrl+r."
    elif panel == "council" and not council:
        text = "No council is chosen. Press f2 and type a part of its name, or its code."
    else:
        text = "Reckoning…"
    return Prose(id=f"nothing {panel}", lines=(text,))


class Parts:
    """The answers of which the screen is made: totals at once, then the rest, and a council.

    Each comes with what it is `of`: the scenarios, their results and the prices that were asked about. Only
    those of the same as the totals are shown and exported; the others are of figures that are gone.
    """

    def __init__(self) -> None:
        self._taken: dict[str, tuple[object, Page]] = {}

    def __contains__(self, name: str) -> bool:
        """Whether a part has come that goes with the totals."""
        return name in self._pages

    def __bool__(self) -> bool:
        """Whether any part has come."""
        return bool(self._pages)

    def take(self, name: str, page: Page, of: object) -> None:
        """A part, in place of the one before."""
        self._taken[name] = of, page

    @property
    def _pages(self) -> dict[str, Page]:
        shown = self._taken["totals"][0] if "totals" in self._taken else None
        return {name: page for name, (of, page) in self._taken.items() if of == shown}

    def panel(self, name: str) -> list[Block]:
        """What there is to show in a panel."""
        return [block for block in self._blocks() if panel_of(block) == name]

    def figures(self, name: str) -> Table | None:
        """A table of the panel of figures, where there is one."""
        found = next((block for block in self.panel(FIGURES) if block.id == name), None)
        return found if isinstance(found, Table) else None

    def prose(self, name: str) -> Prose | None:
        """Sentences by the id of their block, where there are any."""
        found = next((block for block in self._blocks() if block.id == name), None)
        return found if isinstance(found, Prose) else None

    @property
    def wrong(self) -> str:
        """The figures of which what was typed is left out, with why; "" for none."""
        told = [
            block for block in self._blocks() if isinstance(block, Prose) and block.id.startswith("wrong ")
        ]
        return " ".join(f"{block.title}: {' '.join(block.lines)}" for block in told)

    def command(self, panel: str) -> str:
        """What a person types to see the same as in a panel."""
        part = "council" if panel == "council" and panel in self._pages else "totals"
        return self._pages[part].provenance.command

    @property
    def empty(self) -> bool:
        """Whether there is nothing to cost yet."""
        return any(block.id == "empty" for block in self._blocks())

    def whole(self) -> Page:
        """All parts as one page, as it is exported: panels in their order, the figures last."""
        order = {name: place for place, (name, _) in enumerate([*PANELS[1:], ("", ""), PANELS[0]])}
        blocks = sorted(self._blocks(), key=lambda block: order.get(panel_of(block), 0))
        totals = self._pages["totals"]
        where = totals.provenance
        if "council" in self._pages:
            own = f"My council: {self._pages['council'].provenance.command}"
            where = where.model_copy(update={"sources": (*where.sources, own)})
        return totals.model_copy(update={"blocks": tuple(blocks), "provenance": where})

    def _blocks(self) -> list[Block]:
        return [block for part in self._pages.values() for block in part.blocks]
