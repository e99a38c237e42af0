"""Editing a draft of answers: it is kept at every key, every step can be taken back, and the page follows."""

from __future__ import annotations

from textual.widgets import OptionList

from reports.page import Page
from rules.lever_specs import SPECS
from rules.questions import SECTIONS, section_of
from tui.lever_draft import LeverDraft
from tui.screens.lever_page import LeverPage
from tui.screens.workplace import Question, Workplace


class LeverEditing(Workplace):
    """The draft of the scenario in hand; `fill` shows it."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = LeverDraft()
        self.lever = ""
        """The lever that the cursor is on."""

    def fill(self) -> None:
        """Show the section in hand with every value of the draft."""

    def question(self) -> Question | None:
        """The levers of the scenario in hand, with the edits."""
        asked = {"scenario": self.draft.of or self.in_hand, "edits": dict(self.draft.edits)}
        asked |= {"section": self.draft.section, "settings": self.asked.plain()}
        return Question("levers", asked)

    @property
    def in_hand(self) -> str:
        """The scenario to be edited."""
        return self.state.current or (self.state.marks[-1] if self.state.marks else "consultation")

    @property
    def said(self) -> LeverPage:
        """What the page says of the levers."""
        return LeverPage(self.page)

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, by lever."""
        return self.said.problems

    def value(self, lever: str) -> str:
        """What stands in the field: as typed, or as saved."""
        return self.draft.edits.get(lever, self.said.saved(lever))

    def open_draft(self, name: str) -> None:
        """Open a scenario with the draft that is kept of it."""
        self.draft = LeverDraft.kept(name)
        if self.draft.section not in {section.id for section in SECTIONS}:
            self.draft.section = SECTIONS[0].id
        self.page: Page | None = None
        options = self.query_one("#questions", OptionList)
        with options.prevent(OptionList.OptionHighlighted):
            self._highlight()

    def forget_scenario(self, name: str) -> None:
        """What is typed over a scenario that was deleted is not typed over the next of its name."""
        if self.draft.of == name:
            self.draft = LeverDraft()

    def put(self, lever: str, text: str, typing: bool = False) -> None:
        """Give a lever another text."""
        if self.draft.put(lever, text, self.said.saved(lever), typing=typing):
            self.changed()

    def changed(self) -> None:
        """After an edit: keep the draft first, then ask what it does."""
        self.keep_draft(self.draft)
        self.refresh_page()

    def do_undo(self) -> None:
        """Take the last edit back."""
        before = dict(self.draft.edits)
        if self.draft.undo():
            self._stepped(before, "Taken back")

    def do_redo(self) -> None:
        """Make it again."""
        before = dict(self.draft.edits)
        if self.draft.redo():
            self._stepped(before, "Done again")

    def do_drop(self) -> None:
        """Everything as saved; one step for undo."""
        if self.draft.as_saved():
            self.changed()

    def do_parent(self) -> None:
        """The parent's setting for the lever in hand."""
        if self.page is not None and self.lever:
            self.put(self.lever, self.said.parent(self.lever))

    def _stepped(self, before: dict[str, str], said: str) -> None:
        """After undo and redo: go to the lever that changed, and show it at once."""
        after = self.draft.edits
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        if changed:
            section = section_of(changed[0]).id
            if section != self.draft.section:
                self.draft.section = section
                self._highlight()
            self.fill()
            self.say(f"{said}: {', '.join(SPECS[name].label for name in changed)}")
        self.changed()

    def _highlight(self) -> None:
        """Put the cursor of the questions on the section in hand."""
        place = [section.id for section in SECTIONS].index(self.draft.section)
        self.query_one("#questions", OptionList).highlighted = place
