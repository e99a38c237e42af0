"""The seven workplaces stand, are reached by their numbers, and escape never ends the program."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from tests.tui.driving import FixedDesk, InProcessDesk, opened, played, press, until
from tui.desk.desk import Desk
from tui.dialogs.help import Help
from tui.frame.action_footer import ActionFooter
from tui.frame.top_bar import TopBar
from tui.state import load_state
from tui.theme import THEMES
from tui.workplaces import WORKPLACES

pytestmark = pytest.mark.pilot


def test_numbers_open_the_seven_workplaces_and_escape_goes_back_without_ending() -> None:
    async def test() -> None:
        async with opened(desk=FixedDesk({})) as (app, pilot):
            for number, name in enumerate(WORKPLACES, start=1):
                await press(app, pilot, str(number))
                assert app.workplace is not None
                assert name == app.workplace.WORKPLACE
            for _ in range(12):
                await press(app, pilot, "escape")
            assert app.is_running
            assert app.workplace is not None
            assert app.workplace.WORKPLACE == "library"

    played(test)


def test_tabs_and_footer_are_clicked(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            tabs = app.screen.query_one(TopBar).render().plain.splitlines()[1]  # type: ignore[union-attr]
            await pilot.click(TopBar, offset=(tabs.index("3 Run"), 1))
            await until(lambda: app.workplace is not None and app.workplace.WORKPLACE == "run", pilot)
            footer = app.screen.query_one(ActionFooter).render().plain  # type: ignore[union-attr]
            await pilot.click(ActionFooter, offset=(footer.index("Help"), 0))
            await until(lambda: isinstance(app.screen, Help), pilot)

    played(test)


def test_the_themes_go_round_and_are_remembered(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            seen = [app.theme]
            for _ in range(3):
                await press(app, pilot, "f7")
                seen.append(app.theme)
                assert load_state()[0].theme == app.theme
            assert seen == ["naas-light", "naas-dark", "naas-contrast", "naas-light"]
            assert set(app.available_themes) == set(seen)

    played(test)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_words_stand_out_from_what_lies_under_them(theme: Theme) -> None:
    under = {"background": theme.background, "panel": theme.panel, "boost": theme.boost}
    words = {
        "foreground": theme.foreground,
        "primary": theme.primary,
        "error": theme.error,
        "warning": theme.warning,
        "muted": theme.variables["text-muted"],
        "keys": theme.variables["footer-key-foreground"],
    }
    for place, ground in under.items():
        for name, colour in words.items():
            ratio = contrast(str(ground), str(colour))
            assert ratio >= 4.5, f"{name} on {place}: {ratio:.1f}"
    cursor = theme.variables
    assert contrast(cursor["block-cursor-background"], cursor["block-cursor-foreground"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of luminances as WCAG 2 reckons it."""

    def luminance(colour: str) -> float:
        parts = [channel / 255 for channel in Color.parse(colour).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
