"""One lever as a field of a form: its options with where they come from, or a line to type in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Blur, DescendantBlur, DescendantFocus, Focus
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

from reports.legible import legible
from rules.lever_kinds import LeverSpec, Option

ON_THE_LIST: Final = ("included", "excluded")
"""The options of a lever that is a tick on a list."""


def basis_words(option: Option) -> str:
    """Where an option comes from, such as `asked, para 53`."""
    where = f", para {option.paragraph}" if option.paragraph else ""
    return f"{option.basis}{where}"


def range_words(spec: LeverSpec) -> str:
    """What may be typed, and where the lever comes from."""
    cited = ", ".join(map(str, spec.paragraphs))
    where = f"{spec.basis}, para{'s' if ',' in cited else ''} {cited}"
    if spec.kind == "date":
        return f"a date from {spec.low} to {spec.high}; {where}"
    if spec.kind == "share":
        return f"from {spec.low:g} to {spec.high:g}; {where}"
    return f"{spec.low} to {spec.high} {spec.unit}; {where}"


def labelled(spec: LeverSpec, note: str, width: int) -> Content:
    """The label with the note beside it, or below where there is no room."""
    label = legible(spec.label)
    if not note:
        return Content.styled(label, "bold")
    apart = "   " if len(label) + len(note) + 3 <= width else "\n "
    return Content.assemble((label, "bold"), (f"{apart}{note}", "italic"))


class Edited(Message):
    """A lever has another text. `typing` says that more of it may follow."""

    def __init__(self, lever: str, text: str, typing: bool = False) -> None:
        super().__init__()
        self.lever, self.text, self.typing = lever, text, typing


class Reached(Message):
    """The focus is on a lever's field (`here`), or has left it."""

    def __init__(self, spec: LeverSpec, here: bool) -> None:
        super().__init__()
        self.spec, self.here = spec, here


class ChoiceField(Static, can_focus=True):
    """A lever of options, a line each, or one tick where the options are on and off the list.

    Up and down go over the options and on to the next field; space and enter choose.
    """

    ALLOW_MAXIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Option above", show=False),
        Binding("down", "step(1)", "Option below", show=False),
        Binding("space,enter", "take", "Choose", show=False),
    ]
    DEFAULT_CSS = """
    ChoiceField { height: auto; margin-bottom: 1; background: $background; color: $foreground; }
    ChoiceField.tick { margin-bottom: 0; }
    """

    def __init__(self, spec: LeverSpec) -> None:
        super().__init__(markup=False)
        self.spec = spec
        self.names = tuple(option.name for option in spec.options)
        self.tick = self.names == ON_THE_LIST
        self.set_class(self.tick, "tick")
        self.value, self.note, self.wrong = str(spec.default), "", ""
        self.at = 0
        self._here = False

    def put(self, value: str, note: str, wrong: str) -> None:
        """Show a value, a note beside the label (such as the parent's), and what is wrong with it."""
        if (value, note, wrong) != (self.value, self.note, self.wrong):
            self.value, self.note, self.wrong = value, note, wrong
            self._write()

    def on_mount(self) -> None:
        """Write what there is."""
        self._write()

    def on_resize(self) -> None:
        """The note beside the label or below."""
        if self.note:
            self._write()

    def action_step(self, by: int) -> None:
        """The option above or below, or the next field."""
        place = self.at + by
        if self.tick or not 0 <= place < len(self.names):
            self.screen.focus_next() if by > 0 else self.screen.focus_previous()
            return
        self.at = place
        self._write()

    def action_take(self) -> None:
        """Choose the option of the cursor; a tick is put or taken away."""
        self.choose(self.names[1 - self.names.index(self.value)] if self.tick else self.names[self.at])

    def action_pick(self, name: str) -> None:
        """The option that was clicked."""
        self.focus()
        self.choose(name)

    def choose(self, name: str) -> None:
        """Set the lever."""
        if name != self.value:
            self.value = name
            self._write()
            self.post_message(Edited(self.spec.id, name))

    def on_focus(self, _: Focus) -> None:
        """The cursor begins on the option that is chosen."""
        self.at = self.names.index(self.value) if self.value in self.names else 0
        self._here = True
        self._write()
        self.post_message(Reached(self.spec, True))

    def on_blur(self, _: Blur) -> None:
        """No cursor any more."""
        self._here = False
        self._write()
        self.post_message(Reached(self.spec, False))

    def _write(self) -> None:
        parts = [self._tick()] if self.tick else [*self._head(), *map(self._option, range(len(self.names)))]
        if self.wrong:
            parts.append(Content.styled(f"! {legible(self.wrong)}", "bold $error"))
        self.update(Content("\n").join(parts))

    def _head(self) -> list[Content]:
        return [labelled(self.spec, self.note, self.size.width)]

    def _option(self, place: int) -> Content:
        option = self.spec.options[place]
        sign = "(x)" if option.name == self.value else "( )"
        cursor = ">" if self._here and place == self.at else " "
        style = Style(reverse=self._here and place == self.at, bold=option.name == self.value)
        click = Style.from_meta({"@click": f"pick('{option.name}')"})
        return Content.assemble(
            (f"{cursor}{sign} {legible(option.label)}", style + click), f"  {basis_words(option)}"
        )

    def _tick(self) -> Content:
        sign = "[x]" if self.value == ON_THE_LIST[0] else "[ ]"
        other = self.names[1 - self.names.index(self.value)]
        click = Style.from_meta({"@click": f"pick('{other}')"})
        cursor = ">" if self._here else " "
        where = ", ".join(f"para {number}" for number in self.spec.paragraphs)
        note = (f"   {self.note}", "italic") if self.note else ""
        style = Style(reverse=self._here) + click
        return Content.assemble((f"{cursor}{sign} {legible(self.spec.label)}", style), f"  {where}", note)


