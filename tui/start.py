"""How the interface is begun: what the command line asks for, checked; a screen, or its text."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rules.errors import InputError, nearest, problem
from tui.asked import Asked

if TYPE_CHECKING:
    from reports.page import Page
    from tui.desk.desk import Desk

SCREENS = ("library", "levers", "run", "compare", "why", "costs", "capacity")
HELP = "help"
"""The page that lists the screens: it is printed, and no screen of its own."""

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
    case: str = ""
    council: str = ""

    @staticmethod
    def read(
        names: Sequence[str],
        settings: Mapping[str, Any],
        glyphs: str | None,
        theme: str | None,
        store: Path | None,
        case: Path | None = None,
        council: str | None = None,
    ) -> Wanted:
        """Checked. Raises `InputError` C001 for what does not exist. `store` holds for every process.

        A cost case or a council opens the workplace Costs where no other is named.
        """
        if store is not None:
            os.environ["NAAS_RESULTS"] = str(store.absolute())
        for given, valid, option in ((glyphs, SIGNS, "--glyphs"), (theme, LOOKS, "--theme")):
            if given is not None and given not in valid:
                hint = nearest(given, valid)
                raise problem("C001", f"{option} is one of {', '.join(valid)}, not {given}", hint=hint)
        screen = names[0] if names and names[0] in (*SCREENS, HELP) else ""
        scenarios = tuple(names[1:] if screen else names)
        if case is not None or council:
            screen = screen or "costs"
        look = LOOKS.get(theme or "", "")
        own = _own_costs(case, council)
        return Wanted(screen, scenarios, dict(settings), glyphs or "", look, *own)


def _own_costs(case: Path | None, council: str | None) -> tuple[str, str]:
    """A cost case that can be read, by its whole path, and a council by its name; raises what is wrong."""
    from analysis.cost_case import CostCase
    from analysis.councils import councils, find

    if case is not None:
        CostCase.load(case)
    if not council:
        return str(case.absolute()) if case is not None else "", ""
    known = list(councils().values())
    place = find(council, [one.name for one in known], [one.code for one in known])
    return str(case.absolute()) if case is not None else "", known[place].name


def printed(wanted: Wanted, cells: int = 80) -> list[str]:
    """A screen as plain text: the page that the screen shows, made in this process."""
    from reports.plain import plain

    return plain(page_of(wanted), cells).splitlines()


def page_of(wanted: Wanted) -> Page:
    """The page that a screen shows, made in this process."""
    from tui.desk.desk import Desk
    from tui.desk.handlers import handler
    from tui.views.guide import guide

    if wanted.screen == HELP:
        return guide()
    desk = Desk()
    screen = wanted.screen or "library"
    for name in wanted.scenarios:
        _known(desk, name)
    asked: dict[str, Any] = {"settings": desk.asked(wanted.settings).plain()}
    if wanted.scenarios:
        asked["scenarios"] = list(wanted.scenarios)
    if screen == "costs":
        asked |= {"case": wanted.case, "council": wanted.council}
    page: Page = handler(screen)(desk, **asked)
    return page


def _known(desk: Desk, name: str) -> None:
    """Raise `InputError` S001 for what is neither a screen nor a scenario."""
    try:
        desk.scenario(name)
    except InputError as error:
        screen = nearest(name, (*SCREENS, HELP))
        if error.problems[0].code != "S001" or not screen:
            raise
        hint = f"{screen[:-1]}, the screen?"
        raise problem("S001", f"'{name}' is neither a screen nor a scenario", hint=hint) from None


def opened(wanted: Wanted) -> NoReturn:
    """The interface, until the person leaves it; the process ends with it."""
    from tui.app import NaasApp
    from tui.hung_up import end_with_terminal
    from tui.tidy import Tidy

    app = NaasApp(wanted.screen)
    changes: dict[str, Any] = {}
    if wanted.scenarios:
        changes["marks"] = list(wanted.scenarios)
        changes["current"] = wanted.scenarios[-1]
        changes["files"] = [name for name in wanted.scenarios if name.endswith((".yaml", ".yml"))]
    if wanted.settings:
        changes["asked"] = Asked.model_validate(app.state.asked.plain() | dict(wanted.settings))
    if wanted.glyphs:
        changes["glyphs"] = wanted.glyphs
    if wanted.theme:
        changes["theme"] = app.theme = wanted.theme
    own = {"case": wanted.case, "council": wanted.council}
    if any(own.values()):
        before = app.state.kept.get("costs")
        given = {name: value for name, value in own.items() if value}
        changes["kept"] = app.state.kept | {"costs": (before if isinstance(before, dict) else {}) | given}
    for name, value in changes.items():
        setattr(app.state, name, value)
    app.tidy = Tidy()
    end_with_terminal()
    app.run()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(app.return_code or 0)  # taking so large a program apart is a wait for nothing
