"""What `run` and `compare` share: their options checked, the arms run, and what is said afterwards."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from cli.failures import FAILED, FINE, INTERRUPTED
from cli.output import note

if TYPE_CHECKING:
    from cli.manner import Manner, Ran
    from scenarios.comparison import Comparison
    from scenarios.experiment import Arm, Failure
    from scenarios.store import Store

MOST_FAILURES: Final = 3
"""Failed replications told one by one."""


def checked_ids(arms: Sequence[Arm]) -> None:
    """Raise C004 where two of several scenarios have one id, as when one is named twice."""
    from rules.errors import problem

    names = [arm.name for arm in arms]
    if len(set(names)) < len(names):
        raise problem("C004", f"the scenarios need different ids; these are {', '.join(names)}")


def checked_date(text: str | None, option: str = "--until") -> date | None:
    """The date that an option gives, within what the working calendar covers."""
    if text is None:
        return None
    from scenarios import request

    return request.checked_date(text, option)


def dates_to_show(arm: Arm, at: str | None, every_year: bool) -> frozenset[str] | None:
    """The dates that a table shows: the one asked for, the last one, or every one (None)."""
    from analysis.readings import reading_day
    from rules.errors import problem

    if at is not None and every_year:
        raise problem("C010", "--at does not go with --every-year")
    if every_year:
        return None
    return frozenset({reading_day(arm.inputs, checked_date(at, "--at")).isoformat()})


def checked_measures(names: Sequence[str] | None) -> frozenset[str] | None:
    """The measures asked for; None for all of them."""
    if not names:
        return None
    from rules.errors import InputError, Problem, nearest
    from simulation.measures import MEASURES

    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        raise InputError(
            Problem(
                "C003",
                f"unknown measure '{name}'",
                hint=nearest(name, MEASURES) or "naas measures lists them",
            )
            for name in unknown
        )
    return frozenset(names)


def tell_failures(failures: Sequence[Failure], store: Store | None, traced: bool = False) -> None:
    """Say which replications failed, and how to repeat each alone; with the traceback when asked for.

    Where there is a `store`, it has those that are not told.
    """
    for failure in failures[:MOST_FAILURES]:
        note(f"replication {failure.replication} of {failure.arm} failed: {failure.error}")
        if os.environ.get("NAAS_TRACE") or traced:
            note(failure.trace)
        elif failure.command:
            note(f"    it alone, with its traceback: {failure.command}")
    if len(failures) > MOST_FAILURES:
        told = "; naas results show tells them all" if store is not None else ""
        note(f"and {len(failures) - MOST_FAILURES} more{told}")


def aftermath(comparison: Comparison, command: str, ran: Ran, how: Manner) -> int:
    """Say what was set aside, failed or stopped, or was not precise enough; the exit code fits."""
    results = comparison.results
    for notice in results.notices:
        note(notice)
    tell_failures(results.failures, how.store, traced=how.only is not None)
    pairs = "paired " if len(results.arms) > 1 else ""
    kept = f"{comparison.used} of {results.requested:,} {pairs}replications kept. To go on: {command}"
    if results.stopped:
        note(f"Stopped, because {results.stopped}: {kept}")
        return FAILED
    if results.interrupted:
        note(f"Stopped: {kept}")
        return INTERRUPTED
    if ran.achieved is not None and not ran.achieved.reached:
        why = ran.achieved.refused or (
            f"{ran.achieved.run} replications were not enough; about {ran.achieved.needed:,} would be "
            "(--max-replications)"
        )
        note(f"The precision asked for was not reached: {why}")
        return FAILED
    return FAILED if results.failures else FINE
