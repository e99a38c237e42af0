"""The golden journal: forty people over eighteen months, as text that a person can read and compare.

To rewrite it on purpose, after a change that is meant to change lives:

    PYTHONPATH=. python tests/simulation/golden_journal.py

and look at the difference before it is committed.
"""

from __future__ import annotations

from pathlib import Path

from scenarios.loader import load_scenario
from simulation.journal import events
from simulation.prepared import prepare_rollout
from simulation.replication import Replication
from simulation.stories import life
from simulation.world import run_world

FOLDER = Path(__file__).parent / "golden"
JOURNAL = FOLDER / "journal.txt"
HOW = "PYTHONPATH=. python tests/simulation/golden_journal.py rewrites it"
SEED = 2020


def golden_run() -> Replication:
    """The replication whose journal is kept."""
    inputs = load_scenario(str(FOLDER / "scenario.yaml")).inputs(seed=SEED)
    return run_world(prepare_rollout(inputs), 0)


def told(run: Replication) -> list[str]:
    """One line an event: date, worker, event, and what it means for this worker."""
    names = run.workforce.labels or ()
    stories = {worker: iter(life(run, worker)) for worker in range(run.workforce.size)}
    lines = []
    for _, date, worker, event, _ in events(run.journal):
        _, words = next(stories[worker])
        lines.append(f"{date}  {names[worker]}  {event:16}  {words}")
    return lines


if __name__ == "__main__":
    JOURNAL.write_text("\n".join(told(golden_run())) + "\n", encoding="utf-8")
