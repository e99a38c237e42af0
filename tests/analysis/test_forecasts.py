"""What the forecasts count: held against the journal, against sums by hand, and against what must be so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml

from analysis.forecast import delivered, making, seats, spending, stand_ins, workforce
from analysis.forecast.drawing import BESIDES, WORLD
from analysis.forecast.files import read, to_text
from analysis.forecast.forecast import Forecast
from analysis.forecast.making import SUBJECTS, arm_of, forecast, inputs_digest, subject_of
from analysis.forecast.series import Point
from analysis.forecast.site_groups import GROUPS, group_of, groups_of
from analysis.forecast.spending import Delivery, financial_year, prices
from rules.errors import InputError
from scenarios.authorities import authorities
from scenarios.identity import maker
from scenarios.loader import load_scenario
from scenarios.names import library
from scenarios.record import Record
from scenarios.store import Store
from scenarios.uncertainty import drawn
from simulation.calendar import day_of, working_days_of_week
from simulation.capacity import seat_plan
from simulation.hazards import PUBLISHED_MEAN_HEADCOUNT
from simulation.inputs import CapacityPeriod, Closure, Inputs
from simulation.journal import events
from simulation.parameters import Parameters
from simulation.prepared import prepare_rollout
from simulation.world import run_world

pytestmark = pytest.mark.unit

SCALE = 0.05
SHIPPED = Path(__file__).parents[2] / "docs/forecasts"


@lru_cache(maxsize=8)
def inputs_of(name: str, draw: int | None = None) -> Inputs:
    """The inputs of a forecast: as its scenario has them, or as one draw has."""
    subject = subject_of(name)
    arm = arm_of(subject, 5, SCALE)[1]
    return (arm if draw is None else subject.arm_of(arm, draw)).inputs


@lru_cache(maxsize=8)
def numbers(name: str, replication: int = 0) -> dict[Point, float]:
    return _numbers_of(SUBJECTS[name].simulate(inputs_of(name, replication), replication))


def _numbers_of(record: Record) -> dict[Point, float]:
    return {Point.of(key): float(value) for key, value in zip(record.keys, record.values, strict=True)}


@lru_cache(maxsize=2)
def small(name: str) -> Forecast:
    found, _ = forecast(subject_of(name), 3, 5, SCALE)
    assert found is not None
    return found


# Drawing what we do not know.


def test_a_draw_is_the_same_again_and_another_in_another_draw() -> None:
    shipped = Parameters.shipped()
    assert drawn(shipped, 1, 0, WORLD) == drawn(shipped, 1, 0, WORLD)
    assert drawn(shipped, 1, 0, WORLD) != drawn(shipped, 1, 1, WORLD)
    assert drawn(shipped, 1, 0, WORLD) != drawn(shipped, 2, 0, WORLD)


def test_a_forecast_draws_what_its_scenario_sets_and_the_workforce_too() -> None:
    own, set_here = inputs_of("as-delivered", 0).parameters, inputs_of("as-delivered").parameters
    changed = {
        name
        for name in own
        if (own[name].value, own[name].duration) != (set_here[name].value, set_here[name].duration)
    }
    assert "take_up.voluntary" in changed
    assert any(own[name].affects == "workforce" for name in changed)
    assert not any(own[name].affects == "costs" for name in changed)


def test_draws_lie_in_their_ranges_and_average_as_pert_does() -> None:
    entry = load_scenario("as-delivered").parameters["take_up.voluntary"]
    table = Parameters([entry])
    values = np.array([drawn(table, 3, draw, WORLD).value(entry.id) for draw in range(600)])
    assert values.min() >= entry.low
    assert values.max() <= entry.high
    mean = (entry.low + 4 * entry.mode + entry.high) / 6
    assert abs(values.mean() - mean) < 3.9 * values.std() / np.sqrt(len(values))


def test_durations_are_stretched_whole() -> None:
    own = drawn(Parameters.shipped(), 1, 4, WORLD).duration("take_up.delay").numbers
    old = Parameters.shipped().duration("take_up.delay").numbers
    factors = {round(mine / theirs, 6) for mine, theirs in zip(own, old, strict=True) if theirs}
    assert len(factors) == 1
    assert 0.5 <= factors.pop() <= 2


def test_what_affects_only_costs_stays_in_a_draw_of_the_world() -> None:
    assert drawn(prices(), 1, 0, WORLD) == prices()
    assert drawn(prices(), 1, 0, BESIDES) != prices()


# The delivered scheme.


def journal_of(replication: int) -> tuple[Counter[str], dict[str, list[int]]]:
    """People by the month of their first sitting, and days of first events, read one event at a time."""
    run = run_world(prepare_rollout(inputs_of("as-delivered", replication)), replication)
    seen: set[tuple[str, int]] = set()
    months: Counter[str] = Counter()
    firsts: dict[str, list[int]] = {"sat": [], "accredited": []}
    for day, iso, worker, event, _ in events(run.journal):
        if event in firsts and (event, worker) not in seen:
            seen.add((event, worker))
            firsts[event].append(day)
            if event == "sat":
                months[iso[:7]] += 1
    return months, firsts


@pytest.mark.parametrize("replication", [0, 1])
def test_people_assessed_are_those_of_the_journal(replication: int) -> None:
    found = numbers("as-delivered", replication)
    months, firsts = journal_of(replication)
    assert sum(months.values()) > 30
    for point, value in found.items():
        if point.series == "assessed_in_month":
            assert value * SCALE == pytest.approx(months[point.when])
        if point.series in ("assessed", "accredited") and point.group == "all":
            event = {"assessed": "sat", "accredited": "accredited"}[point.series]
            year, month = map(int, point.when.split("-"))
            past = day_of(date(year + month // 12, month % 12 + 1, 1))
            assert value * SCALE == pytest.approx(sum(day < past for day in firsts[event]))


def test_groups_add_up_and_no_group_is_assessed_before_it_joins() -> None:
    found = numbers("as-delivered")
    whole = {point.when: value for point, value in found.items() if point == Point("assessed", point.when)}
    for when, value in whole.items():
        parts = [found[Point("assessed", when, group)] for group in GROUPS]
        assert sum(parts) == pytest.approx(value)
        assert when >= "2019-03" or not any(parts[1:3])
        assert when >= "2020-04" or not parts[3]
    assert list(whole) == sorted(whole)
    assert (whole["2020-04"], whole["2021-05"]) == (whole["2020-03"], whole["2020-03"])  # every centre closed


def test_site_groups_have_as_many_authorities_as_were_told() -> None:
    prepared = prepare_rollout(inputs_of("as-delivered"))
    employers = prepared.workforce.employers
    counts = np.bincount(group_of(prepared.called, employers)[employers.kind == 0], minlength=len(GROUPS))
    assert counts.tolist() == [5, 21, 30, 12, 152 - 68]


def test_whoever_moved_to_a_site_of_later_is_counted_elsewhere_until_it_joins() -> None:
    prepared = prepare_rollout(inputs_of("as-delivered"))
    site = prepared.workforce.employers.name.index("Plymouth")
    join = day_of(date(2020, 4, 1))
    found = groups_of(
        prepared.called, prepared.workforce.employers, np.array([site, site]), np.array([join - 1, join])
    )
    assert [GROUPS[group] for group in found.tolist()] == ["elsewhere", "third wave"]


def test_stand_ins_differ_between_draws_and_lie_where_the_wave_was_aimed() -> None:
    inputs = inputs_of("as-delivered")
    drawn_sites = [stand_ins.with_stand_ins(inputs, draw).sites for draw in range(20)]
    assert stand_ins.with_stand_ins(inputs, 3).sites == drawn_sites[3]
    assert len({sites[2].employers for sites in drawn_sites}) == 20
    for sites in (inputs.sites, *drawn_sites):
        assert [len(w.employers) for w in sites] == [len(w.employers) for w in inputs.sites]
        everyone = [one.name for wave in sites for one in stand_ins.members(wave.employers)]
        assert len(everyone) == len({*everyone}) == 68
        for wave in filter(stand_ins.of_stand_ins, sites):
            assert {*wave.employers} <= {one.name for one in stand_ins.eligible(wave)}
    assert sum(map(stand_ins.of_stand_ins, inputs.sites)) == 3


def test_stand_ins_are_those_that_the_scenario_says() -> None:
    """A forecast draws these waves anew, and keeps every authority that the scenario names."""
    waves = yaml.safe_load(library()["as-delivered"].read_text(encoding="utf-8"))["sites"]["waves"]
    for told, read_as in zip(waves, inputs_of("as-delivered").sites, strict=True):
        assert ("stand_ins" in told) == stand_ins.of_stand_ins(read_as), (
            f"as-delivered names {told.get('employers')}, and a forecast would draw others in their place: "
            "add them to BY_NAME in analysis/forecast/stand_ins.py"
        )
        where = told.get("among") or told.get("apart_from") or stand_ins.AIMED_AT
        assert {*where} == {*stand_ins.AIMED_AT}, "AIMED_AT in analysis/forecast/stand_ins.py says otherwise"


def test_large_authorities_stand_in_oftener_and_sites_are_as_large_as_was_reckoned() -> None:
    """252 staff a site of 2019 and 219 of 2020: what grants and the fifth that was asked for come to."""
    inputs = inputs_of("as-delivered")
    staff = {one.name: one.staff for one in authorities()}
    of_2019, of_2020 = [], []
    for draw in range(100):
        waves = stand_ins.with_stand_ins(inputs, draw).sites[1:]
        for year, sizes in ((2019, of_2019), (2020, of_2020)):
            names = [
                one.name for w in waves if w.joins.year == year for one in stand_ins.members(w.employers)
            ]
            sizes.append(np.mean([staff[name] for name in names]))
    assert np.mean(of_2019) == pytest.approx(252, rel=0.1)
    assert np.mean(of_2020) == pytest.approx(219, rel=0.15)
    assert np.mean([*staff.values()]) < 200 < np.mean(of_2019)


def weekly(inputs: Inputs, day: date) -> dict[str, int]:
    found: Counter[str] = Counter()
    for period in inputs.centres:
        if period.first <= day <= period.last:
            found[period.region] += period.seats_per_week
    return found


@pytest.mark.parametrize("draw", [0, 2])
def test_seats_are_opened_by_their_shares_and_follow_the_sites(draw: int) -> None:
    inputs = inputs_of("as-delivered")
    value = drawn(seats.seats(), inputs.seed, draw, BESIDES).value
    opened, between = value("delivered.seats_opened"), value("delivered.seats_between_contracts")
    mine = inputs_of("as-delivered", draw)
    for day, share in (
        (date(2019, 7, 25), opened),
        (date(2019, 7, 26), opened * between),
        (date(2019, 9, 30), opened * between),
        (date(2019, 10, 1), opened),
        (date(2021, 6, 1), value("delivered.seats_reopened")),
    ):
        assert sum(weekly(inputs, day).values()) == 84
        assert sum(weekly(mine, day).values()) == pytest.approx(84 * share, abs=4.5)  # nine roundings
    assert {*weekly(mine, date(2018, 8, 1))} == {"North West", "Yorkshire and The Humber"}
    assert "South West" not in weekly(mine, date(2019, 10, 1))
    assert weekly(mine, date(2021, 6, 1))["South West"] > 0  # the sites of the third wave
    for day in (date(2022, 3, 1), date(2018, 7, 1)):
        assert not weekly(mine, day)


@pytest.mark.parametrize("draw", [0, 2])
def test_no_bank_holiday_takes_a_seat(draw: int) -> None:
    """Christmas of 2018 and of 2019 left three working days a week, and two of those weeks no Wednesday."""
    mine = replace(inputs_of("as-delivered", draw), scale=1.0)
    parameters = Parameters(
        replace(entry, value=1.0) if entry.id == "centre.seats_factor" else entry
        for entry in mine.parameters.values()
    )
    by_day = seat_plan(replace(mine, parameters=parameters, closures=()), day_of(mine.until)).planned.sum(0)
    changed = {period.first for period in mine.centres} | {period.last for period in mine.centres}
    weeks = [date(2018, 7, 2) + timedelta(7 * place) for place in range(191)]
    holidays = 0
    for monday in weeks:
        if not any(monday <= day < monday + timedelta(7) for day in changed):
            start = day_of(monday)
            assert by_day[start : start + 7].sum() == sum(weekly(mine, monday).values()) > 0, monday
            holidays += len(working_days_of_week(start)) < 5
    assert holidays > 15


def test_seats_that_overlap_are_counted_once() -> None:
    """Six a week for a year, and twelve more in its second half, before anything is drawn."""
    inputs = inputs_of("as-delivered")
    first, middle, last = date(2018, 7, 2), date(2018, 12, 31), date(2019, 3, 17)
    both = (
        CapacityPeriod("North West", first, last, 60, days_per_week=1),
        CapacityPeriod("North West", middle, last, 60, days_per_week=2),
    )
    mine = seats.with_seats(replace(inputs, centres=both), 0)
    share = drawn(seats.seats(), inputs.seed, 0, BESIDES).value("delivered.seats_opened")
    for day, whole in ((first, 60), (middle - timedelta(1), 60), (middle, 180), (last, 180)):
        assert sum(weekly(mine, day).values()) == pytest.approx(whole * share, abs=1)  # two roundings
    assert not weekly(mine, last + timedelta(1))


# Spending, by hand.


def test_financial_years_begin_in_april() -> None:
    days = {date(2019, 3, 31): "2018-19", date(2019, 4, 1): "2019-20", date(1999, 12, 31): "1999-00"}
    assert {day: financial_year(day) for day in days} == days


def test_spending_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine months and twelve, the second year's last half closed, at the prices as shipped.

    The grants of those who join in April 2020 were committed in March.
    """
    monkeypatch.setattr(spending, "drawn", lambda table, *_: table)
    joined = (
        *([date(2018, 7, 2)] * 5),
        *([date(2019, 3, 18)] * 21),
        *([date(2019, 5, 1)] * 30),
        *([date(2020, 4, 1)] * 12),
    )
    closure = Closure("all", date(2019, 10, 1), date(2020, 3, 31))
    found = spending.spending(Delivery({"2018-19": 10.0}, joined, (closure,), date(2020, 3, 31)), 1, 0)
    share = 34 / 51
    first = (4_400_000 * 9 / 12, 25_000.0, 201_500 * share * 21)
    second = (4_400_000 * (6 + 6 * 0.7) / 12, 0.0, 201_500 * share * 30 + 158_000 * 12)
    for year, parts in (("2018-19", first), ("2019-20", second)):
        for name, part in zip(spending.PARTS, parts, strict=True):
            assert found[Point("spending", year, name)] == pytest.approx(part)
        assert found[Point("spending", year)] == pytest.approx(sum(parts))
    assert found[Point("spending_to_date", "2019-20")] == pytest.approx(6_360_000 + sum(first) + sum(second))


