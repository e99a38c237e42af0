"""How the interface is begun: what the command line asks for, checked; a screen, or its text."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rules.errors import nearest, problem
from tui.asked import Asked

SCREENS = ("library", "levers", "run", "compare", "why", "costs", "capacity")
LOOKS = {"light": "naas-light", "dark": "naas-dark", "contrast": "naas-contrast"}
SIGNS = ("auto", "braille", "block", "ascii")


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for; what is None or empty is as it was remembered."""

    screen: str = ""
    scenarios: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    glyphs: str = ""
    theme: str = ""

    @staticmethod
    def read(
        names: Sequence[str],
        settings: Mapping[str, Any],
        glyphs: str | None,
        theme: str | None,
        store: Path | None,
    ) -> Wanted:
        """Checked. Raises `InputError` C001 for what does not exist. `store` holds for every process."""
        if store is not None:
            os.environ["NAAS_RESULTS"] = str(store.absolute())
        for given, valid, option in ((glyphs, SIGNS, "--glyphs"), (theme, LOOKS, "--theme")):
            if given is not None and given not in valid:
                hint = nearest(given, valid)
                raise problem("C001", f"{option} is one of {', '.join(valid)}, not {given}", hint=hint)
        screen = names[0] if names and names[0] in SCREENS else ""
        scenarios = tuple(names[1:] if screen else names)
        return Wanted(screen, scenarios, dict(settings), glyphs or "", LOOKS.get(theme or "", ""))


def printed(wanted: Wanted, cells: int = 80) -> list[str]:
    """A screen as plain text: the page that the screen shows, made in this process."""
    from reports.plain import plain
    from tui.desk.desk import Desk
    from tui.desk.handlers import handler

    desk = Desk()
    screen = wanted.screen or "library"
    asked: dict[str, Any] = {"settings": desk.asked(wanted.settings).plain()}
    if wanted.scenarios:
        asked["scenarios"] = list(wanted.scenarios)
    return plain(handler(screen)(desk, **asked), cells).splitlines()


def opened(wanted: Wanted) -> int:
    """The interface, until the person leaves it; the exit code."""
    from tui.app import NaasApp

    app = NaasApp(wanted.screen)
    changes: dict[str, Any] = {}
    if wanted.scenarios:
        changes["marks"] = list(wanted.scenarios)
        changes["files"] = [name for name in wanted.scenarios if name.endswith((".yaml", ".yml"))]
    if wanted.settings:
        changes["asked"] = Asked.model_validate(app.state.asked.plain() | dict(wanted.settings))
    if wanted.glyphs:
        changes["glyphs"] = wanted.glyphs
    if wanted.theme:
        changes["theme"] = app.theme = wanted.theme
    for name, value in changes.items():
        setattr(app.state, name, value)
    app.run()
    return app.return_code or 0
