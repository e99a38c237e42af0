"""The workplace Library as a page: every scenario, what it changes, what is stored, and its headline."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reports.at_scale import counts_as_run
from reports.numbers import amount, interval
from reports.page import Cell, Column, Next, Page, Prose, Table
from reports.scenario_words import changes_in_words, compared_with, parts_changed
from rules.errors import InputError
from scenarios.differences import differences
from tui.asked import Asked
from tui.views.letters import LETTERS
from tui.views.other_version import OtherVersion, other_version
from tui.views.provenance import provenance

if TYPE_CHECKING:
    from scenarios.differences import Change
    from scenarios.experiment import Arm
    from scenarios.scenario import Scenario
    from tui.desk.desk import Desk

HEADLINE: Final = "accredited"
"""The measure that the table shows of each scenario, on its last date."""


def library(
    desk: Desk,
    scenarios: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    files: Sequence[str] = (),
    unsaved: Mapping[str, int] | None = None,
) -> Page:
    """Every scenario of the library, a person's own, and `files`; `scenarios` are those that are marked.

    `unsaved` says how many edits are kept of a scenario that are not saved in it.
    """
    asked = desk.asked(settings)
    names = [*names_of(files), *(name for name in scenarios if name not in names_of(files))]
    found: dict[str, tuple[Scenario, Arm]] = {}
    broken: dict[str, InputError] = {}
    for name in names:
        try:
            found[name] = desk.line_up([name], settings)[0]
        except InputError as error:
            broken[name] = error
    marked = [name for name in scenarios if name in found]
    other = other_version(desk, [arm for _, arm in found.values()])
    rows = [
        _row(desk, name, *found[name], scenarios, asked, other)
        if name in found
        else _broken(name, scenarios, broken[name])
        for name in names
    ]
    columns = (
        Column(id="scenario", label="Scenario", number=False),
        Column(id="mark", label="As", number=False),
        Column(id="stored", label="Ready"),
        Column(id="headline", label=f"Accredited ({asked.interval}%)"),
        Column(id="changed", label="Differs from", number=False),
        Column(id="title", label="What it is", number=False),
    )
    told = counts_as_run(asked.scale)
    note = f"Accredited and in post on the last 31 December. Figures: {asked.words()}."
    note += f" {told.capitalize()}." if told else ""
    rows = [_with_edits(row, (unsaved or {}).get(name, 0)) for name, row in zip(names, rows, strict=True)]
    table = Table(
        id="scenarios", title="Scenarios", columns=columns, rows=tuple(rows), keys=tuple(names), note=note
    )
    ready = [found[name] for name in marked]
    interval = f"{asked.interval}% of chance, for the mean of the replications that each scenario has ready"
    concerned = other_version(desk, [arm for _, arm in ready])
    command = asked.command("compare" if len(marked) > 1 else "run", marked)
    return Page(
        screen="library",
        title="Library",
        summary=_summary(len(names), marked, len(broken), concerned),
        blocks=(table,),
        provenance=provenance(ready, asked, _printed(marked, asked), interval=interval, drawn=True),
        next=concerned.next(command) if concerned.names else _next(marked, rows, asked, command),
    )


def names_of(files: Sequence[str] = ()) -> list[str]:
    """The names of every scenario: a person's own, shipped, and files opened by their path."""
    from scenarios.names import library as shipped
    from scenarios.names import own_scenarios

    mine = [name for name in own_scenarios() if name not in shipped()]
    return [*mine, *shipped(), *(file for file in dict.fromkeys(files) if Path(file).exists())]


