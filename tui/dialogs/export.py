"""Export: the page of a screen as a file, or as a download where the interface runs in a browser."""

from __future__ import annotations

import asyncio
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Checkbox, Input, Select, Static

from reports.export import FORMS, part, text_of, write_text
from reports.page import Page, Prose
from reports.plain import plain
from reports.provenance import with_short_digests
from rules.errors import InputError
from tui.dialogs.notices import confirm
from tui.picture import picture
from tui.widgets.glyphs import drawable, glyphs_of, plain_signs
from tui.widgets.page_table import PageTable

if TYPE_CHECKING:
    from textual.screen import Screen

PICTURE: Final = "svg"
WHOLE: Final = "whole"
PREVIEW: Final = 10
"""Lines of the file that are shown before it is written."""

PREVIEW_CELLS: Final = 71
"""As wide as the dialog is on a narrow screen."""


def as_shown(page: Page, screen: Screen[None]) -> tuple[Page, str]:
    """The page with only the rows that the screen's filters let through, and the filters in words."""
    filtered = {table.table.id: table for table in screen.query(PageTable) if table.words}
    said = "; ".join(f"{name}: rows with '{table.words}'" for name, table in filtered.items())
    if not filtered:
        return page, ""
    blocks = tuple(
        filtered[block.id].as_shown() if block.id in filtered and block.kind == "table" else block
        for block in page.blocks
    )
    before = page.provenance.filter
    source = page.provenance.model_copy(update={"filter": f"{before}; {said}" if before else said})
    return page.model_copy(update={"blocks": blocks, "provenance": source}), said


