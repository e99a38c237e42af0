"""Results that are kept: reused and said to be, looked after, and asked for with a precision."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import naas

from cli.results import ranges
from scenarios import record as recording
from simulation.replicate import Outcome

pytestmark = pytest.mark.unit

Capsys = pytest.CaptureFixture[str]

SMALL = ("--scale", "0.01", "--until", "2017-12-31", "--jobs", "1")
PAIR = ("compare", "voluntary", "mandatory", *SMALL)
HOME = Path(__file__).parents[2]


def test_a_second_run_reuses_the_first_and_says_so(capsys: Capsys, results_elsewhere: Path) -> None:
    first = naas(capsys, *PAIR, "-n", "2")
    assert "reused" not in first.out
    second = naas(capsys, *PAIR, "-n", "3")
    # A long path may be folded at a hyphen, so that white space says nothing here.
    said = f"4 of 6 replications reused from {results_elsewhere}."
    assert "".join(said.split()) in "".join(second.out.split())
    assert second.err.splitlines()[-1].startswith("2 replications in ")
    third = naas(capsys, *PAIR, "-n", "3")
    assert "replications in " not in third.err  # nothing was run
    one = naas(capsys, *PAIR, "-n", "3", "--format", "json").out
    fresh = naas(capsys, *PAIR, "-n", "3", "--format", "json", "--no-store").out
    assert one == fresh


def test_one_replication_reused_is_one(capsys: Capsys) -> None:
    alone = ("run", "mandatory", *SMALL, "-n", "1")
    naas(capsys, *alone)
    said = " ".join(naas(capsys, *alone).out.split())
    assert "1 of 1 replication reused from" in said
    assert "1 replications" not in said


def test_a_folder_named_is_used_and_none_when_none_is_wanted(
    capsys: Capsys, tmp_path: Path, results_elsewhere: Path
) -> None:
    run = ("run", "mandatory", *SMALL, "-n", "1")
    assert naas(capsys, *run, "--no-store").code == 0
    assert list(results_elsewhere.iterdir()) == []
    assert naas(capsys, *run, "--store", str(tmp_path / "mine")).code == 0
    assert list(results_elsewhere.iterdir()) == []
    assert len(list(tmp_path.glob("mine/runs/*/*.parquet"))) == 1


def test_results_are_listed_shown_verified_and_pruned(capsys: Capsys, results_elsewhere: Path) -> None:
    naas(capsys, *PAIR, "-n", "2")
    listed = naas(capsys, "results", "list", "--format", "json").document
    assert [(run["scenario"], run["replications"]) for run in listed["runs"]] == [
        ("mandatory", "0-1"),
        ("voluntary", "0-1"),
    ]
    assert all(run["reusable"] for run in listed["runs"])
    short = listed["runs"][0]["address"][:12]
    assert short in naas(capsys, "results", "list").out
    [shown] = naas(capsys, "results", "show", short, "--format", "json").document["runs"]
    assert shown["content"]["inputs"]["levers"]["q1.practitioner"] == "mandatory"
    assert shown["content"]["inputs"]["seed"] == 2017
    assert naas(capsys, "results", "list", "--format", "csv").out.count("\n") == 3
    assert naas(capsys, "results", "verify").code == 0
    victim = next(results_elsewhere.glob("runs/*/*.parquet"))
    victim.write_bytes(victim.read_bytes()[:-1])
    verified = naas(capsys, "results", "verify", "--format", "json")
    assert verified.code == 1
    assert [row["file"] for row in verified.document["wrong"]] == [str(victim)]
    again = naas(capsys, *PAIR, "-n", "2")
    assert again.code == 0
    assert f"{victim} was set aside, because its checksum does not match" in again.err
    assert naas(capsys, "results", "verify").code == 0
    rehearsed = naas(capsys, "results", "prune", "--all", "--dry-run", "--format", "json").document
    assert len(rehearsed["removed"]) == 3
    assert naas(capsys, "results", "prune").out.startswith("1 entries")
    assert naas(capsys, "results", "prune", "--all").code == 0
    assert naas(capsys, "results", "list").out.startswith("0 runs")


def test_a_failed_replication_is_kept_with_the_command_that_repeats_it(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    whole = recording.record

    def sometimes(outcome: Outcome) -> recording.Record:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise ZeroDivisionError("broken on purpose")
        return whole(outcome)

    monkeypatch.setattr(recording, "record", sometimes)
    ran = naas(capsys, "run", "mandatory", *SMALL, "-n", "3")
    assert ran.code == 1
    assert re.search(r"2\s+of\s+3\s+replications", ran.out)
    assert "replication 1 of mandatory failed: ZeroDivisionError: broken on purpose" in ran.err
    alone = "naas run mandatory --seed 2017 --scale 0.01 --until 2017-12-31 --only 1"
    assert alone in ran.err
    shown = naas(capsys, "results", "show", "mandatory").out
    assert alone in shown
    assert "ZeroDivisionError: broken on purpose" in shown
    assert "with failures" in naas(capsys, "results", "list").out
    repeated = naas(capsys, *alone.split()[1:])
    assert repeated.code == 0
    assert "failed" not in naas(capsys, "results", "show", "mandatory").out


def test_one_replication_alone_is_the_one_among_many(capsys: Capsys) -> None:
    alone = naas(capsys, "run", "mandatory", *SMALL, "--only", "1", "--format", "json", "--no-store")
    two = naas(capsys, "run", "mandatory", *SMALL, "-n", "2", "--format", "json", "--no-store")
    zero = naas(capsys, "run", "mandatory", *SMALL, "-n", "1", "--format", "json", "--no-store")
    for one, both, first in zip(
        alone.document["measures"], two.document["measures"], zero.document["measures"], strict=True
    ):
        means = [item["arms"]["mandatory"]["mean"] for item in (first, one, both)]
        if None not in means:
            assert means[2] == pytest.approx((means[0] + means[1]) / 2)


def test_a_precision_is_reached_and_told_of(capsys: Capsys) -> None:
    ran = naas(capsys, *PAIR, "--precision", "assessed=20", "--format", "json")
    assert ran.code == 0
    found = ran.document["precision"]
    assert found["reached"]
    assert found["replications_run"] == found["replications_enough"] + 5 == ran.document["replications"]
    assert found["half_width"] <= 20
    [shared] = ran.document["shared_draws"]["arms"]
    assert set(shared) == {"scenario", "correlation", "variance_reduction", "replications"}
    text = " ".join(naas(capsys, *PAIR, "--precision", "assessed=20").out.split())
    assert "Precision assessed=20: reached with" in text


def test_a_precision_that_makes_no_sense_is_refused_and_one_too_fine_is_given_up(capsys: Capsys) -> None:
    alike = ("compare", "mandatory", "mandatory-unfunded", *SMALL)
    refused = naas(capsys, *alike, "--precision", "in_scope=1%", "--set", "funding.dfe_share=1")
    assert refused.code == 1
    assert "near zero" in refused.err
    assert "in_scope=50" in refused.err
    fine = naas(capsys, *PAIR, "--precision", "in_scope=0.001", "--max-replications", "4")
    assert fine.code == 1
    assert "4 replications were not enough" in fine.err
    assert "4 paired replications" in " ".join(fine.out.split())


def test_intervals_say_what_they_hold(capsys: Capsys) -> None:
    plain = naas(capsys, *PAIR, "-n", "2")
    head = " ".join(plain.out.partition("By 31 Dec")[0].split())
    assert "are chance only. What we do not know about take-up and the rest is much wider" in head
    assert " ".join(plain.out.split()).count("chance only") == 1
    assert naas(capsys, *PAIR, "-n", "2", "--format", "json").document["interval_holds"] == "chance"
    more = ("--uncertainty", "parameters", "--inner", "2", "-n", "3")
    text = " ".join(naas(capsys, *PAIR, *more).out.split())
    assert (
        "hold chance and what we do not know of 80 parameters: 3 draws from their ranges, 2 futures" in text
    )
    assert (
        "Drawn, alike in every scenario: 44 parameters of the world and 36 from which the workforce" in text
    )
    assert "centre.standby_share, overflow.share, overflow.after_days (no range); what is not" in text
    document = naas(capsys, *PAIR, *more, "--format", "json").document
    assert document["interval_holds"] == "chance and parameters"
    assert document["replications"] == document["finished"] == 6
    found = document["uncertainty"]
    assert (found["draws"], found["inner"]) == (3, 2)
    assert {"take_up.mandatory", "agency.leaving_rate", "joining.starters_later_years"} <= set(found["drawn"])
    [unranged] = {item["why"] for item in found["not_drawn"]}
    assert unranged == "no range"
    assert len(found["drawn"]) + len(found["not_drawn"]) == 84
    assert found["duration_factor"] == [0.5, 1.0, 2.0]
    assert {item["of"] for item in found["components"]} == {
        "voluntary",
        "mandatory",
        "mandatory - voluntary",
    }
    listed = naas(capsys, "results", "list").out
    assert "3 parameter draws, 6 replications" in listed


def test_what_is_drawn_of_a_staff_list_and_what_is_set_is_said(capsys: Capsys) -> None:
    listed = (
        "--workforce",
        str(HOME / "tests/simulation/golden/staff.csv"),
        "--set",
        "agency.leaving_rate=0.3",
    )
    ran = naas(
        capsys, "run", "mandatory", *listed, "--until", "2017-12-31", "--uncertainty", "parameters", "-n", "2"
    )
    text = " ".join(ran.out.split())
    assert (
        "Drawn: 44 parameters of the world and 35 of the workforce, as far as the staff list leaves" in text
    )
    assert "Not drawn: agency.leaving_rate (set in mandatory); centre.seats_factor" in text


def test_ranges_of_numbers() -> None:
    assert ranges(()) == ""
    assert ranges((0, 1, 2, 5, 7, 8)) == "0-2, 5, 7-8"


def test_ctrl_c_is_obeyed_at_once_and_the_rest_is_run_later(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "cli.main", "run", "mandatory", "--scale", "0.01", "-j", "2"]
    words += ["--until", "2017-12-31", "--store", str(tmp_path / "s")]
    process = subprocess.Popen(
        [*words, "-n", "400"],
        cwd=HOME,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert any(line.startswith("40 of 400") for line in iter(process.stderr.readline, ""))
    os.killpg(process.pid, signal.SIGINT)
    pressed = time.monotonic()
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - pressed < 5  # half a second where nobody else uses the machine
    assert process.returncode == 130, err
    kept = len(list(tmp_path.glob("s/runs/*/*.parquet")))
    assert kept >= 40
    assert f"Stopped: {kept} of 400 replications kept." in err
    assert re.search(rf"{kept}\s+of\s+400\s+replications", out)


def test_pairs_that_are_kept_are_told_as_pairs(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    whole = recording.record

    def until_stopped(outcome: Outcome) -> recording.Record:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise KeyboardInterrupt
        return whole(outcome)

    monkeypatch.setattr(recording, "record", until_stopped)
    ran = naas(capsys, *PAIR, "-n", "3")
    assert ran.code == 130
    assert "3 of 6 replications" in ran.err
    assert "Stopped: 1 of 3 paired replications kept." in ran.err
    help_of = " ".join(naas(capsys, "compare", "--help").out.replace("│", " ").split())
    assert "with --uncertainty, how many draws, each of --inner futures" in help_of


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        (("sensitivity", "mandatory", "--parameters", "take_up.mandatory"), "--set take_up.mandatory="),
        (("attribute", "consultation", "re-accreditation-3y"), "--set q9=assessment"),
        (("run", "mandatory", "--uncertainty", "parameters", "--inner", "3"), "--inner 3"),
    ],
)
def test_a_failure_among_many_settings_is_told_with_the_command_that_repeats_it(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], setting: str
) -> None:
    calls = 0
    whole = recording.record

    def sometimes(outcome: Outcome) -> recording.Record:
        nonlocal calls
        calls += 1
        if calls == 6:  # in the second replication, when settings are tried side by side
            raise ZeroDivisionError("broken on purpose")
        return whole(outcome)

    monkeypatch.setattr(recording, "record", sometimes)
    ran = naas(capsys, *words, *SMALL, "-n", "2")
    assert ran.code == 1
    [alone] = re.findall(r"it alone, with its traceback: naas (.*)", ran.err.replace("\n    ", " "))
    assert setting in alone
    assert naas(capsys, "results", "list").out.count("with failures") == 1
    assert naas(capsys, *alone.split()).code == 0
    assert "with failures" not in naas(capsys, "results", "list").out
