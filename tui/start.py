"""How the interface is begun: what the command line asks for, checked; a screen, or its text."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rules.errors import Collected, InputError, Problem, nearest, problem
from scenarios.names import is_path, path_of
from scenarios.request import check, checked_date
from tui.asked import Asked
from tui.widgets.palette import PALETTES
from tui.workplaces import WORKPLACES

if TYPE_CHECKING:
    from reports.page import Page
    from tui.state import AppState

HELP = "help"
"""The page that lists the screens: it is printed, and no screen of its own."""

LOOKS = {palette.name: palette.theme for palette in PALETTES}
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
        """Checked. Raises `InputError` with everything that does not exist. `store` holds for every process.

        A cost case or a council opens the workplace Costs where no other is named. `settings` are those of
        `tui.asked`, told by the names of their options.
        """
        wrong = Collected()
        with wrong:
            check("--", **{name: value for name, value in settings.items() if name != "until"})
        with wrong:
            if settings.get("until"):
                checked_date(str(settings["until"]), "--until")
        if store is not None:
            os.environ["NAAS_RESULTS"] = str(store.absolute())
        for given, valid, option in ((glyphs, SIGNS, "--glyphs"), (theme, LOOKS, "--theme")):
            if given is not None and given not in valid:
                said = f"{option} is one of {', '.join(valid)}, not {given}"
                wrong.problems.append(Problem("C001", said, hint=nearest(given, valid)))
        screen = names[0] if names and names[0] in (*WORKPLACES, HELP) else ""
        scenarios = tuple(names[1:] if screen else names)
        for name in scenarios:
            with wrong:
                _known(name)
        twice = list(dict.fromkeys(name for name in scenarios if scenarios.count(name) > 1))
        if twice:
            said = f"a scenario is marked once; named more than once: {', '.join(twice)}"
            wrong.problems.append(Problem("C004", said, hint="name others to compare, such as a copy of it"))
        wrong.tell()
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


def page_of(wanted: Wanted, **own: Any) -> Page:
    """The page that a screen shows, made in this process; `own` is what only this screen is asked."""
    from tui.desk.desk import Desk
    from tui.desk.handlers import handler
    from tui.views.guide import guide

    if wanted.screen == HELP:
        return guide()
    desk = Desk()
    screen = wanted.screen or "library"
    asked: dict[str, Any] = {"settings": desk.asked(wanted.settings).plain()}
    if wanted.scenarios:
        asked["scenarios"] = list(wanted.scenarios)
    if screen == "costs":
        asked |= {"case": wanted.case, "council": wanted.council}
    page: Page = handler(screen)(desk, **asked, **own)
    return page


def _known(name: str) -> None:
    """Raise `InputError` for what is neither a screen nor a scenario, or a file that cannot be read."""
    try:
        path = path_of(name)
    except InputError:
        screen = nearest(name, (*WORKPLACES, HELP))
        if not screen:
            raise
        hint = f"{screen[:-1]}, the screen?"
        raise problem("S001", f"'{name}' is neither a screen nor a scenario", hint=hint) from None
    if is_path(name):
        from rules.document import read_document

        read_document(path)


def changes(wanted: Wanted, state: AppState) -> dict[str, Any]:
    """What is asked for changes of what is remembered, by name; what was opened before stays open."""
    found: dict[str, Any] = {}
    if wanted.scenarios:
        names = [str(Path(name).absolute()) if is_path(name) else name for name in wanted.scenarios]
        found["marks"], found["current"] = names, names[-1]
        found["files"] = list(dict.fromkeys([*state.files, *filter(is_path, names)]))
    if wanted.settings:
        found["asked"] = Asked.model_validate(state.asked.plain() | dict(wanted.settings))
    if wanted.glyphs:
        found["glyphs"] = wanted.glyphs
    if wanted.theme:
        found["theme"] = wanted.theme
    own = {"case": wanted.case, "council": wanted.council, "panel": "council" if wanted.council else ""}
    if any(own.values()):
        before = state.kept.get("costs")
        given = {name: value for name, value in own.items() if value}
        found["kept"] = state.kept | {"costs": (before if isinstance(before, dict) else {}) | given}
    return found


def opened(wanted: Wanted) -> NoReturn:
    """The interface, until the person leaves it; the process ends with it."""
    from tui.app import NaasApp
    from tui.hung_up import end_with_terminal
    from tui.tidy import Tidy

    app = NaasApp(wanted.screen)
    for name, value in changes(wanted, app.state).items():
        setattr(app.state, name, value)
    app.theme = wanted.theme or app.theme
    app.tidy = Tidy()
    end_with_terminal()
    app.run()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(app.return_code or 0)  # taking so large a program apart is a wait for nothing
