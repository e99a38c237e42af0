"""`naas capacity` as its user types it: every question, every form, both widths, and clear errors."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import Ran, naas

from analysis.capacity.codes import CODES
from cli.capacity import capacity
from reports.at_scale import counts_as_run, not_grossed_up

pytestmark = pytest.mark.e2e

Capsys = pytest.CaptureFixture[str]

SMALL = ("--scale", "0.01", "--until", "2018-12-31", "--jobs", "1")
FEW = ("-n", "2")
QUICK = ("-n", "4", "--confidence", "0.75", "--target", "p80 wait <= 90 days")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("capacity")


def asked(capsys: Capsys, folder: Path, *words: str) -> Ran:
    """Run in one folder, so that every test after the first reads what is stored."""
    return naas(capsys, "capacity", *words, *SMALL, "--store", str(folder / "store"))


def rows(ran: Ran) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran.out)))


@pytest.mark.parametrize("columns", [100, 80])
@pytest.mark.parametrize(
    "words",
    [
        ("show", "mandatory", *FEW),
        ("show", "mandatory", *FEW, "--all"),
        ("show", "mandatory", *FEW, "--by", "quarter", "--region", "london"),
        ("gap", "mandatory", *FEW),
        ("stress", "mandatory", *FEW, "--shock", "closure:london:8w"),
        ("size", "mandatory", *QUICK),
        ("size", "mandatory", *QUICK, "--by", "quarter"),
        ("frontier", "mandatory", *FEW),
    ],
    ids=lambda words: " ".join(words[:1]),
)
def test_tables_fit(
    capsys: Capsys, folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = asked(capsys, folder, *words)
    assert ran.code in (0, 1)
    tables = [line for line in ran.out.splitlines() if "naas capacity show mandatory" not in line]
    assert max(len(line) for line in tables if "naas capacity size mandatory" not in line) <= columns


def test_show_says_at_a_glance_where_it_is_over_capacity(capsys: Capsys, folder: Path) -> None:
    """A map by quarter, the worst first in words, and everybody in a few lines: two screens of 30 lines."""
    words = ("capacity", "show", "mandatory", *FEW, "--scale", "0.01", "--jobs", "1")
    ran = naas(capsys, *words, "--store", str(folder / "store"))
    assert ran.code == 0
    assert len(ran.out.splitlines()) <= 70
    assert ("2017-Q2" in ran.out, "2017-04" in ran.out) == (True, False)
    unfolded = " ".join(ran.out.split())
    for said in ("+ over capacity", "Over capacity, worst first", "All venues: ", " --all --scale 0.01"):
        assert said in unfolded
    assert "Rosters" not in unfolded
    worst = [float(load) for load in re.findall(r"worst in \S+ with (\S+) \[", unfolded)]
    assert worst == sorted(worst, reverse=True)
    assert len(worst) > 3


def test_show_tells_all_where_it_is_asked_for(capsys: Capsys, folder: Path) -> None:
    ran = asked(capsys, folder, "show", "mandatory", *FEW, "--all")
    assert ran.code == 0
    unfolded = " ".join(ran.out.split())
    for said in (
        "+ over capacity",
        "Over capacity",
        "more people than seats in",
        "Seats lost: assessor or actor absent",
        "retakes",
        "Rosters: circuit days",
        "Travel to the nearest centre",
    ):
        assert said in unfolded
    assert "2017-04" in ran.out
    assert "2017-Q2" in asked(capsys, folder, "show", "mandatory", *FEW, "--all", "--by", "quarter").out


def test_show_as_json_and_csv_hold_intervals(capsys: Capsys, folder: Path) -> None:
    document = asked(capsys, folder, "show", "mandatory", *FEW, "--format", "json").document
    assert document["scenario"] == "mandatory"
    cell = document["cells"][0]
    assert {"mean", "p10", "p90"} == set(cell["waiting"])
    assert len(document["trips"]) == 152
    found = rows(asked(capsys, folder, "show", "mandatory", *FEW, "--format", "csv", "--by", "quarter"))
    assert len(found) == 10 * len({row["period"] for row in found})
    assert {"venue", "period", "load_mean", "load_p10", "load_p90", "word"} <= set(found[0])


def test_what_readouts_assume_can_be_set_and_changes_nothing_that_is_simulated(
    capsys: Capsys, tmp_path: Path
) -> None:
    """Miles grow with the road over the straight line, minutes with the speed, and nothing is run again."""
    words = ("show", "mandatory", *FEW, "--format", "json")
    usual = asked(capsys, tmp_path, *words).document
    longer = asked(capsys, tmp_path, *words, "--set", "travel.road=2.6")
    assert longer.err == ""
    found = longer.document
    assert found["travel"]["miles"]["mean"] == pytest.approx(2 * usual["travel"]["miles"]["mean"])
    slower = asked(capsys, tmp_path, *words, "--set", "travel.km_an_hour=30").document
    pairs = zip(usual["trips"], slower["trips"], strict=True)
    assert all(one["miles_to_own_centre"] == other["miles_to_own_centre"] for one, other in pairs)
    assert slower["trips"][0]["minutes_to_own_centre"] == pytest.approx(
        2 * usual["trips"][0]["minutes_to_own_centre"]
    )
    for document in (found, slower):
        assert document["cells"] == usual["cells"]
    size = ("size", "mandatory", *QUICK, "--scale", "0.01", "--jobs", "1", "--format", "json")
    store = ("--store", str(tmp_path / "store"), "--until", "2020-12-31")
    told = [
        naas(capsys, "capacity", *size, *store, "--set", f"load.retake_after={days}").err.splitlines()[:3]
        for days in (1, 3000)
    ]
    assert told[0] != told[1]


@pytest.mark.parametrize(
    ("setting", "code"),
    [("travel.road=far", "S013"), ("travel.road=-1", "P008"), ("travel.rode=1", "S020")],
)
def test_a_readout_is_set_as_carefully_as_the_world(
    capsys: Capsys, folder: Path, setting: str, code: str
) -> None:
    ran = asked(capsys, folder, "show", "mandatory", *FEW, "--set", setting)
    assert (ran.code, ran.out) == (2, "")
    assert code in ran.err


def test_a_scheme_from_scratch_can_be_shown(capsys: Capsys, folder: Path) -> None:
    words = ("capacity", "show", "scheme-from-scratch", "-n", "2", "--scale", "0.1", "--jobs", "1")
    ran = naas(capsys, *words, "--store", str(folder / "store"))
    assert ran.code == 0
    assert "Middle" in ran.out
    assert "Travel" not in ran.out


def test_gap_has_a_row_for_every_authority(capsys: Capsys, folder: Path) -> None:
    found = rows(asked(capsys, folder, "gap", "mandatory", *FEW, "--format", "csv", "--sort", "gap"))
    assert len(found) == 152
    sizes = [float(row["gap_fte_mean"]) for row in found]
    assert sizes == sorted(sizes, reverse=True)
    document = asked(capsys, folder, "gap", "mandatory", *FEW, "--top", "3", "--format", "json").document
    assert len(document["authorities"]) == 3
    assert document["binding"]


@pytest.mark.parametrize(
    ("columns", "left_out"), [(100, {"covered"}), (80, {"pract.", "superv.", "leader"}), (60, None)]
)
def test_gap_is_a_table_as_far_as_there_is_room(
    capsys: Capsys, folder: Path, monkeypatch: pytest.MonkeyPatch, columns: int, left_out: set[str] | None
) -> None:
    """A line for every authority, each figure with its range; below one another only where nothing fits."""
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = asked(capsys, folder, "gap", "mandatory", *FEW)
    lines = ran.out.splitlines()
    if left_out is None:
        assert all(f"\n    {name}: " in ran.out for name in ("pract.", "covered", "uncovered"))
        return
    head = next(place for place, line in enumerate(lines) if "  worst  " in line)
    table = lines[head + 1 : lines.index("", head)]
    names = [re.sub(r"  +20\d\d-.*", "", line) for line in table]
    assert len(set(names)) == 152
    assert {"Bath and North East Somerset", "Isles of Scilly"} < set(names)
    every = {"short", "pract.", "superv.", "leader", "covered", "uncovered", "extra load"}
    assert {name for name in every if f" {name}" in lines[head]} == every - left_out
    widest = max(table, key=lambda line: line.count("±"))
    assert widest.count("±") >= len(every - left_out) - 1  # nobody may be short of a leader
    said = " ".join(ran.out.split())
    assert all(name in said.partition("No room here for ")[2] for name in left_out)
    assert re.search(r"take-up \d+% ±\d+", said)


def test_gap_says_whose_counts_it_shows(capsys: Capsys, folder: Path) -> None:
    said = " ".join(asked(capsys, folder, "gap", "mandatory", *FEW, "--top", "3").out.split())
    assert not_grossed_up(0.01) in said
    assert f"3 of 152 · {counts_as_run(0.01)}" in said


def test_size_shows_the_answer_and_its_evidence(capsys: Capsys, folder: Path) -> None:
    ran = asked(capsys, folder, "size", "mandatory", *QUICK)
    assert "seats a week" in ran.out
    assert "one below" in ran.out
    assert "replications run for this answer" in ran.out
    document = asked(capsys, folder, "size", "mandatory", *QUICK, "--format", "json").document
    assert document["target"] == "p80 wait <= 90 days"
    for region in document["regions"]:
        if region["lumps"]:
            assert region["at"]["met"] >= 3
            assert region["one_below"]["met"] < 3
    by_quarter = rows(
        asked(capsys, folder, "size", "mandatory", *QUICK, "--by", "quarter", "--format", "csv")
    )
    assert {"region", "quarter", "lumps", "lumps_now", "decide_by", "at_probability"} <= set(by_quarter[0])
    assert {row["at_futures"] for row in by_quarter if row["quarter"] == "2018-Q4"} == {""}


def test_a_search_without_an_answer_does_not_say_that_nothing_was_run(capsys: Capsys, folder: Path) -> None:
    ran = asked(capsys, folder, "size", "no-scheme", *QUICK)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("1 error; 4 replications run, without an answer.\n")
    refused = asked(capsys, folder, "size", "mandatory", "-n", "4", "--target", "p80 wait <= 2 years")
    assert refused.err.endswith("1 error; nothing was run.\n")


def test_stress_tells_recovery_and_who_bears_it(capsys: Capsys, folder: Path) -> None:
    shocks = ("--shock", "closure:all:8w:2018-03-05", "--shock", "absence:+20%")
    ran = asked(capsys, folder, "stress", "mandatory", *FEW, *shocks)
    assert ran.code == 0
    assert "Who bears it" in ran.out
    assert "all together" in ran.out
    found = rows(asked(capsys, folder, "stress", "mandatory", *FEW, *shocks, "--format", "csv"))
    assert [row["shock"] for row in found] == ["closure:all:8w:2018-03-05", "absence:+20%", "all together"]


def test_stress_tells_whose_counts_the_region_that_is_closed_and_why_that_day(
    capsys: Capsys, folder: Path
) -> None:
    words = ("stress", "mandatory", *FEW, "--shock", "closure:london:8w")
    said = " ".join(asked(capsys, folder, *words).out.split())
    assert not_grossed_up(0.01) in said.partition("closure:london:8w:")[0]
    assert "No first day was named, so it is the Monday in the middle" in said
    assert "London: its queue is at most" in said
    assert re.search(r"Person-days waited, in all: first sittings \S+ \S+ \S+ more", said)
    assert "Who bears it, weeks with shorter queues set against those with longer" in said
    assert "Extra days" not in said
    named = " ".join(asked(capsys, folder, *words[:-1], "closure:all:8w:2018-03-05").out.split())
    assert ("No first day" in named, "its queue is at most" in named) == (False, False)
    document = asked(capsys, folder, *words, "--format", "json").document
    (shock,) = document["shocks"]
    there = shock["in_the_region_closed"]
    assert there["region"] == "London"
    assert there["peak_backlog"]["mean"] <= shock["peak_backlog"]["mean"]
    out = [queue["venue"] for queue in document["queues_out_of_control_without"]]
    assert ("Without any shock: Out of control" in said) == bool(out)


def test_stress_says_that_queues_are_out_of_control_without_any_shock(capsys: Capsys, folder: Path) -> None:
    words = ("stress", "mandatory", "-n", "1", "--scale", "0.02", "--jobs", "1")
    shock = ("--shock", "closure:london:8w:2019-06-03", "--store", str(folder / "store"))
    said = " ".join(naas(capsys, "capacity", *words, *shock).out.split())
    assert "1 replication, so that no figure has a range" in said
    before, _, after = said.partition("closure:london:8w:2019-06-03:")
    assert re.search(r"Without any shock: Out of control, longer at the end .*London: \d+ people", before)
    ours = re.search(r"closed waits (\d+) ±\? days on average, against (\d+)", after)
    assert ours
    assert int(ours[1]) > int(ours[2]) + 7


def test_questions_are_answered_for_every_region(capsys: Capsys, folder: Path) -> None:
    words = ("ask", "start", "consultation", *QUICK, "--scale", "0.01", "--until", "2019-06-30")
    for form, said in (("csv", "holds_at"), ("table", "phase two from 1 Jan 2019")):
        ran = naas(capsys, "capacity", *words, "--format", form, "--store", str(folder / "store"))
        assert ran.code == 0
        assert said in ran.out


def test_stored_results_are_used_again(capsys: Capsys, tmp_path: Path) -> None:
    """Nothing is made ready and nothing is warned of where nothing is to be run."""
    words = ("capacity", "show", "mandatory", *FEW, "--scale", "0.01", "--jobs", "1")
    first = naas(capsys, *words, "--store", str(tmp_path / "store"))
    assert "more sittings are wanted by" in first.err
    again = naas(capsys, *words, "--store", str(tmp_path / "store"))
    assert (again.out, again.err) == (first.out, "")


HEAVY = ("pandas", "scipy", "joblib", "rich", "textual", "durable", "matplotlib", "unittest", "numpy.testing")
"""What is not needed to show stored results, and would take longer to load than they to be reckoned."""


def test_stored_results_are_shown_without_loading_what_is_heavy(capsys: Capsys, folder: Path) -> None:
    words = ("capacity", "show", "mandatory", *FEW, *SMALL, "--store", str(folder / "store"))
    assert naas(capsys, *words).code == 0
    shown = (
        "import sys; from cli.failures import guarded; from cli.app import app\n"
        f"code = guarded(lambda: app({list(words)!r}, prog_name='naas', standalone_mode=False))\n"
        f"sys.exit(code or ' '.join(name for name in {HEAVY!r} if name in sys.modules) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Over capacity" in ran.stdout


def test_warnings_come_before_the_run_on_standard_error(capsys: Capsys, folder: Path) -> None:
    words = ("run", "mandatory", "--scale", "0.05", "-n", "1", "--jobs", "1", "--measure", "in_scope")
    ran = naas(capsys, *words, "--store", str(folder / "store"))
    assert ran.code == 0
    assert "more sittings are wanted by" in ran.err
    assert "queues out of control" in ran.err
    assert ran.err.rstrip().endswith("naas capacity show mandatory --scale 0.05 -n 1")
    assert "wanted by" not in ran.out


MISTAKES = [
    (("size", "mandatory", "--target", "soon"), "Q001"),
    (("size", "mandatory", "--target", "p0 wait <= 90 days"), "Q002"),
    (("size", "mandatory", "--target", "p80 wait <= 0 days"), "Q004"),
    (("size", "mandatory", "--confidence", "1"), "Q003"),
    (("size", "mandatory", "--confidence", "0.99"), "Q003"),
    (("size", "no-scheme"), "Q005"),
    (("stress", "mandatory"), "Q006"),
    (("stress", "mandatory", "--shock", "flood"), "Q006"),
    (("show", "mandatory", "--region", "Atlantis"), "Q007"),
    (("ask", "demand", "no-scheme"), "Q008"),
    (("gap", "scheme-from-scratch"), "Q009"),
    (("size", "scheme-from-scratch", "--by", "quarter"), "Q009"),
    (("ask", "start", "as-delivered"), "Q010"),
    (("ask", "start", "consultation"), "Q010"),
    (("ask", "start", "adcs"), "Q010"),
    (("show", "mandatory", "--target-days", "0"), "C001"),
    (("gap", "mandatory", "--top", "-1"), "C001"),
    (("size", "mandatory", "-n", "0"), "Q003"),
]


@pytest.mark.parametrize(("words", "code"), MISTAKES, ids=lambda item: " ".join(item) if item else "")
def test_mistakes_are_told_with_a_code(
    capsys: Capsys, folder: Path, words: tuple[str, ...], code: str
) -> None:
    small = SMALL if words[1] != "scheme-from-scratch" else ("--scale", "0.02", "--jobs", "1", "-n", "10")
    if words[0] in ("show", "gap", "stress"):
        small += ("-n", "2") if "-n" not in small else ()
    ran = naas(capsys, "capacity", *words, *small, "--store", str(folder / "store"))
    assert ran.code == 2
    assert code in ran.err
    assert ran.out == ""


def test_codes_have_meanings() -> None:
    assert all(re.fullmatch(r"Q\d{3}", code) and meaning.endswith(".") for code, meaning in CODES.items())
    told = {code for _, code in MISTAKES if code.startswith("Q")}
    assert set(CODES) - told == {"Q012"}  # nothing finished: only where every replication fails


@pytest.mark.parametrize("command", capacity.registered_commands, ids=lambda item: item.name)
def test_help_is_a_sentence_and_two_examples(command: object) -> None:
    callback = getattr(command, "callback", None)
    assert callback is not None
    first, _, examples = callback.__doc__.partition("\n\n")
    assert re.fullmatch(r"[A-Z][^.]*\.", " ".join(first.split()))
    lines = [line.strip() for line in examples.replace("\b", "").splitlines() if line.strip()]
    assert len(lines) == 2
    assert all(line.startswith(f"naas capacity {getattr(command, 'name', '')}") for line in lines)
