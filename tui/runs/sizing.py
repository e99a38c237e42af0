"""The search of `naas capacity size` as a run that can be followed, stopped, and gone on with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tui.desk.desk import Desk

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from scenarios.stopping import Stop

Tell = Callable[[dict[str, Any]], None]


def search(scenario: str, settings: dict[str, Any], how: dict[str, Any], tell: Tell, stop: Stop) -> None:
    """Look for the least seats of every region; each future that is tried is kept in the store.

    `how` holds the target as text, the confidence and the number of futures.
    """
    from analysis.capacity.futures import Futures
    from analysis.capacity.plans import LUMPS
    from analysis.capacity.sizing import size
    from analysis.capacity.targets import check_confidence, parse_target
    from analysis.readouts import UnfinishedError
    from reports.capacity_tables import held_again
    from scenarios.cores import processes
    from scenarios.experiment import run

    desk = Desk()
    asked = desk.asked(settings)
    aim, confidence, count = parse_target(str(how["target"])), float(how["confidence"]), int(how["futures"])
    check_confidence(confidence, count)
    tell({"message": f"looking for the least seats so that {aim}"})
    arm = desk.line_up([scenario], settings)[0][1]
    lump = LUMPS["circuit" if arm.inputs.plain is None else "seat"]
    jobs, done = processes(asked.jobs, [arm], count), 0

    def some(arms: Sequence[Arm], numbers: Sequence[int]) -> Results:
        nonlocal done
        if stop.asked:
            raise UnfinishedError
        before = done

        def further(now: int, _: int) -> None:
            tell({"done": before + now, "of": 0})

        results = run(arms, len(numbers), jobs, further, store=desk.store, numbers=numbers)
        done += int(results.whole.sum())
        tell({"done": done, "of": 0})
        return results

    futures = Futures.of(arm, some, lambda text: tell({"message": text}))
    try:
        found = size(futures, aim, confidence, lump, count)
    except UnfinishedError as error:
        why = f", because {error}" if str(error) else ""
        said = f"Stopped{why} before the search had ended. Searching again goes on from there."
        tell({"outcome": "stopped", "said": said, "used": 0})
        return
    tell({"done": done, "of": done})  # how many there are is known only now
    unmet = [item.region for item in found.regions if item.because]
    said = (
        f"Sized: {found.total} {lump.name}s in all."
        if found.total is not None
        else "Not every region can be sized"
    )
    said += f": {', '.join(unmet)}." if unmet else ""
    said += f" {held_again(found)}" if found.short else ""
    tell({"outcome": "done", "said": said, "used": found.futures})
