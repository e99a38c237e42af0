"""A batch of replications as JSON lines, by the very functions that `naas compare` runs.

The first line of standard input says what to run. A line "stop", SIGTERM or SIGINT stops and keeps what is
finished. When the line closes, whoever asked is gone: the run stops, and soon after every process of it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any, Final

from tui.asked import Asked
from tui.desk.desk import Desk
from tui.runs.priority import give_way
from tui.runs.sizing import search

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from scenarios.precision import Achieved
    from scenarios.stopping import Stop

EVERY: Final = 0.1
"""Seconds between two lines of progress."""

GRACE: Final = 3.0
"""Seconds to keep what is finished once nobody listens any more."""

MOST_FAILURES: Final = 3
"""Failed replications told one by one."""

Tell = Callable[[dict[str, Any]], None]


class Progress:
    """Replications done, their rate and the time left, told ten times a second at most."""

    def __init__(self, tell: Tell, stored: int, of: int) -> None:
        self._tell, self.stored, self.of = tell, stored, of
        self.done = 0
        self._began = time.monotonic()
        self._last = 0.0

    def __call__(self, done: int) -> None:
        """So many replications have been run now, besides those that were stored before."""
        self.done = done
        now = time.monotonic()
        if now - self._last < EVERY and self.stored + done < self.of:
            return
        self._last = now
        rate = done / (now - self._began) if done else 0.0
        left = (self.of - self.stored - done) / rate if rate else None
        self._tell({"done": self.stored + done, "of": self.of, "rate": rate, "left": left})


def run(request: dict[str, Any], tell: Tell) -> None:
    """Run what is asked for and tell of it; the last line says how it ended."""
    from rules.errors import InputError
    from scenarios.atomic import StoreError
    from scenarios.stopping import Stop

    names = [str(name) for name in request["scenarios"]]
    settings = dict(request.get("settings") or {})
    try:
        with Stop(at_once=False) as stop:  # the work on replications has its own, which ends it at once
            if request.get("sizing"):
                search(names[-1], settings, dict(request["sizing"]), tell, stop)
            else:
                _run(names, settings, bool(request.get("costs")), tell, stop)
    except InputError as error:
        tell({"problem": [str(item) for item in error.problems]})
        tell({"outcome": "refused", "said": f"Nothing was run: {error.problems[0].message}", "used": 0})
    except StoreError as error:
        tell({"outcome": "failed", "said": str(error), "used": 0})
    except KeyboardInterrupt:
        tell({"outcome": "stopped", "said": "Stopped before anything was run.", "used": 0})


def _run(scenarios: list[str], settings: dict[str, Any], costs: bool, tell: Tell, stop: Stop) -> None:
    from analysis.cost_runs import arms_to_run
    from scenarios.cores import processes
    from scenarios.experiment import run
    from scenarios.kept import held
    from scenarios.precision import parse_target, until_precise
    from tui.views.run import precision_page

    desk = Desk()
    asked = desk.asked(settings)
    target = parse_target(asked.precision) if asked.precision else None
    tell({"message": "reading the scenarios"})
    ready = desk.line_up(scenarios, settings)
    arms = [arm for _, arm in ready]
    if costs:  # what a scheme costs is told beside the same world without one
        arms, _ = arms_to_run(arms)
    store = desk.store
    wanted = range(asked.replications)
    stored = sum(len(held(store, arm)[1].intersection(wanted)) for arm in arms)
    progress = Progress(tell, stored, len(arms) * asked.replications)
    progress(0)
    stop.check()
    jobs = processes(asked.jobs, arms, asked.replications)
    tell({"message": f"{stored} of {progress.of} replications are stored already; {jobs} at a time"})
    run_before = 0

    def extended(to: int, before: Results | None) -> Results:
        nonlocal run_before
        already = run_before

        def further(now: int, _: int) -> None:
            nonlocal run_before
            run_before = already + now
            progress(run_before)

        results = run(arms, to, jobs, further, store=store, before=before)
        tell({"page": json.loads(precision_page(results, asked).model_dump_json())})
        tell({"failures": len(results.failures)})
        early = stop.asked and to < asked.replications
        return replace(results, interrupted=True) if early else results

    achieved: Achieved | None = None
    if target is not None:
        results, achieved = until_precise(extended, target, asked.replications, asked.interval / 100)
    else:
        results = _in_steps(extended, asked.replications, jobs)
    _ended(results, achieved, asked, arms, tell)


def _in_steps(extended: Callable[[int, Results | None], Results], replications: int, jobs: int) -> Results:
    """A fixed number, in steps long enough to keep every process busy, so that widths can be told."""
    results: Results | None = None
    step = max(5, 2 * jobs)
    for to in [*range(step, replications, step), replications]:
        results = extended(to, results)
        if results.interrupted or results.stopped:
            return results
    assert results is not None
    return results


def _ended(results: Results, achieved: Achieved | None, asked: Asked, arms: list[Arm], tell: Tell) -> None:
    for notice in results.notices:
        tell({"message": notice})
    for failure in results.failures[:MOST_FAILURES]:
        tell({"message": f"replication {failure.replication} of {failure.arm} failed: {failure.error}"})
        tell({"message": f"it alone, with its traceback: {failure.command}"})
    if len(results.failures) > MOST_FAILURES:
        tell(
            {"message": f"and {len(results.failures) - MOST_FAILURES} more; naas results show tells them all"}
        )
    used, requested = int(results.whole.sum()), asked.replications
    kept = f"{used} of {requested} replications are kept"
    if results.stopped:
        outcome, said = "failed", f"Stopped, because {results.stopped}: {kept}."
    elif results.interrupted:
        outcome, said = "stopped", f"Stopped: {kept}."
    elif achieved is not None and not achieved.reached:
        why = achieved.refused or f"about {achieved.needed:,} replications would be needed"
        outcome, said = "imprecise", f"The precision asked for was not reached: {why}. {kept}."
    elif results.failures:
        outcome, said = "failures", f"Ended with {len(results.failures)} failed: {kept}."
    elif achieved is not None:
        outcome, said = "done", f"Precise enough with {achieved.run} replications of each scenario."
    else:
        outcome, said = "done", f"Finished: {used} replications of each of {len(arms)} scenarios."
    tell({"outcome": outcome, "said": said, "used": used})


def listen(lines: IO[str]) -> None:
    """Follow standard input: "stop" stops; its end means that nobody is left to tell."""
    for line in lines:
        if line.strip() == "stop":
            signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    time.sleep(GRACE)
    if os.name == "posix" and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def main() -> None:
    """Run what the first line of standard input asks for."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    said = threading.Lock()

    def tell(what: dict[str, Any]) -> None:
        with said:
            try:
                out.write(f"{json.dumps(what)}\n")
                out.flush()
            except BrokenPipeError:  # nobody listens; finished replications are kept all the same
                pass

    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    give_way(10)  # the screen and the desk come first
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=listen, args=(sys.stdin,), daemon=True).start()
    run(request, tell)
    out.flush()
    os._exit(0)  # the listening thread waits for a line that need not come
