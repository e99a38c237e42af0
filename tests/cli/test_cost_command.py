"""`naas cost` as its user types it: an appraisal, splits, a case of one's own, and clear errors."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Ran, naas

from analysis.cost_case import DEFAULT, CostCase
from analysis.deflator import in_prices_of
from cli.manner import Manner
from cli.manner import Ran as Finished
from scenarios.experiment import Arm
from simulation.parameters import Parameters

pytestmark = pytest.mark.e2e

Capsys = pytest.CaptureFixture[str]

SMALL = ("--scale", "0.01", "-n", "2", "--until", "2018-12-31", "--jobs", "1")
BAD = Path(__file__).parents[1] / "analysis" / "bad"

OURS = """\
case: ours
title: Our figures
lines:
  leavers:
    value: [9000, 12000, 15000]
    unit: gbp
    price_year: 2016
    source: Our exit interviews, 2017
    owner: Leeds
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("costed")


def cost(capsys: Capsys, folder: Path, *words: str) -> Ran:
    """Run in one folder, so that every test after the first reads what is stored."""
    return naas(capsys, "cost", *words, *SMALL, "--store", str(folder / "store"))


def rows(ran: Ran) -> list[dict[str, str]]:
    assert ran.code == 0
    return list(csv.DictReader(io.StringIO(ran.out)))


def test_an_appraisal_says_what_it_counts(capsys: Capsys, folder: Path) -> None:
    ran = cost(capsys, folder, "voluntary", "mandatory")
    assert ran.code == 0
    for said in (
        "in prices of 2016",
        "pay and on-costs",
        "contract price",
        "present value at 3.5%",
        "before optimism bias",
        "mandatory less voluntary",
        "New burdens on councils, voluntary",
        "(transfer)",
        "Not priced",
    ):
        assert said in ran.out
    assert all(len(line) <= 100 for line in ran.out.splitlines())


def test_the_difference_is_told_at_the_prices_that_are_to_be_quoted(capsys: Capsys, folder: Path) -> None:
    said = " ".join(cost(capsys, folder, "voluntary", "mandatory").out.split())
    assert "in prices of 2016; but for the two rows not discounted, a present value of 2017" in said
    drawn = re.search(
        r"mandatory less voluntary, prices drawn: \+([\d.]+) \[\+([\d.]+) to \+([\d.]+)\]", said
    )
    likeliest = re.search(r"At the likeliest prices: \+([\d.]+) \[\+([\d.]+) to \+([\d.]+)\] £ million", said)
    assert drawn is not None
    assert likeliest is not None
    middle, low, high = map(float, drawn.groups())
    once, least, most = map(float, likeliest.groups())
    assert low < middle < high
    assert middle != once
    assert high - low > most - least
    assert re.search(r"£[\d,]+ \[£[\d,]+ to £[\d,]+\] for each extra accredited worker", said)


def test_the_price_of_preparation_is_told_from_the_days_planned(capsys: Capsys, folder: Path) -> None:
    words = "release.preparation is days for each day that the plan gives (lever support.preparation_days)"
    for asked in (("mandatory",), ("challenge", "mandatory", "--set", "release.preparation=2")):
        assert words in " ".join(cost(capsys, folder, *asked).out.split())
    assert words not in cost(capsys, folder, "challenge", "mandatory", "--set", "leavers=9000").out


def test_a_council_that_bears_nothing_is_told_why_and_what_to_ask(capsys: Capsys, folder: Path) -> None:
    said = " ".join(cost(capsys, folder, "council", "Leeds", "mandatory").out.split())
    assert "is £0 because that share is 100% (funding.dfe_share; assumed" in said
    assert "--set funding.dfe_share=0, or: naas cost council Leeds mandatory-unfunded" in said
    assert "Money is not discounted. Days released follow the lever support.preparation_days" in said
    other = cost(capsys, folder, "council", "Leeds", "mandatory", "--set", "funding.dfe_share=0").out
    assert "is £0 because" not in " ".join(other.split())


