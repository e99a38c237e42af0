"""The staffing gap: a case worked by hand, and whole worlds reckoned again person by person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from worlds import STAYING, lives_of, on, outcome, replay

from rules.levers import Levers
from simulation.calendar import date_of
from simulation.inputs import Inputs
from simulation.journal import Event, Recorder
from simulation.parameters import Override, Parameters
from simulation.plain_population import plain_workforce
from simulation.staffing import StaffingGap, staffing_gap
from simulation.timeline import timeline
from simulation.workforce import Workforce

pytestmark = pytest.mark.property

ARMS = (
    ("no-scheme",),
    ("mandatory", "q1.mandatory_from=2018-06-01", "take_up.mandatory=0.85"),
    ("as-delivered", "take_up.voluntary=0.9", "support.preparation_days=20"),
    ("mandatory", "promotion.annual_rate=0.3", "q9=assessment", "q9.years=1"),
)
UNTIL = date(2019, 12, 31)

# A case by hand: two employers, five people, four months.

NORTH, SOUTH = 0, 1
PRACTITIONER, SUPERVISOR = 0, 1


def five_people() -> Workforce:
    """In the North 1.0 and 0.8 FTE, an agency worker and 0.9 vacant; in the South 0.6 and a supervisor."""
    people = plain_workforce(5, (("North", 0.6), ("South", 0.4)))
    employers = replace(
        people.employers,
        fte=np.array([180, 160], dtype=np.int32),
        vacancies_fte=np.array([90, 0], dtype=np.int32),
    )
    return replace(
        people,
        employers=employers,
        employer=np.array([NORTH, NORTH, NORTH, SOUTH, SOUTH], dtype=np.int16),
        contract=np.array([0, 0, 1, 0, 0], dtype=np.int8),
        fte=np.array([100, 80, 100, 60, 100], dtype=np.int16),
    )


def by_hand(growth: float = 0.0) -> StaffingGap:
    events: tuple[tuple[date, Event, int, int], ...] = (
        *((date(2016, 9, 30), Event.JOINED, worker, 0) for worker in range(5)),
        *((date(2017, 1, 1), Event.IN_SCOPE, worker, 1) for worker in range(4)),
        (date(2017, 1, 1), Event.IN_SCOPE, 4, 2),
        (date(2017, 1, 10), Event.PUT_FORWARD, 0, 0),
        (date(2017, 2, 6), Event.SAT, 0, 7),
        (date(2017, 2, 20), Event.LEFT, 1, 0),
        (date(2017, 3, 10), Event.RESTRICTED, 0, 0),
        (date(2017, 3, 15), Event.MOVED, 3, NORTH),
        (date(2017, 4, 5), Event.RESTORED, 0, 0),
    )
    recorder = Recorder()
    for when, event, worker, detail in events:
        recorder.add(event, np.array([worker]), on(when.year, when.month, when.day), detail)
    changes = {"posts.annual_growth": growth, "posts.release_days_per_fte_month": 20.0}
    overrides = {name: Override(value, assumption="for the case by hand") for name, value in changes.items()}
    start, until = on(2017, 1, 1), on(2017, 4, 30)
    people = five_people()
    filled = np.array([[180, 0, 0], [60, 100, 0]])
    inputs = Inputs(Levers(), Parameters.shipped().patched(overrides))
    lives = timeline(recorder.journal(), people.employer.astype(np.int64), until + 1)
    return staffing_gap(lives, people, filled, inputs, start, until)


def test_the_case_by_hand() -> None:
    """Posts in the North are 1.8 filled and half as many vacant: 2.7 FTE. A month of one post is 20 days.

    January: three days of preparation take 0.15 of 1.8, so 1.05 are missing, and the agency worker covers 1.
    February: 0.8 has left, and one sitting takes 0.05: 1.75 are missing. March: the one who is left is
    restricted, and 0.6 has come from the South: 2.1 are missing here and 0.6 there. April: restored, 1.1.
    """
    found = by_hand()
    assert [date_of(day) for day in found.month_ends] == [
        *(date(2017, 1, 31), date(2017, 2, 28), date(2017, 3, 31), date(2017, 4, 30)),
    ]
    assert found.posts[:, NORTH, PRACTITIONER].tolist() == [270] * 4
    assert found.able[:, NORTH, PRACTITIONER].tolist() == [165, 95, 60, 160]
    assert found.gap[:, NORTH, PRACTITIONER].tolist() == [105, 175, 210, 110]
    assert found.covered[:, NORTH, PRACTITIONER].tolist() == [100] * 4
    assert found.uncovered[:, NORTH, PRACTITIONER].tolist() == [5, 75, 110, 10]
    assert found.gap[:, SOUTH, PRACTITIONER].tolist() == [0, 0, 60, 60]
    assert found.uncovered[:, SOUTH, PRACTITIONER].tolist() == [0, 0, 60, 60]
    assert not found.gap[:, :, SUPERVISOR].any()


def test_posts_grow_by_the_year() -> None:
    """A tenth a year: 123 days after the baseline are 0.337 years, and 2.7 posts 2.79; 212 days 2.86."""
    assert by_hand(growth=0.1).posts[:, NORTH, PRACTITIONER].tolist() == [279, 281, 283, 286]


# Whole worlds, person by person.


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_every_cell_is_what_people_add_up_to(settings: tuple[str, ...]) -> None:
    found = outcome(*settings, until=UNTIL)
    run, gap = found.replication, found.gap
    people = run.workforce
    value = run.inputs.parameters.value
    away = np.zeros(gap.able.shape)
    each = {"put_forward": float(str(run.inputs.levers["support.preparation_days"]))}
    each["sat"] = value("release.days_per_sitting")
    for worker, life in lives_of(run).items():
        employer, status = int(people.employer[worker]), 0
        for day, event, detail in life:
            employer = detail if event == "moved" else employer
            status = detail if event == "in_scope" else status
            if event in each and day <= gap.month_ends[-1]:
                away[np.searchsorted(gap.month_ends, day), employer, status - 1] += each[event]
    held = np.zeros((2, *gap.able.shape), dtype=np.int64)
    for month, (_, everyone) in enumerate(replay(run, list(gap.month_ends))):
        for worker, person in enumerate(everyone):
            if person.present and person.status and not person.restricted:
                through = int(people.contract[worker] != 0)
                held[through, month, person.employer, person.status - 1] += int(people.fte[worker])
    lost = np.rint(away * 100 / value("posts.release_days_per_fte_month")).astype(np.int64)
    assert (gap.able == np.maximum(held[0] - lost, 0)).all()
    assert (gap.gap == np.maximum(gap.posts - gap.able, 0)).all()
    assert (gap.covered == np.minimum(gap.gap, held[1])).all()


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_the_gap_is_no_smaller_than_what_is_uncovered(settings: tuple[str, ...]) -> None:
    gap = outcome(*settings, until=UNTIL).gap
    assert (gap.gap >= gap.uncovered).all()
    assert (gap.uncovered >= 0).all()
    assert (gap.covered >= 0).all()
    assert gap.gap.any()


def test_months_end_where_months_end() -> None:
    ends = [date_of(day) for day in outcome("no-scheme", until=date(2018, 2, 15)).gap.month_ends]
    assert ends[:3] == [date(2017, 1, 31), date(2017, 2, 28), date(2017, 3, 31)]
    assert ends[-2:] == [date(2018, 1, 31), date(2018, 2, 15)]
    assert len(ends) == 14


def test_filled_posts_are_the_people_in_scope_at_the_baseline() -> None:
    """In a world where nobody leaves, moves or rises, those in scope on the first day fill the posts."""
    found = outcome("no-scheme", *STAYING, "promotion.annual_rate=0", until=UNTIL).replication
    people = found.workforce
    wanted = np.zeros_like(found.filled)
    for worker, life in lives_of(found).items():
        for _, event, detail in life:
            if event == "in_scope" and worker < people.baseline and people.contract[worker] == 0:
                wanted[people.employer[worker], detail - 1] += int(people.fte[worker])
    assert (found.filled == wanted).all()
    assert wanted.sum() > 10_000


LEVERS = (
    *(
        "q1.practitioner=mandatory",
        "q1.mandatory_from=2017-01-01",
        "q3=0",
        "q4.supervisor=0",
        "q8=fixed_waits",
    ),
    *(
        "q5.practitioner=within_6_months",
        "q7=agency_endorses",
        "q9=assessment",
        "support.preparation_days=20",
    ),
    *("funding.dfe_share=0", "phase.asye=phase_one_only", "phase.leaders=phase_one_only"),
)


def test_without_a_scheme_no_lever_moves_the_gap() -> None:
    """But for question 2, which says what counts as a post in scope."""
    base = outcome("no-scheme", until=UNTIL).gap
    for lever in LEVERS:
        found = outcome("no-scheme", lever, until=UNTIL).gap
        assert found.gap.tobytes() == base.gap.tobytes(), lever
        assert found.covered.tobytes() == base.covered.tobytes(), lever
    narrower = outcome("no-scheme", "q2.iro=excluded", until=UNTIL).gap
    assert narrower.posts.sum() != base.posts.sum()


def test_a_mandate_that_nobody_meets_takes_people_from_their_posts() -> None:
    """Whoever is past the latest date stops holding the functions; two years on, more than half have."""
    settings = ("take_up.mandatory=0", "q1.mandatory_from=2018-01-01", "phase.plan=all_at_once")
    hit, spared = (
        outcome("mandatory", *settings, f"q1.consequence={what}", until=UNTIL).gap
        for what in ("restricted_duties", "record_only")
    )
    month = hit.month_ends.index(on(2019, 12, 31))
    assert (hit.able <= spared.able).all()
    assert hit.able[month].sum() < 0.5 * spared.able[month].sum()
    assert (hit.gap >= spared.gap).all()
