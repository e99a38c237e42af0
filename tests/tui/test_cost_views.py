"""Pages about costs hold the figures of `naas cost`, follow edits, and say what is not run."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.cost_case import CostCase
from analysis.cost_lines import GRANTS, MODES, VALUATIONS
from cli.app import app as commands
from cli.cost_options import Grants, Mode, Valuation
from cli.failures import guarded
from reports.page import Page, Prose, Table
from rules.errors import InputError
from tests.tui.conftest import PAIR, SMALL
from tui.desk.desk import Desk
from tui.runs import batch
from tui.screens.costs import LOOKS
from tui.start import Wanted
from tui.views.cost_cases import cases, save
from tui.views.cost_inputs import stretched_words
from tui.views.costing import Valued, valued
from tui.views.costs import costs
from tui.views.council import council, councils

pytestmark = pytest.mark.unit

SETTINGS = SMALL.plain()
EDITS = {"leavers": {"mode": "9000"}}
SAME = ("--set", "leavers=9000,9000,40000", "--scale", "0.02", "-n", "4", "--jobs", "1")

Typed = Callable[..., str]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """What a command prints, as one line of single spaces; it finds everything in the store."""
    monkeypatch.setenv("COLUMNS", "160")

    def run(*words: str) -> str:
        capsys.readouterr()
        assert guarded(lambda: commands(list(words), prog_name="naas", standalone_mode=False)) == 0
        return " ".join(capsys.readouterr().out.split())

    return run


def texts(page: Page, *names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        block = page.block(name)
        if isinstance(block, Table):
            found += [cell.text.strip() for row in block.rows for cell in row if cell.text.strip()]
        elif isinstance(block, Prose):
            found += list(block.lines)
    return found


def test_every_figure_is_one_that_the_command_prints(costed_desk: Desk, typed: Typed) -> None:
    page = costs(costed_desk, PAIR, SETTINGS, edits=EDITS)
    out = typed("cost", *PAIR, *SAME)
    blocks = (
        "glance",
        "payers",
        "bearers",
        "steps",
        "lines",
        "burdens voluntary",
        "burdens mandatory",
        "notes",
    )
    found = texts(page, *blocks)
    assert len(found) > 100
    assert [text for text in found if " ".join(text.split()) not in out] == []
    now = page.block("now")
    assert isinstance(now, Table)
    said = [part for row in now.rows for cell in row[1:] for part in re.split(" to | → ", cell.text)]
    assert [part for part in said if part not in out] == []


def test_switching_values_and_the_council_are_those_of_the_command(costed_desk: Desk, typed: Typed) -> None:
    page = costs(costed_desk, PAIR, SETTINGS, edits=EDITS, council="leeds")
    out = typed("cost", "switching", *PAIR, *SAME)
    table = page.block("switching")
    assert isinstance(table, Table)
    assert all(" ".join(row[1].text.split()) in out for row in table.rows)
    out = typed("cost", "council", "leeds", "mandatory", *SAME)
    found = texts(page, "council", "pays", "council lines", "beside", "quintiles", "council notes")
    assert [text for text in found if " ".join(text.split()) not in out] == []
    own = council(costed_desk, PAIR, SETTINGS, edits=EDITS, council="E08000035")
    assert own.block("pays") == page.block("pays")


def test_the_command_on_the_page_gives_the_same_figures(costed_desk: Desk, typed: Typed) -> None:
    view = {"valuation": "full", "grants": "per-council", "rate": 2.0, "price_year": 2020}
    page = costs(costed_desk, PAIR, SETTINGS, edits=EDITS, view=view)
    words = page.provenance.command.split()
    assert words[:2] == ["naas", "cost"]
    out = typed(*words[1:])
    assert [text for text in texts(page, "glance") if text not in out] == []


def test_an_edit_moves_the_total_and_is_marked(costed_desk: Desk) -> None:
    before, after = (costs(costed_desk, PAIR, SETTINGS, edits=edits) for edits in (None, EDITS))
    was, now = (page.block("glance").rows[0][2].value for page in (before, after))  # type: ignore[union-attr]
    assert isinstance(was, float)
    assert isinstance(now, float)
    assert now < was
    rows = dict(zip(_inputs(after).keys, _inputs(after).rows, strict=True))
    assert rows["leavers"][0].mark == "*"
    assert (rows["leavers"][1].value, rows["leavers"][2].text) == (9_000, "9,000")
    assert [key for key, row in rows.items() if row[0].mark] == ["leavers"]
    moved = after.block("challenge").rows[0][3].value  # type: ignore[union-attr]
    assert moved == pytest.approx(now - was, abs=1.0)
    assert _inputs(before).keys == _inputs(after).keys  # no edit moves a row


def test_what_councils_bear_is_told_before_and_after_grants(costed_desk: Desk) -> None:
    page = costs(costed_desk, PAIR, SETTINGS)
    now, bearers = (page.block(name) for name in ("now", "bearers"))
    assert isinstance(now, Table)
    assert isinstance(bearers, Table)
    row = next(row for row in now.rows if row[0].text.strip() == "councils")
    before, after = row[2].text.split(" → ")
    assert (after, before != after) == ("0.00", True)
    told = {row[0].text: row[2].text for row in bearers.rows}
    assert told["Councils, before any grant"].startswith(f"{before} [")
    assert told["Councils, after transfers"].startswith(f"{after} [")
    assert f"councils spend £{before} million before any grant, and bear £0.00 million after" in page.summary
    none = costs(costed_desk, PAIR, SETTINGS, view={"grants": "none"})
    assert f"councils bear £{before} million, with no grant" in none.summary


def test_another_payer_moves_no_total_and_is_in_the_command(costed_desk: Desk, typed: Typed) -> None:
    view = {"grants": "none"}
    was = costs(costed_desk, PAIR, SETTINGS, view=view)
    page = costs(costed_desk, PAIR, SETTINGS, edits={"leavers": {"payer": "department"}}, view=view)
    assert page.block("glance") == was.block("glance")
    assert page.block("payers") != was.block("payers")
    assert "--set leavers.payer=department" in page.provenance.command
    out = typed(*page.provenance.command.split()[1:])
    assert [text for text in texts(page, "payers", "bearers") if text not in out] == []
    rows = dict(zip(_inputs(page).keys, _inputs(page).rows, strict=True))
    assert (rows["leavers"][0].mark, rows["leavers"][5].text) == ("*", "department")
    assert rows["pay.overhead"][5].value is None
    assert rows["grant"][5].text == "department to employers"


def test_an_end_that_gave_way_to_a_value_is_said(costed_desk: Desk) -> None:
    moved = costs(costed_desk, PAIR, SETTINGS, edits=EDITS).block("stretched")
    assert isinstance(moved, Table)
    assert stretched_words(moved, "leavers") == "Low end moved with the value: 9,000, was 10,000."
    assert stretched_words(moved, "venue") == ""
    typed_too = {"leavers": {"mode": "9000", "low": "8000"}}
    assert not any(
        block.id == "stretched" for block in costs(costed_desk, PAIR, SETTINGS, edits=typed_too).blocks
    )


def test_units_are_words(costed_desk: Desk) -> None:
    units = {row[4].text for row in _inputs(costs(costed_desk)).rows}
    assert {"£", "£ a day", "£ an hour", "FTE"} <= units
    with pytest.raises(InputError, match="in £ a day"):
        costs(costed_desk, edits={"pay.manager_day": {"mode": "x"}})


def _inputs(page: Page) -> Table:
    found = page.block("inputs")
    assert isinstance(found, Table)
    return found


def test_the_ways_to_look_at_costs_are_the_same_everywhere(costed_desk: Desk, typed: Typed) -> None:
    """One declaration: what a question takes, what the screen goes through, what the command offers."""
    for name, declared, offered in (
        ("grants", GRANTS, Grants),
        ("mode", MODES, Mode),
        ("valuation", VALUATIONS, Valuation),
    ):
        assert sorted(declared) == sorted(LOOKS[name]) == sorted(item.value for item in offered)
        assert LOOKS[name][0] == getattr(Valued(), name)
        for word in declared:
            assert getattr(valued({name: word}), name) == word
    page = costs(costed_desk, PAIR, SETTINGS, view={"grants": "per-assessment"})
    assert "--grants per-assessment" in page.provenance.command
    assert GRANTS["per-assessment"] in " ".join(texts(page, "head"))
    out = typed(*page.provenance.command.split()[1:])
    assert [text for text in texts(page, "bearers") if text not in out] == []


def test_what_cannot_be_is_refused_and_nothing_is_reckoned(costed_desk: Desk) -> None:
    with pytest.raises(InputError) as caught:
        costs(costed_desk, PAIR, SETTINGS, edits={"leavers": {"mode": "-1"}, "venue": {"mode": "much"}})
    assert sorted(problem.code for problem in caught.value.problems) == ["K004", "K009"]
    for view, code in (({"valuation": "gold"}, "K013"), ({"price_year": 1066}, "K008")):
        with pytest.raises(InputError) as caught:
            costs(costed_desk, PAIR, SETTINGS, view=view)
        assert caught.value.problems[0].code == code


def test_what_is_not_run_is_said_and_assumptions_can_be_read(
    results_elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulation.replicate.replicate", None)  # a view that simulates would fall over
    page = costs(Desk(), PAIR, SETTINGS)
    said = texts(page, "empty")
    assert "Press ctrl+r to run what is missing; " in page.on_screen
    assert "no-scheme: 0 of 4 replications" in said
    assert len(_inputs(page).rows) == len(CostCase.default().figures)
    assert costs(Desk(), (), SETTINGS).block("empty")


def test_a_part_says_how_much_of_the_whole_it_is(costed_desk: Desk) -> None:
    page = costs(costed_desk, PAIR, {**SETTINGS, "replications": 6})
    assert "4 of 6 replications" in page.summary
    assert (page.provenance.used, page.provenance.requested) == (4, 6)


def test_totals_come_first_and_the_rest_after_them(costed_desk: Desk) -> None:
    whole, totals, rest = (
        costs(costed_desk, PAIR, SETTINGS, part=part) for part in ("whole", "totals", "rest")
    )  # type: ignore[arg-type]
    assert {block.id for block in whole.blocks} == {block.id for block in (*totals.blocks, *rest.blocks)}
    assert not {"switching", "lines"} & {block.id for block in totals.blocks}
    assert all(whole.block(block.id) == block for block in (*totals.blocks, *rest.blocks))


def test_a_council_is_found_by_its_name_its_code_or_nearly(costed_desk: Desk) -> None:
    assert councils(costed_desk, "e08000035")["found"] == "Leeds"
    assert len(councils(costed_desk)["councils"]) == 152
    with pytest.raises(InputError, match="did you mean 'Leeds'"):
        councils(costed_desk, "leads")


def test_saved_cases_are_listed_and_a_broken_one_says_why(costed_desk: Desk, state_elsewhere: Path) -> None:
    first = save(costed_desk, "Ours", edits=EDITS)
    second = save(costed_desk, "Ours", edits={"leavers": {"mode": "8000"}})
    assert first["path"] != second["path"]
    Path(first["path"]).with_name("broken.yaml").write_text("case: 1\nlines: [", encoding="utf-8")
    listed = dict(cases(costed_desk)["cases"])
    assert "cannot be read" in listed[str(Path(first["path"]).with_name("broken.yaml"))]
    page = costs(costed_desk, PAIR, SETTINGS, case=first["path"])
    assert page.block("now") == costs(costed_desk, PAIR, SETTINGS, edits=EDITS).block("now")


def test_the_draft_and_the_command_line_know_nothing_heavy() -> None:
    import subprocess

    code = "import sys, tui.cost_draft, tui.screens.costs, tui.screens.capacity; "
    code += "print([name for name in ('numpy', 'pandas', 'scipy', 'simulation') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_a_case_or_a_council_opens_costs_and_a_wrong_one_is_told_at_the_prompt(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("case: ours\ntitle: Ours\n", encoding="utf-8")
    wanted = Wanted.read([], {}, None, None, None, path, "leeds")
    assert (wanted.screen, wanted.case, wanted.council) == ("costs", str(path), "Leeds")
    assert Wanted.read(["capacity"], {}, None, None, None, path).screen == "capacity"
    path.write_text("lines:\n  leaver:\n    value: 1\n", encoding="utf-8")
    for case, council_, code in ((path, None, "K002"), (None, "leads", "K012")):
        with pytest.raises(InputError) as caught:
            Wanted.read([], {}, None, None, None, case, council_)
        assert caught.value.problems[0].code == code


def test_a_run_for_costs_runs_the_same_world_without_a_scheme_too(results_elsewhere: Path) -> None:
    told: list[dict[str, object]] = []
    settings = {"replications": 1, "scale": 0.01, "until": "2017-06-30", "jobs": 1}
    batch.run({"scenarios": ["voluntary"], "settings": settings, "costs": True}, told.append)
    assert told[-1]["outcome"] == "done"
    page = costs(Desk(), ["voluntary"], settings)
    assert page.provenance.used == 1


def test_a_saved_case_is_named_in_the_command_and_found_by_its_name(costed_desk: Desk, typed: Typed) -> None:
    made = save(costed_desk, "Ours", "", EDITS)
    page = costs(costed_desk, PAIR, SETTINGS, case=made["path"])
    words = page.provenance.command.split()
    assert words[words.index("--case") + 1] == made["name"]
    said = " ".join([page.provenance.command, *page.provenance.sources])
    assert str(Path(made["path"]).parent) not in said
    now = page.block("now")
    assert isinstance(now, Table)
    assert now.rows[0][-1].text in typed(*words[1:])
    [switching] = [text for text in page.provenance.sources if text.startswith("Switching values: ")]
    found = page.block("switching")
    assert isinstance(found, Table)
    out = typed(*switching.split()[3:])
    assert found.rows[0][0].text in out
