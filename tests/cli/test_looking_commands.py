"""The commands that look: list, show, measures, explain, check, workforce."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from commands import naas

from rules.levers import SPECS
from scenarios.names import library
from simulation.measures import MEASURES
from simulation.parameters import Parameters
from tests.editor import validator

pytestmark = pytest.mark.unit

Capsys = pytest.CaptureFixture[str]


def test_list_names_every_scenario(capsys: Capsys) -> None:
    document = naas(capsys, "list", "--format", "json").document
    assert [item["id"] for item in document["scenarios"]] == sorted(library())
    assert all(name in naas(capsys, "list").out for name in library())


def test_measures_lists_every_definition(capsys: Capsys) -> None:
    rows = list(csv.DictReader(io.StringIO(naas(capsys, "measures", "--format", "csv").out)))
    assert {row["id"]: row["definition"] for row in rows} == {
        name: item.definition for name, item in MEASURES.items()
    }
    assert all(name in naas(capsys, "measures").out for name in MEASURES)


def test_show_is_the_difference_from_the_parent_or_another(capsys: Capsys) -> None:
    document = naas(capsys, "show", "mandatory-unfunded", "--format", "json").document
    assert document["lineage"] == ["consultation", "mandatory", "mandatory-unfunded"]
    assert {item["id"] for item in document["changes"]} >= {"funding.dfe_share", "release.weekly_share"}
    other = naas(capsys, "show", "mandatory", "--against", "voluntary", "--format", "json").document
    assert {item["id"] for item in other["changes"]} == {
        *("q1.practitioner", "q1.supervisor", "q1.leader", "q1.consequence")
    }
    table = naas(capsys, "show", "adcs", "--all").out
    assert "phase.plan: all_at_once, not consultation" in table
    assert "q8.full_months" in table
    assert max(map(len, table.splitlines())) <= 100


def test_explain_facts_cites_the_paragraph_and_offers_a_change(capsys: Capsys) -> None:
    facts = ("--fact", "role=iro", "--fact", "contract=agency")
    out = " ".join(naas(capsys, "explain", "--scenario", "mandatory", *facts).out.split())
    for wanted in (
        "practice supervisor",
        "para 56, item 3",
        "q2.iro: included",
        "q2.iro: excluded",
        "para 72",
    ):
        assert wanted in out


def test_explain_says_which_facts_would_settle_what_cannot_be_decided(capsys: Capsys) -> None:
    ran = naas(capsys, "explain", "--fact", "contract=agency")
    assert ran.code == 0
    assert "Nothing can be decided from these facts" in ran.out
    wanted = [line.split("=")[0].split()[-1] for line in ran.out.splitlines() if "--fact" in line]
    assert wanted == ["functions", "employer", "asye_since_start"]
    more = ("--fact", "functions=case_responsibility")
    assert "Nothing can be decided" not in naas(capsys, "explain", "--fact", "contract=agency", *more).out


def test_explain_says_first_that_nobody_is_called(capsys: Capsys) -> None:
    out = naas(capsys, "explain", "-s", "no-scheme", "--fact", "functions=iro").out
    lines = [line for line in out.splitlines() if line.strip()]
    assert lines[1].strip().startswith("Nobody is called under 'no-scheme'")
    assert "Nobody is called" not in naas(capsys, "explain", "--fact", "functions=iro").out


def test_explain_says_from_when_a_site_calls_or_that_it_never_does(capsys: Capsys, tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(
        "worker,employer,region,role,age,service_start\n"
        "A,Leeds,,case_holder,34,2014-09-01\nB,Camden,,case_holder,34,2014-09-01\n",
        encoding="utf-8",
    )
    file = tmp_path / "mine.yaml"
    wave = "{joins: 2018-07-01, employers: [Leeds, Kent]}"  # nobody of Kent is on the list
    text = "id: mine\ntitle: T\nwhy: W.\nparent: consultation\nsites:\n  assumption: A test.\n"
    file.write_text(f"{text}  waves: [{wave}]\n", encoding="utf-8")
    words = ("explain", "-s", str(file), "--workforce", str(staff), "--worker")
    assert "Leeds joins on 1 Jul 2018." in " ".join(naas(capsys, *words, "0").out.split())
    never = " ".join(naas(capsys, *words, "1").out.split())
    assert "Camden is in no wave, so nobody there is ever called." in never
    facts = naas(capsys, "explain", "-s", str(file), "--fact", "functions=iro").out
    assert "the call comes with the site's wave" in " ".join(facts.split())


def test_the_same_fact_twice_with_the_same_value_is_no_mistake(capsys: Capsys) -> None:
    assert naas(capsys, "explain", "--fact", "functions=iro", "--fact", "role=iro").code == 0


def test_explain_a_worker_tells_a_life(capsys: Capsys) -> None:
    words = ("explain", "-s", "mandatory", "--worker", "5", "--scale", "0.01", "--replication", "1")
    document = naas(capsys, *words, "--format", "json").document
    assert document["worker"]["worker"] == 5
    assert document["life"]
    assert [when for when, _ in document["life"]] == sorted(when for when, _ in document["life"])
    out = naas(capsys, *words).out
    assert out.startswith("Worker 5 · ")
    assert "Life in replication 1" in out


def test_the_numbers_of_workers_agree_with_the_count_in_heads(capsys: Capsys) -> None:
    small = ("-s", "mandatory", "--scale", "0.01")
    head = naas(capsys, "changed", "voluntary", "mandatory", "--scale", "0.01", "-n", "1", "-j", "1").out
    count = int(re.search(r"([0-9,]+) workers", head)[1].replace(",", ""))  # type: ignore[index]
    said = " ".join(naas(capsys, "explain", *small, "--worker", "5").out.split())
    assert f"Numbers 0 to {count - 1} are the {count:,} workers in post on 30 September 2016" in said
    last = re.search(rf"; {count} to ([0-9]+) are people who may join later", said)
    assert last is not None
    assert naas(capsys, "explain", *small, "--worker", last[1]).code == 0
    beyond = naas(capsys, "explain", *small, "--worker", str(int(last[1]) + 1))
    assert (beyond.code, f"{count} to {last[1]} are people who may join" in beyond.err) == (2, True)


def test_check_finds_nothing_wrong_and_tells_what_the_text_leaves_open(capsys: Capsys) -> None:
    ran = naas(capsys, "check")
    assert ran.code == 0
    assert "What the rules find in the consultation itself" in ran.out
    assert "para 7" in ran.out


def test_check_says_once_what_comes_to_the_same_for_several_people(capsys: Capsys) -> None:
    from rules.audit import audit

    said = " ".join(naas(capsys, "check").out.split())
    found = [item for item in audit().findings if item.conclusion]
    assert len(found) > len({item.conclusion for item in found}) > 1
    for item in found:
        whole = f"{item.conclusion[0].upper()}{item.conclusion[1:]}"
        assert said.count(whole) == 1
        for title in item.grounds:  # whoever it is true of is still named
            assert title[0].lower() + title[1:] in said
    rows = naas(capsys, "check", "--format", "json").document["findings"]
    assert len(rows) == len(audit().findings)


def test_schema_prints_a_schema_of_each_kind_of_file(capsys: Capsys) -> None:
    for kind, key in (("rules", "rules"), ("scenario", "levers"), ("levers", "q3")):
        ran = naas(capsys, "schema", kind)
        assert ran.code == 0
        assert key in validator(ran.document).schema["properties"]
    assert naas(capsys, "schema", "staff").code == 2


def test_workforce_reports_margins_and_writes_a_template(capsys: Capsys) -> None:
    document = naas(capsys, "workforce", "--scale", "0.01", "--format", "json").document
    assert {cell["dimension"] for cell in document["cells"]} >= {"role"}
    header = naas(capsys, "workforce", "--template").out.splitlines()[0]
    assert "employer" in header


def test_check_reads_scenario_files_without_running_them(capsys: Capsys, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("id: mine\ntitle: T\nwhy: W.\nparent: adcs\nlevers: {q3: 6}\n", encoding="utf-8")
    document = naas(capsys, "check", str(file), "--format", "json").document
    assert document["files"] == [
        {"file": str(file), "id": "mine", "parents": "consultation > adcs", "changes": 1, "notes": []}
    ]


def test_check_takes_the_names_of_the_library(capsys: Capsys) -> None:
    ran = naas(capsys, "check", *library())
    assert ran.code == 0
    assert "mandatory: mandatory can be run" in ran.out
    assert "overlap" not in ran.out
    unknown = naas(capsys, "check", "mandatry")
    assert (unknown.code, unknown.out) == (2, "")
    assert "did you mean 'mandatory'?" in unknown.err


def test_check_notes_a_region_without_seats_and_periods_that_overlap(capsys: Capsys, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    period = "{from: 2017-01-01, to: %s-12-31, centre_days_per_week: {London: 7}}"
    periods = f"[{period % 2018}, {period % 2019}]"
    start = "id: mine\ntitle: T\nwhy: W.\nparent: consultation\ncentres:\n  assumption: A test.\n"
    file.write_text(f"{start}  periods: {periods}\n", encoding="utf-8")
    ran = naas(capsys, "check", str(file))
    assert ran.code == 0
    said = " ".join(ran.out.split())
    assert "no seats at any time in " in said
    assert "North East" in said
    assert said.count("periods of London overlap, and their seats add up") == 1
    file.write_text(f"{start}  periods: [{period % 2018}]\n", encoding="utf-8")
    assert "overlap" not in naas(capsys, "check", str(file)).out


def test_parameters_are_listed_with_range_unit_evidence_and_rating(capsys: Capsys) -> None:
    found = naas(capsys, "parameters", "--format", "json").document["parameters"]
    assert {row["id"] for row in found} == set(Parameters.shipped())
    for row in found:
        assert row["low"] <= row["high"]
        assert bool(row["source"]) != bool(row["assumption"])
        assert all(row[name] for name in ("label", "unit", "rating", "dated", "affects"))
    as_csv = naas(capsys, "parameters", "--format", "csv").out
    assert len(list(csv.DictReader(io.StringIO(as_csv)))) == len(found)
    table = naas(capsys, "parameters").out
    assert all(name in table for name in Parameters.shipped())


def test_a_parameter_by_name_or_by_its_first_part_under_a_scenario(capsys: Capsys) -> None:
    some = naas(capsys, "parameters", "take_up", "--format", "json").document["parameters"]
    assert {row["id"].partition(".")[0] for row in some} == {"take_up"}
    one = naas(capsys, "parameters", "release.weekly_share", "-s", "mandatory-unfunded").out
    assert one.startswith("release.weekly_share: 0.05 share")
    assert "Without money for cover" in one
    wrong = naas(capsys, "parameters", "takeup")
    assert (wrong.code, wrong.out) == (2, "")
    assert "did you mean 'take_up'?" in wrong.err


def test_parameters_fit_eighty_columns(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert all(len(line) <= 80 for line in naas(capsys, "parameters").out.splitlines())
    assert all(len(line) <= 80 for line in naas(capsys, "show", "mandatory", "--all").out.splitlines())


def test_show_all_cuts_no_label_and_a_scheme_from_scratch_has_its_numbers(capsys: Capsys) -> None:
    for columns in ("60", "100"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COLUMNS", columns)
            said = "".join(naas(capsys, "show", "mandatory", "--all").out.split())
        assert all("".join(spec.label.split()) in said for spec in SPECS.values())
    said = " ".join(naas(capsys, "show", "scheme-from-scratch").out.split())
    for number in ("5,000 people", "North 30%", "pert(14, 42, 120)", "simulated 80%", "3 attempts", "0.12"):
        assert number in said
    document = naas(capsys, "show", "scheme-from-scratch", "--format", "json").document
    assert document["scheme"]["count"] == 5000


LIST = """\
worker,employer,region,role,contract,age,service_start,role_start,asye_start,origin,fte,sex,ethnicity,functions
W0001,Leeds,,case_holder,employed,34,2014-09-01,,2014-11-03,newly_qualified,1,female,white,case_responsibility
0,Leeds,,first_line_manager,employed,51,2003-05-12,2016-02-01,,,0.8,male,white,practice_supervision
"""


def test_a_worker_of_a_staff_list_is_found_by_its_own_id_and_is_not_synthetic(
    capsys: Capsys, tmp_path: Path
) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(LIST, encoding="utf-8")
    words = ("explain", "-s", "mandatory", "--workforce", str(path), "--worker")
    first = naas(capsys, *words, "W0001").out
    assert first.startswith("Worker W0001 · ")
    assert "from staff.csv" in " ".join(first.split())
    assert "synthetic" not in first
    own = naas(capsys, *words, "0", "--format", "json").document  # an id of the list before a number
    assert own["worker"]["label"] == "0"
    assert own["worker"]["role"] == "first_line_manager"
    wrong = naas(capsys, *words, "W0002")
    assert wrong.code == 2
    assert "did you mean 'W0001'?" in wrong.err


def test_explain_says_in_json_that_nobody_is_called_or_nothing_is_decided(capsys: Capsys) -> None:
    words = ("explain", "--fact", "functions=iro", "--format", "json")
    assert "Nobody is called" in naas(capsys, *words, "-s", "no-scheme").document["call"]
    assert naas(capsys, *words, "-s", "mandatory").document["call"] == ""
    found = naas(capsys, "explain", "--fact", "attempt=2", "--format", "json").document
    assert found["undecided"]
    assert set(found["undecided"][0]) == {"fact", "label"}
    assert naas(capsys, *words).document["undecided"] == []
