"""Saving a draft as a new version of the scenario, under a title and for a reason, and running it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reports.page import Page
from tui.dialogs.entry import Entry, Field
from tui.lever_draft import LeverDraft
from tui.screens.lever_editing import LeverEditing
from tui.screens.workplace import Question
from tui.state import discard_draft

Answered = Callable[[Page | dict[str, Any]], None]


class LeverSaving(LeverEditing):
    """A version is a new file; what it was made from stays as it is."""

    def do_save(self) -> None:
        """A new version, under a title and for a reason that may be changed."""
        self._propose(self._given, run=False)

    def do_run(self) -> None:
        """Save where there is something to save, and run."""
        if self.draft.edits:
            self._propose(self._given, run=True)
        else:
            self._run()

    @property
    def _given(self) -> dict[str, Any]:
        """What is to be saved: another scenario may be opened, and more typed, before it is."""
        return {"scenario": self.draft.of, "edits": dict(self.draft.edits)}

    def _propose(
        self, given: dict[str, Any], run: bool, wrong: str = "", typed: dict[str, str] | None = None
    ) -> None:
        def proposed(answer: Page | dict[str, Any]) -> None:
            if isinstance(answer, dict):
                self._name_it(given, str(answer["name"]), typed or answer, run, wrong)

        self.ask(Question("levers.proposed", given), proposed, group="propose")

    def _name_it(
        self, given: dict[str, Any], name: str, words: dict[str, str], run: bool, wrong: str
    ) -> None:
        fields = (
            Field("title", "Title", words["title"], "what it is, in a few words"),
            Field("why", "Why", words["why"], "the reason, for whoever reads it later"),
        )

        def accepted(entered: dict[str, str] | None) -> None:
            if entered is None:
                return

            def refused(text: str) -> None:
                self._propose(given, run, text, entered)

            asked = Question("levers.save", given | entered)
            self.ask(asked, self._saved_as(given, run), "save", refused=refused)

        text = f"It becomes {name}, a scenario of your own. {given['scenario']} stays as it is."
        do = "Save and run" if run else "Save"
        self.naas.push_screen(Entry("Save as a new version", text, fields, do, wrong), accepted)

    def _saved_as(self, given: dict[str, Any], run: bool) -> Answered:
        def saved(answer: Page | dict[str, Any]) -> None:
            if not isinstance(answer, dict):
                return
            old, new = str(given["scenario"]), str(answer["name"])
            in_hand = self.draft.of == old
            draft = (self.draft if in_hand else LeverDraft.kept(old)).saved(given["edits"], new)
            discard_draft("levers", old)
            self.keep_draft(draft)
            marks = [new if mark == old else mark for mark in self.state.marks]
            took = f" It takes the place of {old} among the marked." if old in self.state.marks else ""
            if new not in marks:
                marks.append(new)
            if in_hand:
                self.draft = draft
            self.naas.change(current=new if in_hand else self.state.current, marks=marks)
            self.notify(f"Saved as {new}: {answer['path']}.{took}", timeout=8, markup=False)
            if run:
                self._run()

        return saved

    def _run(self) -> None:
        self.naas.go("run")
        self.naas.call_later(self.naas.act, "run.start", None)
