"""The measures: each declared once, its keys the same in every arm, its numbers those of a slow count."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest
from worlds import Person, arm, lives_of, on, outcome, replay

from scenarios.names import library
from simulation.calendar import date_of
from simulation.codes import REGIONS, STATUSES
from simulation.measures import MEASURES, MeasureKey
from simulation.reckoning import decembers
from simulation.replicate import Outcome, prepare, replicate

pytestmark = pytest.mark.property

PROMISED = {
    *("in_scope", "put_forward", "endorsed", "assessed", "sittings", "accredited", "accredited_share"),
    *("first_attempt_pass_rate", "fail_rate", "retakes", "wait_median_days", "wait_p95_days", "waiting"),
    *("seat_utilisation", "staffing_gap_fte", "staffing_gap_peak_fte", "release_days", "leavers"),
    *("headcount", "delay_days"),
}
ARMS = (
    ("mandatory", "q1.mandatory_from=2018-06-01", "promotion.annual_rate=0.2"),
    ("as-delivered", "take_up.voluntary=0.9"),
    ("mandatory", "q9=assessment", "q9.years=1", "element.simulated=0.75"),
)
UNTIL = date(2020, 12, 31)

By = tuple[tuple[str, str], ...]
Numbers = dict[MeasureKey, float]


def numbers(found: Outcome) -> Numbers:
    return dict(zip(found.table.keys, found.table.values.tolist(), strict=True))


def test_every_measure_is_declared_and_every_declared_one_is_there() -> None:
    table = outcome("mandatory", until=UNTIL).table
    assert {key.id for key in table.keys} == set(MEASURES)
    assert set(MEASURES) >= PROMISED
    assert len(set(table.keys)) == len(table.keys) == len(table.values)
    for name, item in MEASURES.items():
        assert item.id == name
        assert len(item.definition) > 20
        assert item.label
        assert item.unit
        cuts = {cut for key in table.keys if key.id == name for cut, _ in key.by}
        assert cuts == set(item.cuts)
        dated = {bool(key.at) for key in table.keys if key.id == name}
        assert dated == {item.kind == "at"}
        assert all(bool(key.at) != bool(key.period) for key in table.keys if key.id == name)


def test_a_label_says_its_unit_and_its_time() -> None:
    for item in MEASURES.values():
        if item.unit == "FTE":
            assert item.label.endswith(", FTE")
        if item.unit == "days":
            assert "days" in item.label.lower()
        if " in the year" in item.definition:
            assert "in the year" in item.label or item.denominator == "sittings in the year"
        if " by the date" in item.definition and item.unit != "share":
            assert item.label.endswith(", to date")


def test_keys_depend_on_the_horizon_alone() -> None:
    """So that any two arms of one horizon line up, number by number."""
    rollouts = [name for name in library() if name != "scheme-from-scratch"]
    keys = [outcome(name, until=UNTIL).table.keys for name in rollouts]
    assert len(keys) > 10
    assert all(found == keys[0] for found in keys[1:])
    assert outcome("mandatory", until=date(2019, 12, 31)).table.keys != keys[0]


def test_a_number_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        outcome("mandatory", until=UNTIL).table.value(MeasureKey("in_scope", at="1999-12-31"))


def test_dates_are_the_end_of_every_year_and_of_the_period() -> None:
    found = decembers(on(2017, 1, 1), on(2019, 6, 30))
    assert [date_of(day) for day in found] == [date(2017, 12, 31), date(2018, 12, 31), date(2019, 6, 30)]
    assert decembers(on(2017, 12, 31), on(2017, 12, 31)) == (on(2017, 12, 31),)


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_regions_and_statuses_add_up_to_the_whole(settings: tuple[str, ...]) -> None:
    """For counts and FTE; leaders' seats belong to no region, and authorities have their peaks apart."""
    values = numbers(outcome(*settings, until=UNTIL))
    cuts: dict[MeasureKey, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for key, value in values.items():
        for cut, _ in key.by:
            cuts[MeasureKey(key.id, key.at, key.period)][cut].append(value)
    added = set()
    for whole, parts in cuts.items():
        unit, name = MEASURES[whole.id].unit, whole.id
        if unit in ("share",) or name.startswith("wait_") or "peak" in name:
            continue
        for cut, found in parts.items():
            if name == "seats_offered":
                assert sum(found) <= values[whole]
            else:
                assert sum(found) == pytest.approx(values[whole], abs=1e-6), (whole, cut)
                added.add((name, cut))
    assert {("in_scope", "region"), ("accredited", "status"), ("delay_days", "cause")} <= added
    assert {("staffing_gap_fte", "region"), ("release_days", "status"), ("leavers", "region")} <= added


def test_a_peak_is_no_lower_than_any_date_and_no_higher_than_its_authorities_peaks() -> None:
    values = numbers(outcome("mandatory", until=UNTIL))
    for name in ("staffing_gap", "staffing_gap_uncovered"):
        peak = values[MeasureKey(f"{name}_peak_fte", period="2017-01-01/2020-12-31")]
        dated = [value for key, value in values.items() if key.id == f"{name}_fte" and not key.by]
        places = [value for key, value in values.items() if key.id == f"{name}_peak_fte" and key.by]
        assert max(dated) <= peak <= sum(places) + 1e-6
        assert max(places) <= peak


class Slow:
    """Every measure of people, sittings and results, counted event by event in plain Python."""

    def __init__(self, found: Outcome) -> None:
        self.run = found.replication
        self.values: dict[MeasureKey, float] = {}
        self.people = self.run.workforce
        self.home = [REGIONS[row] for row in self.people.employers.region.tolist()]
        self.sittings: list[tuple[int, int, By, int, bool]] = []  # day, wait, cut, venue, whether a retake
        self.results: list[tuple[int, By, bool, bool]] = []  # day, cut, failed, first ever
        self.once: dict[str, list[tuple[int, By]]] = defaultdict(list)
        self.careers: list[tuple[int, str, By]] = []
        self.forward: list[tuple[int, By]] = []
        for worker, life in lives_of(self.run).items():
            self._read(worker, life)

    def cut(self, person: Person) -> By:
        return (("region", self.home[person.employer]), ("status", STATUSES[person.status]))

    def _employs(self, worker: int, employer: int) -> bool:
        return self.people.contract[worker] == 0 and self.people.employers.kind[employer] == 0

    def _read(self, worker: int, life: list[tuple[int, str, int]]) -> None:
        person = Person(int(self.people.employer[worker]))
        endorsed, failed, had_result, seen = 0, False, False, set()
        for day, event, detail in life:
            left = person.employer
            before = self.cut(person)
            person.take(event, detail)
            cut = self.cut(person)
            if event in ("put_forward", "endorsed", "sat") and event not in seen:
                seen.add(event)
                self.once[event].append((day, cut))
            if event == "put_forward":
                self.forward.append((day, cut))
            if event == "endorsed":
                endorsed = day
            if event == "sat":
                self.sittings.append((day, day - endorsed, cut, detail >> 4, failed))
            if event == "result":
                failed = bool(detail >> 4 & 0xF)
                self.results.append((day, cut, failed, not had_result))
                had_result = True
            if event in ("accredited", "renewed", "promoted"):
                failed = False
            if event in ("left", "moved") and self._employs(worker, left):
                self.careers.append((day, "leavers", before))
            if event in ("joined", "moved") and self._employs(worker, person.employer):
                self.careers.append((day, "joiners", cut))


def counts(cuts: list[By], kinds: tuple[str, ...] = ("region", "status")) -> Counter[By]:
    """Whole and parts."""
    found: Counter[By] = Counter()
    for cut in cuts:
        found[()] += 1
        for kind, name in cut:
            if kind in kinds:
                found[((kind, name),)] += 1
    return found


def held_against(values: Numbers, name: str, at: str, period: str, wanted: Counter[By]) -> None:
    keys = [key for key in values if (key.id, key.at, key.period) == (name, at, period)]
    assert len(keys) > 9
    for key in keys:
        assert values[key] == wanted[key.by], key


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_counts_at_a_date_are_those_of_a_slow_count(settings: tuple[str, ...]) -> None:
    found = outcome(*settings, until=UNTIL)
    values, slow = numbers(found), Slow(found)
    ends = [on(year, 12, 31) for year in (2017, 2018, 2019, 2020)]
    for day, everyone in replay(found.replication, ends):
        at = date_of(day).isoformat()
        people = [(worker, person) for worker, person in enumerate(everyone) if person.present]
        scope = [person for _, person in people if person.status and person.stage != "out of scope"]
        now = {
            "in_scope": scope,
            "accredited": [person for person in scope if person.accredited],
            "waiting": [person for _, person in people if person.stage == "awaiting seat"],
            "restricted": [person for _, person in people if person.restricted],
            "headcount": [person for worker, person in people if slow._employs(worker, person.employer)],
        }
        for name, those in now.items():
            kinds = MEASURES[name].cuts
            held_against(values, name, at, "", counts([slow.cut(person) for person in those], kinds))
        for name, event in (("put_forward", "put_forward"), ("endorsed", "endorsed"), ("assessed", "sat")):
            held_against(values, name, at, "", counts([cut for when, cut in slow.once[event] if when <= day]))
        sat = [item for item in slow.sittings if item[0] <= day]
        held_against(values, "sittings", at, "", counts([item[2] for item in sat]))
        results = [item for item in slow.results if item[0] <= day]
        for name, over, under in (
            ("accredited_share", now["accredited"], scope),
            ("fail_rate", [item for item in results if item[2]], results),
        ):
            top, bottom = (
                counts([slow.cut(item) if isinstance(item, Person) else item[1] for item in those])
                for those in (over, under)
            )
            for key in (key for key in values if key.id == name and key.at == at):
                share = top[key.by] / bottom[key.by] if bottom[key.by] else math.nan
                assert values[key] == pytest.approx(share, nan_ok=True), key


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_retakes_are_sittings_after_a_result_below_the_standard(settings: tuple[str, ...]) -> None:
    """Not those for a renewal or for a new status, which no fail came before."""
    found = outcome(*settings, until=UNTIL)
    values, slow = numbers(found), Slow(found)
    for year in (2018, 2019, 2020):
        last = on(year, 12, 31)
        again = [cut for day, _, cut, _, retake in slow.sittings if retake and day <= last]
        held_against(values, "retakes", date_of(last).isoformat(), "", counts(again))


@pytest.mark.parametrize("settings", ARMS[:2], ids=" ".join)
def test_first_attempts_pass_as_often_as_a_slow_count_says(settings: tuple[str, ...]) -> None:
    found = outcome(*settings, until=UNTIL)
    values, slow = numbers(found), Slow(found)
    for year in (2018, 2020):
        first = [item for item in slow.results if item[3] and item[0] <= on(year, 12, 31)]
        passed, everyone = (
            counts([item[1] for item in first if not item[2]]),
            counts([item[1] for item in first]),
        )
        for key in (
            key for key in values if key.id == "first_attempt_pass_rate" and key.at.startswith(str(year))
        ):
            share = passed[key.by] / everyone[key.by] if everyone[key.by] else math.nan
            assert values[key] == pytest.approx(share, nan_ok=True), key


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_counts_of_a_year_are_those_of_a_slow_count(settings: tuple[str, ...]) -> None:
    found = outcome(*settings, until=UNTIL)
    values, slow = numbers(found), Slow(found)
    days_each = float(str(found.replication.inputs.levers["support.preparation_days"]))
    sitting = found.replication.inputs.parameters.value("release.days_per_sitting")
    for year in (2017, 2018, 2019, 2020):
        first, last, period = on(year, 1, 1), on(year, 12, 31), str(year)
        for name in ("leavers", "joiners"):
            those = [cut for day, kind, cut in slow.careers if kind == name and first <= day <= last]
            held_against(values, name, "", period, counts(those, ("region",)))
        sat = [item for item in slow.sittings if first <= item[0] <= last]
        called = counts([cut for day, cut in slow.forward if first <= day <= last])
        seats = counts([cut for _, _, cut, _, _ in sat])
        for key in (key for key in values if (key.id, key.period) == ("release_days", period)):
            assert values[key] == pytest.approx(days_each * called[key.by] + sitting * seats[key.by])
        offered = found.replication.offered[:, first : last + 1]
        used = Counter(venue for _, _, _, venue, _ in sat)
        assert values[MeasureKey("seats_offered", period=period)] == offered.sum()
        for venue, region in enumerate(REGIONS):
            by = (("region", region),)
            seats_here = int(offered[venue].sum())
            assert values[MeasureKey("seats_offered", period=period, by=by)] == seats_here
            share = used[venue] / seats_here if seats_here else math.nan
            assert values[MeasureKey("seat_utilisation", period=period, by=by)] == pytest.approx(
                share, nan_ok=True
            )


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_percentiles_of_waits_are_numpys(settings: tuple[str, ...]) -> None:
    """By the plainest definition: the smallest wait that so many percent do not exceed."""
    found = outcome(*settings, until=UNTIL)
    values, slow = numbers(found), Slow(found)
    compared = 0
    for name, share in (("wait_median_days", 50), ("wait_p95_days", 95)):
        for key in (key for key in values if key.id == name):
            first, last = on(int(key.period), 1, 1), on(int(key.period), 12, 31)
            waits = [
                wait
                for day, wait, cut, _, _ in slow.sittings
                if first <= day <= last and set(key.by) <= set(cut)
            ]
            if waits:
                assert values[key] == np.percentile(waits, share, method="inverted_cdf"), key
                compared += 1
            else:
                assert math.isnan(values[key])
    assert compared > 40


def test_a_plain_scheme_has_the_same_measures_for_its_own_regions() -> None:
    found = replicate(prepare(arm("scheme-from-scratch", scale=0.1)), 0)
    values = numbers(found)
    assert {key.id for key in values} == set(MEASURES)
    places = {name for key in values for cut, name in key.by if cut == "region"}
    assert places == {"North", "Middle", "South"}
    for day, everyone in replay(found.replication, [on(2018, 12, 31), on(2020, 12, 31)]):
        at = date_of(day).isoformat()
        assert values[MeasureKey("accredited", at=at)] == sum(person.accredited for person in everyone)
        assert values[MeasureKey("headcount", at=at)] == sum(person.present for person in everyone)
