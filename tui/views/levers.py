"""The workplace Levers as a page: every choice with its value, where it comes from, and what an edit does.

Nothing is simulated: the effect counts the people in post under the rules before and after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from reports.page import Cell, Column, Page, Prose, Table
from rules.errors import InputError, Problem, problem
from rules.levers import SPECS, Levers, LeverSpec, LeverValue, parse_value
from rules.questions import SECTIONS, section_of
from rules.wording import setting_words
from tui.views.provenance import exported, provenance

if TYPE_CHECKING:
    from analysis.standings import Standings
    from rules.findings import Finding
    from scenarios.scenario import Scenario
    from tui.desk.desk import Desk

_BASIS: Final = {"asked": "asked by the question", "named": "named in the text", "assumed": "assumed here"}
_DATES: Final = ("q1.mandatory_from", "q1.consequence")


def levers(
    desk: Desk,
    scenarios: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    scenario: str = "",
    edits: Mapping[str, str] | None = None,
    section: str = "",
) -> Page:
    """The levers of one scenario (the last of `scenarios` unless named), with edits that are not saved.

    `edits` holds texts as typed, by lever; `section` chooses whose warnings come first.
    """
    name = scenario or (scenarios[-1] if scenarios else "consultation")
    [(found, arm)] = desk.line_up([name], settings)
    if found.plain is not None:
        hint = "a scheme from scratch has numbers of its own; see its file"
        raise problem("C016", f"'{found.id}' has no levers of the consultation", hint=hint)
    typed = {lever: text for lever, text in (edits or {}).items() if lever in SPECS}
    now, problems = edited(found.levers, typed)
    parent = found.parent.levers if found.parent else Levers()
    changed = len(found.levers.differences(now))
    against = found.parent.id if found.parent else "the consultation as written"
    before, than = (found.levers, "of the edits") if typed else (parent, f"against {against}")
    people = _people(desk, found)
    answers = _answers(found, now, parent, typed, problems)
    blocks = [
        _questions(now, parent, found.levers, problems, _warned(before, now)),
        answers,
        *_problems(problems),
        *_effect(people, before, now, than, len(problems)),
        *_warnings(found, people, before, now, section),
    ]
    settings_made = [
        part
        for lever, text in typed.items()
        if lever not in problems
        for part in ("--set", f"{lever}={text}")
    ]
    asked = desk.asked(settings)
    command = exported(asked, ["levers", name], *settings_made)
    return Page(
        screen="levers",
        title=f"Levers of {found.id}: {found.title}",
        summary=_summary(found, changed, problems),
        blocks=tuple(blocks),
        provenance=provenance([(found, arm)], asked, command, interval=""),
    )


def save(
    desk: Desk, scenario: str, edits: Mapping[str, str], title: str = "", why: str = ""
) -> dict[str, str]:
    """Save the edits as a new version: a scenario file of its own, by its name and path."""
    from scenarios.own import next_version
    from scenarios.own import save as saved

    found = desk.scenario(scenario)
    now, problems = edited(found.levers, edits)
    if problems:
        raise InputError(problems.values())
    if now == found.levers:
        raise problem("C018", "nothing differs from what is saved")
    version = next_version(found, now, title, why)
    path = saved(version)
    return {"name": version.name, "title": version.title, "path": str(path)}


def proposed(desk: Desk, scenario: str, edits: Mapping[str, str]) -> dict[str, str]:
    """What a save would write: its name, title and reason, to be changed by whoever saves."""
    from scenarios.own import next_version

    found = desk.scenario(scenario)
    now, problems = edited(found.levers, edits)
    if problems:
        raise InputError(problems.values())
    version = next_version(found, now)
    return {"name": version.name, "title": version.title, "why": version.why}


def edited(saved: Levers, typed: Mapping[str, str]) -> tuple[Levers, dict[str, Problem]]:
    """The levers with every edit that can be made, and what is wrong with the others."""
    values: dict[str, LeverValue] = {}
    problems: dict[str, Problem] = {}
    for lever, text in typed.items():
        try:
            values[lever] = parse_value(lever, text)
        except InputError as error:
            problems[lever] = error.problems[0]
    try:
        return saved.patched(values), problems
    except InputError as error:  # each is right alone, and together they are not in order
        wrong = error.problems[0]
        dates = [lever for lever in values if lever.startswith("phase.") and SPECS[lever].kind == "date"]
        problems |= dict.fromkeys(dates, wrong)
        rest = {lever: value for lever, value in values.items() if lever not in dates}
        return saved.patched(rest), problems


def source_of(spec: LeverSpec, value: object) -> str:
    """Where a setting comes from: the paragraph, and whether the text asks, names, or leaves it open."""
    basis, paragraphs = spec.basis, list(spec.paragraphs)
    if spec.kind == "choice":
        option = spec.option(str(value))
        basis, paragraphs = option.basis, [option.paragraph] if option.paragraph else []
    cited = (
        f"para{'s' if len(paragraphs) > 1 else ''} {', '.join(map(str, paragraphs))}" if paragraphs else ""
    )
    return " · ".join(filter(None, [_BASIS[basis], cited]))


def _people(desk: Desk, scenario: Scenario) -> Standings:
    """The people in post under the scenario as saved; read once a session and scale."""
    from analysis.standings import standings

    key = ("people", scenario.id, scenario.digest)
    return desk.keep(key, lambda: standings(scenario.inputs()))


def _answers(
    found: Scenario, now: Levers, parent: Levers, typed: Mapping[str, str], problems: Mapping[str, Problem]
) -> Table:
    columns = (
        Column(id="lever", label="Lever", number=False),
        Column(id="label", label="What it settles", number=False),
        Column(id="value", label="Setting", number=False),
        Column(id="saved", label="As saved", number=False),
        Column(id="parent", label="Parent's", number=False),
        Column(id="source", label="Where from", number=False),
        Column(id="question", label="Question", number=False),
    )
    rows = []
    for lever, spec in SPECS.items():
        value = now[lever]
        wrong = problems.get(lever)
        mark = "!" if wrong else "*" if value != parent[lever] else ""
        shown = typed[lever] if wrong else setting_words(spec, value)
        rows.append(
            (
                Cell(text=lever, value=lever, mark=mark),
                Cell(text=spec.label, value=spec.label),
                Cell(text=shown, value=_raw(typed[lever] if wrong else value), mark=mark),
                Cell(text=setting_words(spec, found.levers[lever]), value=_raw(found.levers[lever])),
                Cell(text=setting_words(spec, parent[lever]), value=_raw(parent[lever])),
                Cell(text=wrong.message if wrong else source_of(spec, value), value=source_of(spec, value)),
                Cell(text=section_of(lever).name, value=section_of(lever).name),
            )
        )
    return Table(
        id="levers",
        title="Every lever",
        columns=columns,
        rows=tuple(rows),
        keys=tuple(SPECS),
        note="* changed from the parent   ! needs attention",
    )


def _raw(value: LeverValue) -> float | str:
    return value if isinstance(value, int | float) else str(value)


def _questions(
    now: Levers,
    parent: Levers,
    saved: Levers,
    problems: Mapping[str, Problem],
    warned: frozenset[str],
) -> Table:
    columns = (
        Column(id="question", label="Question", number=False),
        Column(id="changed", label="Changed"),
        Column(id="edited", label="Edited"),
        Column(id="paragraphs", label="Paragraphs", number=False),
    )
    differ = {lever for lever, *_ in now.differences(parent)}
    unsaved = {lever for lever, *_ in now.differences(saved)}
    rows = []
    for section in SECTIONS:
        changed, edits = (sum(lever in some for lever in section.levers) for some in (differ, unsaved))
        wrong = any(lever in problems for lever in section.levers) or section.id in warned
        mark = "!" if wrong else "*" if changed else ""
        rows.append(
            (
                Cell(text=section.name, value=section.name, mark=mark),
                Cell(text=str(changed) if changed else "", value=changed),
                Cell(text=str(edits) if edits else "", value=edits),
                Cell(text=", ".join(map(str, section.paragraphs)), value=section.name),
            )
        )
    keys = tuple(section.id for section in SECTIONS)
    return Table(id="questions", title="Questions", columns=columns, rows=tuple(rows), keys=keys)


def _problems(problems: Mapping[str, Problem]) -> list[Table]:
    if not problems:
        return []
    columns = (
        Column(id="lever", label="Lever", number=False),
        Column(id="problem", label="What is wrong", number=False),
    )
    rows = tuple(
        (
            Cell(text=lever, value=lever, mark="!"),
            Cell(text=". ".join(filter(None, [wrong.message, wrong.hint])), value=wrong.code),
        )
        for lever, wrong in problems.items()
    )
    return [Table(id="problems", title="To be mended", columns=columns, rows=rows, keys=tuple(problems))]


def _effect(people: Standings, before: Levers, after: Levers, than: str, wrong: int) -> list[Prose | Table]:
    from analysis.standings import effect
    from reports.rules_only import effect_lines, effect_table

    waits = f"What is marked ! is left out until {'it is' if wrong == 1 else 'they are'} mended."
    if before == after and wrong:
        lines = ("The effect waits until what is marked ! is mended.",)
        return [Prose(id="effect-words", title="Effect (rules only, no simulation)", lines=lines)]
    if before == after:
        count = int(people.in_scope.sum())
        said = f"In scope: {count:,} of {people.people:,} people in post. No answer differs."
        return [Prose(id="effect-words", title="Effect (rules only, no simulation)", lines=(said,))]
    found = effect(people.under(before), people.under(after))
    title = f"Effect {than} (rules only, no simulation)"
    return [
        Prose(id="effect-words", title=title, lines=(*([waits] if wrong else []), *effect_lines(found))),
        effect_table(found, "Before", "Now"),
    ]


def _warnings(
    scenario: Scenario, people: Standings, before: Levers, after: Levers, section: str
) -> list[Prose]:
    """What to think of before saving: dates that cannot be met, and levers that change nothing."""
    from rules.idle import idle_levers
    from rules.loader import load_rulebook

    book = load_rulebook()
    known = {item.title for item in _found(before)}
    items = [(finding.title not in known, finding.title, _sections_of(finding)) for finding in _found(after)]
    differ = {lever for lever, *_ in after.differences(before)}
    for lever, why in idle_levers(book, after).items():
        if lever in differ:
            said = f"{SPECS[lever].label}: changes nothing while {' and '.join(why)}."
            items.append((True, said, {section_of(lever).id}))
    if after["phase.plan"] == "closed":
        items.append((True, "Nobody is called: there is no scheme.", {"phase"}))
    edits = {lever for lever, *_ in after.differences(scenario.levers)}
    if edits.intersection(_DATES) and not people.under(after).requirement()["mandatory"]:
        said = "When a requirement binds and what follows it change nothing: nothing is mandatory."
        items.append((True, said, {"q1"}))
    if scenario.sites:
        items.append((False, f"'{scenario.id}' names its sites: the call comes with them.", {"phase"}))
    chosen = [text for new, text, where in items if new or not section or section in where]
    if not chosen:
        return []
    return [Prose(id="warnings", title="Think of", lines=tuple(f"! {text}" for text in chosen))]


@lru_cache(maxsize=16)
def _found(levers: Levers) -> tuple[Finding, ...]:
    """Dates that cannot be met; asked for several times for one page."""
    from rules.findings import findings_under
    from rules.loader import load_rulebook

    return findings_under(load_rulebook(), levers)


def _warned(before: Levers, after: Levers) -> frozenset[str]:
    """The sections of the dates that cannot be met now and could before."""
    known = {item.title for item in _found(before)}
    new = [item for item in _found(after) if item.title not in known and item.kind == "empty_window"]
    changed = {lever for lever, *_ in after.differences(before)}
    touched = {section_of(lever).id for lever in changed}
    return frozenset(section for item in new for section in _sections_of(item) if section in touched)


def _sections_of(finding: Finding) -> set[str]:
    from rules.compiled import levers_of_rule
    from rules.levers import COMPUTED
    from rules.loader import load_rulebook

    rules = {rule.id: rule for table in load_rulebook().decisions.values() for rule in table.rules}
    read = [lever for name in finding.rules if name in rules for lever in levers_of_rule(rules[name])]
    return {section_of(COMPUTED[lever].of if lever in COMPUTED else lever).id for lever in read}


def _summary(found: Scenario, changed: int, problems: Mapping[str, Problem]) -> str:
    if problems:
        noun = "setting needs" if len(problems) == 1 else "settings need"
        return f"{len(problems)} {noun} mending before this can be saved."
    if changed:
        noun = "edit" if changed == 1 else "edits"
        return f"Draft of {found.id}: {changed} {noun}, not saved. Saving makes a new version."
    parent = found.parent.id if found.parent else "the consultation"
    differ = len(found.levers.differences(found.parent.levers if found.parent else Levers()))
    noun = "lever" if differ == 1 else "levers"
    return f"{found.id} as saved: {differ} {noun} changed from {parent}."
