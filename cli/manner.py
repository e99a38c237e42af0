"""How arms are run: how often, where, how precisely, and with which of what we do not know."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Final

from cli.progress import progress
from scenarios.cores import processes
from scenarios.request import MOST_REPLICATIONS

if TYPE_CHECKING:
    from cli.asked import ComparisonOptions
    from scenarios.experiment import Arm, Results
    from scenarios.precision import Achieved, Target
    from scenarios.store import Store

MOST_INNER: Final = 1_000


@dataclass(frozen=True)
class Manner:
    """What the options of `run` and `compare` say together. `only` is the one replication to run."""

    replications: int
    jobs: int
    level: float
    store: Store | None = None
    cluster: str = ""
    target: Target | None = None
    most: int = 200
    uncertain: bool = False
    inner: int = 1
    only: int | None = None


@dataclass(frozen=True)
class Ran:
    """Results, and what came of the precision asked for."""

    results: Results
    achieved: Achieved | None = None


def manner(asked: ComparisonOptions, only: int | None = None) -> Manner:
    """The options checked: each alone, and those that do not go together. The store is opened last."""
    from rules.errors import InputError, Problem
    from scenarios.precision import FEWEST, parse_target

    wrong: list[Problem] = []
    most, inner = asked.most, asked.inner
    if not FEWEST <= most <= MOST_REPLICATIONS:
        said = f"--max-replications is a whole number from {FEWEST} to {MOST_REPLICATIONS:,}, not {most}"
        wrong.append(Problem("C001", said))
    if not 1 <= inner <= MOST_INNER:
        wrong.append(Problem("C001", f"--inner is a whole number from 1 to {MOST_INNER:,}, not {inner}"))
    if only is not None and not 0 <= only < MOST_REPLICATIONS * inner:
        wrong.append(Problem("C001", f"--only is the number of a replication from 0 on, not {only}"))
    if inner > 1 and asked.uncertainty is None:
        wrong.append(Problem("C010", "--inner goes with --uncertainty parameters"))
    if asked.precision and (asked.uncertainty is not None or only is not None):
        other = "--only" if only is not None else "--uncertainty"
        hint = "more replications make chance smaller, and what we do not know stays"
        wrong.append(
            Problem("C010", f"--precision does not go with {other}", hint="" if only is not None else hint)
        )
    if wrong:
        raise InputError(wrong)
    target = parse_target(asked.precision) if asked.precision else None
    return Manner(
        asked.replications,
        asked.jobs,
        asked.level,
        asked.opened(),
        asked.cluster or "",
        target,
        most,
        asked.uncertainty is not None,
        inner,
        only,
    )


def _get_ready(arm: Arm, alone: bool) -> None:
    """Get ready what is shown afterwards, so that Ctrl-C is obeyed at once; while others work, if any do."""
    if alone:
        import scipy.special  # noqa: F401
    else:
        Thread(target=_ready, args=(arm,), daemon=True).start()


def _ready(arm: Arm) -> None:
    import scipy.special  # noqa: F401

    from rules.errors import InputError
    from simulation.replicate import prepare

    with suppress(InputError):  # the run says the same, and in its own way
        prepare(arm.inputs)


def run_arms(arms: Sequence[Arm], how: Manner) -> Ran:
    """Run the arms with progress on standard error."""
    from scenarios.experiment import run
    from scenarios.precision import until_precise
    from scenarios.uncertainty import run_uncertain

    count = how.most if how.target else how.replications * how.inner
    jobs = processes(how.jobs, arms, 1 if how.only is not None else count)
    numbers = () if how.only is None else (how.only,)
    _get_ready(arms[0], alone=jobs == 1 and not how.cluster)
    total = len(arms) * count
    with progress(total) as report:
        if how.uncertain:
            draws = how.replications
            found = run_uncertain(
                arms, draws, how.inner, jobs, report, store=how.store, cluster=how.cluster, numbers=numbers
            )
            return Ran(found)
        if how.target is None:
            return Ran(run(arms, count, jobs, report, store=how.store, cluster=how.cluster, numbers=numbers))
        done = 0

        def extended(to: int, before: Results | None) -> Results:
            nonlocal done
            already = done

            def further(now: int, _: int) -> None:
                nonlocal done
                done = already + now
                report(done, total)

            return run(arms, to, jobs, further, store=how.store, cluster=how.cluster, before=before)

        return Ran(*until_precise(extended, how.target, how.most, how.level))
