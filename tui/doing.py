"""The actions of every screen, as the application carries them out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, TextArea

from scenarios import atomic
from tui.dialogs.help import Help, help_lines
from tui.dialogs.notices import confirm
from tui.keymap import keymap_path, template
from tui.theme import THEMES, next_of
from tui.widgets.glyphs import GLYPHS, glyphs_of
from tui.workplaces import WORKPLACES

if TYPE_CHECKING:
    from tui.app import NaasApp


class Doing:
    """`do_x` carries out the action `app.x`."""

    def __init__(self, app: NaasApp) -> None:
        self.app = app

    def do_help(self) -> None:
        """Help for the workplace."""
        here = self.app.workplace
        if here is not None:
            lines = partial(help_lines, here.HELP_TEXT, self.app.actions_here(), self.app.keys_of, here)
            self.app.push_screen(Help(f"Help: {WORKPLACES[here.WORKPLACE]}", lines))

    def do_palette(self) -> None:
        """Every action by its name."""
        self.app.action_command_palette()

    def do_back(self) -> None:
        """Leave the field, then the panel, then the screen; at the top, nothing."""
        here = self.app.workplace
        if here is None:
            return
        if here.maximized is not None:
            here.minimize()
        elif isinstance(here.focused, Input | TextArea):
            here.set_focus(None)
        elif not here.leave_panel():
            self.app.go_back()

    def do_refresh(self) -> None:
        """Ask again, with the results that are there by now."""
        if self.app.workplace is not None:
            self.app.results_stamp += 1
            self.app.workplace.refresh_page()

    def do_export(self) -> None:
        """This screen as a file."""
        from tui.dialogs.export import Export

        here = self.app.workplace
        if here is not None and here.page is not None:
            self.app.push_screen(Export(here.page, here))

    def do_copy_command(self) -> None:
        """The command to the clipboard, by the terminal (OSC 52) where it allows that."""
        here = self.app.workplace
        if here is not None:
            self.app.copy_to_clipboard(here.command)
            said = f"{here.command}\nCopied, if your terminal allows it; otherwise select it with the mouse."
            self.app.notify(said, title="The same at the prompt", timeout=10, markup=False)

    def do_theme(self) -> None:
        """The next theme."""
        self.app.theme = next_of(tuple(THEMES), self.app.theme)
        self.app.change(theme=self.app.theme)
        self.app.notify(f"Theme: {self.app.theme.removeprefix('naas-')}", markup=False)

    def do_glyphs(self) -> None:
        """The next drawing signs."""
        self.app.change(glyphs=next_of(GLYPHS, glyphs_of(self.app)))
        self.app.follow_signs()
        self.app.notify(f"Charts are drawn with {self.app.state.glyphs} signs", markup=False)
        if self.app.workplace is not None:
            self.app.workplace.refresh(layout=True)
            self.app.workplace.refresh_page()

    def do_keys_file(self) -> None:
        """The key map file, unless there is one."""
        from tui.screens.registry import every_action

        path = keymap_path()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_new(path, template(every_action()).encode())
        except OSError as wrong:
            there = isinstance(wrong, FileExistsError)
            said = f"It is there already: {path}" if there else f"The key map cannot be written: {wrong}"
            self.app.notify(said, markup=False)
            return
        self.app.notify(f"Written: {path}. Changes hold from the next start.", timeout=10, markup=False)

    async def do_restart_desk(self) -> None:
        """A new desk, and the page again."""
        await self.app.desk.close()
        if self.app.workplace is not None:
            self.app.workplace.refresh_page()

    def do_stop_run(self) -> None:
        """Ask, and stop the run."""
        now = self.app.run_now
        text = f"What is finished is kept: {now.count}. Running again goes on from there."

        def answered(answer: str | None) -> None:
            if answer == "do":
                self.app.run_client.stop()

        self.app.push_screen(confirm("Stop the run?", text, "Stop", "Go on running"), answered)

    def do_quit(self) -> None:
        """End; ask first when a run is going."""
        if not self.app.run_going:
            self.app.exit()
            return
        going = self.app.run_now.words()
        text = f"A run is going ({going}). What is finished is kept. ctrl+q again quits at once."

        def answered(answer: str | None) -> None:
            if answer == "do":
                self.app.exit()

        self.app.push_screen(confirm("Quit now?", text, "Quit", "Stay"), answered)

    def do_grow(self) -> None:
        """The part with the focus as large as the screen, and back."""
        here = self.app.workplace
        if here is None:
            return
        if here.maximized is not None:
            here.minimize()
        elif here.focused is not None:
            here.maximize(here.focused)

    def do_find(self) -> None:
        """Filter the table of the screen."""
        self._to_table("action_find")

    def do_sort(self) -> None:
        """Sort the table of the screen by the next column."""
        self._to_table("action_sort_next")

    def do_twin(self) -> None:
        """Every chart of the screen as its table, and back."""
        from tui.widgets.page_view import BlockView

        here = self.app.workplace
        for view in here.query(BlockView) if here is not None else ():
            if view.is_chart and view.display:
                view.action_twin()

    def _to_table(self, action: str) -> None:
        from tui.widgets.page_table import TableView

        here = self.app.workplace
        if here is None:
            return
        views = [view for view in here.query(TableView) if view.display and view.region.height]
        inside = [view for view in views if view.has_focus_within]
        for view in (inside or views)[:1]:
            target: Any = view.rows if hasattr(view.rows, action) and not hasattr(view, action) else view
            getattr(target, action)()
