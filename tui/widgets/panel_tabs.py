"""One line that names the panels of a screen and shows one of them; the panels are anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget


class PanelTabs(Widget, can_focus=True):
    """Names in a line; left and right, or a click, choose one. Sends `Chosen`. Down goes into what is shown.

    `hidden` are those not offered at this size. The one chosen stands in brackets: no colour is needed.
    """

    ALLOW_MAXIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Panel before", show=False),
        Binding("right", "step(1)", "Next panel", show=False),
        Binding("down,enter", "app.focus_next", "Into the panel", show=False),
    ]
    DEFAULT_CSS = """
    PanelTabs { height: 1; width: 1fr; background: $background; color: $foreground; }
    PanelTabs:focus { background: $panel; }
    """
    now: reactive[str] = reactive("")
    hidden: reactive[frozenset[str]] = reactive(frozenset())

    class Chosen(Message):
        """Another panel is wanted."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, panels: Sequence[tuple[str, str]], id: str | None = None) -> None:
        super().__init__(id=id)
        self.panels = tuple(panels)
        self.set_reactive(PanelTabs.now, self.panels[0][0])

    def render(self) -> Content:
        """Every panel by its label."""
        parts = []
        for name, label in self._offered():
            text = f"[{label}]" if name == self.now else f" {label} "
            style = Style(bold=name == self.now, reverse=name == self.now)
            parts.append(Content.assemble((text, style + Style.from_meta({"@click": f"choose('{name}')"}))))
        return Content(" ").join(parts)

    def action_choose(self, name: str) -> None:
        """The panel that was clicked."""
        self.choose(name)

    def action_step(self, step: int) -> None:
        """The next panel, round and round."""
        names = [name for name, _ in self._offered()]
        place = names.index(self.now) if self.now in names else -1
        self.choose(names[(place + step) % len(names)])

    def choose(self, name: str) -> None:
        """Show a panel."""
        self.now = name
        self.post_message(self.Chosen(name))

    def _offered(self) -> list[tuple[str, str]]:
        return [(name, label) for name, label in self.panels if name not in self.hidden]
