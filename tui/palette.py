"""The command palette: every action of every workplace, those that cannot be done now with the reason."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.actions import Action, key_name

if TYPE_CHECKING:
    from tui.app import NaasApp


class Actions(Provider):
    """Looks through the registry. An action of another workplace is carried out there, after going to it."""

    @property
    def _naas(self) -> NaasApp:
        return cast("NaasApp", self.app)

    def _entries(self) -> list[tuple[str, str, Callable[[], Coroutine[Any, Any, None]]]]:
        found: list[tuple[str, str, Callable[[], Coroutine[Any, Any, None]]]] = []
        for action in self._naas.actions_all():
            found.append((self._text(action), action.tooltip, partial(self._naas.act_anywhere, action.id)))
        return found

    def _text(self, action: Action) -> str:
        keys = " ".join(key_name(key) for key in self._naas.keys_of(action))
        here = action.where in ("app", getattr(self._naas.workplace, "WORKPLACE", ""))
        reason = action.unavailable(self._naas.workplace) if here else ""
        return f"{action.label}{f'   {keys}' if keys else ''}{f'   (not now: {reason})' if reason else ''}"

    async def discover(self) -> Hits:
        """Everything, those of this screen first."""
        for text, tooltip, command in self._entries():
            yield DiscoveryHit(Content(text), command, text=text, help=tooltip)

    async def search(self, query: str) -> Hits:
        """What fits the words typed."""
        matcher = self.matcher(query)
        for text, tooltip, command in self._entries():
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, Content(text), command, text=text, help=tooltip)