class TypedField(Vertical):
    """A lever that is typed: a number or a date."""

    DEFAULT_CSS = """
    TypedField { height: auto; margin-bottom: 1; background: $background; }
    TypedField Static { height: auto; }
    TypedField .wrong { color: $error; text-style: bold; display: none; }
    TypedField .wrong.shown { display: block; }
    TypedField Input { width: 16; height: 1; background: $panel; border: none; padding: 0; margin-left: 1; }
    TypedField Input:focus { background: $boost; text-style: underline; }
    """

    def __init__(self, spec: LeverSpec) -> None:
        super().__init__()
        self.spec = spec
        self.value, self.note, self.wrong = str(spec.default), "", ""

    def compose(self) -> ComposeResult:
        """The label, the line, what may be typed, and what is wrong."""
        yield Static(classes="label", markup=False)
        yield Input(compact=True, max_length=40)
        yield Static(Content(f" {range_words(self.spec)}"), classes="about")
        yield Static(classes="wrong", markup=False)

    def on_mount(self) -> None:
        """Write what there is."""
        self._write()

    def put(self, value: str, note: str, wrong: str) -> None:
        """Show a value, a note beside the label (such as the parent's), and what is wrong with it."""
        if (value, note, wrong) != (self.value, self.note, self.wrong):
            self.value, self.note, self.wrong = value, note, wrong
            if self.is_mounted:
                self._write()

    def _write(self) -> None:
        self.query_one(".label", Static).update(labelled(self.spec, self.note, self.size.width))
        line = self.query_one(".wrong", Static)
        line.update(Content(f"! {legible(self.wrong)}" if self.wrong else ""))
        line.set_class(bool(self.wrong), "shown")
        field = self.query_one(Input)
        if field.value.strip() != self.value:
            with self.prevent(Input.Changed):
                field.value = self.value

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        text = event.value.strip()
        if text != self.value:
            self.value = text
            self.post_message(Edited(self.spec.id, text, typing=True))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        """The focus came."""
        self.post_message(Reached(self.spec, True))

    def on_descendant_blur(self, _: DescendantBlur) -> None:
        """The focus went."""
        self.post_message(Reached(self.spec, False))


class LeverForm(Vertical):
    """The fields of one section, one below the other; up and down go from field to field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
        Binding("escape", "leave", "Back to the questions", show=False),
    ]
    DEFAULT_CSS = """
    LeverForm { height: auto; background: $background; padding: 0 1; }
    """

    def __init__(self, specs: Sequence[LeverSpec], id: str) -> None:
        super().__init__(id=id)
        self.fields: dict[str, ChoiceField | TypedField] = {
            spec.id: ChoiceField(spec) if spec.kind == "choice" else TypedField(spec) for spec in specs
        }

    def compose(self) -> ComposeResult:
        """A field for each lever."""
        yield from self.fields.values()

    class Left(Message):
        """Escape in a field."""

    def action_leave(self) -> None:
        """Back to where the form was opened from."""
        self.post_message(self.Left())

    def focus_lever(self, lever: str) -> None:
        """Put the focus on the field of a lever."""
        field: Widget = self.fields[lever]
        (field if isinstance(field, ChoiceField) else field.query_one(Input)).focus()
