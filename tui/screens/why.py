"""The workplace Why: the rules with their people, why a worker stands so, and which rules differ."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final

from pydantic import Field as Checked
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from reports.page import Block, Page, Prose, Table
from tui.actions import Action
from tui.dialogs.entry import Entry, Field
from tui.dialogs.person import PersonDialog
from tui.kept import Kept, one_of
from tui.screens.workplace import Question, Workplace
from tui.widgets.blocks import Blocks
from tui.widgets.panel_tabs import PanelTabs
from tui.widgets.pointed import Opened, Pointed
from tui.widgets.rule_tree import RuleTree

PANELS: Final = (
    ("rules", "Rules"),
    ("worker", "Worker"),
    ("rule", "One rule"),
    ("differ", "Rules that differ"),
)
_WORKER: Final = ("answers", "changes", "nearly", "life")
_DIFFER: Final = ("differ-words", "moves", "differ")


class KeptWhy(Kept):
    """The panel, and the worker: a number or an id, and the random future; or made up from facts."""

    OF = "why"
    panel: Annotated[str, one_of(dict(PANELS))] = "worker"
    scenario: str = ""
    worker: str = "1"
    replication: int = Checked(default=0, ge=0)
    facts: list[str] = Checked(default_factory=list)


def _of_a_worker(kept: KeptWhy) -> dict[str, Any]:
    return kept.model_dump(include={"worker", "replication", "facts"})


def _one_scenario(screen: Any) -> str:
    return "" if len(screen.app.state.marks) > 1 else "mark two scenarios in the library first"


def _no_example(screen: Any) -> str:
    return "" if screen.example else "choose a rule first, with enter"


class Why(Workplace):
    """One scenario's rules, and a worker under them."""

    WORKPLACE = "why"
    AUTO_FOCUS = ""
    HELP_TEXT: ClassVar[str] = (
        "The rules of one scenario, with how many people in post each applies to; enter on a rule says it\n"
        "in words. Beside it, why one worker stands as they do: every answer, because of what, citing\n"
        "where, under which lever; what nearly applied, and what would change the answer. Choose a worker\n"
        "by number, or make one up. With two scenarios marked: which rules differ, and how many people get\n"
        "another answer. A rule that applies to many may give fewer another day, since nobody is assessed\n"
        "before being called; both are counted, here and on Levers, in the same people in post."
    )
    ACTIONS = (
        Action("why.worker", "Why: choose a worker by number", "And the random future whose life is told.",
               ("w",), 2, "Worker"),
        Action("why.person", "Why: a person made up from facts", "Functions, contract, where they come from.",
               ("n",), 3, "Make up"),
        Action("why.next", "Why: the next worker", "The one with the next number.",
               ("right_square_bracket",), 4, "Next"),
        Action("why.before", "Why: the worker before", "The one with the number before.",
               ("left_square_bracket",), 0, ""),
        Action("why.differ", "Rules: those that differ between A and B", "Who gets another answer.", ("c",),
               5, "Differ", _one_scenario),
        Action("why.scenario", "Why: under the next marked scenario", "The same worker under other rules.",
               ("v",), 6, "Scenario", _one_scenario),
        Action("why.panel", "View: next panel", "The worker, one rule, the rules that differ.", ("f4",), 8,
               "Panel"),
        Action("why.example", "Why: a worker to whom this rule applies", "The first there is.", ("e",), 7,
               "Example", _no_example),
    )  # fmt: skip
    DEFAULT_CSS = """
    Why #sides { height: 1fr; }
    Why #rules { width: 45%; height: 1fr; border-right: solid $border; }
    Why.-narrow #rules { width: 1fr; border-right: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.example = ""
        self._good: dict[str, Any] = _of_a_worker(KeptWhy())
        self._rule: Page | None = None
        self._life: Page | None = None

    # -- what it shows -------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The tree of rules, and one panel beside it."""
        yield PanelTabs(PANELS)
        with Horizontal(id="sides"):
            yield RuleTree(id="rules")
            for name, _ in PANELS[1:]:
                yield Blocks(id=name)

    def on_mount(self) -> None:
        """Begin with the worker."""
        self.query_one(PanelTabs).now = self._kept.panel

    def on_resize(self) -> None:
        """Another size, another arrangement."""
        self._arrange()

    def come_back(self) -> None:
        """Another screen may have chosen the panel."""
        self.query_one(PanelTabs).now = self._kept.panel
        self._arrange()
        super().come_back()

    def question(self) -> Question | None:
        """The page of a scenario and a worker; the life is asked for after it."""
        marks = list(self.state.marks) or ["consultation"]
        asked: dict[str, Any] = {"scenarios": marks, "settings": self.asked.plain(), "life": False}
        asked["scenario"] = self._scenario()
        if self._kept.facts:
            asked["facts"] = self._kept.facts
        else:
            asked["worker"] = self._kept.worker
            asked["replication"] = self._kept.replication
        return Question("why", asked)

    def show_page(self, page: Page) -> None:
        """The tree and the panels; then the life of the worker is asked for."""
        rules = page.block("rules")
        assert isinstance(rules, Table)
        self.query_one(RuleTree).show(rules)
        self._good = _of_a_worker(self._kept)
        self._life = None
        self._arrange()
        if self.focused is None:
            self.query_one(RuleTree if self.query_one(RuleTree).display else "#worker").focus()
        if not self._kept.facts:
            asked: dict[str, Any] = {"scenario": self._scenario(), "settings": self.asked.plain()}
            asked |= {"worker": self._kept.worker, "replication": self._kept.replication}
            self.ask(Question("why.life", asked), self._lived, group="life")

    def _lived(self, answer: Page | dict[str, Any]) -> None:
        if isinstance(answer, Page) and self.page is not None:
            self._life = answer
            self.page = self.page.model_copy(update={"blocks": (*self.page.blocks, *answer.blocks)})
            self._show_panels()

    def _show_panels(self) -> None:
        """Fill the panel that is shown; the others when they are."""
        page, panel = self.page, self.query_one(PanelTabs).now
        if page is None or panel == "rules":
            return
        blocks = {block.id: block for block in page.blocks}
        shown: list[Block] = []
        said = ""
        if panel == "worker":
            shown = [blocks[name] for name in _WORKER if name in blocks]
            if not self._kept.facts and self._life is None:
                told = f"Running replication {self._kept.replication} for it…"
                shown.append(Prose(id="life", title="Life", lines=(told,)))
        elif panel == "differ":
            shown = [blocks[name] for name in _DIFFER if name in blocks]
            said = "Mark two scenarios in the library: A is what the other is compared with."
        elif self._rule is not None:
            shown = [self._rule.block("rule")]
        else:
            said = "Enter on a rule says it in words."
        self.query_one(f"#{panel}", Blocks).show(shown or [Prose(id=panel, lines=(said,))])

    def _arrange(self) -> None:
        tabs = self.query_one(PanelTabs)
        beside = self.size.width >= 100
        tabs.hidden = frozenset({"rules"}) if beside else frozenset()
        if beside and tabs.now == "rules":
            tabs.now = "worker"
        for name, _ in PANELS:
            self.query_one(f"#{name}").display = name == tabs.now or (name == "rules" and beside)
        self._show_panels()

    # -- what is chosen ------------------------------------------------------------------------------

    def _scenario(self) -> str:
        marks = self.state.marks
        chosen = self._kept.scenario
        return chosen if chosen in marks else (marks[-1] if marks else "consultation")

    @property
    def _kept(self) -> KeptWhy:
        return KeptWhy.of(self.state)

    def _explain(self, **what: Any) -> None:
        """Another worker, scenario or future; show the panel of the worker."""
        self.keep(**what, panel="worker")
        self.query_one(PanelTabs).now = "worker"
        self._arrange()
        self.refresh_page()

    # -- what it hears -------------------------------------------------------------------------------

    @on(PanelTabs.Chosen)
    def _panel(self, event: PanelTabs.Chosen) -> None:
        event.stop()
        self.keep(panel=event.name)
        self._arrange()

    @on(RuleTree.Passed)
    def _passed(self, event: RuleTree.Passed) -> None:
        event.stop()
        if self.query_one(RuleTree).has_focus:
            self.say(event.sentence)

    @on(RuleTree.Taken)
    def _taken(self, event: RuleTree.Taken) -> None:
        event.stop()
        self._ask_rule(event.rule)

    def on_pointed(self, event: Pointed) -> None:
        """Say what the cursor is on."""
        self.say(event.sentence)

    def on_opened(self, event: Opened) -> None:
        """Enter on a rule that differs says it in words."""
        if event.block == "differ" and event.key:
            self._ask_rule(event.key)

    def _ask_rule(self, rule: str) -> None:
        asked = {"rule": rule, "scenario": self._scenario(), "settings": self.asked.plain()}
        self.ask(Question("why.rule", asked), self._ruled, group="rule")

    def _ruled(self, answer: Page | dict[str, Any]) -> None:
        if not isinstance(answer, Page):
            return
        self._rule = answer
        example = answer.block("example")
        assert isinstance(example, Table)
        self.example = example.keys[0] if example.keys else ""
        self.query_one(PanelTabs).choose("rule")
        self.say(answer.summary)

    # -- what can be done ----------------------------------------------------------------------------

    def do_worker(self) -> None:
        """A worker by number, or by the id of a staff list."""
        self._choose(self._kept.worker, str(self._kept.replication))

    def _choose(self, worker: str, replication: str, wrong: str = "") -> None:
        fields = (
            Field("worker", "Worker", worker, "a number from 0 on, or the id of a staff list"),
            Field("replication", "Replication", replication, "the random future to tell of, from 0 on"),
        )

        def entered(typed: dict[str, str] | None) -> None:
            if typed is None:
                return
            number = typed["replication"] or "0"
            if not (number.isascii() and number.isdecimal()):
                self._choose(typed["worker"], number, "the replication is a number from 0 on")
                return
            self._explain(worker=typed["worker"] or "1", replication=int(number), facts=[])

        text = "Workers of every scenario of one size are the same people."
        self.naas.push_screen(Entry("Explain a worker", text, fields, "Explain", wrong), entered)

    def do_person(self) -> None:
        """Somebody made up."""

        def known(answer: Page | dict[str, Any]) -> None:
            if not isinstance(answer, dict):
                return

            def made(facts: list[str] | None) -> None:
                if facts:
                    self._explain(facts=facts)

            self.naas.push_screen(PersonDialog(answer["facts"], self._kept.facts), made)

        self.ask(Question("why.vocabulary"), known, group="vocabulary")

    def do_next(self) -> None:
        """The worker with the next number."""
        self._step(1)

    def do_before(self) -> None:
        """The worker with the number before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        worker = self._kept.worker
        if worker.isdecimal():
            self._explain(worker=str(max(int(worker) + by, 0)), facts=[])
        else:
            self.notify("This worker has an id and no number; press w for another", markup=False)

    def do_differ(self) -> None:
        """The rules that differ."""
        self.query_one(PanelTabs).choose("differ")

    def do_scenario(self) -> None:
        """The next of the marked scenarios."""
        marks = self.state.marks
        place = marks.index(self._scenario()) if self._scenario() in marks else -1
        self.keep(scenario=marks[(place + 1) % len(marks)])
        self.notify(f"Under {self._scenario()}", markup=False)
        self.refresh_page()

    def do_example(self) -> None:
        """A worker to whom the rule applies."""
        self._explain(worker=self.example, facts=[])

    def leave_panel(self) -> bool:
        """Escape goes from a panel back to the rules."""
        tree = self.query_one(RuleTree)
        tabs = self.query_one(PanelTabs)
        if tree.has_focus or self.focused is None:
            return False
        if "rules" not in tabs.hidden:
            tabs.choose("rules")
        tree.focus()
        return True

    def _problem(self, problem: Any) -> None:
        """A worker there is not is said where one was typed, and the last one stays."""
        if not problem.own and _of_a_worker(self._kept) != self._good:
            asked = self._kept
            self.keep(**self._good)
            self.say(problem.text)
            if asked.facts or not self.is_current:
                self.notify(problem.text, severity="warning", markup=False)
            else:
                self._choose(asked.worker, str(asked.replication), " ".join(problem.lines) or problem.text)
            if self.page is None:
                self.refresh_page()
            return
        super()._problem(problem)
