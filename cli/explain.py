"""`naas explain`: why the rules answer as they do, for given facts or for one worker of one replication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json

if TYPE_CHECKING:
    from rules.explain import Explanation
    from rules.model import Fact
    from simulation.facts import Person
    from simulation.inputs import Inputs


def explain(
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
        int | None,
        typer.Option("--worker", metavar="ID", help="A worker by number.", rich_help_panel=options.WHAT),
    ] = None,
    replication: Annotated[
        int, typer.Option("--replication", help="Whose life to tell.", rich_help_panel=options.WHAT)
    ] = 0,
    seed: options.SeedOption = 2017,
    until: options.UntilOption = None,
    setting: options.SetOption = None,
    scale: options.ScaleOption = None,
    workforce: options.WorkforceOption = None,
    form: options.FormatOption = Format.table,
) -> None:
    """Explain what the rules ask of a person, and why.

    \b
    naas explain --scenario mandatory --fact functions=iro --fact contract=agency
    naas explain --scenario mandatory --worker 18772 --replication 1
    """
    from cli.called import call_of
    from cli.experiment import checked_date, checked_numbers
    from cli.facts import parse_facts
    from cli.undecided import undecided
    from rules.engine import PolicyEngine
    from rules.errors import problem
    from rules.explain import explain as explained
    from scenarios.line_up import line_up

    if (worker is None) == (not fact):
        hint = "for example --fact functions=iro, or --worker 1"
        raise problem("C008", "give either --fact (one or more) or --worker", hint=hint)
    checked_numbers(1, seed, 0, scale, 80)
    [(found, arm)] = line_up([scenario], setting or (), seed, scale, checked_date(until), workforce)
    if found.plain is not None:
        said = f"'{found.id}' is a scheme from scratch, which the consultation's rules do not decide"
        raise problem("C008", said, hint="explain one of the national scenarios, such as consultation")
    engine = PolicyEngine(found.levers)
    who: Person | None = None
    told: list[tuple[str, str]] = []
    facts: dict[str, Fact]
    if worker is None:
        facts = parse_facts(fact or [], engine.rulebook.vocabulary)
    else:
        facts, who, told = _life(arm.inputs, worker, replication)
    explanation = explained(engine, facts)
    if form is Format.json:
        person = {} if who is None else {"worker": vars(who), "replication": replication, "life": told}
        write_json({"schema": 1, "scenario": found.id, **explanation.to_dict(), **person})
    elif form is Format.csv:
        _write_csv(explanation)
    else:
        _write_table(explanation, who, replication, told, call_of(found, who))
        for line in undecided(explanation, engine.rulebook):
            write(line)


def _life(
    inputs: Inputs, worker: int, replication: int
) -> tuple[dict[str, Fact], Person, list[tuple[str, str]]]:
    """The facts of a worker, who it is, and what happened to it."""
    from rules.errors import problem
    from simulation.facts import facts_of, person
    from simulation.plain import PreparedPlain
    from simulation.replicate import prepare, simulate
    from simulation.stories import life

    if replication < 0:
        raise problem("C006", f"--replication counts from 0, and {replication} is below it")
    prepared = prepare(inputs)
    size = prepared.workforce.size
    if not 0 <= worker < size:
        raise problem("C006", f"there is no worker {worker}; they are numbered from 0 to {size - 1}")
    assert not isinstance(prepared, PreparedPlain)  # refused before anyone is looked for
    run = simulate(prepared, replication)
    return facts_of(prepared, worker), person(prepared, worker), life(run, worker)


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
    who: Person | None,
    replication: int,
    told: list[tuple[str, str]],
    call: list[str],
) -> None:
    from cli.reasons import day, lines_of

    if who is not None:
        held = explanation.facts.get("functions")
        doing = (
            ", ".join(map(str, held)) if isinstance(held, list | tuple) and held else "no statutory function"
        )
        parts = [
            who.contract.replace("_", " "),
            who.role.replace("_", " "),
            doing.replace("_", " "),
            who.employer,
        ]
        head = f"Worker {who.worker} · {', '.join(parts)} · synthetic"
    else:
        head = "; ".join(f"{name} {_shown(value)}" for name, value in explanation.facts.items())
    write(emphasis(paragraph(head), "strong"))
    write()
    for line in [*call, *lines_of(explanation, who)]:
        write(line)
    if who is not None:
        events = " · ".join(f"{day(when)} {what}" for when, what in told) or "never in post"
        write()
        write(paragraph(f"Life in replication {replication}: {events}", "  "))


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
