"""What planners read off stored runs: sums, measures told another way, the gap, shocks, load, and travel."""

from __future__ import annotations

import gc
import json
import re
import weakref
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from analysis.capacity.assumed import assumed
from analysis.capacity.binding import CONSTRAINTS, binding
from analysis.capacity.board import CHOKED, IDLE, NO_SEATS, OVER, board, load, summed, words_for
from analysis.capacity.clearance import within
from analysis.capacity.figures import Figure, in_order
from analysis.capacity.frontier import frontier, lumps_for
from analysis.capacity.futures import Futures
from analysis.capacity.gap import SORTS, gaps
from analysis.capacity.inverse import ask
from analysis.capacity.load import check_load
from analysis.capacity.phase_two import phase_two
from analysis.capacity.plans import LUMPS, ample
from analysis.capacity.quarters import size_by_quarter
from analysis.capacity.shocks import Shock, shocked, together
from analysis.capacity.show import showing
from analysis.capacity.stored import Stored, stored
from analysis.capacity.stress import stress, weeks_to_recover
from analysis.capacity.targets import Target
from analysis.capacity.travel import BANDS, band_of, travel, trips
from analysis.capacity.waits import waits
from cli.capacity_stress import _lines, _recovery
from rules.errors import InputError
from scenarios.experiment import Arm, Results, run
from simulation.calendar import day_of
from simulation.durations import fixed
from simulation.flows import SAT
from simulation.inputs import Inputs, PlainScheme
from simulation.measures import MeasureKey
from simulation.parameters import Override
from tests.simulation.worlds import arm, plain

pytestmark = pytest.mark.unit

UNTIL = date(2019, 12, 31)
FEW = Override(0.1, assumption="a test", changed_by="a test")


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return arm("mandatory", scale=0.05, until=UNTIL)


@pytest.fixture(scope="module")
def results(inputs: Inputs) -> Results:
    arms = [Arm("mandatory", inputs)]
    arms += [
        Arm(text, shocked(inputs, text).inputs)
        for text in ("closure:london:12w:2019-03-04", "absence:+30%", "rush:deadline")
    ]
    return run(arms, 3)


@pytest.fixture(scope="module")
def kept(results: Results) -> Stored:
    return stored(results)


def measured(results: Results, key: MeasureKey) -> np.ndarray:
    return results.of(0)[:, results.keys.index(key)]


def test_seats_offered_are_used_or_lost_by_one_cause(kept: Stored) -> None:
    lost = sum(kept.lost.values())
    assert (kept.used + lost == kept.of("offered")).all()
    assert all((part >= 0).all() for part in kept.lost.values())
    for unit in ("week", "month", "quarter"):
        assert (summed(kept, kept.used, unit).sum(axis=1) == kept.used.sum(axis=1)).all()


def test_utilisation_and_waits_are_those_of_the_measures(results: Results, kept: Stored) -> None:
    """The measures count the calendar year; a week that lies across two belongs to neither alone."""
    shown = showing(kept)
    seats = sum(
        measured(results, MeasureKey("seats_offered", period=year, by=(("region", region),)))
        for year in ("2017", "2018", "2019")
        for region in kept.regions
    )
    assert shown.venue("all venues").seats["offered"].mean == pytest.approx(
        float(np.mean(seats)) + kept.of("offered")[..., -1].sum(axis=1).mean()
    )
    year = [spells.wait[(spells.ended == 0)] for spells in kept.spells]
    assert shown.venue("all venues").waits.sat.mean == pytest.approx(np.mean([len(found) for found in year]))
    sat = measured(results, MeasureKey("sittings", at="2019-12-31"))
    assert shown.venue("all venues").waits.sat.mean == sat.mean()
    again = measured(results, MeasureKey("retakes", at="2019-12-31"))
    assert kept.of("used_retake").sum(axis=(1, 2)).tolist() == again.tolist()


def test_cards_add_up_and_travel_as_plain_data(kept: Stored) -> None:
    shown = showing(kept, "quarter", 60)
    everything, cards = shown.venues[0], shown.venues[1:]
    for name in ("offered", "used", "lost"):
        assert everything.seats[name].mean == pytest.approx(sum(card.seats[name].mean for card in cards))
    assert len(shown.cells) == len(shown.periods) * len(kept.venues)
    document = json.loads(json.dumps(shown.to_dict()))
    assert document["target_days"] == 60
    assert {venue["venue"] for venue in document["venues"]} == {"all venues", *kept.venues}
    assert document["venues"][0]["roster"]["actors_days"]["mean"] == pytest.approx(
        2 * document["venues"][0]["roster"]["circuit_days"]["mean"]
    )


