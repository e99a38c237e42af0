"""Where a worker stands on the way to accreditation, and what keeps a worker at each stage waiting."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from simulation.journal import Event


class Stage(IntEnum):
    """The stages, in order. A worker is in exactly one of them on every day."""

    NOT_JOINED = 0
    OUT_OF_SCOPE = 1
    IN_SCOPE = 2
    ELIGIBLE = 3
    PREPARING = 4
    AWAITING_ENDORSEMENT = 5
    DEVELOPING = 6
    AWAITING_SEAT = 7
    AWAITING_RESULT = 8
    IN_REVIEW = 9
    ACCREDITED = 10
    STOPPED = 11
    LEFT = 12


STAGE_AFTER: Final[dict[Event, Stage]] = {
    Event.JOINED: Stage.OUT_OF_SCOPE,
    Event.PROMOTED: Stage.OUT_OF_SCOPE,
    Event.IN_SCOPE: Stage.IN_SCOPE,
    Event.ELIGIBLE: Stage.ELIGIBLE,
    Event.PUT_FORWARD: Stage.PREPARING,
    Event.PREPARED: Stage.AWAITING_ENDORSEMENT,
    Event.REVIEW_REQUESTED: Stage.IN_REVIEW,
    Event.ACCREDITED: Stage.ACCREDITED,
    Event.RETAKE_PLANNED: Stage.DEVELOPING,
    Event.STOPPED: Stage.STOPPED,
    Event.RENEWAL_DUE: Stage.PREPARING,
    Event.RENEWED: Stage.ACCREDITED,
    Event.ENDORSED: Stage.AWAITING_SEAT,
    Event.NOT_ENDORSED: Stage.DEVELOPING,
    Event.SAT: Stage.AWAITING_RESULT,
    Event.LEFT: Stage.LEFT,
}
"""The stage that an event leads to; events that are not here change no stage."""


class Cause(IntEnum):
    """Why a worker in scope is not accredited on a day: every such day has exactly one cause."""

    NOT_YET_ELIGIBLE = 0
    NOT_WILLING = 1
    PREPARING = 2
    AWAITING_ENDORSEMENT = 3
    DEVELOPING = 4
    AWAITING_SEAT = 5
    AWAITING_RELEASE = 6
    CENTRE_CLOSED = 7
    AWAITING_RESULT = 8


CAUSE_LABELS: Final = (
    "not yet eligible",
    "not willing",
    "preparing",
    "awaiting endorsement",
    "developing after a fail",
    "awaiting a seat",
    "awaiting release",
    "centre closed",
    "awaiting a result",
)

CAUSE_OF_STAGE: Final[dict[Stage, Cause]] = {
    Stage.IN_SCOPE: Cause.NOT_YET_ELIGIBLE,
    Stage.ELIGIBLE: Cause.NOT_WILLING,
    Stage.PREPARING: Cause.PREPARING,
    Stage.AWAITING_ENDORSEMENT: Cause.AWAITING_ENDORSEMENT,
    Stage.DEVELOPING: Cause.DEVELOPING,
    Stage.AWAITING_SEAT: Cause.AWAITING_SEAT,
    Stage.AWAITING_RESULT: Cause.AWAITING_RESULT,
    Stage.IN_REVIEW: Cause.AWAITING_RESULT,
}
"""The cause of a day at each stage; days awaiting a seat are split further by what bound the employer."""
