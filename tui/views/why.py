"""The workplace Why as a page: the rules with how many people each applies to, and why one worker stands so.

Two scenarios show besides which rules differ, and how many people get another answer.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from reports import reasons
from reports.page import Cell, Column, Page, Prose, Table
from rules.errors import nearest, problem
from tui.asked import Asked
from tui.views.provenance import provenance

if TYPE_CHECKING:
    from analysis.standings import Standings
    from rules.explain import Explanation
    from rules.model import Rule, Rulebook
    from scenarios.scenario import Scenario
    from simulation.facts import Person
    from simulation.inputs import Inputs
    from tui.desk.desk import Desk

USUAL: Final = "1"
"""The worker who is explained until another is chosen."""


def why(
    desk: Desk,
    scenarios: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    scenario: str = "",
    worker: str = USUAL,
    facts: Sequence[str] = (),
    replication: int = 0,
    life: bool = True,
) -> Page:
    """The rules of one scenario (the last of `scenarios` unless named) and one worker under them.

    The worker is a number or the id of a staff list, or made up from `facts`; `life` tells what happens to
    the worker in a replication, which is run for it. Rules are compared with the first of `scenarios`.
    """
    name = scenario or (scenarios[-1] if scenarios else "consultation")
    [(found, arm)] = desk.line_up([name], settings)
    if found.plain is not None:
        said = f"'{found.id}' is a scheme from scratch, which the consultation's rules do not decide"
        raise problem("C016", said, hint="choose one of the national scenarios, such as consultation")
    people = _people(desk, found, found.inputs())
    explained = _explained(found, arm.inputs, people, worker, facts)
    if life and not facts:
        explained[1].append(_life_of(desk, name, settings, worker, replication))
    blocks: list[Table | Prose] = [*explained[1], _tree(people, found)]
    other = next((each for each in scenarios if each != name), "")
    if other:
        blocks += _against(desk, other, found, people, settings)
    asked = desk.asked(settings)
    chosen = [part for fact in facts for part in ("--fact", fact)] or ["--worker", worker]
    tail = [] if facts or not replication else ["--replication", str(replication)]
    words = [other, name] if other else [name]
    command = shlex.join(["naas", "export", "why", *words, *chosen, *tail, *_sized(asked, facts)])
    return Page(
        screen="why",
        title=f"Why: {found.id}",
        summary=explained[0],
        blocks=tuple(blocks),
        provenance=provenance(
            [(found, arm)],
            asked,
            command,
            interval="",
            drawn=not facts,
            replication=replication if life and not facts else None,
        ),
    )


def _sized(asked: Asked, facts: Sequence[str]) -> list[str]:
    """The options that choose the same worker; one made up from facts is nobody's."""
    if facts:
        return []
    usual = Asked()
    found = ["--seed", str(asked.seed)] if asked.seed != usual.seed else []
    found += ["--scale", repr(asked.scale)] if asked.scale != usual.scale else []
    return [*found, *(["--until", asked.until] if asked.until else [])]


def told(
    desk: Desk,
    scenario: str,
    settings: Mapping[str, Any] | None = None,
    worker: str = USUAL,
    replication: int = 0,
) -> Page:
    """The life of a worker in one random future, which is run for it."""
    block = _life_of(desk, scenario, settings, worker, replication)
    return Page(screen="why", title="Life", summary=f"{block.title}.", blocks=(block,))


def _life_of(
    desk: Desk, scenario: str, settings: Mapping[str, Any] | None, worker: str, replication: int
) -> Prose:
    from analysis.worker import WorkerOf, numbered

    [(found, arm)] = desk.line_up([scenario], settings)
    key = ("life", found.digest, arm.inputs.scale, arm.inputs.seed, arm.inputs.until, worker, replication)

    def run() -> list[tuple[str, str]]:
        return WorkerOf(arm.inputs, numbered(arm.inputs, worker), replication).life

    return _life_block(reasons.life_of(replication, desk.keep(key, run)))


