"""Export from any screen: form, part, rows; a file that is there is never written over unasked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from textual.widgets import Input, Select, Static

from reports.export import FORMS
from tests.tui.driving import InProcessDesk, opened, played, press, until
from tui.app import NaasApp
from tui.desk.desk import Desk
from tui.dialogs.export import PREVIEW_CELLS, Export, file_name
from tui.dialogs.notices import Ask
from tui.widgets.page_table import TableView

pytestmark = pytest.mark.pilot


def dialog(app: NaasApp) -> Export:
    assert isinstance(app.screen, Export)
    return app.screen


@pytest.mark.parametrize("form", [*FORMS, "svg"])
def test_every_form_is_written_with_where_it_comes_from(desk: Desk, tmp_path: Path, form: str) -> None:
    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "x")
            dialog(app).query_one("#form", Select).value = form
            await pilot.pause()
            path = tmp_path / f"out{Path(dialog(app).query_one('#path', Input).value).suffix}"
            dialog(app).query_one("#path", Input).value = str(path)
            await press(app, pilot, "ctrl+s")
            await until(lambda: path.exists() and not isinstance(app.screen, Export), pilot)
            text = path.read_text(encoding="utf-8")
            assert "naas compare voluntary mandatory" in text
            assert "2017" in text
            assert desk.line_up(["mandatory"], {"scale": 0.02})[0][1].digest[:12] in text
            if form == "svg":
                ElementTree.fromstring(text)
                assert "url(" not in text.replace("url(#", "")
                assert "mandatory" in text
            if form == "json":
                assert json.loads(text)

    played(test)


def test_a_file_that_is_there_is_replaced_only_when_asked(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "there.csv"
    path.write_text("mine")

    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "f9")
            dialog(app).query_one("#path", Input).value = str(path)
            await press(app, pilot, "ctrl+s")
            await until(lambda: isinstance(app.screen, Ask), pilot)
            await press(app, pilot, "enter")  # the safe button has the focus
            assert path.read_text() == "mine"
            await press(app, pilot, "ctrl+s")
            await until(lambda: isinstance(app.screen, Ask), pilot)
            await press(app, pilot, "right", "enter")
            await until(lambda: not isinstance(app.screen, Export | Ask), pilot)
            assert "Replications" in path.read_text(encoding="utf-8")

    played(test)


def test_the_brief_comes_first_and_its_first_lines_are_words(desk: Desk) -> None:
    async def test() -> None:
        async with opened("compare", desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "x")
            assert dialog(app).query_one("#form", Select).value == "html"
            assert dialog(app).query_one("#path", Input).value.endswith("voluntary-mandatory.html")
            said = str(dialog(app).query_one("#preview", Static).render())
            assert said.startswith("voluntary and mandatory")
            assert "<" not in said
            assert "Next:" not in said
            assert max(map(len, said.splitlines())) <= PREVIEW_CELLS
            dialog(app).query_one("#form", Select).value = "csv"
            preview = dialog(app).query_one("#preview", Static)
            await until(lambda: "# Scenario: voluntary (version" in str(preview.render()), pilot)
            assert not re.search("[0-9a-f]{13}", str(preview.render()))

    played(test)


def test_an_ending_that_is_typed_says_the_form(desk: Desk, tmp_path: Path) -> None:
    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "x")
            form, path = dialog(app).query_one("#form", Select), dialog(app).query_one("#path", Input)
            path.value = str(tmp_path / "mine.md")
            await until(lambda: form.value == "markdown", pilot)
            path.value = str(tmp_path / "mine.htm")
            await until(lambda: form.value == "html", pilot)
            assert path.value.endswith("mine.htm")

    played(test)


def test_what_cannot_be_written_is_said_in_the_dialog(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "x")
            dialog(app).query_one("#path", Input).value = str(tmp_path / "file" / "out.csv")
            await press(app, pilot, "ctrl+s")
            said = dialog(app).query_one("#wrong")
            await until(lambda: "cannot be written" in str(said.render()), pilot)

    played(test)


def test_a_filter_is_applied_and_said(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"

    async def test() -> None:
        async with opened("library", desk=InProcessDesk(desk)) as (app, pilot):
            assert app.workplace is not None
            app.workplace.query_one(TableView).rows.filter_by("accreditation")
            await press(app, pilot, "x")
            dialog(app).query_one("#path", Input).value = str(path)
            await press(app, pilot, "ctrl+s")
            await until(path.exists, pilot)
            text = path.read_text(encoding="utf-8")
            assert "re-accreditation-3y" in text
            assert "take-up-collapse" not in text
            assert "rows with 'accreditation'" in text

    played(test)


def test_the_name_of_the_file_is_made_of_safe_signs(desk: Desk) -> None:
    from reports.page import Page, Provenance

    source = Provenance(scenarios=(("[/foo] x", ""), ("../../etc/passwd", "")))
    page = Page(screen="compare", title="", summary="", blocks=(), provenance=source)
    assert file_name(page, ".csv") == "naas-compare-foo-x-etc-passwd.csv"
