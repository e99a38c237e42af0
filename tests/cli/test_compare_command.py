"""`naas compare` and `naas run`: what programs read, what people read, and what they agree on."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import Ran, naas

import simulation.replicate
from scenarios.comparison import VERDICTS
from simulation.measures import MEASURES

pytestmark = pytest.mark.unit

SMALL = ("--scale", "0.01", "--replications", "3", "--until", "2018-12-31", "--jobs", "1")
PROMISED = {
    *("in_scope", "put_forward", "endorsed", "assessed", "sittings", "accredited", "accredited_share"),
    *("first_attempt_pass_rate", "fail_rate", "retakes", "wait_median_days", "wait_p95_days", "waiting"),
    *("seat_utilisation", "staffing_gap_fte", "staffing_gap_peak_fte", "release_days", "leavers"),
    *("headcount", "delay_days"),
}


@pytest.fixture(scope="module")
def compared() -> dict[str, Ran]:
    """One small comparison in each form; module scope, so that it is run once."""
    return {}


def run_once(kept: dict[str, Ran], capsys: pytest.CaptureFixture[str], form: str, *more: str) -> Ran:
    key = " ".join([form, *more])
    if key not in kept:
        kept[key] = naas(capsys, "compare", "voluntary", "mandatory", *SMALL, "--format", form, *more)
    return kept[key]


def a_number_or_null(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def test_the_json_document_has_the_promised_shape(
    compared: dict[str, Ran], capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run_once(compared, capsys, "json")
    document = ran.document
    assert ran.code == 0
    assert document["schema"] == 1
    assert document["scenarios"] == ["voluntary", "mandatory"]
    assert (document["replications"], document["finished"], document["seed"]) == (3, 3, 2017)
    assert document["interval"] == 80
    assert {item["id"] for item in document["measures"]} >= PROMISED
    for item in document["measures"]:
        assert set(item) - {"at", "period"} == {"id", "label", "unit", "by", "arms", "differences"}
        assert ("at" in item) != ("period" in item)
        if "at" in item:
            date.fromisoformat(item["at"])
        assert isinstance(item["by"], dict)
        assert list(item["arms"]) == ["voluntary", "mandatory"]
        assert list(item["differences"]) == ["mandatory"]
        for estimate in item["arms"].values():
            assert set(estimate) == {"mean", "low", "high"}
            assert all(map(a_number_or_null, estimate.values()))
        [gap] = item["differences"].values()
        assert set(gap) == {"mean", "low", "high", "verdict"}
        assert gap["verdict"] in VERDICTS


def test_differences_are_those_of_the_means_and_intervals_hold_them(
    compared: dict[str, Ran], capsys: pytest.CaptureFixture[str]
) -> None:
    document = run_once(compared, capsys, "json").document
    checked = 0
    for item in document["measures"]:
        base, other = (item["arms"][name]["mean"] for name in ("voluntary", "mandatory"))
        gap = item["differences"]["mandatory"]
        if None in (base, other, gap["low"]) or MEASURES[item["id"]].unit == "share":
            continue  # a share may be undefined in some replications of one arm only
        if MEASURES[item["id"]].denominator:
            continue
        assert gap["mean"] == pytest.approx(other - base, abs=1e-6)
        assert gap["low"] - 1e-9 <= gap["mean"] <= gap["high"] + 1e-9
        checked += 1
    assert checked > 100


def test_the_csv_holds_the_same_numbers(compared: dict[str, Ran], capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run_once(compared, capsys, "csv").out)))
    document = run_once(compared, capsys, "json").document
    assert len(rows) == 2 * len(document["measures"])
    one = next(row for row in rows if row["id"] == "in_scope" and row["region"] == "London")
    same = next(
        item
        for item in document["measures"]
        if item["id"] == "in_scope" and item["by"] == {"region": "London"}
    )
    assert float(one["mean"]) == same["arms"]["voluntary"]["mean"]


def test_the_table_says_who_what_differs_and_what_binds(
    compared: dict[str, Ran], capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run_once(compared, capsys, "table", "--by", "region", "--every-year")
    assert "3 paired replications, seed 2017" in " ".join(ran.out.split())
    assert "4 levers: q1.practitioner, q1.supervisor, q1.leader, q1.consequence" in " ".join(ran.out.split())
    for wanted in (
        "By 31 Dec 2017",
        "By 31 Dec 2018",
        "difference (80%)",
        "What holds people back",
        "London",
    ):
        assert wanted in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100
    assert "\033" not in ran.out
    assert "replications in" in ran.err
    assert "replications in" not in ran.out


TINY = ("--scale", "0.01", "-n", "2", "--until", "2017-12-31", "--jobs", "1", "--no-store")


def test_what_differs_can_be_looked_up_as_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A lever that only the baseline changes is on the page that the head sends one to, in words."""
    head = " ".join(naas(capsys, "compare", "voluntary", "mandatory", *TINY).out.split())
    assert "(naas show mandatory --against voluntary)" in head
    page = naas(capsys, "show", "mandatory", "--against", "voluntary").out
    for lever in ("q1.practitioner", "q1.supervisor", "q1.leader", "q1.consequence"):
        assert lever in head
        assert f"  {lever}: " in page
    assert "What follows a missed requirement" in page
    assert "Stops holding the functions concerned" in page


