"""How far a long run has come: a bar where a person is watching, plain lines where nobody is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

LINES: Final = 10
"""Plain lines of progress in one run."""

Report = Callable[[int, int], None]


@contextmanager
def progress(total: int) -> Iterator[Report]:
    """Something to tell how many of `total` replications are done; it writes to standard error only."""
    if sys.stderr.isatty():
        with _bar(total) as report:
            yield report
    else:
        yield _lines()


def _lines() -> Report:
    started = time.monotonic()
    shown = 0

    def report(done: int, total: int) -> None:
        nonlocal shown
        tenth = done * LINES // total
        if tenth > shown or done == total:
            shown = tenth
            spent = time.monotonic() - started
            left = spent / done * (total - done)
            rate = done / spent if spent > 0 else 0.0
            sys.stderr.write(
                f"{done} of {total} replications, {rate:.1f} a second, about {left:.0f} s left\n"
                if done < total
                else f"{total} replication{'s' if total != 1 else ''} in {spent:.1f} s\n"
            )
            sys.stderr.flush()

    return report


@contextmanager
def _bar(total: int) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft
    from rich.text import Text

    class Rate(ProgressColumn):
        """Replications a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    parts = (TextColumn("replications"), BarColumn(), MofNCompleteColumn(), Rate(), TimeLeft(compact=True))
    with Progress(*parts, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done, _: bar.update(task, completed=done)
