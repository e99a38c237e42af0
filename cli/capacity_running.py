"""What the questions about capacity share: an arm run as asked, or read from the store, and how they end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.batches import ended
from cli.capacity_options import CapacityOptions
from cli.failures import FAILED, INTERRUPTED
from cli.output import note
from cli.progress import progress
from cli.typed import typed
from reports.numbers import replications
from reports.population import population

if TYPE_CHECKING:
    from analysis.capacity.futures import Futures
    from scenarios.experiment import Arm, Results
    from scenarios.store import Store


def ran(arms: Sequence[Arm], asked: CapacityOptions) -> tuple[Results, int]:
    """Run what is not stored, with a warning where seats cannot be enough, and with progress.

    The results, and the code that the command ends with. Where everything is stored, nothing is made ready
    that only a run needs.
    """
    from scenarios.kept import all_held

    store = asked.opened()
    if all_held(store, arms, asked.replications):
        from scenarios.experiment import run

        results = run(arms, asked.replications, store=store)
    else:
        from cli import guard_rails
        from cli.manner import Manner, run_arms

        guard_rails.before(arms[:1], asked.assumed())
        results = run_arms(arms, Manner(asked.replications, asked.jobs, 0.8, store)).results
    for notice in results.notices:
        note(notice)
    code = ended(results.failures, store)
    if results.interrupted or results.stopped:
        why = f", because {results.stopped}" if results.stopped else ""
        kept = f"{int(results.whole.sum())} of {replications(results.requested)} kept"
        note(f"Stopped{why}: {kept}. To go on: {typed()}")
        code = FAILED if results.stopped else INTERRUPTED
    return results, code


def head(arm: Arm, futures: int, asked: CapacityOptions) -> str:
    """Who, when, how often and what was set, for the top of a table."""
    inputs = arm.inputs
    span = f"{inputs.start.day} {inputs.start:%b %Y} to {inputs.until.day} {inputs.until:%b %Y}"
    times = replications(futures) + (", so that no figure has a range" if futures == 1 else "")
    said = f"{arm.name} · {population(arm)} · {span} · {times}, seed {inputs.seed}"
    if not (made := asked.made()):
        return said
    from reports.comparing import settings_line

    return f"{said} · {settings_line(made, several=False)}"


def about(arm: Arm, futures: int, asked: CapacityOptions) -> dict[str, object]:
    """The same for programs."""
    inputs = arm.inputs
    return {
        "schema": 1,
        "scenario": arm.name,
        "start": inputs.start.isoformat(),
        "until": inputs.until.isoformat(),
        "scale": inputs.scale,
        "seed": inputs.seed,
        "replications": futures,
        "settings": asked.made(),
    }


def trying(arm: Arm, asked: CapacityOptions, store: Store | None) -> Futures:
    """Something that tries variants of an arm, saying what it is at on standard error."""
    from analysis.capacity.futures import Futures
    from scenarios.cores import processes
    from scenarios.experiment import run

    jobs = processes(asked.jobs, [arm], asked.replications)

    def some(arms: Sequence[Arm], numbers: Sequence[int]) -> Results:
        if not sys.stderr.isatty():
            results = run(arms, len(numbers), jobs, store=store, numbers=numbers)
        else:
            with progress(len(arms) * len(numbers)) as report:
                results = run(arms, len(numbers), jobs, report, store=store, numbers=numbers)
        for notice in results.notices:
            note(notice)
        return results

    return Futures.of(arm, some, note)
