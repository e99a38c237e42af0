"""`naas explain`: why the rules answer as they do, for given facts or for one worker of one replication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.asked import WorldOptions
from cli.asking import asks
from cli.output import Format, columns, emphasis, paragraph, write, write_csv, write_json

if TYPE_CHECKING:
    from rules.explain import Explanation
    from rules.model import Fact, Rulebook
    from scenarios.scenario import Scenario
    from simulation.facts import Person


@asks(WorldOptions)
def explain(
    asked: WorldOptions,
    scenario: Annotated[
        str,
        typer.Option("--scenario", "-s", help="A scenario by name, or a file.", rich_help_panel=options.WHAT),
    ] = "consultation",
    fact: Annotated[
        list[str] | None,
        typer.Option(
            "--fact",
            metavar="NAME=VALUE",
            help="A fact about a person, such as functions=iro or contract=agency; may be repeated.",
            rich_help_panel=options.WHAT,
        ),
    ] = None,
    worker: Annotated[
        str | None,
        typer.Option(
            "--worker",
            metavar="ID",
            help="A worker by number, or by the id that a staff list gives.",
            rich_help_panel=options.WHAT,
        ),
    ] = None,
    replication: Annotated[
        int, typer.Option("--replication", help="Whose life to tell.", rich_help_panel=options.WHAT)
    ] = 0,
    form: options.FormatOption = Format.table,
) -> None:
    """Explain what the rules ask of a person, and why.

    \b
    naas explain --scenario mandatory --fact functions=iro --fact contract=agency
    naas explain --scenario mandatory --worker 18772 --replication 1
    """
    from analysis.worker import WorkerOf, numbered, numbering
    from reports.reasons import call_of, wanted_facts
    from rules.engine import PolicyEngine
    from rules.errors import problem
    from rules.explain import explain as explained
    from rules.loader import load_rulebook
    from rules.typed_facts import parse_facts

    if (worker is None) == (not fact):
        hint = "for example --fact functions=iro, or --worker 1"
        raise problem("C008", "give either --fact (one or more) or --worker", hint=hint)
    [(found, arm)] = asked.lined_up([scenario], lambda: parse_facts(fact or [], load_rulebook().vocabulary))
    if found.plain is not None:
        said = f"'{found.id}' is a scheme from scratch, which the consultation's rules do not decide"
        raise problem("C016", said, hint="explain one of the national scenarios, such as consultation")
    engine = PolicyEngine(found.levers)
    who: Person | None = None
    told: list[tuple[str, str]] = []
    facts: dict[str, Fact]
    if worker is None:
        facts = parse_facts(fact or [], engine.rulebook.vocabulary)
    else:
        one = WorkerOf(arm.inputs, numbered(arm.inputs, worker), replication)
        facts, who, told = one.facts, one.person, one.life
    explanation = explained(engine, facts)
    if form is Format.json:
        person: dict[str, object] = {}
        if who is not None:
            drawn = {"seed": arm.inputs.seed, "scale": arm.inputs.scale, "replication": replication}
            person = {**drawn, "worker": vars(who), "life": told}
        wanted = wanted_facts(explanation, engine.rulebook)
        beside: dict[str, object] = {
            "call": call_of(found, who),
            "undecided": [{"fact": spec.name, "label": spec.label} for spec in wanted],
        }
        write_json({"schema": 1, "scenario": found.id, **explanation.to_dict(), **beside, **person})
    elif form is Format.csv:
        _write_csv(explanation)
    else:
        told_apart = numbering(arm.inputs) if who is not None and not who.label else ""
        _write_table(explanation, found, who, replication, told, told_apart)
        for line in _undecided(explanation, engine.rulebook):
            write(line)


def _write_csv(explanation: Explanation) -> None:
    rows = [
        {
            "decision": item.decision,
            "answer": "; ".join(f"{name}={value}" for name, value in item.answer.items()),
            "rule": rule.rule,
            "because": rule.because,
            "cited": rule.cited,
            "levers": "; ".join(f"{lever.id}={lever.value}" for lever in rule.levers),
        }
        for item in explanation.decisions
        for rule in item.fired
    ]
    write_csv(rows, ("decision", "answer", "rule", "because", "cited", "levers"))


def _write_table(
    explanation: Explanation,
    scenario: Scenario,
    who: Person | None,
    replication: int,
    told: list[tuple[str, str]],
    numbers: str,
) -> None:
    from cli.reasons import lines_of
    from reports.reasons import call_of, life_of, who_it_is

    write(emphasis(paragraph(who_it_is(explanation, who)), "strong"))
    if numbers:
        write(paragraph(numbers))
    write()
    if call := call_of(scenario, who):
        write(paragraph(call, "  "))
        write()
    for line in lines_of(explanation, who):
        write(line)
    if who is not None:
        write()
        write(paragraph(life_of(replication, told), "  "))


def _undecided(explanation: Explanation, rulebook: Rulebook) -> list[str]:
    """What to say when the facts given decide nothing: which further facts would settle it."""
    from reports.reasons import wanted_facts

    wanted = wanted_facts(explanation, rulebook)
    if not wanted:
        return []
    rows = [[f"  --fact {spec.name}=...", spec.label] for spec in wanted]
    return ["Nothing can be decided from these facts. Known besides, these would settle it:", *columns(rows)]
