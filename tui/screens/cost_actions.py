"""What can be done on the workplace Costs, and the choices of how costs are looked at."""

from __future__ import annotations

from typing import Any, Final

from tui.actions import Action


def _nothing_typed(screen: Any) -> str:
    return "" if screen.draft.edits else "no figure was changed"


def _nothing_to_undo(screen: Any) -> str:
    return "" if screen.draft.past else "there is nothing to undo"


def _nothing_to_redo(screen: Any) -> str:
    return "" if screen.draft.future else "nothing was undone"


def _not_changed(screen: Any) -> str:
    return "" if screen.figure in screen.draft.edits else "this figure is as the case has it"


def _no_figure(screen: Any) -> str:
    return "" if screen.figure else "no figure is chosen"


def _no_payer(screen: Any) -> str:
    if not screen.figure:
        return "no figure is chosen"
    return "" if screen.payer else "a price has no payer of its own, and a transfer no other"


def _cannot_run(screen: Any) -> str:
    if screen.app.run_going:
        return "a run is going already"
    return "" if screen.app.state.marks else "mark a scenario in the library first"


def _one_scenario(screen: Any) -> str:
    return "" if len(screen.app.state.marks) > 1 else "mark two scenarios to see a difference"


ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        "costs.save",
        "Case: save as a new file",
        "Writes your figures as a new file; none is overwritten.",
        ("ctrl+s",),
        2,
        "Save",
        _nothing_typed,
    ),
    Action(
        "costs.undo", "Figures: undo", "Takes the last change back.", ("ctrl+z",), 3, "Undo", _nothing_to_undo
    ),
    Action(
        "costs.redo",
        "Figures: redo",
        "Does again what was taken back.",
        ("ctrl+y",),
        0,
        "Redo",
        _nothing_to_redo,
    ),
    Action(
        "costs.run",
        "Run: what is missing for costs",
        "Runs the marked scenarios, and the same worlds without a scheme.",
        ("ctrl+r", "r"),
        4,
        "Run",
        _cannot_run,
    ),
    Action(
        "costs.council",
        "Council: choose mine",
        "What the last scenario means for one council.",
        ("f2",),
        5,
        "Council",
    ),
    Action(
        "costs.panel",
        "View: next panel",
        "Total, who pays, by line, switching values, my council.",
        ("f4",),
        6,
        "Panel",
    ),
    Action(
        "costs.payer",
        "Figure: paid by somebody else",
        "The next of department, employers and individuals pays this line.",
        ("p",),
        7,
        "Payer",
        _no_payer,
    ),
    Action(
        "costs.funding",
        "Funding: what employers are given",
        "By the scenario's share, by grants, or not at all.",
        ("f6",),
        8,
        "Funding",
    ),
    Action(
        "costs.as_it_was",
        "Figure: as the case has it",
        "Takes back every change of this figure.",
        ("f8",),
        9,
        "As it was",
        _not_changed,
    ),
    Action(
        "costs.source",
        "Figure: its source in full",
        "Where the figure is from, or why it was chosen, with its range and how good the evidence is.",
        ("space",),
        unavailable=_no_figure,
    ),
    Action(
        "costs.difference",
        "Chart: of the total, or of the difference",
        "What moves the last scenario's total, or its difference from the first.",
        ("f3",),
        10,
        "Difference",
        _one_scenario,
    ),
    Action(
        "costs.open",
        "Case: open another",
        "The default case, or one that you saved.",
        ("ctrl+o",),
        11,
        "Case",
    ),
    Action("costs.valuation", "View: how time is valued", "Cash, pay and on-costs, or full unit cost."),
    Action("costs.delivery", "View: how delivery is priced", "By contract, or built up from its parts."),
    Action(
        "costs.terms",
        "View: prices of a year, discount rate, budget",
        "The year whose prices are shown, the discount rate, and a budget for switching values.",
    ),
)