def rule(desk: Desk, rule: str, scenario: str, settings: Mapping[str, Any] | None = None) -> Page:
    """One rule in words, how many people it applies to, and one of them."""
    from reports.rule_words import rule_lines
    from rules.loader import load_rulebook

    book = load_rulebook()
    rules = {item.id: item for table in book.decisions.values() for item in table.rules}
    if rule not in rules:
        raise problem("C017", f"there is no rule '{rule}'", hint=nearest(rule, rules))
    [(found, arm)] = desk.line_up([scenario], settings)
    people = _people(desk, found, found.inputs())
    lines = rule_lines(book, rules[rule], found.levers)
    count = people.firing().get(rule, 0)
    lines.append(f"Applies to {count:,} of {people.people:,} people in post on 30 September 2016.")
    simulated = _people(desk, found, arm.inputs)
    example = simulated.example(rule)
    keys = () if example is None else (simulated.prepared.workforce.label(example),)
    lines += [f"For example worker {key}." for key in keys]
    block = Prose(id="rule", title=rules[rule].title, lines=tuple(lines))
    table = Table(
        id="example",
        title="For example",
        columns=(Column(id="worker", label="Worker", number=False),),
        rows=tuple((Cell(text=key, value=key),) for key in keys),
        keys=keys,
    )
    return Page(screen="why", title=rules[rule].title, summary=lines[0], blocks=(block, table))


def vocabulary(desk: Desk) -> dict[str, Any]:  # noqa: ARG001 - every handler is given the desk
    """The facts from which a person can be made up, with their choices."""
    from rules.levers import SPECS
    from rules.loader import load_rulebook

    return {
        "facts": [
            {
                "name": spec.name,
                "label": spec.label,
                "kind": spec.kind,
                "choices": list(spec.choices),
                "labels": {name: SPECS[of].label for name in spec.choices if (of := f"q2.{name}") in SPECS},
                "low": spec.low,
                "high": spec.high,
            }
            for spec in load_rulebook().vocabulary.values()
            if not spec.derived
        ]
    }


def _people(desk: Desk, scenario: Scenario, inputs: Inputs) -> Standings:
    from analysis.standings import standings

    key = ("standings", scenario.digest, inputs.scale, inputs.workforce_file)
    return desk.keep(key, lambda: standings(inputs))


def _explained(
    scenario: Scenario,
    inputs: Inputs,
    people: Standings,
    worker: str,
    facts: Sequence[str],
) -> tuple[str, list[Table | Prose]]:
    """A sentence, and the blocks of an explanation."""
    from analysis.worker import WorkerOf, numbered
    from rules.explain import explain
    from rules.typed_facts import parse_facts

    engine = people.prepared.policy.engine
    who: Person | None = None
    known: Mapping[str, Any]
    if facts:
        known = parse_facts(facts, engine.rulebook.vocabulary)
    else:
        one = WorkerOf(inputs, numbered(inputs, worker))
        known, who = one.facts, one.person
    explanation = explain(engine, known)
    blocks = _answers(scenario, explanation, engine.rulebook, who)
    asked = reasons.asked(explanation)
    heads = [reasons.headline(item.decision, item.answer, item.asks, who) for item in asked[:2]]
    said = "; ".join(head[0].lower() + head[1:] for head in heads)
    summary = f"{reasons.short_name(who)} under {scenario.id}: {said}."
    return summary, blocks


def _answers(
    scenario: Scenario, explanation: Explanation, book: Rulebook, who: Person | None
) -> list[Table | Prose]:
    """Each answer with its reasons, what nearly applied, what would change it."""
    lines = [reasons.who_it_is(explanation, who)]
    if call := reasons.call_of(scenario, who):
        lines.append(call)
    asked = reasons.asked(explanation)
    for item in asked:
        lines.append(reasons.headline(item.decision, item.answer, item.asks, who))
        lines += [f"  {reasons.because(rule)} ({reasons.basis(rule)})" for rule in item.fired]
        if not item.fired:
            lines.append(f"  {reasons.NOT_SAID}")
        lines += [f"  {reasons.left_open(case)}" for case in item.open_cases]
        lines += [f"  {reasons.not_known(unknown.label)}" for unknown in item.unknown]
    wanted = reasons.wanted_facts(explanation, book)
    if wanted:
        lines.append("Nothing can be decided from these facts. Known besides, these would settle it:")
        lines += [f"  {spec.name}: {spec.label}" for spec in wanted]
    title = reasons.short_name(who)
    blocks: list[Table | Prose] = [Prose(id="answers", title=title, lines=tuple(lines))]
    if nearly := reasons.nearly(asked):
        blocks.append(Prose(id="nearly", title="Nearly, but no", lines=tuple(nearly)))
    if changes := reasons.lever_changes(explanation):
        blocks.append(Prose(id="changes", title="What would change it", lines=tuple(changes)))
    return blocks


