"""The plain text of a screen holds what the screen shows, figure for figure, and no drawing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.page import Page, Table
from reports.plain import plain
from rules.errors import InputError
from tests.tui.conftest import PAIR, SMALL
from tests.tui.driving import InProcessDesk, opened, played
from tui.desk.desk import Desk
from tui.start import Wanted, changes, printed
from tui.state import AppState
from tui.views.guide import guide
from tui.workplaces import WORKPLACES

pytestmark = pytest.mark.pilot

SETTINGS = {"replications": SMALL.replications, "scale": SMALL.scale}
DRAWN = re.compile("[\u2500-\u259f\u2800-\u28ff]")
"""Lines, blocks and braille."""


@pytest.mark.unit
def test_help_lists_every_screen_with_a_command_that_prints_it() -> None:
    lines = printed(Wanted.read(["help"], {}, None, None, None))
    rows = guide().block("screens")
    assert isinstance(rows, Table)
    assert rows.keys == tuple(WORKPLACES)
    for row in rows.rows:
        assert Wanted.read(row[2].text.split()[3:], {}, None, None, None).screen == row[0].text
    assert all(len(line) <= 80 for line in lines)


@pytest.mark.unit
def test_help_is_no_screen_and_says_what_to_type() -> None:
    from cli.tui import tui

    with pytest.raises(InputError, match="plain page") as caught:
        tui(["help"])
    assert "naas tui --plain help" in caught.value.problems[0].hint


@pytest.mark.unit
def test_what_is_named_at_the_start_is_marked_and_files_opened_before_stay(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("id: mine\ntitle: T\nwhy: W.\nparent: voluntary\n", encoding="utf-8")
    state = AppState(files=["/one.yaml", str(file)], marks=["adcs"])
    assert "files" not in changes(Wanted.read([], {}, None, None, None), state)
    for names, files in ((PAIR, state.files), ((*PAIR, str(file)), state.files)):
        found = changes(Wanted.read(names, {}, None, None, None), state)
        assert (found["marks"], found["current"], found["files"]) == (list(names), names[-1], files)
    state.files = []
    assert changes(Wanted.read(["levers", str(file)], {}, None, None, None), state)["files"] == [str(file)]


@pytest.mark.unit
def test_everything_that_is_wrong_at_the_start_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Wanted.read(["compare", "mandatry", "no.yaml"], {"seed": -1, "until": "soon"}, "dots", "purple", None)
    assert [item.code for item in caught.value.problems] == ["C001", "C002", "C001", "C001", "S001", "D001"]


@pytest.mark.parametrize("name", WORKPLACES)
def test_the_plain_text_is_that_of_the_page_on_the_screen(desk: Desk, name: str) -> None:
    lines = printed(Wanted(name, PAIR, SETTINGS))
    shown: list[Page] = []

    async def test() -> None:
        async with opened(name, desk=InProcessDesk(desk)) as (app, _):
            assert app.workplace is not None
            assert app.workplace.page is not None, "the screen shows no page"
            shown.append(app.workplace.page)

    played(test)
    said = " ".join(" ".join(lines).split())
    for block in shown[0].blocks:  # the text may hold more than the screen has room for
        alone = Page(screen=name, title="", summary="", blocks=(block,))
        for line in plain(alone, 80).splitlines()[2:]:
            assert " ".join(re.sub(r"^[0-9]+\. ", "", line).split()) in said, line
    assert not [line for line in lines if DRAWN.search(line)]
    assert all(len(line) <= 80 for line in lines if " " in line.strip())
    for block in shown[0].blocks:
        if isinstance(block, Table):
            figures = [
                cell.text for row in block.rows for cell in row if re.fullmatch(r"[\d,.%£]+", cell.text)
            ]
            text = " ".join(lines)
            assert not [figure for figure in figures if figure not in text]