def test_a_challenge_says_by_how_much_it_moves_the_total(capsys: Capsys, folder: Path) -> None:
    words = ("challenge", "mandatory", "--set", "leavers=30000")
    assert re.search(
        r"\(present value\): \+[\d.]+ \[[^]]+\] by the challenge", _one_line(cost(capsys, folder, *words))
    )
    found = cost(capsys, folder, *words, "--format", "json").document
    assert found["change"] == pytest.approx(found["total"] - found["against"])


def test_a_figure_set_outside_its_range_is_warned_about(capsys: Capsys, folder: Path) -> None:
    words = ("challenge", "mandatory", "--set")
    warned = "Warning, outside the range of the default cost case: leavers (10,000 to 40,000)."
    assert warned in _one_line(cost(capsys, folder, *words, "leavers=60000"))
    assert "Warning" not in _one_line(cost(capsys, folder, *words, "leavers=40000"))


def test_the_name_of_a_family_is_answered_with_its_members(capsys: Capsys, folder: Path) -> None:
    wrong = cost(capsys, folder, "mandatory", "--set", "take_up=0.3")
    assert wrong.code == 2
    for name in ("take_up.voluntary", "take_up.expected", "take_up.mandatory"):
        assert name in wrong.err


def _one_line(ran: Ran) -> str:
    return " ".join(ran.out.split())


def test_the_two_costs_are_told_apart_and_three_years_have_a_reason(capsys: Capsys, folder: Path) -> None:
    said = " ".join(cost(capsys, folder, "mandatory").out.split())
    assert "Social cost, likeliest prices" in said
    assert "Social cost, prices drawn" in said
    assert "its range holds chance alone" in said
    assert "so quote that one" in said
    assert "the first 3 years, as an assessment of new burdens on local authorities asks for" in said


def test_what_has_no_switching_value_is_counted_and_not_listed_by_key(capsys: Capsys, folder: Path) -> None:
    words = ("switching", "voluntary", "mandatory")
    said = " ".join(cost(capsys, folder, *words).out.split())
    found = rows(cost(capsys, folder, *words, "--format", "csv"))
    none = [row for row in found if not row["switching_value"] and not row["beyond_range"]]
    assert len(none) > 5
    assert f"{len(none)} other figures have none" in said
    assert not any(row["figure"] in said for row in none)


@pytest.mark.parametrize(
    "words",
    [
        ("voluntary", "mandatory"),
        ("voluntary", "mandatory", "--by", "council"),
        ("council", "Leeds", "mandatory"),
        ("switching", "voluntary", "mandatory"),
        ("challenge", "mandatory", "--set", "leavers=9000"),
        ("assumptions", "mandatory"),
        ("lines", "mandatory"),
        ("plane", "voluntary", "mandatory"),
        ("budget", "mandatory"),
        ("mandatory", "--by", "payer"),
    ],
    ids=lambda words: words[0],
)
def test_it_fits_eighty_columns(
    capsys: Capsys, folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = cost(capsys, folder, *words)
    assert ran.code == 0
    long = [line for line in ran.out.splitlines() if len(line) > 80]
    assert [line for line in long if not line.startswith("  naas ")] == []  # a command to copy stays whole


def test_time_is_named_on_every_table_and_payments_are_told_to_the_penny(
    capsys: Capsys, folder: Path
) -> None:
    for valuation, named in (("cash", "cash"), ("pay", "pay and on-costs"), ("full", "full unit cost")):
        ran = cost(capsys, folder, "mandatory", "--valuation", valuation)
        titles = [line for line in ran.out.splitlines() if "£ million, " in line and "most" not in line]
        assert len(titles) == 5
        assert all(f"£ million, {named}" in title for title in titles)
    ran = cost(capsys, folder, "mandatory", "--by", "payer", "--set", "funding.dfe_share=0.3")
    assert "over every replication and year: £0.00." in " ".join(ran.out.split())
    assert "the department pays 30% of everything" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    "words",
    [
        ("mandatory",),
        ("budget", "mandatory"),
        ("lines", "mandatory"),
        ("council", "Leeds", "mandatory"),
        ("challenge", "mandatory", "--set", "leavers=9000"),
        ("switching", "voluntary", "mandatory"),
        ("plane", "voluntary", "mandatory"),
        ("assumptions", "mandatory"),
    ],
    ids=lambda words: words[0],
)
def test_every_csv_says_how_time_is_valued(capsys: Capsys, folder: Path, words: tuple[str, ...]) -> None:
    found = rows(cost(capsys, folder, *words, "--valuation", "full", "--format", "csv"))
    assert {row["valuation"] for row in found} == {"full"}