def test_load_counts_everyone_who_could_use_a_seat(kept: Stored) -> None:
    """By hand for one venue and future: who waited at the start and who joined, over the seats open."""
    venue = kept.venues.index("London")
    begins = [*kept.begins("month").tolist(), len(kept.weeks)]
    found = load(kept, "month")[0, :, venue]
    waiting, joined = kept.of("waiting")[0, :, venue], kept.of("joined_first") + kept.of("joined_retake")
    for month, (first, past) in enumerate(pairwise(begins)):
        there = joined[0, first:past, venue].sum() + (waiting[first - 1] if first else 0)
        seats = kept.open[0, first:past, venue].sum()
        if seats:
            assert found[month] == pytest.approx(there / seats)
        else:
            assert np.isinf(found[month]) == (there > 0)


def test_words_for_loads() -> None:
    """A cell that is told by the middle of its futures, those without people and seats left out."""
    futures = np.array(
        [
            [np.nan, 0.5, 0.95, 1.5, 2.5, np.inf, 0.0, np.nan],
            [np.nan, 0.6, 0.90, 1.2, 9.0, np.inf, 0.0, 1.1],
        ]
    )
    words = words_for(futures).tolist()
    assert words == [IDLE, "slack", "busy", OVER, CHOKED, NO_SEATS, IDLE, OVER]
    assert words_for(futures[:, None]).tolist() == [words]
    assert words_for(np.array([[0.2], [0.8], [5.0]])).tolist() == ["busy"]


def test_words_where_people_and_seats_are_rare() -> None:
    """Nobody in most futures is no crowd; people and nothing open in most of the others is "no seats"."""
    inf, nan = np.inf, np.nan
    cells = [[inf, nan, nan], [inf, inf, nan], [inf, 0.0, 0.0], [0.4, inf, inf], [0.4, 0.5, inf]]
    assert words_for(np.array(cells).T).tolist() == [IDLE, NO_SEATS, IDLE, NO_SEATS, "slack"]


def test_a_board_says_over_capacity_in_words(kept: Stored) -> None:
    words = {(cell.venue, cell.period): cell.word for cell in board(kept)}
    assert words["London", "2017-01"] in (IDLE, NO_SEATS)
    assert words["London", "2019-12"] in (OVER, CHOKED)


def test_the_worst_venue_comes_first(kept: Stored) -> None:
    """Whoever has nothing open comes before whoever has too little."""
    shown = showing(kept)
    ordered = shown.worst_first().venues
    assert ordered[0] is shown.venues[0]
    assert {venue.name for venue in ordered} == {venue.name for venue in shown.venues}
    loads = [venue.worst.load.mean for venue in ordered[1:] if venue.worst]
    assert loads == sorted(loads, reverse=True)
    last, worst = ordered[-1], ordered[-1].worst
    assert worst is not None
    shut = replace(last, worst=replace(worst, load=Figure(np.nan, np.nan, np.nan), word=NO_SEATS))
    assert replace(shown, venues=(*ordered[:-1], shut)).worst_first().venues[1].name == last.name


def test_a_queue_is_within_the_target_when_the_coming_seats_are_enough() -> None:
    assert within(np.array([5, 9, 2]), np.array([0.0, 4, 5]), 2).tolist() == [True, False, False]


def test_first_sittings_and_retakes_are_told_apart(kept: Stored) -> None:
    one, again, both = waits(kept, None, False), waits(kept, None, True), waits(kept)
    assert one.sat.mean + again.sat.mean == pytest.approx(both.sat.mean)
    assert again.sat.mean > 0


def test_waits_of_a_growing_queue_are_longer_than_those_of_who_sat(kept: Stored) -> None:
    """Under a mandate queues grow, and people with long waits behind them have not sat by the end."""
    found = waits(kept)
    assert found.still.mean >= found.late.mean > 0
    for percent in (85, 95):
        sat = np.mean(
            [in_order(np.sort(spells.wait[spells.ended == SAT]), percent) for spells in kept.spells]
        )
        assert found.percentiles[percent].days.mean > sat
    assert found.over_target.mean > np.mean(
        [(spells.wait[spells.ended == SAT] > found.target).mean() for spells in kept.spells]
    )
    assert found.to_dict()["still_waiting_over_target"] == found.late.to_dict()


