"""What the commands that try many settings share: one progress over all of them, and how they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cli.experiment import tell_failures
from cli.failures import FAILED, FINE, INTERRUPTED
from cli.output import note
from cli.progress import progress
from reports.numbers import replications as counted
from scenarios.cores import processes

if TYPE_CHECKING:
    from analysis.readouts import Runner
    from scenarios.experiment import Arm, Failure, Results
    from scenarios.store import Store


@contextmanager
def batches(
    arms: int, replications: int, like: Sequence[Arm], jobs: int, store: Store | None, cluster: str
) -> Iterator[Runner]:
    """Something that runs arms batch by batch, `arms` of them in all, each of the size of those in `like`."""
    from scenarios.experiment import run

    total = arms * replications
    used = processes(jobs, [arm for arm in like for _ in range(arms // len(like))], replications)
    done = reused = 0
    with progress(total) as report:

        def run_some(some: Sequence[Arm], numbers: Sequence[int]) -> Results:
            nonlocal done, reused
            before = done

            def told(now: int, _: int) -> None:
                report(before + now, total)

            results = run(some, len(numbers), used, told, store=store, cluster=cluster, numbers=numbers)
            for notice in results.notices:
                note(notice)
            done += len(some) * len(numbers)
            reused += len(results.reused)
            return results

        yield run_some
    if reused and store is not None:
        note(f"{reused} of {counted(done)} reused from {store.folder}.")


def stopped(command: str, reason: str, store: Store | None) -> int:
    """Say that it ended before there was anything to show, and how to go on."""
    said = (
        f"Stopped, because {reason}."
        if reason
        else "Stopped before every setting was run, so there is nothing to show."
    )
    kept = "What is finished is kept." if store is not None else "Nothing was kept."
    note(f"{said} {kept} To go on: {command}")
    return FAILED if reason else INTERRUPTED


def ended(failures: Sequence[Failure], store: Store | None) -> int:
    """Say which replications failed, and give the exit code that fits."""
    tell_failures(failures, store)
    return FAILED if failures else FINE
