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
from reports.page import Cell, Page, Prose, Table
from rules.lever_specs import SPECS
from rules.questions import SECTIONS, section_of
from tui.actions import Action
from tui.dialogs.choose import Choose
from tui.dialogs.entry import Entry, Field
from tui.lever_draft import LeverDraft
from tui.screens.workplace import Question, Workplace
from tui.state import discard_draft, load_draft, save_draft
from tui.widgets.lever_field import Edited, LeverForm, Reached
from tui.widgets.panel_tabs import PanelTabs

PANELS = (("questions", "Questions"), ("form", "Answers"), ("effect", "Effect"))


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


class Levers(Workplace):
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

    def __init__(self) -> None:
        super().__init__()
        self.draft = LeverDraft()
        self.lever = ""
        self._page_of = LeverDraft()

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
        self._open(self._in_hand())

    def on_resize(self) -> None:
        """Another size, another arrangement."""
        self._arrange()

    def come_back(self) -> None:
        """Another scenario may have been opened from the library meanwhile."""
        if self.draft.scenario != self._in_hand():
            self._open(self._in_hand())
        super().come_back()

    def question(self) -> Question | None:
        """The levers of the scenario in hand, with the edits."""
        asked = {"scenario": self.draft.scenario or self._in_hand(), "edits": dict(self.draft.edits)}
        asked |= {"section": self.draft.section, "settings": self.asked.plain()}
        return Question("levers", asked)

    def show_page(self, page: Page) -> None:  # noqa: ARG002 - it is `self.page` by now
        """Put values, notes, marks and the effect in their places."""
        self._show_questions()
        self._fill()
        self._show_effect()
        self._arrange()
        if self.focused is None and (not self._narrow or self.query_one(PanelTabs).now == "questions"):
            self.query_one("#questions").focus()

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, by lever."""
        table = self._block("problems")
        if not isinstance(table, Table):
            return {}
        return {key: row[1].text for key, row in zip(table.keys, table.rows, strict=True)}

    def _in_hand(self) -> str:
        return self.state.current or (self.state.marks[-1] if self.state.marks else "consultation")

    def _open(self, name: str) -> None:
        """Open a scenario with the draft that is kept of it."""
        kept = load_draft("levers", name) or {}
        try:
            self.draft = LeverDraft.model_validate({**kept, "scenario": name})
        except ValueError:  # a draft that something else wrote
            self.draft = LeverDraft(scenario=name)
        if self.draft.section not in {section.id for section in SECTIONS}:
            self.draft.section = SECTIONS[0].id
        self.page = None
        place = [section.id for section in SECTIONS].index(self.draft.section)
        options = self.query_one("#questions", OptionList)
        with options.prevent(OptionList.OptionHighlighted):
            options.highlighted = place

    def _show_questions(self) -> None:
        table = self._block("questions")
        if not isinstance(table, Table):
            return
        options = self.query_one("#questions", OptionList)
        for section, row in zip(SECTIONS, table.rows, strict=True):
            edits = f" ({row[2].text})" if row[2].text else ""
            mark = row[0].mark or " "
            options.replace_option_prompt(section.id, Content(f"{mark} {legible(section.name)}{edits}"))

    def _fill(self) -> None:
        """The form of the section in hand, with every value."""
        section = self.draft.section
        form = next(iter(self.query(f"#form-{section}").results(LeverForm)), None)
        if form is None:
            specs = [SPECS[lever] for lever in next(s.levers for s in SECTIONS if s.id == section)]
            form = LeverForm(specs, id=f"form-{section}")
            self.query_one("#forms").mount(form)
        for other in self.query(LeverForm):
            other.set_class(other is form, "shown")
        table = self._block("levers")
        if isinstance(table, Table):
            rows = dict(zip(table.keys, table.rows, strict=True))
            wrong = self.problems
            for lever, field in form.fields.items():
                field.put(self._value(lever), self._note(rows[lever]), wrong.get(lever, ""))
        found = next(item for item in SECTIONS if item.id == section)
        cited = ", ".join(map(str, found.paragraphs))
        asked = f", question {found.question}" if found.question else ""
        self.query_one("#which", Static).update(
            Content(f"{found.name}: para{'s' if ',' in cited else ''} {cited}{asked}")
        )

    def _value(self, lever: str) -> str:
        """What stands in the field: as typed, or as saved."""
        if lever in self.draft.edits:
            return self.draft.edits[lever]
        return self._saved(lever)

    def _saved(self, lever: str) -> str:
        table = self._block("levers")
        if not isinstance(table, Table):
            return str(SPECS[lever].default)
        value = table.rows[table.keys.index(lever)][3].value
        return f"{value:g}" if isinstance(value, float) else str(value)

    @staticmethod
    def _note(row: tuple[Cell, ...]) -> str:
        """What to say beside the label: what was saved, and what the parent has where that differs."""
        _, _, now, saved, parent, *_ = row
        if now.value == saved.value:
            return f"* parent: {parent.text}" if now.value != parent.value else ""
        also = f"; parent: {parent.text}" if parent.value not in (now.value, saved.value) else ""
        return f"* was {saved.text}{also}"

    def _show_effect(self) -> None:
        lines: list[Content] = []
        for name in ("warnings", "effect-words"):
            block = self._block(name)
            if isinstance(block, Prose):
                lines += [Content.styled(legible(block.title), "bold")]
                lines += [Content(legible(line)) for line in block.lines]
        table = self._block("effect")
        if isinstance(table, Table) and (self._narrow or self.size.width >= 130):
            lines += [Content(""), Content.styled(legible(table.title), "bold")]
            lines += [Content(_row(row)) for row in ([_cells(table)] + [_texts(row) for row in table.rows])]
        self.query_one("#effect-text", Static).update(Content("\n").join(lines))

    def _block(self, name: str) -> object:
        if self.page is None:
            return None
        return next((block for block in self.page.blocks if block.id == name), None)

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
            self._fill()
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
        if self.draft.put(event.lever, event.text, self._saved(event.lever), typing=event.typing):
            self._changed()

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
            self._changed()

    def do_parent(self) -> None:
        """The parent's setting for the lever in hand."""
        table = self._block("levers")
        if isinstance(table, Table) and self.lever:
            value = table.rows[table.keys.index(self.lever)][4].value
            text = f"{value:g}" if isinstance(value, float) else str(value)
            if self.draft.put(self.lever, text, self._saved(self.lever)):
                self._changed()

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

            dialog = Choose("Open the levers of", choices, now=self.draft.scenario)
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

    def do_save(self) -> None:
        """A new version, under a title and for a reason that may be changed."""
        self._propose(run=False)

    def do_run(self) -> None:
        """Save where there is something to save, and run."""
        if self.draft.edits:
            self._propose(run=True)
        else:
            self._run()

    def _propose(self, run: bool, wrong: str = "", typed: dict[str, str] | None = None) -> None:
        given = {"scenario": self.draft.scenario, "edits": dict(self.draft.edits)}

        def proposed(answer: Page | dict[str, Any]) -> None:
            if not isinstance(answer, dict):
                return
            words = typed or answer
            fields = (
                Field("title", "Title", words["title"], "what it is, in a few words"),
                Field("why", "Why", words["why"], "the reason, for whoever reads it later"),
            )

            def accepted(entered: dict[str, str] | None) -> None:
                if entered is None:
                    return

                def refused(text: str) -> None:
                    self._propose(run, text, entered)

                self.ask(
                    Question("levers.save", given | entered), self._saved_as(run), "save", refused=refused
                )

            old = self.draft.scenario
            text = f"It becomes {answer['name']}, a scenario of your own. {old} stays as it is."
            do = "Save and run" if run else "Save"
            self.naas.push_screen(Entry("Save as a new version", text, fields, do, wrong), accepted)

        self.ask(Question("levers.proposed", given), proposed, group="propose")

    def _saved_as(self, run: bool) -> Any:
        def saved(answer: Page | dict[str, Any]) -> None:
            if not isinstance(answer, dict):
                return
            old, new = self.draft.scenario, str(answer["name"])
            discard_draft("levers", old)
            marks = [new if mark == old else mark for mark in self.state.marks]
            took = f" It takes the place of {old} among the marked." if old in self.state.marks else ""
            if new not in marks:
                marks.append(new)
            self.draft = LeverDraft(scenario=new, section=self.draft.section)
            self.naas.change(current=new, marks=marks)
            self.notify(f"Saved as {new}: {answer['path']}.{took}", timeout=8, markup=False)
            if run:
                self._run()

        return saved

    def _run(self) -> None:
        self.naas.go("run")
        self.naas.call_later(self.naas.act, "run.start", None)

    def _changed(self) -> None:
        """After an edit: keep the draft first, then ask what it does."""
        try:
            if self.draft.edits or self.draft.past or self.draft.future:
                save_draft("levers", self.draft.scenario, self.draft.model_dump(exclude={"scenario"}))
            else:
                discard_draft("levers", self.draft.scenario)
        except OSError as wrong:
            self.notify(f"The draft cannot be kept: {wrong}", severity="warning", markup=False)
        self.refresh_page()

    def _stepped(self, before: dict[str, str], said: str) -> None:
        """After undo and redo: go to the lever that changed, and show it at once."""
        after = self.draft.edits
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        if changed:
            section = section_of(changed[0]).id
            if section != self.draft.section:
                self.draft.section = section
                place = [item.id for item in SECTIONS].index(section)
                self.query_one("#questions", OptionList).highlighted = place
            self._fill()
            self.notify(f"{said}: {', '.join(changed)}", markup=False)
        self._changed()


def _cells(table: Table) -> list[str]:
    return [column.label for column in table.columns]


def _texts(row: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in row]


def _row(texts: list[str]) -> str:
    """A row of the effect with its columns in line."""
    name, before, after, change = texts
    return f"{name[:22]:22}{before:>7}{after:>8} {change}"
