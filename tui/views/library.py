"""The workplace Library as a page: every scenario, what it changes, what is stored of it, and its headline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reports.numbers import amount, interval
from reports.page import Cell, Column, Page, Table
from rules.errors import InputError
from tui.asked import Asked
from tui.views.letters import LETTERS
from tui.views.provenance import provenance

if TYPE_CHECKING:
    from scenarios.experiment import Arm
    from scenarios.scenario import Scenario
    from tui.desk.desk import Desk

HEADLINE: Final = "accredited"


def library(
    desk: Desk,
    scenarios: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    files: Sequence[str] = (),
) -> Page:
    """Every scenario of the library, a person's own, and `files`; `scenarios` are those that are marked."""
    asked = desk.asked(settings)
    names = names_of(files)
    rows, ready, broken = [], [], 0
    for name in names:
        try:
            scenario, arm = desk.line_up([name], settings)[0]
        except InputError as error:
            rows.append(_broken(name, scenarios, error))
            broken += 1
            continue
        ready.append((scenario, arm))
        rows.append(_row(desk, name, scenario, arm, scenarios, asked))
    columns = (
        Column(id="mark", label="", number=False),
        Column(id="scenario", label="Scenario", number=False),
        Column(id="changed", label="Differs in", number=False),
        Column(id="stored", label="Replications"),
        Column(id="headline", label=f"Accredited at the end ({asked.interval}%)"),
        Column(id="title", label="What it is", number=False),
    )
    note = f"Figures: {asked.words()}."
    table = Table(
        id="scenarios", title="Scenarios", columns=columns, rows=tuple(rows), keys=tuple(names), note=note
    )
    marked = [name for name in scenarios if name in names]
    return Page(
        screen="library",
        title="Library",
        summary=_summary(len(names), marked, broken),
        blocks=(table,),
        provenance=provenance([pair for pair in ready if pair[0].id in marked], asked, "naas list"),
    )


def names_of(files: Sequence[str] = ()) -> list[str]:
    """The names of every scenario: shipped, a person's own, and files opened by their path."""
    from scenarios.loader import library as shipped
    from tui.places import scenarios_folder

    own = (
        sorted(path.stem for path in scenarios_folder().glob("*.yaml")) if scenarios_folder().is_dir() else []
    )
    mine = [name for name in own if name not in shipped()]
    return [*shipped(), *mine, *(file for file in dict.fromkeys(files) if Path(file).exists())]


def _summary(count: int, marked: Sequence[str], broken: int) -> str:
    wrong = f" {broken} cannot be read." if broken else ""
    if not marked:
        return f"{count} scenarios.{wrong} Press space on the two that you want to compare."
    if len(marked) == 1:
        return (
            f"{count} scenarios.{wrong} {marked[0]} is marked A; press space on another to compare it with."
        )
    pairs = ", ".join(f"{letter} {name}" for letter, name in zip(LETTERS, marked, strict=False))
    return f"{count} scenarios.{wrong} Marked: {pairs}. Press r to run them, c to compare them."


def _row(
    desk: Desk, name: str, scenario: Scenario, arm: Arm, marked: Sequence[str], asked: Asked
) -> tuple[Cell, ...]:
    from scenarios.kept import held

    stored = len(held(desk.store, arm)[1].intersection(range(asked.replications)))
    changed = _changed(scenario)
    parts = (
        _mark(name, marked),
        Cell(text=name, value=name),
        Cell(text=changed, value=changed),
        Cell(text=f"{stored} of {asked.replications}" if stored else "not run", value=stored),
        _headline(desk, arm, asked) if stored else Cell(text="", value=None),
        Cell(text=scenario.title, value=scenario.title),
    )
    return parts


def _broken(name: str, marked: Sequence[str], error: InputError) -> tuple[Cell, ...]:
    said = str(error.problems[0]).splitlines()[0]
    empty = Cell(text="", value=None)
    return (
        _mark(name, marked),
        Cell(text=name, value=name, mark="!"),
        Cell(text="cannot be read", value=None),
        empty,
        empty,
        Cell(text=said, value=said),
    )


def _mark(name: str, marked: Sequence[str]) -> Cell:
    letter = LETTERS[marked.index(name)] if name in marked else ""
    return Cell(text=letter, value=letter or None)


def _changed(scenario: Scenario) -> str:
    """The questions and other parts in which a scenario differs from its parent."""
    from scenarios.differences import differences

    if scenario.parent is None:
        return "from scratch" if scenario.plain is not None else "nothing (baseline)"
    found = differences(scenario, scenario.parent)
    levers = sorted({change.id.partition(".")[0] for change in found if change.kind == "lever"})
    rest = sorted({change.kind for change in found if change.kind != "lever"})
    questions = [lever.upper() if lever[:1] == "q" and lever[1:].isdigit() else lever for lever in levers]
    return ", ".join([*questions, *rest]) or "nothing"


def _headline(desk: Desk, arm: Arm, asked: Asked) -> Cell:
    """The main measure at the end, as `naas run` shows it."""
    from scenarios.comparison import compare
    from simulation.measures import MEASURES

    results = desk.results([arm], asked)
    rows = [row for row in compare(results, MEASURES, asked.interval / 100).rows if _is_headline(row)]
    if not rows:
        return Cell(text="", value=None)
    row = max(rows, key=lambda row: row.key.at)
    found, unit = row.arms[arm.name], row.measure.unit
    text = f"{amount(found.mean, unit)} {interval(found.low, found.high, unit)}".rstrip()
    return Cell(text=text, value=found.mean)


def _is_headline(row: Any) -> bool:
    return bool(row.key.id == HEADLINE and not row.key.by and row.key.at)