def test_who_pays_is_set_without_running_anything_again(
    capsys: Capsys, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cost(capsys, folder, "mandatory", "--format", "json").document
    monkeypatch.setattr("cli.manner.run_arms", _nothing_new())
    words = ("mandatory", "--set", "funding.dfe_share=0", "--format", "json")
    after = cost(capsys, folder, *words).document
    [was], [now] = before["scenarios"], after["scenarios"]
    assert was["present_value"] == now["present_value"]
    assert now["borne"]["department"]["mean"] == pytest.approx(0, abs=1)
    assert after["department_share"] == {"mandatory": 0}
    assert after["settings"] == ["funding.dfe_share=0"]


def _nothing_new() -> Callable[..., Finished]:
    """Runs arms, and fails where any replication was not in the store."""
    from cli.manner import run_arms

    def checked(arms: list[Arm], how: Manner) -> Finished:
        ran = run_arms(arms, how)
        assert len(ran.results.reused) == len(arms) * how.replications
        return ran

    return checked


def test_lines_are_sums_with_their_evidence(capsys: Capsys, folder: Path) -> None:
    ran = cost(capsys, folder, "lines", "mandatory")
    for said in (
        "Release to prepare (release.preparation)",
        "£198 a day (pay.social_worker_day)",
        "assumption:",
    ):
        assert said in " ".join(ran.out.split())
    found = rows(cost(capsys, folder, "lines", "mandatory", "--format", "csv"))
    assert {row["valuation"] for row in found} == {"pay"}
    for row in found:
        assert all(row[name] for name in ("evidence", "quality", "payer", "unit", "dated", "kind"))
        if row["gbp_each"] and row["line"] != "optimism.delivery":
            product = float(row["quantity"]) * float(row["gbp_each"])
            assert product == pytest.approx(float(row["mean_gbp"]), rel=1e-6)


def test_the_plane_is_drawn_and_counted(capsys: Capsys, folder: Path) -> None:
    assert "more accredited, dearer" in cost(capsys, folder, "plane", "voluntary", "mandatory").out
    found = cost(capsys, folder, "plane", "voluntary", "mandatory", "--format", "json").document
    assert sum(found["corners"].values()) == pytest.approx(1)
    assert len(rows(cost(capsys, folder, "plane", "voluntary", "mandatory", "--format", "csv"))) == 500


def test_the_odds_that_one_is_cheaper_with_prices_drawn(capsys: Capsys, folder: Path) -> None:
    ran = cost(capsys, folder, "mandatory", "voluntary")
    assert "Probability that voluntary is the cheaper: 100% with prices drawn" in " ".join(ran.out.split())
    [gap] = cost(capsys, folder, "mandatory", "voluntary", "--format", "json").document["differences"]
    assert gap["cheaper_prices_drawn"] == 1


def test_a_budget_that_no_figure_reaches_says_what_it_costs(capsys: Capsys, folder: Path) -> None:
    ran = cost(capsys, folder, "switching", "mandatory", "--budget", "1000000")
    said = " ".join(ran.out.split())
    assert "no figure alone does it" in said
    assert "as figures stand" in said
    assert "cheapest end of its range at once" in said


def test_no_policy_has_no_increment(capsys: Capsys, folder: Path) -> None:
    found = cost(capsys, folder, "no-scheme", "--format", "json").document
    [scenario] = found["scenarios"]
    assert scenario["present_value"] == {"mean": 0.0, "p10": 0.0, "p50": 0.0, "p90": 0.0}
    assert scenario["per_accredited"]["mean"] is None
    assert all(amount["mean"] == 0 for amount in scenario["by"]["line"].values())


@pytest.mark.parametrize("valuation", ["cash", "pay", "full"])
def test_splits_add_up_in_every_valuation(capsys: Capsys, folder: Path, valuation: str) -> None:
    found = cost(capsys, folder, "mandatory", "--valuation", valuation, "--format", "json").document
    [scenario] = found["scenarios"]
    whole = scenario["undiscounted"]["mean"]
    for by, parts in scenario["by"].items():
        assert sum(part["mean"] for part in parts.values()) == pytest.approx(whole, abs=0.005), by
    assert found["valuation"] == valuation


@pytest.mark.parametrize("by", ["year", "payer", "line", "region", "council"])
def test_split_as_a_table_and_as_csv(capsys: Capsys, folder: Path, by: str) -> None:
    table = cost(capsys, folder, "mandatory", "--by", by)
    assert f"By {by}, £ million" in table.out
    found = rows(cost(capsys, folder, "mandatory", "--by", by, "--format", "csv"))
    assert {row["by"] for row in found} == {by}
    if by == "council":
        assert len(found) == 153
    if by == "year":
        assert [row["category"] for row in found] == ["2017", "2018"]


def test_one_figure_set_moves_its_line_alone(capsys: Capsys, folder: Path) -> None:
    before = {row["category"]: row for row in rows(cost(capsys, folder, "mandatory", "--format", "csv"))}
    words = ("mandatory", "--set", "governance=30", "--format", "csv")
    after = {row["category"]: row for row in rows(cost(capsys, folder, *words))}
    changed = {key for key in before if before[key]["mean"] != after[key]["mean"]}
    assert changed == {"governance"}
    assert float(after["governance"]["mean"]) == pytest.approx(
        2 * float(before["governance"]["mean"]), rel=1e-6
    )


def test_levers_and_figures_are_set_by_the_same_option(capsys: Capsys, folder: Path) -> None:
    words = ("mandatory", "--set", "funding.dfe_share=0", "--set", "leavers=0", "--format", "json")
    [scenario] = cost(capsys, folder, *words).document["scenarios"]
    assert scenario["borne"]["department"]["mean"] == pytest.approx(0, abs=0.02)
    assert scenario["borne"]["councils"]["mean"] > 0
    assert scenario["by"]["line"]["leavers"]["mean"] == 0


def test_what_a_person_sets_is_not_called_assumed(capsys: Capsys, folder: Path) -> None:
    def said(*words: str) -> str:
        return " ".join(cost(capsys, folder, *words).out.split())

    assert "(funding.dfe_share, which is assumed)" in said("mandatory")
    half = said("mandatory", "--set", "funding.dfe_share=0.5")
    assert "pays 50% of everything, employers the rest (funding.dfe_share, as set here)" in half
    none = said("mandatory", "--set", "funding.dfe_share=0")
    assert "employers are charged for everything" in none
    assert "assumed)" not in half + none
    assert "pays 100% of everything, employers the rest (funding.dfe_share, as the scenario" in said("adcs")
    unfunded = said("mandatory", "mandatory-unfunded")
    for part in ("mandatory 100% (which is assumed)", "unfunded 0% (as the scenario sets it)", "are charged"):
        assert part in unfunded


def test_one_number_that_is_set_is_not_drawn_from_the_old_range(capsys: Capsys, folder: Path) -> None:
    words = ("challenge", "mandatory", "--set", "release.preparation=2")
    assert "Fixed, and not drawn from a range: release.preparation (" in " ".join(
        cost(capsys, folder, *words).out.split()
    )
    words = ("mandatory", "--set", "release.preparation=2", "--format", "json")
    assert "release.preparation" not in {
        bar["figure"] for bar in cost(capsys, folder, *words).document["tornado"]
    }
    words = ("mandatory", "--set", "release.preparation=1:2:3")
    ranged = cost(capsys, folder, *words, "--format", "json").document["tornado"]
    assert {(bar["low"], bar["high"]) for bar in ranged if bar["figure"] == "release.preparation"} == {(1, 3)}
    assert "Fixed" not in cost(capsys, folder, *words).out


def test_the_template_is_a_case_that_changes_nothing(capsys: Capsys, folder: Path) -> None:
    ran = naas(capsys, "cost", "template")
    assert ran.out == DEFAULT.read_text(encoding="utf-8")
    path = folder / "template.yaml"
    path.write_text(ran.out, encoding="utf-8")
    assert cost(capsys, folder, "mandatory", "--format", "csv").out == (
        cost(capsys, folder, "mandatory", "--case", str(path), "--format", "csv").out
    )


def test_a_challenge_lists_whose_figure_it_is_and_what_it_does(capsys: Capsys, folder: Path) -> None:
    path = folder / "ours.yaml"
    path.write_text(OURS, encoding="utf-8")
    ran = cost(capsys, folder, "challenge", "mandatory", "--case", str(path), "--against", str(DEFAULT))
    assert "£12,000 instead of £20,000; Leeds" in ran.out
    assert "Our exit interviews, 2017" in ran.out
    words = ("challenge", "mandatory", "--case", str(path), "--set", "reviews=600", "--format", "json")
    found = cost(capsys, folder, *words).document
    assert {row["figure"]: row["whose"] for row in found["figures"]} == {
        "leavers": "Leeds",
        "reviews": "command line",
    }
    moved = sum(row["moves_total_gbp"] for row in found["figures"]) + found["together"]
    assert moved == pytest.approx(found["total"] - found["against"])
    for row in found["figures"]:
        assert row["moves_total_p10"] <= row["moves_total_gbp"] <= row["moves_total_p90"]
    assert found["spreads"]["total"]["p10"] < found["total"] < found["spreads"]["total"]["p90"]


def test_every_sum_of_a_challenge_has_a_range_and_says_what_it_holds(capsys: Capsys, folder: Path) -> None:
    words = ("challenge", "mandatory", "--set", "leavers=15000", "--set", "pay.social_worker_day=200")
    said = " ".join(cost(capsys, folder, *words).out.split())
    told = said[said.index("mandatory: £ million") :]
    number = r"[+-]?[0-9][0-9,.]*"
    assert len(re.findall(rf"{number} \[{number} to {number}\]", told)) >= 4
    assert "chance alone, with every price at its likeliest" in told


def test_a_challenge_has_both_totals_in_the_prices_it_names(capsys: Capsys, folder: Path) -> None:
    words = ("challenge", "mandatory", "--set", "reviews=600", "--format", "json")
    then = cost(capsys, folder, *words).document
    now = cost(capsys, folder, *words, "--price-year", "2024").document
    assert (then["price_year"], now["price_year"]) == (2016, 2024)
    grown = in_prices_of(2024, 2016)
    for total in ("total", "against"):
        assert now[total] == pytest.approx(then[total] * grown, rel=1e-9)


def test_on_a_staff_list_fixed_cost_is_said_to_be_englands(capsys: Capsys, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(naas(capsys, "workforce", "--template").out, encoding="utf-8")
    words = ("cost", "mandatory", "--workforce", str(path), "-n", "1", "--until", "2017-12-31", "--no-store")
    assert "is England's, whole" in " ".join(naas(capsys, *words, "-j", "1").out.split())
    wrong = naas(capsys, "cost", "council", "Kent", *words[2:], "-j", "1")
    assert (wrong.code, "one of: Leeds" in wrong.err) == (2, True)


def test_a_council_by_name(capsys: Capsys, folder: Path) -> None:
    ran = cost(capsys, folder, "council", "Leeds", "mandatory")
    assert "Leeds under mandatory" in ran.out
    assert "Yorkshire and The Humber (15)" in ran.out
    assert "13.4% who leave" in ran.out
    assert ran.out.index("What the columns beside others are") < ran.out.index("Beside others, £")
    found = cost(capsys, folder, "council", "E08000035", "mandatory", "--format", "json").document
    assert found["council"]["name"] == "Leeds"
    assert len(found["quintiles"]) == 5
    assert sum(row["councils"] for row in found["quintiles"]) == 152
    assert len(rows(cost(capsys, folder, "council", "Leeds", "mandatory", "--format", "csv"))) == 9


@pytest.mark.parametrize(
    ("grants", "row"),
    [
        ("lever", "after the scenario's share (100%) *"),
        ("none", "before any grant *"),
        ("per-council", "after a grant as in 2019 *"),
        ("per-assessment", "after a grant for each first sitting *"),
    ],
)
def test_the_way_of_funding_that_was_chosen_is_marked(
    capsys: Capsys, folder: Path, grants: str, row: str
) -> None:
    out = cost(capsys, folder, "council", "Leeds", "mandatory", "--grants", grants).out
    assert row in out
    assert f"(* as chosen: --grants {grants})" in out
    assert out.count(" *  ") == 1


def test_the_csv_of_a_council_has_intervals(capsys: Capsys, folder: Path) -> None:
    found = rows(cost(capsys, folder, "council", "Leeds", "mandatory", "--format", "csv"))
    for row in found:
        for name in ("days_released", "gross_gbp", "funded_gbp", "granted_gbp"):
            low, mean, high = (float(row[key]) for key in (f"{name}_p10", name, f"{name}_p90"))
            assert low - 1e-6 <= mean <= high + 1e-6
    leeds = cost(capsys, folder, "council", "Leeds", "mandatory", "--format", "json").document["council"]
    assert leeds["name"] == found[0]["name"]


@pytest.mark.parametrize("question", ["lines", "council", "challenge", "budget", "assumptions"])
def test_the_help_says_which_scenario_is_taken(capsys: Capsys, question: str) -> None:
    said = " ".join(naas(capsys, "cost", question, "--help").out.replace("│", " ").split())
    assert "consultation if not given" in said


def test_each_question_tells_of_its_own_options_alone(capsys: Capsys) -> None:
    assert "--against" in naas(capsys, "cost", "challenge", "--help").out
    for words in (("mandatory",), ("total",), ("council",)):
        assert "--against" not in naas(capsys, "cost", *words, "--help").out


def test_scenarios_alone_ask_for_the_total(capsys: Capsys, folder: Path) -> None:
    assert cost(capsys, folder, "mandatory").out == cost(capsys, folder, "total", "mandatory").out


def test_few_replications_come_with_a_caution(capsys: Capsys, folder: Path) -> None:
    said = " ".join(cost(capsys, folder, "mandatory").out.split())
    assert "Of 2 replications the 10th and 90th percentiles are little more than" in said
    short = ("--scale", "0.01", "-n", "10", "--until", "2017-12-31", "-j", "1", "--no-store")
    assert "percentiles are little more" not in " ".join(
        naas(capsys, "cost", "no-scheme", *short).out.split()
    )


def test_switching_values(capsys: Capsys, folder: Path) -> None:
    ran = cost(capsys, folder, "switching", "voluntary", "mandatory", "--metric", "per-accredited")
    assert "stops being preferable" in ran.out
    words = ("switching", "mandatory", "--budget", "1000000", "--format", "csv")
    found = rows(cost(capsys, folder, *words))
    assert {"figure", "now", "switching_value", "beyond_range"} <= set(found[0])


def test_the_assumption_log_has_every_figure_and_every_parameter(capsys: Capsys, folder: Path) -> None:
    words = ("assumptions", "mandatory", "--set", "take_up.mandatory=0.8", "--format", "csv")
    found = rows(cost(capsys, folder, *words))
    assert all(row["evidence"] and row["quality"] and row["dated"] and row["owner"] for row in found)
    costs = [row for row in found if row["input"] == "cost"]
    assert len(costs) == len(CostCase.default().figures)
    swings = [float(row["swing_gbp"]) for row in costs]
    assert swings == sorted(swings, reverse=True)
    assert costs[0]["impact"] == "red"
    world = {row["figure"]: row for row in found if row["input"] == "world"}
    assert set(world) == set(Parameters.shipped())
    assert world["take_up.mandatory"]["value"] == "0.8"
    assert world["take_up.mandatory"]["owner"] == "set on the command line"
    assert world["take_up.mandatory"]["impact"] in ("not run", "red", "amber", "green")
    assert world["centre.seats_factor"]["impact"] == "no range"
    assert "leavers" in cost(capsys, folder, "assumptions", "mandatory").out


def test_the_log_has_the_part_of_parameters_that_sensitivity_has_run(capsys: Capsys, tmp_path: Path) -> None:
    size = ("--scale", "0.01", "-n", "2", "--until", "2018-12-31", "-j", "1", "--store", str(tmp_path))
    said = naas(capsys, "cost", "assumptions", "mandatory", *size).out
    command = "naas sensitivity no-scheme mandatory -n 2 --until 2018-12-31 --scale 0.01 --store"
    assert command in " ".join(said.split())
    assert "Parameters of the world, as far as they have been run" not in said
    varied = ("take_up.mandatory", "leaving.annual_headcount")
    words = ("sensitivity", "no-scheme", "mandatory", *size, "--parameters", ",".join(varied))
    assert naas(capsys, *words).code == 0
    found = rows(naas(capsys, "cost", "assumptions", "mandatory", *size, "--format", "csv"))
    world = [row for row in found if row["input"] == "world"]
    assert {row["figure"] for row in world if row["swing_gbp"]} == set(varied)
    known = {row["figure"]: float(row["swing_gbp"]) for row in world if row["swing_gbp"]}
    ends = [
        naas(capsys, "cost", "mandatory", *size, "--set", f"take_up.mandatory={end}", "--format", "json")
        for end in (0.85, 0.99)
    ]
    low, high = (ran.document["scenarios"][0]["present_value"]["mean"] for ran in ends)
    assert known["take_up.mandatory"] == pytest.approx(high - low, abs=100)  # pence are rounded in a bill
    assert "take_up.mandatory" in naas(capsys, "cost", "assumptions", "mandatory", *size).out


def test_switching_of_a_parameter_of_the_world(capsys: Capsys, folder: Path) -> None:
    words = ("switching", "voluntary", "mandatory", "--parameter", "take_up.voluntary")
    found = cost(capsys, folder, *words, "--format", "json").document
    [row] = found["switching_values"]
    assert (row["figure"], row["range_low"], row["range_high"]) == ("take_up.voluntary", 0.02, 0.3)
    mine = [item["gbp"] for item in found["runs"] if item["scenario"] == "voluntary"]
    assert len(mine) == 6
    assert mine == sorted(mine)  # more come forward, more is spent
    said = " ".join(cost(capsys, folder, *words).out.split())
    assert "none in range" in said
    assert "stops being preferable to mandatory" in said


def test_switching_of_a_parameter_that_one_replication_knows_has_no_interval(
    capsys: Capsys, folder: Path
) -> None:
    words = ("cost", "switching", "voluntary", "mandatory", "--parameter", "take_up.voluntary")
    words += (*SMALL, "-n", "1", "--store", str(folder / "store"))
    [row] = naas(capsys, *words, "--format", "json").document["switching_values"]
    assert (row["low"], row["high"], row["found"], row["also_at"]) == (None, None, None, [])
    assert "One replication tells nothing of chance" in " ".join(naas(capsys, *words).out.split())
    [row] = rows(naas(capsys, *words, "--format", "csv"))
    assert (row["low"], row["found"]) == ("", "")


def test_a_parameter_that_is_turned_is_not_set_and_has_one_value_now(capsys: Capsys) -> None:
    words = ("switching", "voluntary", "take-up-collapse", "--parameter", "take_up.expected")
    ran = naas(capsys, "cost", *words)
    said = " ".join(ran.err.split())
    assert ran.code == 2
    assert "in voluntary, but 0.04" in said
    assert "turn a parameter on which they agree" in said
    words = ("switching", "voluntary", "mandatory", "--parameter", "take_up.expected")
    ran = naas(capsys, "cost", *words, "--set", "take_up.expected = 0.1")
    assert ran.code == 2
    assert "leave --set take_up.expected out" in " ".join(ran.err.split())


MISTAKES = [
    (("mandatry",), "S001"),
    (("mandatory", "--set", "leaver=3"), "K002"),
    (("mandatory", "--set", "leavers=-3"), "K009"),
    (("mandatory", "--set", "leavers"), "K011"),
    (("mandatory", "--set", "q3=lots"), "L0"),
    (("mandatory", "--case", "nowhere.yaml"), "D001"),
    (("mandatory", "--case", str(BAD / "K006.yaml")), "K006.yaml:4:5  K006"),
    (("mandatory", "--price-year", "1997"), "K008"),
    (("mandatory", "--rate", "-3"), "K013"),
    (("mandatory", "mandatory"), "C004"),
    (("council", "Leeds", "--by", "year"), "C010  --by goes with naas cost total"),
    (("mandatory", "--against", "x.yaml"), "C010  --against goes with naas cost challenge"),
    (("scheme-from-scratch",), "K014"),
    (("council", "Leads"), "K012"),
    (("challenge",), "K013"),
    (("switching", "voluntary"), "K013"),
    (("switching", "voluntary", "mandatory", "--budget", "5"), "C010"),
    (("switching", "voluntary", "--parameter", "take_up.voluntary"), "C010"),
    (("switching", "voluntary", "mandatory", "--budget-of", "department"), "C010"),
    (("switching", "voluntary", "mandatory", "--parameter", "take_up.delay"), "K013"),
    (("switching", "voluntary", "mandatory", "--parameter", "takeup"), "S020"),
    (
        (
            *("switching", "voluntary", "mandatory", "--parameter", "take_up.voluntary"),
            *("--set", "take_up.voluntary=0.1"),
        ),
        "K013",
    ),
    (("switching", "voluntary", "take-up-collapse", "--parameter", "take_up.voluntary"), "K013"),
    (("mandatory", "--set", "leavers=1", "--set", "leavers=2"), "K011"),
    (("mandatory", "--set", "funding.dfe_share=1", "--set", "funding.dfe_share=0"), "S026"),
    (("mandatory", "--set", "funding.dfe_share=2"), "L0"),
]


@pytest.mark.parametrize(("words", "code"), MISTAKES, ids=lambda item: " ".join(item) if item else "")
def test_each_mistake_is_one_clear_error_and_nothing_runs(
    capsys: Capsys, words: tuple[str, ...], code: str
) -> None:
    ran = naas(capsys, "cost", *words)
    assert ran.code == 2
    assert ran.out == ""
    assert code in ran.err
    assert ran.err.endswith("1 error; nothing was run.\n")
    assert "Traceback" not in ran.err


def test_an_option_without_its_value_is_said_to_be_that(capsys: Capsys) -> None:
    ran = naas(capsys, "cost", "mandatory", "--scale")
    assert (ran.code, ran.out, ran.err) == (2, "", "Option '--scale' requires an argument.\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("council",), "Missing argument 'COUNCIL'"),
        (("council", "Leeds", "--boo"), "No such option: --boo"),
        (("switching", "voluntary", "mandatory", "adcs"), "unexpected extra argument"),
        (("template", "mandatory"), "unexpected extra argument"),
        (("plane", "mandatory"), "Missing argument 'B'"),
    ],
)
def test_what_a_question_does_not_take_names_its_help(
    capsys: Capsys, words: tuple[str, ...], told: str
) -> None:
    ran = naas(capsys, "cost", *words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    last = ran.err.splitlines()[-1]
    assert last.startswith(f"naas cost {words[0]} --help shows what it takes, such as naas cost {words[0]} ")
