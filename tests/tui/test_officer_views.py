"""The pages of Levers, Compare and Why, without a screen: the same figures as at the prompt."""

from __future__ import annotations

import math
import re
import time
from pathlib import Path

import pytest

from cli import guard_rails
from cli.compare import table as at_the_prompt
from reports.export import FORMS, text_of
from reports.page import BandChart, Page, Prose, Table
from reports.plain import plain
from rules.errors import InputError
from rules.lever_specs import SPECS
from scenarios.comparison import compare as compared
from scenarios.loader import load_scenario
from simulation.measures import MEASURES
from tests.tui.conftest import PAIR, SMALL
from tui.desk.desk import Desk
from tui.views.capacity import capacity
from tui.views.compare import compare
from tui.views.costs import costs
from tui.views.levers import levers, proposed, save
from tui.views.library import library
from tui.views.run import run
from tui.views.why import rule, told, why

pytestmark = pytest.mark.unit

SETTINGS = SMALL.plain()


def table(page: Page, name: str) -> Table:
    block = page.block(name)
    assert isinstance(block, Table)
    return block


def words(page: Page, name: str) -> str:
    block = page.block(name)
    assert isinstance(block, Prose)
    return "\n".join(block.lines)


# -- compare ------------------------------------------------------------------------------------------


@pytest.fixture
def comparison(desk: Desk) -> Page:
    return compare(desk, PAIR, SETTINGS)


def test_every_figure_of_the_table_stands_in_what_the_prompt_prints(desk: Desk, comparison: Page) -> None:
    ready = desk.line_up(PAIR, SETTINGS)
    results = desk.results([arm for _, arm in ready], SMALL)
    printed = "\n".join(
        at_the_prompt(compared(results, MEASURES, 0.8), ready, None, frozenset(MEASURES), (), {})
    )
    measures = table(comparison, "measures")
    for key, row in zip(measures.keys, measures.rows, strict=True):
        if key in MEASURES:
            for cell in row[1:]:
                assert cell.text in printed, (key, cell.text)


def test_a_comparison_at_a_scale_says_whose_counts_these_are(comparison: Page) -> None:
    measures = comparison.block("measures")
    assert isinstance(measures, Table)
    assert measures.title.endswith("counts as run: ×50 for full size")
    assert comparison.summary.endswith("4 paired replications, counts as run: ×50 for full size.")
    about = comparison.block("about")
    assert isinstance(about, Prose)
    assert "multiply them by 50" in " ".join(about.lines)
    assert "Posts uncovered in the worst month, FTE, largest of any authority" in " ".join(about.lines)