def test_every_authority_has_its_worst_month(kept: Stored) -> None:
    rows = gaps(kept)
    assert len(rows) == 152
    assert [row.uncovered.mean for row in rows] == sorted((row.uncovered.mean for row in rows), reverse=True)
    for row in rows:
        assert row.gap.mean == pytest.approx(row.covered.mean + row.uncovered.mean)
        assert row.gap.mean == pytest.approx(sum(part.mean for part in row.by_status.values()))
    for sort in SORTS:
        assert len({row.authority for row in gaps(kept, sort)}) == 152
    assert [row.authority for row in gaps(kept, "authority")] == sorted(row.authority for row in rows)


def test_the_worst_month_is_the_worst(kept: Stored) -> None:
    place = kept.employers.name.index("Leeds")
    left = (kept.gaps[:, 0] - kept.gaps[:, 1])[:, :, place].sum(axis=2).mean(axis=0) / 100
    (leeds,) = (row for row in gaps(kept) if row.authority == "Leeds")
    assert leeds.uncovered.mean == pytest.approx(left.max())


def test_what_binds_is_the_cause_with_most_days(kept: Stored) -> None:
    found = binding(kept)
    assert len(found) == 9 * len(kept.quarters)
    for item in found:
        if item.constraint:
            assert item.constraint in CONSTRAINTS
            assert sum(part.mean for part in item.shares.values()) == pytest.approx(1.0)
    assert {item.constraint for item in found} >= {"take-up"}


def test_a_closure_makes_its_region_wait_and_recovers_or_not(results: Results, kept: Stored) -> None:
    hit = stored(results, 1)
    found = stress(kept, hit, "closure", "London closed", date(2019, 5, 27))
    assert found.extra.mean > 0
    assert found.shares["London"] > 0.9
    assert hit.shut.sum() > kept.shut.sum() == 0
    london = kept.venues.index("London")
    shut = (kept.of("offered") - hit.of("offered"))[0, :, london]
    assert abs(shut.sum() - hit.shut[:, london].sum()) <= 1  # fractions of a seat carry over
    assert found.when is not None
    assert found.when >= date(2019, 3, 4)


def test_recovery_is_counted_from_the_end_of_the_shock() -> None:
    """Ten more at the end, one less each week: a tenth is left after nine weeks, and stays."""
    extra = np.array([0.0, 5, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 0, 0, 0])
    assert weeks_to_recover(extra, 2) == 9
    assert weeks_to_recover(extra, None) == 9
    assert weeks_to_recover(extra, 1) == 10
    assert weeks_to_recover(extra[:13], 2) == np.inf
    assert weeks_to_recover(np.array([0.0, 0.4, 0.2]), 0) == 0
    assert weeks_to_recover(np.array([9.0, 0, 0, 9, 0, 0, 0, 0]), 0) == 4  # two weeks are no recovery


def test_absent_assessors_cost_seats_and_a_rush_moves_demand(results: Results, kept: Stored) -> None:
    away, rush = stored(results, 2), stored(results, 3)
    share = away.of("absent").sum() / away.of("offered").sum()
    assert share == pytest.approx(0.34, abs=0.06)
    assert stress(kept, away, "absence", "", None).extra.mean > 0
    assert rush.of("joined_first")[:, :100].sum() < kept.of("joined_first")[:, :100].sum()


def test_weeks_with_shorter_queues_are_set_against_weeks_with_longer_ones(
    results: Results, kept: Stored
) -> None:
    """What is borne adds up to the queues with the shock less those without, and is waited day by day."""
    for place in (1, 2, 3):
        hit = stored(results, place)
        found = stress(kept, hit, "", "", None)
        longer = (hit.of("waiting") - kept.of("waiting")).sum(axis=1).mean(axis=0)
        assert [each.mean for each in found.regions.values()] == pytest.approx(longer.tolist())
        assert found.net.mean == pytest.approx(longer.sum())
        assert found.net.mean == pytest.approx(sum(each.mean for each in found.groups.values()) / 7, rel=0.1)
        bearing = {name for name, part in found.shares.items() if part > 0}
        assert bearing == {name for name, each in found.regions.items() if each.mean > 0}
        assert sum(found.shares.values()) == pytest.approx(1 if bearing else 0)