def card(desk: Desk, scenario: str, settings: Mapping[str, Any] | None = None) -> Page:
    """One scenario in words: what it is for, what it changes from its parent, what is stored of it."""
    [(found, arm)] = desk.line_up([scenario], settings)
    asked = desk.asked(settings)
    other = compared_with(found)
    changes = differences(found, other)
    lines: list[str] = []
    for said in changes_in_words(changes):
        lines += [said.change, *(f"    {text}" for text in said.about)]
    count = "1 difference" if len(changes) == 1 else f"{len(changes)} differences"
    head = f"Against {other.id}: {count}" if changes else f"No different from {other.id}"
    blocks = (
        Prose(id="differs", lines=(_differs(other.id, changes),)),
        Prose(id="why", lines=(found.why, f"{found.start} to {found.until} · {' > '.join(found.lineage)}")),
        Prose(id="changes", title=head, lines=tuple(lines)),
    )
    return Page(
        screen="library",
        title=f"{found.id}: {found.title}",
        summary=_ready(desk, arm, asked),
        blocks=blocks,
        provenance=provenance([(found, arm)], asked, shlex.join(["naas", "show", scenario]), interval=""),
    )


def _differs(other: str, changes: Sequence[Change]) -> str:
    """Everything that differs, by its name."""
    if not changes:
        return f"No different from {other}."
    return f"Differs from {other} in {', '.join(change.id or change.kind for change in changes)}."


def copied(desk: Desk, scenario: str) -> dict[str, str]:
    """The name and the title that a copy of a scenario would have, to be changed by whoever makes it."""
    from scenarios.own import next_version

    found = desk.scenario(scenario)
    version = next_version(found, found.levers)
    return {"name": version.name, "title": version.title}


def create(desk: Desk, scenario: str, name: str, title: str) -> dict[str, str]:
    """Write a scenario of the person's own, no different from `scenario` yet: its name and its path.

    Raises `InputError`: S003 for a name that is none, S028 for one that is taken, S027 for a full disk.
    """
    from dataclasses import replace

    from rules.errors import problem
    from scenarios.own import next_version, save
    from scenarios.patch import is_id

    if not is_id(name):
        hint = "such as my-option: small letters and digits, with hyphens between"
        raise problem("S003", f"'{name}' cannot be the name of a scenario", hint=hint)
    if name in names_of():
        raise problem("S028", f"there is a scenario '{name}' already", hint="choose another name")
    found = desk.scenario(scenario)
    version = replace(next_version(found, found.levers, title), name=name)
    return {"name": name, "path": str(save(version))}


def remove(desk: Desk, scenario: str) -> dict[str, str]:
    """Delete a scenario of the person's own; results that are stored stay. Raises `InputError` S001."""
    from rules.errors import problem
    from scenarios.names import own_scenarios

    path = own_scenarios().get(scenario)
    if path is None:
        raise problem("S001", f"'{scenario}' is not one of your own scenarios", hint="shipped ones stay")
    path.unlink(missing_ok=True)
    desk.forget()
    return {"name": scenario, "path": str(path)}


def _summary(count: int, marked: Sequence[str], broken: int, other: OtherVersion) -> str:
    """What there is, and what is marked."""
    wrong = f" {broken} cannot be read." if broken else ""
    if other.names:
        return f"{other.words}{wrong}"
    if not marked:
        return f"{count} scenarios.{wrong}"
    if len(marked) == 1:
        return f"{count} scenarios.{wrong} {marked[0]} is A."
    pairs = ", ".join(f"{letter} {name}" for letter, name in zip(LETTERS, marked, strict=False))
    return f"{pairs} are marked.{wrong}"


def _printed(marked: Sequence[str], asked: Asked) -> str:
    """The command that prints this page: `naas list` knows nothing of results."""
    shown = asked.model_copy(update={"precision": "", "jobs": 0})
    return shown.command("tui", ["--plain", "library", *marked])


