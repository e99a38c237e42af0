"""A journal read slowly: one event at a time, in words, sharing no array with what it is held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from simulation.journal import events
from simulation.replication import Replication

Life = list[tuple[int, str, int]]

STAGE_AFTER: Final = {
    "joined": "out of scope",
    "promoted": "out of scope",
    "in_scope": "in scope",
    "eligible": "eligible",
    "put_forward": "preparing",
    "prepared": "awaiting endorsement",
    "endorsed": "awaiting seat",
    "not_endorsed": "developing",
    "sat": "awaiting result",
    "review_requested": "in review",
    "retake_planned": "developing",
    "accredited": "accredited",
    "renewal_due": "preparing",
    "renewed": "accredited",
    "stopped": "stopped",
    "left": "left",
}
"""Where each event leaves a person; any other event changes no stage."""

STAGES: Final = (
    *("not joined", "out of scope", "in scope", "eligible", "preparing", "awaiting endorsement"),
    *("developing", "awaiting seat", "awaiting result", "in review", "accredited", "stopped", "left"),
)


def lives(run: Replication) -> dict[int, Life]:
    """Every worker's events as (day, event, detail), in order."""
    found: dict[int, Life] = defaultdict(list)
    for day, _, worker, event, detail in events(run.journal):
        found[worker].append((day, event, detail))
    return found


def spells(life: Life, employer: int, end: int) -> Iterator[tuple[int, int, str, int, bool]]:
    """The stretches of a life as (first day, day after the last, stage, employer, accredited)."""
    stage, accredited = "not joined", False
    for index, (day, event, detail) in enumerate(life):
        stage = STAGE_AFTER.get(event, stage)
        if event == "moved":
            employer = detail
        elif event in ("accredited", "renewed"):
            accredited = True
        elif event in ("promoted", "left") or (event == "result" and detail >> 4 & 0xF):
            accredited = False
        past = life[index + 1][0] if index + 1 < len(life) else end
        if past > day:
            yield day, past, stage, employer, accredited
