"""The plain page of help: which screens there are, what each is for, and the command that prints it."""

from __future__ import annotations

from typing import Final

from reports.page import Cell, Column, Page, Prose, Provenance, Table

ABOUT: Final[dict[str, tuple[str, str]]] = {
    "library": ("Every scenario, what it changes, what is stored of it and its headline.", ""),
    "levers": ("The answers of one scenario to the questions, and what they do by the rules.", "mandatory"),
    "run": ("What is stored of what is asked for, and how sure it makes the answer.", "voluntary mandatory"),
    "compare": ("Scenarios side by side, with their differences.", "voluntary mandatory"),
    "why": ("The rules that apply, with their people, and what they mean for one worker.", "mandatory"),
    "costs": ("What it costs, who pays, and at what value a decision turns.", "voluntary mandatory"),
    "capacity": ("Seats by region and month, waits, and staff who are missing.", "mandatory"),
}
"""What each screen is for, and scenarios for which it is worth printing."""

_SETTINGS: Final = (
    "Scenarios come after the name of the screen, the baseline first; naas list names them.",
    "--replications, --seed, --scale, --until and --interval say which results are meant.",
    "A page shows stored results: naas compare voluntary mandatory makes some.",
    "naas tui without --plain opens the screens themselves, and f1 there says what each key does.",
)


def guide() -> Page:
    """Every screen in a row, with the command that prints it as plain text."""
    rows = tuple(
        (
            Cell(text=name, value=name),
            Cell(text=about, value=about),
            Cell(text=f"naas tui --plain {name} {example}".strip()),
        )
        for name, (about, example) in ABOUT.items()
    )
    columns = (
        Column(id="screen", label="Screen", number=False),
        Column(id="about", label="What it shows", number=False),
        Column(id="command", label="Printed by", number=False),
    )
    return Page(
        screen="help",
        title="The screens of the interface as plain text",
        summary=f"{len(rows)} screens; naas tui --plain with the name of one prints it.",
        blocks=(
            Table(id="screens", title="Screens", columns=columns, rows=rows, keys=tuple(ABOUT)),
            Prose(id="settings", title="How to ask", lines=_SETTINGS),
        ),
        provenance=Provenance(command="naas tui --plain help"),
    )