def _next(marked: Sequence[str], rows: Sequence[tuple[Cell, ...]], asked: Asked, command: str) -> Next:
    """What to do with what is marked."""
    if not marked:
        keys = "Press space on the two that you want to compare."
        return Next(keys=keys, command="naas compare SCENARIO SCENARIO")
    if len(marked) == 1:
        return Next(keys="Press space on another to compare it with.", command=command)
    stored = [row[2].value for row in rows if row[1].text]
    if all(count == asked.replications for count in stored):
        keys = "Press c to compare them, u to unmark them."
    elif sum(map(bool, stored)) > 1:
        keys = "Press r to run the rest, c to compare what is there."
    else:
        keys = "Press r to run them, u to unmark them."
    return Next(keys=keys, command=command)


def _ready(desk: Desk, arm: Arm, asked: Asked) -> str:
    stored = _stored(desk, arm, asked)
    if not stored:
        return other_version(desk, [arm]).words or f"Not run yet with {asked.words()}."
    return f"{stored} of {asked.replications} replications are there ({asked.words()})."


def _stored(desk: Desk, arm: Arm, asked: Asked) -> int:
    from scenarios.kept import held

    return len(held(desk.store, arm)[1].intersection(range(asked.replications)))


def _row(
    desk: Desk,
    name: str,
    scenario: Scenario,
    arm: Arm,
    marked: Sequence[str],
    asked: Asked,
    other: OtherVersion,
) -> tuple[Cell, ...]:
    stored = _stored(desk, arm, asked)
    changed = _changed(scenario)
    missing = "other version" if arm.name in other.names else "not run"
    return (
        Cell(text=name, value=name),
        _mark(name, marked),
        Cell(text=f"{stored} of {asked.replications}" if stored else missing, value=stored),
        _headline(desk, arm, asked) if stored else Cell(text="", value=None),
        Cell(text=changed, value=changed),
        Cell(text=scenario.title, value=scenario.title),
    )


def _broken(name: str, marked: Sequence[str], error: InputError) -> tuple[Cell, ...]:
    said = str(error.problems[0]).splitlines()[0]
    return (
        Cell(text=name, value=name, mark="!"),
        _mark(name, marked),
        Cell(text="unreadable", value=None),
        Cell(text="", value=None),
        Cell(text="", value=None),
        Cell(text=said, value=said),
    )


def _with_edits(row: tuple[Cell, ...], edits: int) -> tuple[Cell, ...]:
    """A row whose name says that something is typed over the scenario and not saved."""
    if not edits:
        return row
    told = f"{row[0].text} ({'1 edit' if edits == 1 else f'{edits} edits'}, unsaved)"
    return (row[0].model_copy(update={"text": told}), *row[1:])


def _mark(name: str, marked: Sequence[str]) -> Cell:
    letter = LETTERS[list(marked).index(name)] if name in list(marked)[: len(LETTERS)] else ""
    return Cell(text=letter, value=letter or None)


def _changed(scenario: Scenario) -> str:
    if scenario.parent is None:
        return "from scratch" if scenario.plain is not None else "nothing: the plan itself"
    return f"{scenario.parent.id}: {parts_changed(differences(scenario, scenario.parent))}"


def _headline(desk: Desk, arm: Arm, asked: Asked) -> Cell:
    """The main measure on its last date, as `naas run` shows it."""
    from scenarios.comparison import compare
    from scenarios.kept import held
    from simulation.measures import MEASURES

    results = desk.results([arm], asked)

    def reckoned() -> Cell:
        rows = [row for row in compare(results, MEASURES, asked.interval / 100).rows if _is_headline(row)]
        if not rows:
            return Cell(text="", value=None)
        row = max(rows, key=lambda row: row.key.at)
        found, unit = row.arms[arm.name], row.measure.unit
        text = f"{amount(found.mean, unit)} {interval(found.low, found.high, unit)}".rstrip()
        return Cell(text=text, value=found.mean)

    key = ("headline", arm.name, held(desk.store, arm), asked.replications, asked.interval)
    return desk.keep(key, reckoned)


def _is_headline(row: Any) -> bool:
    return bool(row.key.id == HEADLINE and not row.key.by and row.key.at)
