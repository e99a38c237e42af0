"""What the questions about capacity share: an arm run as asked, or read from the store, and how they end."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cli.batches import ended
from cli.experiment import checked_date, checked_numbers
from cli.failures import FAILED, INTERRUPTED
from cli.output import note
from cli.progress import progress
from reports.next_commands import as_often, following
from reports.numbers import replications
from reports.population import population
from scenarios.request import DEFAULT_REPLICATIONS

if TYPE_CHECKING:
    from analysis.capacity.futures import Futures
    from scenarios.experiment import Arm, Results
    from scenarios.scenario import Scenario
    from scenarios.store import Store
    from simulation.parameters import Parameters


def _of_readouts(setting: str) -> bool:
    """Whether a setting is of what readouts take for granted, and changes nothing that is simulated."""
    from analysis.capacity.assumed import assumed

    return setting.partition("=")[0].strip() in assumed()


@dataclass(frozen=True)
class Asked:
    """The options that say what is simulated and how it is run."""

    settings: Sequence[str]
    replications: int
    seed: int
    until: str | None
    scale: float | None
    workforce: Path | None
    jobs: int
    folder: Path | None
    no_store: bool

    @property
    def of_world(self) -> list[str]:
        """The settings of levers and of parameters of the world."""
        return [text for text in self.settings if not _of_readouts(text)]

    @property
    def of_readouts(self) -> list[str]:
        """The settings of what readouts take for granted."""
        return [text for text in self.settings if _of_readouts(text)]

    def assumed(self) -> Parameters:
        """What readouts take for granted, as far as it is not set. Raises what is wrong with a setting."""
        from analysis.capacity.assumed import assumed
        from scenarios.settings import read

        return assumed().patched(read(self.of_readouts, assumed())[1])

    def made(self) -> dict[str, str | float]:
        """Every setting by name, with its value."""
        if not self.settings:
            return {}
        from analysis.capacity.assumed import assumed
        from scenarios.settings import values

        return values(self.of_world) | values(self.of_readouts, assumed())

    def following(
        self, arm: Arm, question: str, *words: str, usual: int = DEFAULT_REPLICATIONS, least: int = 1
    ) -> str:
        """The command that asks another question about the same.

        A number of replications is taken along where it was asked for, if the question, which has another
        `usual`, can be asked with so few.
        """
        taken = as_often(self.replications) and self.replications >= least
        often = as_often(self.replications, usual) if taken else ()
        settings = [word for text in self.of_readouts for word in ("--set", text)]
        store = ["--store", str(self.folder)] if self.folder else []
        return following(arm, f"capacity {question}", *words, then=[*settings, *often, *store])

    def store(self) -> Store | None:
        """Where results are kept."""
        from cli.storing import opened_store

        return opened_store(self.folder, self.no_store)


def lined_up(name: str, asked: Asked) -> tuple[Scenario, Arm]:
    """The scenario and its arm. Raises what is wrong with the numbers or the file."""
    from scenarios.line_up import line_up

    checked_numbers(asked.replications, asked.seed, asked.jobs, asked.scale, 80)
    until = checked_date(asked.until)
    return line_up([name], asked.of_world, asked.seed, asked.scale, until, asked.workforce)[0]


def ran(arms: Sequence[Arm], asked: Asked) -> tuple[Results, int]:
    """Run what is not stored, with a warning where seats cannot be enough, and with progress.

    The results, and the code that the command ends with. Where everything is stored, nothing is made ready
    that only a run needs.
    """
    from scenarios.kept import all_held

    store = asked.store()
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
    code = ended(results.failures)
    if results.interrupted or results.stopped:
        why = f", because {results.stopped}" if results.stopped else ""
        kept = f"{int(results.whole.sum())} of {replications(results.requested)} kept"
        note(f"Stopped{why}: {kept}. To go on: {again()}")
        code = FAILED if results.stopped else INTERRUPTED
    return results, code


def again() -> str:
    """What a person typed."""
    return f"naas {shlex.join(sys.argv[1:])}"


def head(arm: Arm, futures: int, asked: Asked) -> str:
    """Who, when, how often and what was set, for the top of a table."""
    inputs = arm.inputs
    span = f"{inputs.start.day} {inputs.start:%b %Y} to {inputs.until.day} {inputs.until:%b %Y}"
    times = replications(futures) + (", so that no figure has a range" if futures == 1 else "")
    said = f"{arm.name} · {population(arm)} · {span} · {times}, seed {inputs.seed}"
    if not (made := asked.made()):
        return said
    from reports.comparing import settings_line

    return f"{said} · {settings_line(made, several=False)}"


def about(arm: Arm, futures: int, asked: Asked) -> dict[str, object]:
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


def trying(arm: Arm, asked: Asked, store: Store | None) -> Futures:
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