def file_name(page: Page, ending: str) -> str:
    """A name for the file: the screen and its scenarios, in signs that every system takes."""
    names = ["naas", page.screen, *(name for name, _ in page.provenance.scenarios[:3])]
    safe = [re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-") for name in names]
    return "-".join(safe)[:80] + ending


def first_lines(page: Page, form: str) -> str:
    """What the file begins with, for a person: words in place of markup, and short digests."""
    words = page.model_copy(update={"next": None})
    shown = plain(words, PREVIEW_CELLS) if form == "html" else text_of(page, form)
    return with_short_digests("\n".join(shown.splitlines()[:PREVIEW]))


def _ending(form: str) -> str:
    return ".svg" if form == PICTURE else FORMS[form].endings[0]


def _form_of(path: str) -> str:
    """The form that the ending of a path says; empty where it says none."""
    ending = Path(path.strip()).suffix.lower()
    known = {PICTURE: (".svg",), **{name: form.endings for name, form in FORMS.items()}}
    return next((name for name, endings in known.items() if ending in endings), "")


class Export(ModalScreen[None]):
    """Which form, which part, which rows, where to; the first lines are shown."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+s", "write", "Write", show=False),
        Binding("ctrl+q", "app.leave_now", show=False),
    ]
    DEFAULT_CSS = """
    Export .row { height: auto; }
    Export .row Static { width: 9; }
    Export .row Select { width: 1fr; }
    Export .row Input { width: 1fr; }
    Export #preview { height: 10; color: $text-muted; background: $panel; margin-top: 1; }
    Export #preview { text-wrap: nowrap; text-overflow: ellipsis; }
    Export.-short #preview { height: 6; }
    Export Checkbox { border: none; padding: 0; background: $surface; }
    """

    def __init__(self, page: Page, below: Screen[None]) -> None:
        super().__init__()
        self.page, self.below = page, below
        self.shown, self.filter = as_shown(page, below)

    def compose(self) -> ComposeResult:
        """The choices and the first lines."""
        forms = [(form.label, name) for name, form in FORMS.items()]
        parts = [
            (drawable(f"Only: {block.title or block.id}", self.app), block.id)
            for block in self.page.blocks
            if not isinstance(block, Prose)
        ]
        with Vertical(classes="dialog"):
            yield Static("Export this screen", classes="heading")
            with Horizontal(classes="row"):
                yield Static("Form")
                yield Select(
                    [*forms, ("SVG, a picture of the screen", PICTURE)],
                    value=next(iter(FORMS)),
                    allow_blank=False,
                    compact=True,
                    id="form",
                )
            with Horizontal(classes="row"):
                yield Static("What")
                yield Select(
                    [("The whole page", WHOLE), *parts],
                    value=WHOLE,
                    allow_blank=False,
                    compact=True,
                    id="what",
                )
            if self.filter:
                yield Checkbox(
                    drawable(f"Only the rows shown ({self.filter})", self.app), True, id="filtered"
                )
            with Horizontal(classes="row"):
                yield Static("File")
                yield Input(
                    str(Path.cwd() / file_name(self.page, _ending(next(iter(FORMS))))),
                    id="path",
                    compact=True,
                )
            yield Static(id="preview", markup=False)
            yield Static(id="wrong", classes="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Go back", id="leave", compact=True)
                yield Button("Write it (ctrl+s)", id="write", compact=True)

    def on_mount(self) -> None:
        """The form first."""
        self.query_one("#form").focus()
        self._preview()

    def on_select_changed(self, changed: Select.Changed) -> None:
        """Another form has another ending."""
        if changed.select.id == "form":
            path = self.query_one("#path", Input)
            if _form_of(path.value) != self._form:
                typed, ending = Path(path.value.strip()), _ending(self._form)
                named = typed.with_suffix(ending) if typed.name else typed / file_name(self.page, ending)
                path.value = str(named)
        self._preview()

    def on_input_changed(self, changed: Input.Changed) -> None:
        """An ending that is typed says the form."""
        form = _form_of(changed.value)
        if form and form != self._form:
            self.query_one("#form", Select).value = form

    def on_checkbox_changed(self) -> None:
        """All rows, or those shown."""
        self._preview()

    def on_input_submitted(self) -> None:
        """Enter in the last field writes."""
        self.run_worker(self._write(), exclusive=True, exit_on_error=False)

    def on_button_pressed(self, pressed: Button.Pressed) -> None:
        """Write, or leave."""
        if pressed.button.id == "write":
            self.action_write()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Nothing is written."""
        self.dismiss(None)

    def action_write(self) -> None:
        """Write the file."""
        self.run_worker(self._write(), exclusive=True, exit_on_error=False)

    @property
    def _form(self) -> str:
        return str(self.query_one("#form", Select).value)

    @property
    def _chosen(self) -> Page:
        """The page with what is to be written."""
        filtered = bool(self.filter) and self.query_one("#filtered", Checkbox).value
        page = self.shown if filtered else self.page
        what = str(self.query_one("#what", Select).value)
        return page if what == WHOLE else part(page, what)

    def _preview(self) -> None:
        if self._form == PICTURE:
            text = "A picture of the screen as it is now, in its colours.\nThe other forms hold the figures."
        else:
            text = first_lines(self._chosen, self._form)
        self.query_one("#preview", Static).update(Content(plain_signs(text, glyphs_of(self.app))))
        self.query_one("#wrong", Static).update("")

    def _text(self) -> str:
        if self._form == PICTURE:
            return picture(self.below, self._chosen)
        return FORMS[self._form].mark + text_of(self._chosen, self._form)

    async def _write(self, replace: bool = False) -> None:
        text, path = self._text(), Path(self.query_one("#path", Input).value.strip())
        if self.app.is_web:
            self.app.deliver_text(io.StringIO(text), save_filename=path.name, open_method="download")
            self.dismiss(None)
            return
        try:
            written = await asyncio.to_thread(write_text, text, path, replace=replace)
        except InputError as error:
            wrong = error.problems[0]
            if wrong.code == "X002":
                self._replace(path)
            else:
                self.query_one("#wrong", Static).update(drawable(f"! {wrong.message}", self.app))
            return
        self.app.notify(f"Written: {written}", timeout=10, markup=False)
        self.dismiss(None)

    def _replace(self, path: Path) -> None:
        def answered(answer: str | None) -> None:
            if answer == "do":
                self.run_worker(self._write(replace=True), exclusive=True, exit_on_error=False)

        text = f"{path} is there already."
        self.app.push_screen(confirm("Replace the file?", text, "Replace", "Keep it"), answered)
