"""Which states have a picture, of the workplaces that ask the desk for much: sizes, themes, sets of signs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from textual.widgets import Input

from tests.tui.driving import opened, press
from tests.tui.pictures import matches
from tui.asked import Asked
from tui.desk.client import DeskClient
from tui.state import AppState, save_state

NARROW, MIDDLE, WIDE = (80, 24), (100, 30), (140, 45)


@dataclass(frozen=True)
class State:
    """A screen after some keys, at a size, in a theme and a set of signs; `plain` means without colour."""

    name: str
    screen: str
    size: tuple[int, int] = MIDDLE
    keys: tuple[str, ...] = ()
    theme: str = "light"
    glyphs: str = "braille"
    plain: bool = False
    marks: tuple[str, ...] = ("voluntary", "mandatory")


STATES: Final = (
    State("levers-narrow", "levers", NARROW, theme="contrast"),
    State("levers", "levers"),
    State("levers-wide", "levers", WIDE),
    State("compare-narrow", "compare", NARROW),
    State("compare", "compare"),
    State("compare-wide", "compare", WIDE),
    State("compare-dark", "compare", theme="dark"),
    State("compare-contrast", "compare", theme="contrast"),
    State("compare-ascii", "compare", glyphs="ascii"),
    State("compare-no-colour", "compare", plain=True),
    State("compare-nothing-marked", "compare", marks=()),
    State("compare-not-run", "compare", marks=("consultation", "adcs")),
    State("compare-left-out", "compare", marks=("voluntary", "mandatory", "adcs")),
    State("compare-table", "compare", keys=("t",)),
    State("why", "why"),
    State("why-narrow", "why", NARROW, theme="dark"),
    State("costs", "costs"),
    State("costs-narrow", "costs", NARROW, glyphs="block"),
    State("costs-wide", "costs", WIDE, theme="dark"),
    State("capacity", "capacity"),
    State("capacity-narrow", "capacity", NARROW, theme="contrast"),
    State("capacity-wide", "capacity", WIDE),
    State("capacity-ascii", "capacity", glyphs="ascii"),
)


async def shown(state: State, desk: DeskClient) -> None:
    """Bring the interface into a state and hold it against its picture."""
    Path(os.environ["NAAS_STATE"]).mkdir(parents=True, exist_ok=True)
    save_state(
        AppState(
            marks=list(state.marks),
            asked=Asked(replications=4, scale=0.02),
            greeted=True,
            current="mandatory",
            theme=f"naas-{state.theme}",
            glyphs=state.glyphs,
        )
    )
    os.environ.pop("NO_COLOR", None)
    if state.plain:
        os.environ["NO_COLOR"] = "1"
    try:
        async with opened(state.screen, desk, state.size) as (app, pilot):
            await press(app, pilot, *state.keys)
            _still(app)
            await pilot.pause()
            matches(app, f"screen-{state.name}")
    finally:
        os.environ.pop("NO_COLOR", None)


def _still(app: Any) -> None:
    """No cursor blinks in a picture."""
    for field in app.screen.query(Input):
        field.cursor_blink = False
        field._cursor_visible = True
