"""The workplace Levers: the nine questions and the rest as forms, and what an edit does."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reports.legible import legible
from reports.page import Page, Table
from rules.lever_specs import SPECS
from rules.questions import SECTIONS
from tui.actions import Action
from tui.dialogs.choose import Choose
from tui.screens.lever_saving import LeverSaving
from tui.screens.workplace import Question
from tui.widgets.glyphs import glyphs_of, plain_signs
from tui.widgets.lever_field import Edited, LeverForm, Reached
from tui.widgets.panel_tabs import PanelTabs

PANELS = (("questions", "Questions"), ("form", "Answers"), ("effect", "Effect"))
ROOMY = 130
"""Columns from which the counts of the effect stand beside the answers."""


def _nothing_edited(screen: Any) -> str:
    return "" if screen.draft.edits else "nothing differs from what is saved"


def _cannot_save(screen: Any) -> str:
    if not screen.draft.edits:
        return "nothing differs from what is saved"
    return "some settings need mending first" if screen.problems else ""


def _cannot_run(screen: Any) -> str:
    if screen.app.run_going:
        return "a run is going already"
    return "some settings need mending first" if screen.problems else ""


class Levers(LeverSaving):
    """The answers of one scenario."""

    WORKPLACE = "levers"
    AUTO_FOCUS = ""
    HELP_TEXT: ClassVar[str] = (
        "The answers of one scenario to the nine questions, and what no question asks. Enter goes from a\n"
        "question to its answers; up and down go over the options, space or enter chooses. Every option\n"
        "says whether the question asks it, the text names it, or it is assumed here. * is changed\n"
        "from the parent, ! needs attention, (1) one edit not saved. The effect counts people in post by\n"
        "the rules alone: nothing is simulated. Edits are kept as a draft at every key, also when the\n"
        "program ends in whatever way; saving makes a new version, and what was run stays as it was."
    )
    ACTIONS = (
        Action("levers.save", "Save: the edits as a new version", "A new scenario file; none is overwritten.",
               ("ctrl+s",), 2, "Save", _cannot_save),
        Action("levers.run", "Run: save, then run with the marked scenarios",
               "Asks for a name, saves, and runs what is missing.", ("ctrl+r",), 3, "Run", _cannot_run),
        Action("levers.undo", "Undo: the last edit", "Typing on in one field is one step.", ("ctrl+z",), 4,
               "Undo", lambda screen: "" if screen.draft.past else "nothing to take back"),
        Action("levers.redo", "Redo: the edit that was taken back", "Until another edit is made.",
               ("ctrl+y",), 5, "Redo", lambda screen: "" if screen.draft.future else "nothing to do again"),
        Action("levers.scenario", "Levers: open another scenario", "The edits of this one stay as a draft.",
               ("f6",), 6, "Scenario"),
        Action("levers.panel", "Panel: questions, answers, effect", "Goes to the next part of the screen.",
               ("f8",), 7, "Part"),
        Action("levers.drop", "Edits: give every lever back as saved", "Can be undone.", ("ctrl+l",), 0, "",
               _nothing_edited),
        Action("levers.parent", "Edit: the parent's setting for this lever", "Can be undone.", ("ctrl+o",), 0,
               "", lambda screen: "" if screen.lever else "the cursor is on no lever"),
    )  # fmt: skip
    DEFAULT_CSS = """
    Levers #sides { height: 1fr; }
    Levers #questions { width: 39; height: 1fr; border: none; border-right: solid $border; }
    Levers #questions { background: $background; padding: 0; }
    Levers.-narrow #questions { width: 1fr; border-right: none; }
    Levers #right { width: 1fr; height: 1fr; }
    Levers #which { height: auto; max-height: 2; padding: 0 1; text-style: bold; color: $primary; }
    Levers #forms { height: 1fr; }
    Levers #effect { height: auto; max-height: 9; border-top: solid $border; padding: 0 1; }
    Levers.-tall #effect { max-height: 10; }
    Levers.-narrow #effect { max-height: 100%; height: 1fr; border-top: none; }
    Levers #effect-text { height: auto; }
    Levers #answers { height: 1fr; width: 1fr; }
    Levers.-wide #right { layout: horizontal; }
    Levers.-wide #effect { width: 54; height: 1fr; max-height: 100%; border-top: none; }
    Levers.-wide #effect { border-left: solid $border; }
    Levers LeverForm { display: none; }
    Levers LeverForm.shown { display: block; }
    """

    # -- what it shows -------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The questions, the form of one, and the effect of the edits."""
        yield PanelTabs(PANELS)
        with Horizontal(id="sides"):
            yield OptionList(*(Option(Content(item.name), id=item.id) for item in SECTIONS), id="questions")
            with Container(id="right"):
                with Vertical(id="answers"):
                    yield Static(id="which", markup=False)
                    yield VerticalScroll(id="forms", can_focus=False)
                with VerticalScroll(id="effect"):
                    yield Static(id="effect-text", markup=False)

    def on_mount(self) -> None:
        """Begin on the first question, with the draft that is kept."""
        self.open_draft(self.in_hand)

    def on_resize(self) -> None:
        """Another size, another arrangement."""
        self._arrange()

    def come_back(self) -> None:
        """Another scenario may have been opened from the library meanwhile."""
        if self.draft.of != self.in_hand:
            self.open_draft(self.in_hand)
        super().come_back()

    def show_page(self, page: Page) -> None:  # noqa: ARG002 - it is `self.page` by now
        """Put values, notes, marks and the effect in their places."""
        self._show_questions()
        self.fill()
        self._show_effect()
        self._arrange()
        if self.focused is None and (not self._narrow or self.query_one(PanelTabs).now == "questions"):
            self.query_one("#questions").focus()

    def fill(self) -> None:
        """The form of the section in hand, with every value."""
        section = next(item for item in SECTIONS if item.id == self.draft.section)
        form = next(iter(self.query(f"#form-{section.id}").results(LeverForm)), None)
        if form is None:
            form = LeverForm([SPECS[lever] for lever in section.levers], id=f"form-{section.id}")
            self.query_one("#forms").mount(form)
        for other in self.query(LeverForm):
            other.set_class(other is form, "shown")
        if self.page is not None:
            said, wrong = self.said, self.problems
            for lever, field in form.fields.items():
                field.put(self.value(lever), said.note(lever), wrong.get(lever, ""))
        cited = ", ".join(map(str, section.paragraphs))
        of = f"{section.name}: para{'s' if ',' in cited else ''} {cited}"
        self.query_one("#which", Static).update(
            Content(plain_signs(legible(f"{self.draft.of} · {of}"), glyphs_of(self.app)))
        )

    def _show_questions(self) -> None:
        options = self.query_one("#questions", OptionList)
        for section, text in self.said.questions.items():
            options.replace_option_prompt(section, Content(text))

    def _show_effect(self) -> None:
        lines = self.said.effect(counts=self._narrow or self.size.width >= ROOMY)
        parts = [Content.styled(text, "bold") if heading else Content(text) for text, heading in lines]
        self.query_one("#effect-text", Static).update(Content("\n").join(parts))

    @property
    def _narrow(self) -> bool:
        return self.size.width < 100

    def _arrange(self) -> None:
        """One part at a time where there is no room for three."""
        tabs = self.query_one(PanelTabs)
        tabs.display = self._narrow
        now = tabs.now
        self.query_one("#questions").display = not self._narrow or now == "questions"
        self.query_one("#right").display = not self._narrow or now != "questions"
        self.query_one("#answers").display = not self._narrow or now == "form"
        self.query_one("#effect").display = not self._narrow or now == "effect"

    # -- what it hears -------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#questions")
    def _passed(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_id and event.option_id != self.draft.section:
            self.draft.section = event.option_id
            self.fill()
            self.refresh_page()

    @on(OptionList.OptionSelected, "#questions")
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._go_in()

    @on(PanelTabs.Chosen)
    def _panel(self, event: PanelTabs.Chosen) -> None:
        event.stop()
        self._arrange()
        if event.name == "form":
            self._go_in()
        else:
            self.query_one(f"#{event.name}").focus()

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        self.put(event.lever, event.text, event.typing)

    @on(Reached)
    def _reached(self, event: Reached) -> None:
        event.stop()
        if not event.here:
            self.draft.left()
            return
        self.lever = event.spec.id
        wrong = self.problems.get(event.spec.id)
        self.say(f"{event.spec.id}: {wrong or event.spec.help}")

    @on(LeverForm.Left)
    def _left(self, event: LeverForm.Left) -> None:
        event.stop()
        self.leave_panel()

    def _go_in(self) -> None:
        """From the question to its answers."""
        if self._narrow and self.query_one(PanelTabs).now != "form":
            self.query_one(PanelTabs).choose("form")
            return
        form = self.query_one(f"#form-{self.draft.section}", LeverForm)
        first = next(iter(form.fields))
        self.call_after_refresh(form.focus_lever, first)

    def leave_panel(self) -> bool:
        """Escape goes from the answers back to the questions."""
        questions = self.query_one("#questions", OptionList)
        if self.focused is questions or (self.focused is None and not self._narrow):
            return False
        if self._narrow:
            if self.query_one(PanelTabs).now == "questions":
                return False
            self.query_one(PanelTabs).choose("questions")
        self.lever = ""
        questions.focus()
        return True

    # -- what can be done ----------------------------------------------------------------------------

    def do_scenario(self) -> None:
        """Another scenario; the draft of this one is kept."""

        def chosen(answer: Page | dict[str, Any]) -> None:
            if not isinstance(answer, Page):
                return
            table = answer.block("scenarios")
            assert isinstance(table, Table)
            rows = zip(table.keys, table.rows, strict=True)
            choices = [(key, f"{key}  {row[-1].text}") for key, row in rows]

            def opened(name: str | None) -> None:
                if name:
                    self.naas.change(current=name)

            dialog = Choose("Open the levers of", choices, now=self.draft.of)
            self.naas.push_screen(dialog, opened)

        asked = {"scenarios": list(self.state.marks), "settings": self.asked.plain()}
        self.ask(Question("library", asked | {"files": list(self.state.files)}), chosen, group="library")

    def do_panel(self) -> None:
        """The next part."""
        if self._narrow:
            self.query_one(PanelTabs).action_step(1)
        elif self.query_one("#questions").has_focus:
            self._go_in()
        else:
            self.query_one("#questions").focus()