def test_what_is_counted_in_a_year_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    out = naas(capsys, "run", "mandatory", *TINY).out
    for label in ("Waited for a seat, median days, in 2017", "Seats used in 2017", "Leavers in 2017, people"):
        assert label in out
    assert "Accredited and in post, people, in" not in out


def test_one_replication_is_one_and_a_wrong_date_reads_as_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "1 replication in " in naas(capsys, "run", "mandatory", *TINY, "-n", "1").err
    wrong = naas(capsys, "run", "mandatory", "--until", "2016-01-01").err
    assert "--until must be after 2016-09-30 and no later than" in wrong


def test_what_is_set_in_every_scenario_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("compare", "voluntary", "mandatory", *TINY, "--set", "q3=6", "--set", "take_up.voluntary=0.5")
    said = " ".join(naas(capsys, *words).out.split())
    assert "set in every scenario: q3 = 6; take_up.voluntary = 0.5" in said
    assert naas(capsys, *words, "--format", "json").document["settings"] == {
        "q3": 6,
        "take_up.voluntary": 0.5,
    }


def test_a_file_is_pointed_to_by_its_path_and_its_differences_read_well(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    text = "id: mine\ntitle: T\nwhy: W.\nparent: mandatory\ncentres: {assumption: A test., periods: []}\n"
    file.write_text(text, encoding="utf-8")
    said = " ".join(naas(capsys, "compare", "mandatory", str(file), *TINY).out.split())
    assert f"mine differs from mandatory in centres (naas show {file} --against mandatory)" in said
    assert f"Next: naas explain --scenario {file} --worker 1" in said


def test_a_staff_list_comes_with_its_caveat(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(naas(capsys, "workforce", "--template").out, encoding="utf-8")
    said = "Compare differences between scenarios, not levels."
    ours = naas(capsys, "run", "mandatory", *TINY[2:], "--workforce", str(staff)).out
    assert said in " ".join(ours.split())
    assert said not in " ".join(naas(capsys, "run", "mandatory", *TINY).out.split())


def test_a_narrow_terminal_is_respected(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = naas(capsys, "compare", "voluntary", "mandatory", "adcs", *SMALL)
    assert max(map(len, ran.out.splitlines())) <= 80


def test_a_scenario_against_itself_is_no_difference_everywhere(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    twin = tmp_path / "twin.yaml"
    twin.write_text("id: twin\ntitle: T\nwhy: The same again.\nparent: mandatory\n", encoding="utf-8")
    document = naas(capsys, "compare", "mandatory", str(twin), *SMALL, "--format", "json").document
    for item in document["measures"]:
        if item["arms"]["mandatory"]["mean"] is not None:
            assert item["differences"]["twin"] == {"mean": 0, "low": 0, "high": 0, "verdict": "no difference"}
    digests = document["digests"]
    assert digests["twin"] == digests["mandatory"]


def test_one_replication_has_no_interval(capsys: pytest.CaptureFixture[str]) -> None:
    options = (
        "--scale",
        "0.01",
        "-n",
        "1",
        "--until",
        "2017-12-31",
        "--format",
        "json",
        "--measure",
        "in_scope",
    )
    document = naas(capsys, "run", "consultation", *options).document
    assert {item["id"] for item in document["measures"]} == {"in_scope"}
    for item in document["measures"]:
        estimate = item["arms"]["consultation"]
        assert estimate["low"] is estimate["high"] is None
        assert estimate["mean"] is not None
        assert item["differences"] == {}


def test_a_scheme_from_scratch_runs(capsys: pytest.CaptureFixture[str]) -> None:
    ran = naas(capsys, "run", "scheme-from-scratch", "-n", "2", "--format", "json", "--jobs", "1")
    last = [item for item in ran.document["measures"] if item["id"] == "accredited" and not item["by"]][-1]
    assert last["at"] == "2020-12-31"
    assert 0 < last["arms"]["scheme-from-scratch"]["mean"] <= 5000


def test_the_journal_is_in_order_and_dated(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    options = ("--scale", "0.01", "-n", "1", "--until", "2017-12-31", "--measure", "in_scope")
    assert naas(capsys, "run", "mandatory", *options, "--journal", str(file)).code == 0
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["day", "date", "worker", "event", "detail"]
    days = [int(row["day"]) for row in rows]
    assert days == sorted(days)
    assert all(date.fromisoformat(row["date"]) <= date(2017, 12, 31) for row in rows)


def test_the_journal_of_a_draw_is_of_what_was_drawn(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "events.csv"
    options = ("--scale", "0.01", "-n", "1", "--until", "2017-06-30", "--measure", "in_scope")
    words = ("--uncertainty", "parameters", "--journal", str(file), "--format", "json")
    ran = naas(capsys, "run", "mandatory", *options, *words)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    days: dict[str, list[str]] = {}
    for row in rows:
        days.setdefault(row["event"], []).append(row["worker"])
    left = set(days["left"])
    here = {worker for worker in days["in_scope"] if worker not in left}
    [counted] = [item for item in ran.document["measures"] if item["at"] == "2017-06-30" and not item["by"]]
    assert counted["arms"]["mandatory"]["mean"] == len(here)


def test_more_processes_give_the_same_document(
    compared: dict[str, Ran], capsys: pytest.CaptureFixture[str]
) -> None:
    options = [word if word != "1" else "2" for word in SMALL]
    assert options[-1] == "2"
    ran = naas(capsys, "compare", "voluntary", "mandatory", *options, "--format", "json")
    assert ran.out == run_once(compared, capsys, "json").out


def test_a_failed_replication_is_told_and_the_rest_stands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = simulation.replicate.replicate

    def failing(prepared: Any, replication: int) -> Any:
        if replication == 1:
            raise ArithmeticError("made to fail")
        return whole(prepared, replication)

    monkeypatch.setattr(simulation.replicate, "replicate", failing)
    ran = naas(capsys, "run", "voluntary", *SMALL, "--format", "json", "--measure", "in_scope")
    assert ran.code == 1
    assert (ran.document["replications"], ran.document["finished"]) == (3, 2)
    assert ran.document["failures"] == [
        {"scenario": "voluntary", "replication": 1, "error": "ArithmeticError: made to fail"}
    ]
    assert "replication 1 of voluntary failed: ArithmeticError: made to fail" in ran.err
    assert "Traceback" not in ran.err


def test_many_scenarios_are_told_in_one_line_each_first(capsys: pytest.CaptureFixture[str]) -> None:
    four = naas(capsys, "compare", "consultation", "mandatory", "voluntary", "adcs", *SMALL).out
    assert four.index("In one line each: Accredited and in post, people") < four.index("By 31 Dec")
    three = naas(capsys, "compare", "consultation", "mandatory", "voluntary", *SMALL).out
    assert "In one line each" not in three


def test_one_replication_has_no_interval_and_no_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--scale", "0.01", "-n", "1", "--until", "2017-12-31")
    ran = naas(capsys, "compare", "voluntary", "mandatory", *words)
    assert "no interval and so no verdict" in ran.out
    assert "no verdict\n" in ran.out
    assert "unclear" not in ran.out
    assert "±" not in ran.out


def test_no_interval_ends_where_its_measure_cannot_go(capsys: pytest.CaptureFixture[str]) -> None:
    found = naas(capsys, "compare", "voluntary", "mandatory", *SMALL, "--format", "json").document
    for row in found["measures"]:
        most = 1.0 if row["unit"] == "share" else float("inf")
        for arm in row["arms"].values():
            if arm["low"] is not None:
                assert 0 <= arm["low"] <= arm["mean"] <= arm["high"] <= most


def test_the_largest_gap_has_its_month_and_ranks_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    said = " ".join(naas(capsys, "compare", "voluntary", "mandatory", *SMALL).out.split())
    assert "largest of any authority (no ranking)" in said
    assert ", most often in " in said
    assert "worst authority" not in said


def test_a_table_shows_the_last_december_and_names_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("compare", "voluntary", "mandatory", "--scale", "0.01", "-n", "2", "--until", "2019-12-31")
    words += ("--jobs", "1", "--store", str(tmp_path))
    shown = {
        asked: naas(capsys, *words, *asked).out
        for asked in ((), ("--at", "2018-12-31"), ("--every-year",), ("--format", "csv"))
    }
    titles = [f"By 31 Dec {year}" for year in (2017, 2018, 2019)]
    assert [title in shown[()] for title in titles] == [False, False, True]
    assert [title in shown["--at", "2018-12-31"] for title in titles] == [False, True, False]
    assert all(title in shown[("--every-year",)] for title in titles)
    for asked in ((), ("--at", "2018-12-31")):
        assert "What holds people back" in shown[asked]
        assert "From 1 Jan 2017 to 31 Dec 2019" in shown[asked]
    assert "Also read on 2017-12-31, 2018-12-31: --at DATE shows one" in shown[()]
    assert "Also read on" not in shown[("--every-year",)]
    rows = csv.DictReader(io.StringIO(shown["--format", "csv"]))
    assert {row["at"] for row in rows if row["at"]} >= {"2017-12-31", "2018-12-31"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("--at", "2018-06-30"), "A002"),
        (("--at", "soon"), "C002"),
        (("--at", "2018-12-31", "--every-year"), "C010"),
    ],
)
def test_a_date_on_which_nothing_is_read_is_refused_before_a_run(
    capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], code: str
) -> None:
    for words in (("compare", "voluntary", "mandatory"), ("run", "voluntary")):
        ran = naas(capsys, *words, *SMALL, *asked)
        assert (ran.code, ran.out, ran.err[:4]) == (2, "", code)


def test_every_figure_of_a_table_has_a_unit_and_a_date(
    compared: dict[str, Ran], capsys: pytest.CaptureFixture[str]
) -> None:
    words = {"people": "people", "FTE": "FTE", "days": "days", "share": "%"}
    said = run_once(compared, capsys, "table").out
    for item in (item for item in MEASURES.values() if item.headline):
        label = item.label.replace("in the year", "in 2018")
        line = next(line for line in said.splitlines() if line.startswith(label))
        assert words[item.unit] in line, line
    heads = [line for line in said.splitlines() if "difference (80%)" in line]
    assert [line.split("  ")[0] for line in heads] == ["By 31 Dec 2018", "From 1 Jan 2017 to 31 Dec 2018"]
