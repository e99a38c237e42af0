"""Values with a tick before each, of which one or several may be taken; no colour is needed to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Blur, Focus
from textual.style import Style
from textual.widgets import Static

from reports.legible import legible


class Ticks(Static, can_focus=True):
    """Up and down go over the values and on to what is above and below; space and enter tick."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Value above", show=False),
        Binding("down", "step(1)", "Value below", show=False),
        Binding("space,enter", "take", "Tick", show=False),
    ]
    DEFAULT_CSS = """
    Ticks { height: auto; }
    """

    def __init__(
        self,
        values: Sequence[str],
        chosen: Sequence[str] = (),
        *,
        several: bool = False,
        labels: Mapping[str, str] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(markup=False, id=id)
        self.labels = labels or {}
        self.values, self.several = tuple(values), several
        self.chosen = [value for value in self.values if value in chosen]
        self.at = 0
        self._here = False

    def on_mount(self) -> None:
        """Write the values."""
        self._write()

    def on_focus(self, _: Focus) -> None:
        """Show the cursor."""
        self._here = True
        self._write()

    def on_blur(self, _: Blur) -> None:
        """Hide it."""
        self._here = False
        self._write()

    def action_step(self, by: int) -> None:
        """The value above or below, or the list above or below."""
        place = self.at + by
        if not 0 <= place < len(self.values):
            self.screen.focus_next() if by > 0 else self.screen.focus_previous()
            return
        self.at = place
        self._write()

    def action_take(self) -> None:
        """Tick the value of the cursor, or take its tick away."""
        self.tick(self.values[self.at])

    def action_pick(self, place: int) -> None:
        """The value that was clicked."""
        self.focus()
        self.at = place
        self.tick(self.values[place])

    def tick(self, value: str) -> None:
        """Tick a value, or take its tick away; where only one may be ticked, the others lose theirs."""
        if value in self.chosen:
            self.chosen.remove(value)
        else:
            kept = {*self.chosen, value} if self.several else {value}
            self.chosen = [each for each in self.values if each in kept]
        self._write()

    def _write(self) -> None:
        lines = []
        for place, value in enumerate(self.values):
            here = self._here and place == self.at
            signs = "[x]" if value in self.chosen else "[ ]"
            text = f"{'>' if here else ' '}{signs} {legible(self.labels.get(value, value.replace('_', ' ')))}"
            style = Style(reverse=here, bold=value in self.chosen)
            lines.append(Content.assemble((text, style + Style.from_meta({"@click": f"pick({place})"}))))
        self.update(Content("\n").join(lines))