def test_a_comparison_carries_the_red_flags_that_the_prompt_prints(
    desk: Desk, comparison: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    ready = desk.line_up(PAIR, SETTINGS)
    arms = [arm for _, arm in ready]
    guard_rails.before(arms)
    guard_rails.after(desk.results(arms, SMALL))
    printed = " ".join(capsys.readouterr().err.split())
    flags = words(comparison, "red-flags").splitlines()
    assert [line for line in flags if "more sittings are wanted" in line]
    assert [line for line in flags if "queues out of control as simulated" in line]
    for line in flags:
        assert line in printed
        for form in ("html", "markdown", "json"):
            assert line in text_of(comparison, form).replace("\\", ""), (form, line)
        assert line in " ".join(plain(comparison).split())
    alone = compare(desk, PAIR[:1], SETTINGS)
    assert "red-flags" not in [block.id for block in alone.blocks]


def test_a_comparison_says_in_words_what_it_compares_and_its_months_come_last(comparison: Page) -> None:
    order = [block.id for block in comparison.blocks]
    assert order.index("compared") < order.index("differences") < order.index("measures")
    assert order.index("measures") < order.index("held-back") < order.index("chart")
    said = words(comparison, "compared")
    for name in PAIR:
        assert f"{name}: {load_scenario(name).title}" in said
    assert SPECS["q1.practitioner"].label[1:] in said


def test_capacity_cautions_where_authorities_are_named_and_says_whose_counts_these_are(desk: Desk) -> None:
    page = capacity(desk, PAIR, SETTINGS)
    gap = table(page, "gap")
    assert "(no ranking)" in gap.title
    assert gap.note.startswith("No ranking: ")
    assert "0.02 of their people" in gap.note
    for name in ("heat", "seats", "gap"):
        assert page.block(name).title.endswith(" · counts as run: ×50 for full size")


def test_all_measures_are_there_and_sort_by_value(comparison: Page) -> None:
    measures = table(comparison, "measures")
    assert set(measures.keys) == {*MEASURES, "accreditations"}
    verdicts = [row[2] for row in measures.rows]
    assert {cell.text for cell in verdicts} <= {
        *("better", "worse", "higher", "lower", "no difference", "unclear", "no verdict")
    }
    assert all(cell.mark for cell in verdicts if cell.text != "no verdict")
    assert all(isinstance(row[1].value, float) or row[1].value is None for row in measures.rows)


def test_the_chart_is_by_month_where_counted_by_month_and_by_year_otherwise(
    desk: Desk, comparison: Page
) -> None:
    chart = comparison.block("chart")
    assert isinstance(chart, BandChart)
    assert (len(chart.axis), [band.name for band in chart.bands]) == (60, list(PAIR))
    yearly = compare(desk, PAIR, SETTINGS, measure="seat_utilisation").block("chart")
    assert isinstance(yearly, BandChart)
    assert yearly.axis == tuple(f"{year}-12-31" for year in range(2017, 2022))
    assert yearly.unit == "%"
    for band, texts in zip(yearly.bands, yearly.texts, strict=True):
        for value, text in zip(band.value, texts, strict=True):
            assert math.isnan(value) or text.startswith(f"{value:.1f}%")


def test_a_cut_adds_up_and_says_when_there_is_none(desk: Desk) -> None:
    page = compare(desk, PAIR, SETTINGS, measure="accredited", by="region")
    cut = table(page, "cut")
    assert len(cut.rows) == 9
    row = dict(zip(table(page, "measures").keys, table(page, "measures").rows, strict=True))["accredited"]
    for column in (3, 4):
        assert sum(float(r[column].value or 0) for r in cut.rows) == pytest.approx(
            float(row[column].value or 0)
        )
    assert "cut" not in {block.id for block in compare(desk, PAIR, SETTINGS, "joiners", "status").blocks}


def test_ninety_five_percent_is_wider(desk: Desk, comparison: Page) -> None:
    wide = compare(desk, PAIR, SETTINGS | {"interval": 95}).block("chart")
    narrow = comparison.block("chart")
    assert isinstance(wide, BandChart)
    assert isinstance(narrow, BandChart)
    assert wide.bands[1].high[-1] > narrow.bands[1].high[-1]
    assert wide.bands[1].value == narrow.bands[1].value


def test_what_is_partial_says_n_of_n(desk: Desk) -> None:
    page = compare(desk, PAIR, SETTINGS | {"replications": 9})
    assert "4 of 9 paired replications" in page.summary
    assert "Partial: 4 of 9" in words(page, "about")
    assert (page.provenance.used, page.provenance.requested) == (4, 9)


def test_what_is_not_run_says_what_to_press(desk: Desk) -> None:
    page = compare(desk, ["voluntary", "adcs"], SETTINGS)
    assert [block.id for block in page.blocks] == ["empty"]
    assert page.next is not None
    assert "Press r to run the rest" in page.on_screen
    assert page.next.command == "naas compare voluntary adcs --replications 4 --scale 0.02"
    assert "voluntary: 4 of 4" in words(page, "empty")
    assert "adcs: 0 of 4" in words(page, "empty")


def test_a_scenario_that_was_not_run_hides_none_of_those_that_were(desk: Desk, comparison: Page) -> None:
    page = compare(desk, [*PAIR, "adcs"], SETTINGS)
    assert words(page, "left-out") == "adcs has not been run yet and is left out."
    assert page.on_screen.endswith("Press r to run it.")
    assert page.next is not None
    assert page.next.command == "naas compare voluntary mandatory adcs --replications 4 --scale 0.02"
    assert page.blocks[1:] == comparison.blocks
    assert page.provenance == comparison.provenance
    first = compare(desk, ["adcs", *PAIR], SETTINGS)
    assert words(first, "left-out").endswith("voluntary is the baseline meanwhile.")


def test_nothing_to_press_is_written_into_a_file_or_a_plain_page(desk: Desk) -> None:
    for page in (
        compare(desk, [*PAIR, "adcs"], SETTINGS),
        compare(desk, ["voluntary", "adcs"], SETTINGS),
        compare(desk, PAIR, SETTINGS | {"replications": 9}),
        run(desk, PAIR, SETTINGS | {"replications": 9}),
        library(desk, PAIR, SETTINGS),
        library(desk, [], SETTINGS),
        costs(desk, ["voluntary", "adcs"], SETTINGS),
        costs(desk),
        capacity(desk, ["adcs"], SETTINGS),
        capacity(desk),
    ):
        assert page.next is not None
        assert "ress " in page.on_screen
        assert f"Next: {page.next.command}" in " ".join(plain(page).split())
        for form in FORMS:
            assert not re.search(r"\b[Pp]ress\b", text_of(page, form)), (page.screen, form)


def test_an_unknown_measure_is_refused_with_the_nearest(desk: Desk) -> None:
    with pytest.raises(InputError) as caught:
        compare(desk, PAIR, SETTINGS, measure="acredited")
    assert (caught.value.problems[0].code, caught.value.problems[0].hint) == (
        "C003",
        "did you mean 'accredited'?",
    )


# -- levers -------------------------------------------------------------------------------------------


def test_every_lever_is_on_the_page_with_its_parent_and_its_source(desk: Desk) -> None:
    page = levers(desk, scenario="mandatory", settings=SETTINGS)
    found = table(page, "levers")
    assert found.keys == tuple(SPECS)
    rows = dict(zip(found.keys, found.rows, strict=True))
    assert [cell.text for cell in rows["q1.leader"][2:6]] == [
        "mandatory",
        "mandatory",
        "expected",
        "named in the text · para 54",
    ]
    assert rows["q1.leader"][0].mark == "*"
    assert rows["q3"][2].value == 12
    assert rows["q3"][0].mark == ""


def test_an_edit_shows_what_it_does_by_the_rules_at_once(desk: Desk) -> None:
    levers(desk, scenario="voluntary", settings=SETTINGS)
    start = time.perf_counter()
    page = levers(desk, scenario="voluntary", settings=SETTINGS, edits={"q2.iro": "excluded"})
    took = time.perf_counter() - start
    assert took < 1.0  # about 0.06 s alone; the machine may be busy
    everyone = table(page, "effect").rows[0]
    assert everyone[3].value == int(everyone[2].value or 0) - int(everyone[1].value or 0)  # type: ignore[call-overload]
    assert int(everyone[3].value or 0) < 0  # type: ignore[call-overload]
    assert f"In scope: {everyone[1].text} -> {everyone[2].text}" in words(page, "effect-words")
    assert "--set q2.iro=excluded" in page.provenance.command


def test_a_window_that_closes_before_it_opens_is_warned_of(desk: Desk) -> None:
    page = levers(
        desk, scenario="consultation", edits={"q5.supervisor": "within_6_months"}, settings=SETTINGS
    )
    assert "closes 6 months before it opens" in words(page, "warnings")
    marks = dict(zip(table(page, "questions").keys, table(page, "questions").rows, strict=True))
    assert marks["q5"][0].mark == "!"


def test_a_lever_that_changes_nothing_is_said(desk: Desk) -> None:
    page = levers(desk, scenario="consultation", edits={"q9.years": "3"}, settings=SETTINGS)
    assert "Years between renewals: changes nothing while q9: none." in words(page, "warnings")


@pytest.mark.parametrize(
    ("edits", "wrong"),
    [
        ({"q3": "99"}, {"q3"}),
        ({"q3": "six"}, {"q3"}),
        ({"q1.leader": "yes"}, {"q1.leader"}),
        ({"phase.one_from": "31 January"}, {"phase.one_from"}),
        ({"phase.two_to": "2018-01-01"}, {"phase.two_to"}),
        ({"q4.leader": ""}, {"q4.leader"}),
    ],
)
def test_what_cannot_be_is_said_at_its_lever_and_not_saved(
    desk: Desk, edits: dict[str, str], wrong: set[str]
) -> None:
    page = levers(desk, scenario="voluntary", settings=SETTINGS, edits=edits | {"q2.iro": "excluded"})
    assert set(table(page, "problems").keys) == wrong
    rows = dict(zip(table(page, "levers").keys, table(page, "levers").rows, strict=True))
    assert all(rows[lever][0].mark == "!" for lever in wrong)
    assert table(page, "effect").rows[0][3].mark == "*"  # the edit that can be made counts
    with pytest.raises(InputError):
        save(desk, "voluntary", edits)


def test_saving_writes_a_new_scenario_and_leaves_the_old_one(desk: Desk, state_elsewhere: Path) -> None:
    edits = {"q1.leader": "mandatory"}
    offered = proposed(desk, "voluntary", edits)
    assert offered["name"] == "voluntary-v2"
    done = save(desk, "voluntary", edits, "Kingston [upon] Thames", "[/foo] x")
    assert done["name"] == "voluntary-v2"
    assert Path(done["path"]).parent == state_elsewhere / "scenarios"
    saved = load_scenario("voluntary-v2")
    assert (saved.title, saved.levers["q1.leader"]) == ("Kingston [upon] Thames", "mandatory")
    assert save(desk, "voluntary-v2", {"q3": "6"})["name"] == "voluntary-v3"
    assert load_scenario("voluntary-v2").levers["q3"] == 12
    page = levers(desk, scenario="voluntary-v2", settings=SETTINGS)
    assert "Kingston [upon] Thames" in plain(page)


# -- why ----------------------------------------------------------------------------------------------


def test_why_says_of_a_worker_what_explain_prints(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from cli.main import main

    monkeypatch.setenv("COLUMNS", "100")
    page = why(desk, PAIR, SETTINGS, worker="7")
    monkeypatch.setattr("sys.argv", page.provenance.command.split())
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    printed = " ".join(capsys.readouterr().out.split())
    for name in ("answers", "life"):
        block = page.block(name)
        assert isinstance(block, Prose)
        for line in block.lines:
            text = line.strip().partition(" (para")[0]
            assert " ".join(text.split()) in printed, line


def test_a_person_made_up_is_explained_with_what_would_change_it(desk: Desk) -> None:
    page = why(desk, ["consultation"], SETTINGS, facts=["functions=iro", "contract=agency"])
    assert "Needs practice supervisor accreditation" in words(page, "answers")
    assert "q2.iro: excluded -> status none instead of supervisor" in words(page, "changes")
    assert "life" not in {block.id for block in page.blocks}
    assert page.provenance.command.endswith("--fact functions=iro --fact contract=agency")


def test_the_tree_counts_people_and_the_difference_counts_who_moves(desk: Desk) -> None:
    page = why(desk, PAIR, SETTINGS, life=False)
    rules = dict(zip(table(page, "rules").keys, table(page, "rules").rows, strict=True))
    leaders = rules["MAN-LEADER-MANDATORY"][2]
    assert leaders.text == rules["STA-L-POST"][2].text == f"{int(leaders.value or 0):,}"  # type: ignore[call-overload]
    differ = dict(zip(table(page, "differ").keys, table(page, "differ").rows, strict=True))
    assert differ["MAN-LEADER-MANDATORY"][0].text == "not in force"
    assert differ["MAN-LEADER-VOLUNTARY"][1].text == "not in force"
    assert "STA-L-POST" not in differ
    moves = table(page, "moves")
    [mandate] = [row for row in moves.rows if row[3].text == "How strongly it is asked for"]
    assert mandate[0].value == sum(
        int(rules[f"MAN-{who}-MANDATORY"][2].value or 0)  # type: ignore[call-overload]
        for who in ("PRACTITIONER", "SUPERVISOR", "LEADER")
    )


def test_a_rule_is_said_in_words_with_somebody_to_whom_it_applies(desk: Desk) -> None:
    page = rule(desk, "STA-S-IRO", "consultation", SETTINGS)
    assert "para 56, item 3, question 2" in words(page, "rule")
    example = table(page, "example").keys[0]
    explained = why(desk, ["consultation"], SETTINGS, worker=example, life=False)
    assert "Independent Reviewing Officer" in words(explained, "answers")


@pytest.mark.parametrize(("worker", "replication"), [("99999999", 0), ("nobody", 0), ("1", -1)])
def test_a_worker_there_is_not_is_refused(desk: Desk, worker: str, replication: int) -> None:
    with pytest.raises(InputError) as caught:
        told(desk, "mandatory", SETTINGS, worker, replication)
    assert caught.value.problems[0].code == "C006"


def test_a_file_of_ones_own_is_known_by_its_path(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a file.yaml"
    path.write_text("id: mine\ntitle: Mine\nwhy: Because.\nparent: mandatory\nlevers: {q3: 0}\n")
    explained = why(desk, ["voluntary", str(path)], SETTINGS)
    assert explained.title == "Why: mine"
    assert "life" in {block.id for block in explained.blocks}
    assert f"'{path}'" in explained.provenance.command
    assert f"'{path}'" in levers(desk, scenario=str(path), settings=SETTINGS).provenance.command
    assert save(desk, str(path), {"q3": "6"})["name"] == "mine-v2"
    assert "Press r" in compare(desk, ["voluntary", str(path)], SETTINGS).on_screen
