"""Results of another version of the simulator are said in words, with what to press."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.page import Page, Prose, Table
from scenarios.experiment import run
from scenarios.identity import address
from scenarios.line_up import line_up
from scenarios.store import Store
from scenarios.stored_runs import stored_runs
from tests.tui.conftest import SMALL
from tui.desk.desk import Desk
from tui.views.compare import compare
from tui.views.library import card, library
from tui.views.run import run as run_page

pytestmark = pytest.mark.unit

NAMES = ("voluntary", "mandatory")
SETTINGS = SMALL.model_copy(update={"replications": 1}).plain()


@pytest.fixture(scope="module")
def _of_another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds one replication of two scenarios by other code, and of two by this."""
    folder = tmp_path_factory.mktemp("other") / "store"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("scenarios.identity.code_digest", lambda: "other code")
        address.cache_clear()
        run([arm for _, arm in line_up(NAMES, (), SMALL.seed, SMALL.scale)], 1, 1, store=Store(folder))
    address.cache_clear()
    mine = line_up(["adcs", "consultation"], (), SMALL.seed, SMALL.scale)
    run([arm for _, arm in mine], 1, 1, store=Store(folder))
    return folder


@pytest.fixture
def desk(_of_another: Path, results_elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("NAAS_RESULTS", str(_of_another))
    return Desk()


def ready(page: Page) -> dict[str, str]:
    table = page.block("scenarios")
    assert isinstance(table, Table)
    return {key: row[2].text for key, row in zip(table.keys, table.rows, strict=True)}


def test_the_library_names_them_and_says_to_run_anew(desk: Desk) -> None:
    page = library(desk, NAMES, SETTINGS)
    assert "Another version of the simulator has run voluntary and mandatory." in page.summary
    assert page.on_screen.endswith("Press r to run anew.")
    said = ready(page)
    assert (said["voluntary"], said["adcs"], said["no-scheme"]) == ("other version", "1 of 1", "not run")
    assert "Another version" in card(desk, "mandatory", SETTINGS).summary
    others = library(desk, ["adcs"], SETTINGS)
    assert "version" not in others.on_screen


def test_a_window_older_than_its_program_says_to_start_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenarios.identity.replaced", lambda: True)
    for page in (
        library(desk, NAMES, SETTINGS),
        run_page(desk, NAMES, SETTINGS),
        compare(desk, NAMES, SETTINGS),
    ):
        assert "upgraded while this window was open" in page.summary
        assert page.on_screen.endswith("Press q, then start naas tui again.")


def test_run_and_compare_say_so_too(desk: Desk) -> None:
    for page in (run_page(desk, NAMES, SETTINGS), compare(desk, NAMES, SETTINGS)):
        assert "has run voluntary and mandatory" in page.summary
        assert page.on_screen.endswith("Press r to run anew.")


def test_a_scenario_of_another_version_is_left_out_with_the_reason(desk: Desk) -> None:
    page = compare(desk, ["adcs", "consultation", "voluntary"], SETTINGS)
    said = page.block("left-out")
    assert isinstance(said, Prose)
    assert said.lines[0].startswith("Another version of the simulator has run voluntary.")
    assert said.lines[0].endswith("voluntary is left out.")
    assert page.on_screen.endswith("Press r to run anew.")


def test_other_settings_are_no_other_version(desk: Desk) -> None:
    assert library(desk, NAMES, SETTINGS | {"seed": 5}).summary == "A voluntary, B mandatory are marked."


def test_results_of_other_code_are_not_called_current(desk: Desk) -> None:
    found = {run.described.scenario: run.current for run in stored_runs(desk.store) if run.described}
    assert found == {"voluntary": False, "mandatory": False, "adcs": True, "consultation": True}


def test_a_program_is_replaced_when_a_file_of_its_code_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    from scenarios.identity import replaced

    assert not replaced()
    kept = Path.read_bytes

    def edited(path: Path) -> bytes:
        return kept(path) + (b"#" if path.name == "world.py" else b"")

    monkeypatch.setattr(Path, "read_bytes", edited)
    assert replaced()
