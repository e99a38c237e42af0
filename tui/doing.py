"""The actions of every screen, as the application carries them out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, TextArea

from tui.actions import WORKPLACES
from tui.dialogs.help import Help, help_lines
from tui.dialogs.notices import confirm
from tui.keymap import keymap_path, template
from tui.theme import GLYPHS, THEMES, next_of
from tui.widgets.glyphs import change_signs, glyphs_of

if TYPE_CHECKING:
    from tui.app import NaasApp


class Doing:
    """`do_x` carries out the action `app.x`."""

    def do_help(self: NaasApp) -> None:
        """Help for the workplace."""
        here = self.workplace
        if here is not None:
            lines = partial(help_lines, here.HELP_TEXT, self.actions_here(), self.keys_of, here)
            self.push_screen(Help(f"Help: {WORKPLACES[here.WORKPLACE]}", lines))

    def do_palette(self: NaasApp) -> None:
        """Every action by its name."""
        self.action_command_palette()

    def do_back(self: NaasApp) -> None:
        """Leave the field, then the panel, then the screen; at the top, nothing."""
        here = self.workplace
        if here is None:
            return
        if isinstance(here.focused, Input | TextArea):
            here.set_focus(None)
        elif not here.leave_panel():
            self.go_back()

    def do_refresh(self: NaasApp) -> None:
        """Ask again, with the results that are there by now."""
        if self.workplace is not None:
            self.results_stamp += 1
            self.workplace.refresh_page()

    def do_export(self: NaasApp) -> None:
        """This screen as a file."""
        from tui.dialogs.export import Export

        here = self.workplace
        if here is not None and here.page is not None:
            self.push_screen(Export(here.page, here))

    def do_copy_command(self: NaasApp) -> None:
        """The command to the clipboard, by the terminal (OSC 52) where it allows that."""
        here = self.workplace
        if here is not None:
            self.copy_to_clipboard(here.command)
            said = f"{here.command}\nCopied, if your terminal allows it; otherwise select it with the mouse."
            self.notify(said, title="The same at the prompt", timeout=10, markup=False)

    def do_theme(self: NaasApp) -> None:
        """The next theme."""
        self.theme = next_of(tuple(THEMES), self.theme)
        self.change(theme=self.theme)
        self.notify(f"Theme: {self.theme.removeprefix('naas-')}", markup=False)

    def do_glyphs(self: NaasApp) -> None:
        """The next drawing signs."""
        self.change(glyphs=next_of(GLYPHS, glyphs_of(self)))
        change_signs(self)
        self.notify(f"Charts are drawn with {self.state.glyphs} signs", markup=False)
        if self.workplace is not None:
            self.workplace.refresh(recompose=False, layout=True)
            self.workplace.refresh_page()

    def do_keys_file(self: NaasApp) -> None:
        """The key map file, unless there is one."""
        from tui.screens.registry import every_action

        path = keymap_path()
        if path.exists():
            self.notify(f"It is there already: {path}", markup=False)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template(every_action()), encoding="utf-8")
        self.notify(f"Written: {path}. Changes hold from the next start.", timeout=10, markup=False)

    async def do_restart_desk(self: NaasApp) -> None:
        """A new desk, and the page again."""
        await self.desk.close()
        if self.workplace is not None:
            self.workplace.refresh_page()

    def do_stop_run(self: NaasApp) -> None:
        """Ask, and stop the run."""
        now = self.run_now
        text = f"What is finished is kept: {now.done} of {now.of}. Running again goes on from there."

        def answered(answer: str | None) -> None:
            if answer == "do":
                self.run_client.stop()

        self.push_screen(confirm("Stop the run?", text, "Stop", "Go on running"), answered)

    def do_quit(self: NaasApp) -> None:
        """End; ask first when a run is going."""
        if not self.run_going:
            self.exit()
            return
        going = self.run_now.words()
        text = f"A run is going ({going}). What is finished is kept. ctrl+q again quits at once."

        def answered(answer: str | None) -> None:
            if answer == "do":
                self.exit()

        self.push_screen(confirm("Quit now?", text, "Quit", "Stay"), answered)

    def do_find(self: NaasApp) -> None:
        """Filter the table of the screen."""
        self._to_table("action_find")

    def do_sort(self: NaasApp) -> None:
        """Sort the table of the screen by the next column."""
        self._to_table("action_sort_next")

    def do_twin(self: NaasApp) -> None:
        """Every chart of the screen as its table, and back."""
        from tui.widgets.page_view import BlockView

        here = self.workplace
        for view in here.query(BlockView) if here is not None else ():
            if view.is_chart and view.display:
                view.action_twin()

    def _to_table(self: NaasApp, action: str) -> None:
        from tui.widgets.page_table import TableView

        here = self.workplace
        if here is None:
            return
        views = [view for view in here.query(TableView) if view.display and view.region.height]
        inside = [view for view in views if view.has_focus_within]
        for view in (inside or views)[:1]:
            target: Any = view.rows if hasattr(view.rows, action) and not hasattr(view, action) else view
            getattr(target, action)()