def test_a_shock_that_shortens_the_queues_is_borne_by_nobody(results: Results, kept: Stored) -> None:
    """The other way round: with a shock taken for the world, the world without it is a relief."""
    hit = stored(results, 2)
    relief = stress(hit, kept, "relief", "", None)
    assert relief.net.mean < 0
    said = " ".join(" ".join(_lines(relief, Shock("relief", "", kept.inputs, None))).split())
    less = re.search(r"balance nobody bears it: ([\d,]+) \[[\d, ]+\] person-weeks fewer are waited", said)
    assert "All queues together are not a person longer in any week." in said
    assert less
    assert int(less[1].replace(",", "")) == round(-relief.net.mean)
    assert re.search(r"first sittings [\d,]+ \[[\d, ]+\] fewer", said)
    assert "person-weeks more" not in said
    assert "-" not in said.replace("Person-", "").replace("person-", "").replace("FTE-", "")


def test_a_shock_without_an_end_is_not_recovered_from(results: Results, kept: Stored) -> None:
    found = stress(kept, stored(results, 2), "absence", "", None)
    words = {never: _recovery(replace(found, never=never)) for never in (0.0, 0.3, 0.8)}
    assert "after each future's worst" in words[0.0]
    assert words[0.3].endswith("not by the end in 30% of futures.")
    assert words[0.8] == "The shock has no end, and the queue is still longer at the end in 80% of futures."
    ended = _recovery(replace(found, counted_from=date(2019, 5, 27), never=0.0))
    assert "from the end of the shock to recover" in ended
    assert all("recover" not in said for said in words.values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("flood", "Q006"),
        ("closure:london", "Q006"),
        ("closure:london:0w", "Q006"),
        ("closure:atlantis:8w", "Q007"),
        ("closure:london:8w:2019-02-30", "Q006"),
        ("closure:london:8w:2030-01-01", "Q006"),
        ("absence:-10%", "Q006"),
        ("absence:+99%", "Q006"),
        ("rush:hour", "Q006"),
    ],
)
def test_bad_shocks(inputs: Inputs, text: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        shocked(inputs, text)
    assert error.value.problems[0].code == code


def test_shocks_together(inputs: Inputs) -> None:
    found = together(inputs, ["closure:london:2w:2019-03-04", "closure:all:1w:2019-06-03", "absence:+10%"])
    assert found.past is None  # absence has no end
    assert len(found.inputs.closures) == 2
    closed = together(inputs, ["closure:london:2w:2019-03-04", "closure:all:1w:2019-06-03"])
    assert closed.past == date(2019, 6, 10)
    assert found.inputs.parameters.value("centre.assessor_absence") == pytest.approx(0.14)


def test_load_before_a_run(inputs: Inputs) -> None:
    """Seats by a count of days; no seats and too many people are said in words."""
    fine = check_load(arm("voluntary", scale=0.05))
    assert fine.works
    assert fine.warnings() == []
    found = check_load(arm("mandatory", scale=0.05))
    assert not found.works
    assert "East Midlands" in found.warnings()[0]
    none = check_load(replace(inputs, centres=tuple(p for p in inputs.centres if p.region != "London")))
    assert any("cannot work" in said and "London" in said for said in none.warnings())
    assert check_load(arm("no-scheme", scale=0.05)).warnings() == []
    scratch = check_load(arm("scheme-from-scratch", scale=1.0))
    assert {venue.venue for venue in scratch.venues} == {"North", "Middle", "South"}
    assert 3_500 < sum(venue.wanted for venue in scratch.venues) < 5_000 * (2 - 0.95 * 0.8 * 0.9)


def test_load_of_a_scheme_from_scratch_is_of_those_who_come_in_time() -> None:
    """Two regions, all eligible on 1 March, thirty days to prepare: half fail, and ask again a year later."""
    scheme = PlainScheme(
        count=100,
        regions=(("Here", 0.75), ("There", 0.25)),
        eligible_first=date(2018, 3, 1),
        eligible_last=date(2018, 3, 1),
        seats=(("Here", 1),),
        preparation=fixed(30),
        pass_probability=(0.5, 1.0, 1.0),
        no_show=0.2,
    )
    for until, wanted in (((2018, 3, 20), 0), ((2018, 4, 20), 100), ((2019, 12, 31), 150)):
        found = check_load(plain(scheme, date(2018, 1, 1), date(*until)))
        assert sum(venue.wanted for venue in found.venues) == pytest.approx(wanted)
        assert any("no seat in There" in said for said in found.warnings()) == (wanted > 0)


def test_load_knows_the_standby_list_and_the_seats_of_neighbours(inputs: Inputs) -> None:
    """What fills a seat again, or seats people elsewhere, is in the sum before a run too."""

    def with_values(world: Inputs, **values: float) -> Inputs:
        overrides = {
            name.replace("__", "."): Override(value, assumption="a test") for name, value in values.items()
        }
        return replace(world, parameters=world.parameters.patched(overrides))

    elsewhere = replace(inputs, centres=tuple(p for p in inputs.centres if p.region != "London"))
    usual = {venue.venue: venue for venue in check_load(inputs).venues}
    standby = check_load(with_values(inputs, centre__standby_share=1.0))
    called = {venue.venue: venue for venue in standby.venues}
    assert called["London"].seats == pytest.approx(usual["London"].seats * 0.96 / 0.91)
    assert any("no seat in London" in said for said in check_load(elsewhere).warnings())
    ample = check_load(with_values(elsewhere, overflow__share=1.0, centre__seats_factor=20.0))
    assert ample.works
    assert sum(v.wanted for v in ample.venues) == pytest.approx(sum(v.wanted for v in usual.values()))


def test_a_region_that_nobody_comes_from_needs_no_circuit() -> None:
    assert [lumps_for(needed) for needed in (0.0, 0.2, 1.4, 2.6)] == [0, 1, 1, 3]


def test_readouts_rest_on_parameters_with_reasons() -> None:
    for entry in assumed().values():
        assert entry.low < entry.value < entry.high
        assert len(entry.assumption) > 40


def test_load_is_near_what_comes_to_be(kept: Stored, inputs: Inputs) -> None:
    joined = (kept.of("joined_first") + kept.of("joined_retake")).sum(axis=(1, 2)).mean()
    expected = sum(venue.wanted for venue in check_load(inputs).venues)
    assert expected == pytest.approx(joined, rel=0.25)


def test_travel_is_from_where_people_live_to_where_they_sit(kept: Stored) -> None:
    rows = {trip.authority: trip for trip in trips(kept)}
    assert len(rows) == 152
    assert rows["Camden"].miles < 15 < rows["Cornwall"].miles
    assert rows["Camden"].band == BANDS[0]
    found = travel(kept)
    assert sum(share.mean for share in found.bands.values()) == pytest.approx(1.0)
    assert found.elsewhere.mean == 0
    assert [band_of(minutes) for minutes in (10, 30, 59, 60, 90, 200)] == [
        BANDS[i] for i in (0, 1, 1, 2, 3, 3)
    ]


def test_travel_keeps_no_results_alive(results: Results) -> None:
    """What was shown once may go when nobody holds it any more."""
    shown = stored(results)
    travel(shown)
    held = weakref.ref(shown)
    del shown
    gc.collect()
    assert held() is None


def tried(inputs: Inputs) -> Futures:
    return Futures.of(Arm("tried", inputs), lambda arms, numbers: run(arms, len(numbers), numbers=numbers))


def test_a_plan_by_quarter_meets_the_target_where_it_says_so() -> None:
    inputs = arm("mandatory", scale=0.01, until=date(2018, 3, 31))
    found = size_by_quarter(tried(inputs), Target(60, 45), 0.75, LUMPS["circuit-day"], 4)
    assert not set(found.hopeless) & {item.region for item in found.quarters}
    judged = [item for item in found.quarters if item.at is not None]
    assert judged
    tried_anew = [(item, item.fresh) for item in judged if item.fresh]
    by_chance = {item: binom.cdf(new.met, new.futures, 0.75) * len(tried_anew) for item, new in tried_anew}
    assert found.short
    assert set(found.short) == {item for item, bound in by_chance.items() if bound < 0.1}
    assert all(item.below is None or item.below.count == item.count - 1 for item in found.quarters)
    assert all(item.fresh is None or item.fresh.count == item.count for item in judged)


def answering(inputs: Inputs, wait: Any) -> Futures:
    """Futures that are not simulated: ten people in every region who all wait so long under given inputs."""

    def made_up(arms: Any, numbers: Any) -> Any:
        days = np.arange(10, dtype=np.int64) + day_of(date(2018, 1, 1))
        spells = np.array(
            [
                [day, wait(arms[0].inputs, region), region | region << 4]
                for region in range(9)
                for day in days
            ],
            dtype=np.int16,
        ).T
        records = {(0, place): SimpleNamespace(arrays={"spells": spells}) for place in range(len(numbers))}
        whole = np.ones(len(numbers), dtype=np.bool_)
        return SimpleNamespace(records=records, whole=whole, failures=(), interrupted=False, stopped="")

    return Futures.of(Arm("made up", inputs), made_up)


def test_the_largest_demand_is_found_region_by_region() -> None:
    """Waits that grow with the demand, faster in some regions: each gives way where it should."""

    def wait(inputs: Inputs, region: int) -> int:
        return round((20 + 5 * region) / inputs.parameters.value("centre.seats_factor"))

    found = ask(answering(arm("consultation"), wait), "demand", Target(80, 90), 0.9, 10)
    assert '"lumps"' not in json.dumps(found.to_dict()), "a setting of a question is no number of lumps"
    for region, answer in enumerate(found.answers):
        times = answer.value
        assert times is not None
        assert round((20 + 5 * region) * times) <= 90
        assert answer.fails is None or round((20 + 5 * region) * times * 1.1) > 90
    assert len(found.tried) < 15
    json.dumps(found.to_dict())


def test_the_pass_rate_at_which_it_fails() -> None:
    def wait(inputs: Inputs, region: int) -> int:
        return round(100 * (1.6 - inputs.parameters.value("element.simulated")))

    found = ask(answering(arm("consultation"), wait), "pass-rate", Target(80, 90), 0.9, 10)
    assert {answer.holds for answer in found.answers} == {"70% pass the simulated element"}
    assert {answer.fails for answer in found.answers} == {"68% pass the simulated element"}


def test_every_start_is_tried_and_none_beyond_one_that_fails_is_called_safe() -> None:
    """Waits that do not simply grow: two starts hold, and one between them does not."""

    def wait(inputs: Inputs, _: int) -> int:
        return 10 if str(inputs.levers["phase.two_from"]) in ("2019-04-01", "2019-10-01") else 200

    found = ask(answering(arm("consultation"), wait), "start", Target(80, 90), 0.9, 10)
    for answer in found.answers:
        assert answer.before == ("phase two from 1 Jan 2019",)
        assert answer.holds == "phase two from 1 Apr 2019"
        assert answer.fails == "phase two from 1 Jul 2019"
        assert answer.after == ("phase two from 1 Oct 2019",)
    assert len(found.tried) > 4


def test_who_misses_the_last_day_of_phase_two_is_still_in_a_queue() -> None:
    """Counted the other way: of the queues as they stand; and nobody misses it where seats abound."""
    own = arm("mandatory", scale=0.02, until=UNTIL)
    last = date(2019, 12, 29)  # a Sunday, on which a week of the flows ends
    levers = own.levers.patched({"phase.two_to": last})
    inputs = replace(own, levers=levers, parameters=own.parameters.patched({"centre.seats_factor": FEW}))
    futures = tried(inputs)
    results = futures.results(inputs, "own", range(1))
    own_waits = stored(results).spells
    found = phase_two(futures, inputs, "own", own_waits, range(1))
    week = int(stored(results).week_of(np.array(day_of(last))))
    queues = stored(results).of("waiting")[:, week, :9].T
    assert (found.missed <= queues).all()
    assert 0 < found.missed.sum() < found.joined.sum()
    assert not found.kept.all()
    free = ample(inputs)
    nobody = phase_two(futures, free, "ample", futures.spells(free, "ample", range(1)), range(1))
    assert not nobody.missed.any()
    assert nobody.kept.all()


def test_nothing_can_hold_without_seats() -> None:
    with pytest.raises(InputError) as error:
        ask(tried(replace(arm("consultation"), centres=())), "demand", Target(80, 60), 0.9, 10)
    assert error.value.problems[0].code == "Q008"


def test_the_frontier_falls_in_waits_and_rises_in_cost() -> None:
    found = frontier(tried(arm("mandatory", until=UNTIL)), LUMPS["circuit-day"], 1)
    totals = [point.total for point in found.points]
    assert totals == sorted(set(totals))
    assert found.points[-1].p90.days.mean < found.points[0].p90.days.mean
    assert found.points[-1].cost.mean > found.points[0].cost.mean
    assert found.points[0].still.mean > found.points[-1].still.mean
    assert sum(point.knee for point in found.points) <= 1
