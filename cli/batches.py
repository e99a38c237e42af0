"""What the commands that try many settings share: one progress over all of them, and how they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cli.experiment import MOST_FAILURES, processes
from cli.failures import FAILED, FINE, INTERRUPTED
from cli.output import note
from cli.progress import progress

if TYPE_CHECKING:
    from analysis.gathering import Runner
    from scenarios.experiment import Arm, Failure, Results


@contextmanager
def batches(arms: int, replications: int, jobs: int, like: Sequence[Arm]) -> Iterator[Runner]:
    """Something that runs arms batch by batch, `arms` of them in all, each of the size of those in `like`."""
    from scenarios.experiment import run

    total = arms * replications
    used = processes(jobs, [arm for arm in like for _ in range(arms // len(like))], replications)
    done = 0
    with progress(total) as report:

        def run_some(some: Sequence[Arm], times: int) -> Results:
            nonlocal done
            before = done
            results = run(some, times, used, lambda now, _: report(before + now, total))
            done += len(some) * times
            return results

        yield run_some


def stopped(command: str) -> int:
    """Say that the person stopped it before there was anything to show."""
    note(f"Stopped before every setting was run, so there is nothing to show. To run it again: {command}")
    return INTERRUPTED


def ended(failures: Sequence[Failure]) -> int:
    """Say which replications failed, and give the exit code that fits."""
    for failure in failures[:MOST_FAILURES]:
        note(f"replication {failure.replication} of {failure.arm} failed: {failure.error}")
    if len(failures) > MOST_FAILURES:
        note(f"and {len(failures) - MOST_FAILURES} more")
    return FAILED if failures else FINE