def test_nobody_and_no_grants_cost_the_running_cost_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spending, "drawn", lambda table, *_: table)
    found = spending.spending(Delivery({}, (), (), date(2022, 3, 31)), 1, 0)
    assert found[Point("spending_to_date", "2021-22")] == pytest.approx(6_360_000 + 4_400_000 * 3.75)


# The workforce.


def test_people_in_post_rise_by_starters_less_leavers_in_every_future() -> None:
    """Exactly, in people and in FTE, with the noise of years in the flows and in those in post alike."""
    found = numbers("workforce")
    for before, after in pairwise(f"{year}-09-30" for year in workforce.YEARS):
        for stock, unit in (("headcount", ""), ("fte", "_fte")):
            rise = found[Point(stock, after)] - found[Point(stock, before)]
            flows = found[Point(f"starters{unit}", after)] - found[Point(f"leavers{unit}", after)]
            assert rise == pytest.approx(flows)


def test_the_noise_of_years_moves_flows_and_with_them_those_in_post(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth more starters in every year are a tenth of all starters so far more people in post."""
    monkeypatch.setattr(workforce, "_noise", lambda *_: 1.0)
    calm = _numbers_of(workforce.simulate(inputs_of("workforce", 0), 0))
    monkeypatch.setattr(workforce, "_noise", lambda *words: 1.1 if words[-1].startswith("starters") else 1.0)
    busy = _numbers_of(workforce.simulate(inputs_of("workforce", 0), 0))
    so_far = 0.0
    for year in workforce.YEARS:
        when = f"{year}-09-30"
        so_far += 0.1 * calm[Point("starters", when)]
        assert busy[Point("starters", when)] == pytest.approx(1.1 * calm[Point("starters", when)])
        assert busy[Point("headcount", when)] - calm[Point("headcount", when)] == pytest.approx(so_far)
        assert busy[Point("leavers", when)] == calm[Point("leavers", when)]


def test_rates_are_what_their_names_say() -> None:
    found = numbers("workforce")
    for year in workforce.YEARS:
        at = {point.series: value for point, value in found.items() if point.when == f"{year}-09-30"}
        assert at["vacancy_rate"] == pytest.approx(at["vacancies_fte"] / (at["vacancies_fte"] + at["fte"]))
        assert at["agency_rate"] == pytest.approx(at["agency_fte"] / (at["agency_fte"] + at["fte"]))
        assert at["turnover_rate"] == pytest.approx(at["leavers_fte"] / at["fte"])
        assert 0.85 < at["fte"] / at["headcount"] < 0.97
        assert 27_000 < at["headcount"] < 36_000


def test_the_workforce_forecast_knows_nothing_of_2017() -> None:
    """What it sets was published by February 2017, and replaces every shipped number of later flows."""
    scenario, arm = arm_of(subject_of("workforce"), 5, SCALE)
    assert {*scenario.overrides} == {
        *("joining.starters_first_year", "joining.starters_later_years", "leaving.annual_headcount")
    }
    own = arm.inputs.parameters
    turnover = own.value("leaving.annual_headcount") / PUBLISHED_MEAN_HEADCOUNT
    assert turnover == pytest.approx(4_730 / 29_930, abs=1e-4)
    assert own["joining.starters_first_year"].low < 4_990 < own["joining.starters_first_year"].high
    assert arm.inputs.levers["phase.plan"] == "closed"


# Whole forecasts.


@pytest.mark.parametrize("name", list(SUBJECTS))
def test_a_forecast_says_where_it_is_from(name: str) -> None:
    found = small(name)
    said = found.provenance
    assert (said["seed"], said["replications"], said["scale"]) == (5, 3, SCALE)
    assert len(str(said["inputs_digest"])) == 64
    assert all(len(row.sample) == 3 for row in found.rows)
    assert {row.point.series for row in found.rows} == {series.id for series in found.series}
    assert not any("2026" in str(value) for value in said.values())


def test_the_digest_knows_ranges_and_prices_and_nothing_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    subject, inputs = subject_of("as-delivered"), inputs_of("as-delivered")
    base = inputs_digest(subject, inputs)
    wider = inputs.parameters["take_up.voluntary"]
    entries = [replace(e, high=0.31) if e.id == wider.id else e for e in inputs.parameters.values()]
    assert inputs_digest(subject, replace(inputs, parameters=Parameters(entries))) != base
    assert inputs_digest(replace(subject, besides=()), inputs) != base
    dearer = Parameters([replace(entry, value=entry.value + 1) for entry in prices().values()])
    assert inputs_digest(replace(subject, besides=(lambda: dearer, seats.seats)), inputs) != base
    monkeypatch.setattr(making, "code_digest", lambda: "another")
    assert inputs_digest(subject, inputs) == base


@pytest.mark.parametrize("name", list(SUBJECTS))
def test_a_shipped_forecast_was_made_from_the_inputs_of_today(name: str) -> None:
    """When this fails, inputs have changed: make the forecast again and keep the old one (docs/forecasts)."""
    subject, said = subject_of(name), read(SHIPPED / f"{name}.json").provenance
    inputs = arm_of(subject, 2017, None)[1].inputs
    assert (said["seed"], said["scale"], said["replications"]) == (2017, 1, 200)
    assert said["inputs_digest"] == inputs_digest(subject, inputs)


def test_where_a_replication_fails_the_forecast_is_made_of_the_others() -> None:
    def fails(inputs: Inputs, replication: int) -> Record:
        if replication == 1:
            raise RuntimeError("out of paper")
        return workforce.simulate(inputs, replication)

    subject = subject_of("workforce")
    found, results = forecast(replace(subject, simulate=fails), 3, 5, 0.01)
    whole, _ = forecast(subject, 3, 5, 0.01)
    assert found is not None
    assert whole is not None
    assert [failure.replication for failure in results.failures] == [1]
    assert (found.provenance["finished"], found.provenance["replications"]) == (2, 3)
    for mine, all_of_them in zip(found.rows, whole.rows, strict=True):
        np.testing.assert_array_equal(mine.sample, all_of_them.sample[[0, 2]])


def test_where_every_replication_fails_there_is_no_forecast() -> None:
    def fails(inputs: Inputs, replication: int) -> Record:
        raise RuntimeError("out of paper")

    found, results = forecast(replace(subject_of("workforce"), simulate=fails), 2, 5, 0.01)
    assert (found, len(results.failures)) == (None, 2)


def test_a_forecast_made_again_simulates_nothing_and_is_the_same(tmp_path: Path) -> None:
    """Results are kept, draw by draw; more replications run only what is missing."""
    subject, store = subject_of("workforce"), Store(tmp_path)
    first, ran = forecast(subject, 2, 5, 0.01, store=store)
    again, read = forecast(subject, 3, 5, 0.01, store=store)
    assert not ran.reused
    assert sorted(place for _, place in read.reused) == [0, 1]
    assert first is not None
    assert again is not None
    for one, other in zip(first.rows, again.rows, strict=True):
        assert np.array_equal(one.sample, other.sample[:2], equal_nan=True)
    fresh, _ = forecast(subject, 3, 5, 0.01)
    assert fresh is not None
    assert to_text(fresh) == to_text(again)


def test_results_of_a_forecast_and_of_a_run_never_meet(tmp_path: Path) -> None:
    """One address tells who made the results and from what code, beside the inputs."""
    store, inputs = Store(tmp_path), inputs_of("workforce", 0)
    made_by = maker(workforce.simulate)
    assert made_by.startswith("analysis.forecast.workforce.simulate ")
    assert (
        len({store.open(inputs, "x", made_by=name) for name in ("", made_by, maker(delivered.simulate))}) == 3
    )


def test_an_unknown_forecast_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"F001.*(\n.*)*workforce"):
        subject_of("workforces")
