"""The panels of the workplace Capacity: the card of a cell, and the authorities of one region."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field

from analysis.capacity.usual import CONFIDENCE, FUTURES, TARGET
from reports.page import Block, Page, Prose, Table
from reports.plain import row_sentence
from tui.kept import Kept, one_of

MAP: Final = "map"
PANELS: Final = (
    (MAP, "Map"),
    ("cell", "Cell"),
    ("over", "Words"),
    ("seats", "Seats"),
    ("waits", "Waits"),
    ("sizing", "Sizing"),
    ("gap", "Staff gap"),
    ("binds", "Binds"),
    ("notes", "Notes"),
)


class Aim(BaseModel):
    """What seats are sized for: a wait, and in what share of so many random futures it is kept."""

    target: str = TARGET
    confidence: float = Field(default=CONFIDENCE, gt=0, lt=1)
    futures: int = Field(default=FUTURES, ge=1)


class KeptCapacity(Kept):
    """The panel, the scenario ("" for the last that is marked), what the map shows, what is aimed at."""

    OF = "capacity"
    panel: Annotated[str, one_of(dict(PANELS))] = "cell"
    scenario: str = ""
    measure: Literal["load", "use", "waiting"] = "load"
    aim: Aim = Field(default_factory=Aim)


def card(page: Page, venue: str, column: str, sentence: str) -> Prose:
    """A cell of the map: what it says, then its region over the whole time."""
    lines = [sentence]
    for name in ("seats", "waits"):
        block = next((block for block in page.blocks if block.id == name), None)
        if isinstance(block, Table) and venue in block.keys:
            lines.append(f"{block.title}. {row_sentence(block, block.keys.index(venue))}.")
    return Prose(id="cell", title=f"{venue}, {column}", lines=tuple(lines))


def of_region(gap: Table, region: str) -> Table:
    """The staffing gap of one region's authorities, which the title says; of all where it has none."""
    place = [column.id for column in gap.columns].index("region")
    kept = [index for index, row in enumerate(gap.rows) if row[place].text == region]
    if not kept:
        return gap
    said = f"{region} only, {len(kept)} of {len(gap.rows)} authorities (a shows all)"
    return gap.model_copy(
        update={
            "title": f"{gap.title} · {said}",
            "rows": tuple(gap.rows[index] for index in kept),
            "keys": tuple(gap.keys[index] for index in kept),
        }
    )


def nothing(panel: str) -> Block:
    """What is said in a panel that has nothing to show."""
    return Prose(id=f"nothing {panel}", lines=("Nothing here until the scenario is run: press r.",))
