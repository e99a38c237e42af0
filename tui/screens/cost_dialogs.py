"""What Costs asks in dialogs: a name to save under, another case, terms of money, a council."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.page import Cell, Page
from tui.dialogs.choose import Choose
from tui.dialogs.entry import Entry, Field
from tui.screens.workplace import Question

if TYPE_CHECKING:
    from tui.screens.costs import Costs

DEFAULT = "default"
"""How the default case is called in the list of cases."""


def source_of(row: Sequence[Cell]) -> str:
    """A row of the table of figures in words: its value and range, and the evidence."""
    _, low, mode, high, unit, payer, rating, evidence = (cell.text for cell in row)
    kind = "Source" if row[-1].mark == "#" else "Assumption"
    paid = f" Paid by {payer}." if payer else ""
    said = [f"£{number}" if unit.startswith("£") else number for number in (mode, low, high)]
    of = unit.removeprefix("£") if unit.startswith("£") else f" {unit}"
    return f"{said[0]}{of}, from {said[1]} to {said[2]}.{paid}\n\n{kind}, {rating}: {evidence}"


def save_case(screen: Costs, given: Mapping[str, Any], name: str = "", wrong: str = "") -> None:
    """Ask for a name, and write what is given, a case with its edits, as a new file."""
    now = name or Path(given["case"]).stem or "my costs"
    text = "It is written as a new file, apart from scenarios; a file that is there is not overwritten."

    def saved(answer: Page | dict[str, Any]) -> None:
        assert isinstance(answer, dict)
        said = f"{answer['path']}\nnaas cost --case reads it."
        screen.naas.notify(said, title="Saved", timeout=10, markup=False)
        screen.saved_as(str(answer["path"]), given["case"], given["edits"])

    def named(answer: dict[str, str] | None) -> None:
        if answer is None:
            return

        def refused(said: str) -> None:
            save_case(screen, given, answer["name"], said)

        screen.ask(Question("costs.save", {**given, **answer}), saved, "save", refused)

    fields = (Field("name", "Name of the case", now),)
    screen.naas.push_screen(Entry("Save these figures", text, fields, "Save", wrong), named)


def open_case(screen: Costs) -> None:
    """Choose another case."""

    def other(dialog: Choose, path: str) -> None:
        def read(_: Page | dict[str, Any]) -> None:
            dialog.take(path)

        screen.ask(Question("costs", {"case": path}), read, "other", dialog.say_wrong)

    def chosen(name: str | None) -> None:
        if name:
            screen.open_case("" if name == DEFAULT else name)

    def shown(answer: Page | dict[str, Any]) -> None:
        assert isinstance(answer, dict)
        choices = [(path or DEFAULT, label) for path, label in answer["cases"]]
        hint = "enter opens; a path may be typed too; esc leaves"
        dialog = Choose("Cost cases", choices, hint, screen.draft.of or DEFAULT, other)
        screen.naas.push_screen(dialog, chosen)

    screen.ask(Question("costs.cases"), shown, "cases")


def ask_terms(screen: Costs, typed: Mapping[str, str] | None = None, wrong: str = "") -> None:
    """Ask for the year of prices, the rate and a budget, until they can be used or it is left."""
    view = screen.draft.view
    now = typed or {
        "price_year": str(view.get("price_year") or ""),
        "rate": f"{view.get('rate', 3.5):g}",
        "budget": f"{view['budget']:,.0f}" if view.get("budget") else "",
    }
    fields = (
        Field("price_year", "In prices of", now["price_year"], "a year; empty: the case's"),
        Field("rate", "Discount rate, percent a year", now["rate"]),
        Field("budget", "Budget, pounds", now["budget"], "where one scenario is marked"),
    )

    def answered(answer: dict[str, str] | None) -> None:
        if answer is None:
            return

        def taken(found: Page | dict[str, Any]) -> None:
            assert isinstance(found, dict)
            for name, value in found.items():
                screen.draft.look(name, value)
            screen.changed()

        def refused(said: str) -> None:
            ask_terms(screen, answer, said)

        screen.ask(Question("costs.terms", answer), taken, "terms", refused)

    screen.naas.push_screen(Entry("Prices, rate, budget", "", fields, "Take", wrong), answered)


def choose_council(screen: Costs) -> None:
    """Choose a council by its name, code or something near its name."""

    def other(dialog: Choose, name: str) -> None:
        def found(answer: Page | dict[str, Any]) -> None:
            assert isinstance(answer, dict)
            dialog.take(str(answer["found"]))

        screen.ask(Question("councils", {"asked": name}), found, "other", dialog.say_wrong)

    def chosen(name: str | None) -> None:
        if name:
            screen.show_council(name)

    def shown(answer: Page | dict[str, Any]) -> None:
        assert isinstance(answer, dict)
        choices = [(name, f"{name}  {code}") for name, code in answer["councils"]]
        hint = "enter chooses; a name or a code may be typed; esc leaves"
        screen.naas.push_screen(Choose("My council", choices, hint, screen.council, other), chosen)

    screen.ask(Question("councils"), shown, "councils")