def _life_block(said: str) -> Prose:
    head, _, events = said.partition(": ")
    return Prose(id="life", title=head, lines=tuple(events.split(" · ")))


def _tree(people: Standings, scenario: Scenario) -> Table:
    """Every rule in force by the question it answers, with how many people it applies to."""
    from analysis.standings import OF_A_PERSON
    from reports.rule_words import lever_words
    from reports.rules_only import ASKS
    from rules.compiled import in_force
    from rules.hit_policies import cited

    firing = people.firing()
    rows: list[tuple[Cell, ...]] = []
    keys: list[str] = []
    book = people.prepared.policy.engine.rulebook
    for name, table in book.decisions.items():
        chosen = [item for item in table.rules if in_force(item, scenario.levers, None)]
        for item in chosen:
            count = firing.get(item.id, 0)
            of_people = name in OF_A_PERSON
            keys.append(item.id)
            rows.append(
                (
                    Cell(text=ASKS[name], value=ASKS[name]),
                    Cell(text=item.title, value=item.title),
                    Cell(
                        text=f"{count:,}" if of_people else "after a result",
                        value=count if of_people else None,
                    ),
                    Cell(text=cited(item), value=cited(item)),
                    Cell(text=lever_words(item, scenario.levers), value=lever_words(item, scenario.levers)),
                )
            )
    everything = sum(len(table.rules) for table in book.decisions.values())
    return Table(
        id="rules",
        title=f"Rules in force under {scenario.id}",
        columns=(
            Column(id="question", label="Question", number=False),
            Column(id="rule", label="Rule", number=False),
            Column(id="people", label="People"),
            Column(id="cited", label="Paragraph", number=False),
            Column(id="levers", label="Levers", number=False),
        ),
        rows=tuple(rows),
        keys=tuple(keys),
        note=f"{len(rows)} of {everything} rules are in force. Counted in {people.people:,} people in post "
        "on 30 September 2016.",
    )


def _against(
    desk: Desk, other: str, found: Scenario, people: Standings, settings: Mapping[str, Any] | None
) -> list[Table | Prose]:
    """Which rules differ from those of another scenario, and how many people get another answer."""
    from analysis.standings import effect, moves
    from reports.comparing import what_differs
    from reports.rules_only import day_lines, moves_table

    [(before, _)] = desk.line_up([other], settings)
    if before.plain is not None:
        return []
    base = people.under(before.levers)
    table = moves_table(moves(base, people), before.id, found.id)
    lines = [f"{what_differs(found, before)}."]
    lines += day_lines(effect(base, people))
    if not table.rows:
        lines.append("By the rules alone nobody in post gets another answer.")
    return [
        Prose(id="differ-words", title=f"Against {before.id}", lines=tuple(lines)),
        _differing(base, people, before, found),
        *([table] if table.rows else []),
    ]


def _differing(base: Standings, people: Standings, before: Scenario, found: Scenario) -> Table:
    """Rules that are in force in one scenario only, or under other settings, with their people."""
    from reports.rule_words import lever_words
    from reports.rules_only import ASKS
    from rules.compiled import in_force

    was, now = base.firing(), people.firing()
    rows: list[tuple[Cell, ...]] = []
    keys: list[str] = []

    def shown(item: Rule, scenario: Scenario, firing: Mapping[str, int]) -> Cell:
        if not in_force(item, scenario.levers, None):
            return Cell(text="not in force", value=None)
        return Cell(text=f"{firing.get(item.id, 0):,}", value=firing.get(item.id, 0))

    for name, table in people.prepared.policy.engine.rulebook.decisions.items():
        for item in table.rules:
            forces = [in_force(item, each.levers, None) for each in (before, found)]
            settings = [lever_words(item, each.levers) for each in (before, found)]
            counts = [firing.get(item.id, 0) for firing in (was, now)]
            if any(forces) and (
                forces[0] != forces[1] or settings[0] != settings[1] or counts[0] != counts[1]
            ):
                keys.append(item.id)
                rows.append(
                    (
                        shown(item, before, was),
                        shown(item, found, now),
                        Cell(text=item.title, value=item.title),
                        Cell(text=ASKS[name], value=ASKS[name]),
                    )
                )
    return Table(
        id="differ",
        title="Rules that differ, with the people they apply to",
        columns=(
            Column(id="before", label=before.id),
            Column(id="after", label=found.id),
            Column(id="rule", label="Rule", number=False),
            Column(id="question", label="Question", number=False),
        ),
        rows=tuple(rows),
        keys=tuple(keys),
    )
