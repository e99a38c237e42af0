"""A person in the twin: who they are, where they stand, and what others do to them."""

from __future__ import annotations

from enum import Enum
from typing import cast

import simpy

from simulation.assessment import ALL_ELEMENTS, LEADER_ELEMENTS, SLOTS
from simulation.codes import CONTRACTS, FUNCTIONS, ORIGINS, ROLES, STATUSES
from simulation.journal import Event
from simulation.policy import EMPLOYER_KINDS
from simulation.stages import Stage
from simulation.twin_nation import Nation
from simulation.twin_rules import NEVER, Call


class Change(Enum):
    """What can happen to a worker's post."""

    LEFT = "left"
    MOVED = "moved"
    PROMOTED = "promoted"


def news_of(interrupt: simpy.Interrupt) -> tuple[Change, int]:
    """What interrupts a life: how the post changes, and on which day."""
    return cast(tuple[Change, int], interrupt.cause)


class Person:
    """One person; `process` is their life, which a `Worker` lives. Days count from the baseline.

    `departs`, `promotes` and `restricts` are settled days to come; `queued` is the day that counts in a line;
    `pending` are the elements to sit, `failed` and `narrow` those of the last result, all as bits. `attempt`
    numbers sittings towards one accreditation, `developed` the developments after a fail; `considered`,
    `booked`, `sat` and `moves` number occasions for draws and never go back.
    """

    def __init__(self, nation: Nation, row: int) -> None:
        self.nation, self.row = nation, row
        people = nation.people
        self.joins = int(people.joins[row])
        self.employer = int(people.employer[row])
        self.contract = CONTRACTS[people.contract[row]]
        self.role = ROLES[people.role[row]]
        self.origin = ORIGINS[people.origin[row]]
        self.asye = int(people.asye_start[row]) >= nation.rules.date("phase.asye_since")
        bits = int(people.functions[row])
        self.functions = frozenset(name for bit, name in enumerate(FUNCTIONS) if bits >> bit & 1)
        self.new_in_role = bool(people.new_in_role[row])
        self.service_start = int(people.service_start[row])
        self.role_start = int(people.role_start[row])
        self.long_service = self.joins - self.service_start >= 5 * 365.25
        in_authority = not people.employers.kind[self.employer]
        self.may_move = self.contract == "employed" and in_authority and people.labels is None
        self.stage = Stage.NOT_JOINED
        self.call: Call
        self.departs = self.promotes = NEVER
        self.moving = False
        self.restricts = self.accredited_on = NEVER
        self.restricted = self.renewing = self.failed_last = False
        self.attempt = self.developed = 0
        self.considered = self.booked = self.sat = self.moves = 0
        self.pending = ALL_ELEMENTS
        self.failed = self.narrow = 0
        self.queued = NEVER
        self.answer: simpy.Event
        self.process: simpy.Process

    @property
    def changes_on(self) -> int:
        """The day of the next change of post, as far as it is settled."""
        return min(self.departs, self.promotes)

    def leave(self, day: int) -> None:
        """Leave for good."""
        self.write(Event.LEFT, day)
        self.stage = Stage.LEFT
        self.departs = self.promotes = self.restricts = NEVER
        self.process.interrupt((Change.LEFT, day))

    def move(self, day: int, employer: int) -> None:
        """Take up post with another employer."""
        self.write(Event.MOVED, day, employer)
        self.departs, self.moving = NEVER, False
        self.employer, self.service_start = employer, day
        self.moves += 1
        self.process.interrupt((Change.MOVED, day))

    def promote(self, day: int) -> None:
        """Become new to a supervising role, with nothing achieved in it so far."""
        self.write(Event.PROMOTED, day)
        self.promotes, self.role_start = NEVER, day
        self.functions, self.new_in_role = frozenset({"practice_supervision"}), True
        self.hold_functions_again(day)
        self.accredited_on = NEVER
        self.renewing = self.failed_last = False
        self.attempt = self.developed = 0
        self.process.interrupt((Change.PROMOTED, day))

    def inspect(self) -> None:
        """Give up the functions on the day after the latest date, unless accredited or elsewhere by then."""
        day = self.restricts
        if day >= self.changes_on:
            return
        self.restricts = NEVER
        if self.accredited_on > day and not self.restricted:
            self.write(Event.RESTRICTED, day)
            self.restricted = True
            if self.accredited_on < NEVER:
                self.hold_functions_again(self.accredited_on)

    def ask_rules(self, day: int) -> None:
        """Let the rules say what the present post calls for."""
        people = self.nation.people.employers
        self.call = self.nation.rules.call(
            {
                "functions": self.functions,
                "employer": EMPLOYER_KINDS[people.kind[self.employer]],
                "contract": self.contract,
                "phase_one_authority": bool(people.phase_one_2016[self.employer]),
                "asye_since_start": self.asye,
                "origin": self.origin,
                "new_in_role": self.new_in_role,
            },
            self.employer,
            self.service_start,
            self.role_start,
            day,
        )
        self.restricts = self.call.latest + 1 if self.call.loses_functions else NEVER
        self.pending = self.whole_assessment()

    def marks(self, occasion: int) -> tuple[int, int]:
        """The elements failed and, of these, those failed narrowly, as bits."""
        marking = self.nation.prepared.marking
        middle = len(marking.lines[0].fail) // 2
        standing = int(marking.standing[self.row]) + self.developed * marking.gain
        at = max(-middle, min(standing, middle)) + middle
        failed = narrow = 0
        for slot, (name, line) in enumerate(zip(SLOTS, marking.lines, strict=True)):
            draw = self.draw(f"element {name}", occasion)
            if self.pending >> slot & 1 and draw < line.fail[at]:
                failed |= 1 << slot
                if draw >= line.wide[at]:
                    narrow |= 1 << slot
        return failed, narrow

    def accredit(self, day: int) -> None:
        """Be accredited, or keep the accreditation that was to be renewed."""
        if self.renewing:
            self.write(Event.RENEWED, day)
        else:
            self.write(Event.ACCREDITED, day, STATUSES.index(self.call.status))
        self.hold_functions_again(day)
        self.renewing = self.failed_last = False
        self.attempt = 0
        self.accredited_on = day
        self.pending = self.whole_assessment()

    def fall_below_standard(self, day: int) -> None:
        """An accreditation that was to be renewed ends, with its consequence once the latest date is past."""
        self.failed_last = True
        if self.renewing:
            self.renewing, self.accredited_on = False, NEVER
            self.restricts = max(day, self.call.latest) + 1 if self.call.loses_functions else NEVER

    def hold_functions_again(self, day: int) -> None:
        """Take up again the functions that were given up, if they were."""
        if self.restricted:
            self.write(Event.RESTORED, day)
        self.restricted = False

    def whole_assessment(self) -> int:
        """Every element of the assessment for the status called for."""
        return LEADER_ELEMENTS if self.call.status == "leader" else ALL_ELEMENTS

    def write(self, event: Event, day: int, detail: int = 0) -> None:
        """Enter an event of this person in the journal."""
        self.nation.write(event, day, self.row, detail)

    def draw(self, stream: str, occasion: int = 0) -> float:
        """This person's draw on an occasion of one decision."""
        return self.nation.draw(stream, self.row, occasion)

    def lasts(self, parameter: str, stream: str, occasion: int = 0) -> int:
        """How many days something takes this person on an occasion."""
        return self.nation.lasts(parameter, self.draw(stream, occasion))
