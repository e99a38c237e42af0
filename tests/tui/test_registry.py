"""One registry of actions feeds keys, palette, footer, help and the key map file."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
from pathlib import Path

import pytest

from tests.tui.driving import FixedDesk, InProcessDesk, opened, played, press
from tui.actions import GLOBAL, Action, key_name, typed, unpressed
from tui.desk.desk import Desk
from tui.dialogs.help import Help, help_lines
from tui.doing import Doing
from tui.frame.action_footer import ALWAYS, ActionFooter, fitting
from tui.keymap import document, keymap_path, read_keymap, template
from tui.palette import Actions
from tui.screens.registry import SCREENS, every_action
from tui.workplaces import WORKPLACES

unit = pytest.mark.unit
pilot = pytest.mark.pilot


def footer_of(actions: list[Action], typing: bool = False) -> list[tuple[Action, str]]:
    """The entries of a footer, as the widget orders them."""
    found = []
    for action in sorted(actions, key=lambda action: action.footer):
        keys = [key for key in action.keys if not (typing and typed(key))]
        if action.footer and keys:
            found.append((action, key_name(keys[0])))
    return found


@unit
@pytest.mark.parametrize("action", every_action(), ids=lambda action: action.id)
def test_an_action_has_a_label_a_tooltip_and_a_method(action: Action) -> None:
    assert action.label
    assert action.label[0].isupper()
    assert action.tooltip.endswith(".")
    assert not action.footer or action.short
    owner = Doing if action.where == "app" else SCREENS[action.where]
    if not action.id.startswith("app.go_"):
        assert inspect.isfunction(getattr(owner, action.method)), action.method


@unit
def test_ids_are_unique_and_belong_to_their_workplace() -> None:
    ids = [action.id for action in every_action()]
    assert len(set(ids)) == len(ids)
    for name, screen in SCREENS.items():
        assert all(action.where == name for action in screen.ACTIONS)
    assert tuple(SCREENS) == tuple(WORKPLACES)


@unit
@pytest.mark.parametrize("name", WORKPLACES)
def test_no_key_has_two_meanings_on_one_screen(name: str) -> None:
    own = [key for action in SCREENS[name].ACTIONS for key in action.keys]
    assert len(set(own)) == len(own)
    shared = {key: action.id for action in GLOBAL for key in action.keys}
    allowed = {"s", "t", "slash", "plus"}  # a screen may have a better sort or filter of its own
    assert not {key: shared[key] for key in own if key in shared and key not in allowed}
    assert not {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+c", "f5", "f10", "f11"}.intersection(own)


@unit
@pytest.mark.parametrize("name", WORKPLACES)
def test_the_first_seven_entries_of_the_footer_fit_80_columns(name: str) -> None:
    entries = footer_of([*SCREENS[name].ACTIONS, *GLOBAL])
    shown = fitting(entries, 80)
    assert len(shown) >= min(7, len(entries))
    assert shown[-1][0].id == ALWAYS
    assert [entry for entry in shown if entry[0].id != ALWAYS] == entries[: len(shown) - 1]
    assert sum(len(key) + len(action.short) + 3 for action, key in shown) <= 80


@unit
def test_the_page_of_keys_is_made_from_the_registry() -> None:
    page = Path(__file__).parents[2] / "docs" / "keys.md"
    if os.environ.get("NAAS_UPDATE_SNAPSHOTS"):
        page.write_text(document(every_action()), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == document(every_action())


@unit
def test_help_lists_every_action_with_its_keys_and_the_reason_why_not() -> None:
    class Screen:
        page = None
        command = ""

    lines = help_lines("What for.", [action for action in GLOBAL if "go_" not in action.id],
                       lambda action: action.keys, _quiet(Screen()))  # fmt: skip
    text = "\n".join(lines)
    assert "f1, ?" in text
    assert "Quit" in text
    assert "not now: no run is" in text


def _quiet(screen: object) -> object:
    class App:
        run_going = False

        def can_go_back(self, _: object) -> bool:
            return False

    screen.app = App()  # type: ignore[attr-defined]
    screen.query = lambda _: ()  # type: ignore[attr-defined]
    return screen


@unit
def test_the_key_map_file_holds_where_it_can_be_read_and_names_the_line_where_not() -> None:
    path = keymap_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '"app.help" = ["f2"]\n# a remark\n"app.nothing" = ["z"]\n"app.theme" = [7]\nnonsense\n'
        '"library.mark" = ["c"]\n',
        encoding="utf-8",
    )
    found, said = read_keymap(every_action())
    assert found == {"app.help": ("f2",), "library.mark": ("c",)}
    assert any(":3: there is no action 'app.nothing'" in line for line in said)
    assert any(":4: app.theme: keys are a list" in line for line in said)
    assert any(":5: " in line for line in said)
    assert any("library.mark and library.compare share the key c" in line for line in said)


@unit
def test_the_template_of_the_key_map_file_has_every_action_and_changes_nothing() -> None:
    path = keymap_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template(every_action()), encoding="utf-8")
    assert read_keymap(every_action()) == ({}, [])
    bare = path.read_text(encoding="utf-8").replace('# "', '"')
    path.write_text(bare, encoding="utf-8")
    found, said = read_keymap(every_action())
    assert found == {action.id: action.keys for action in every_action()}
    assert not [line for line in said if "share" not in line]


@pilot
def test_a_key_of_the_persons_own_works_and_the_old_one_does_not(desk: Desk) -> None:
    keymap_path().parent.mkdir(parents=True, exist_ok=True)
    keymap_path().write_text('"app.help" = ["f12"]\n', encoding="utf-8")

    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "f1")
            assert not isinstance(app.screen, Help)
            assert "f12" in app.screen.query_one(ActionFooter).render().plain
            await press(app, pilot, "f12")
            assert isinstance(app.screen, Help)

    played(test)


@pilot
@pytest.mark.parametrize("where", WORKPLACES)
def test_every_action_can_be_given_a_key_and_lose_the_one_it_has(where: str, desk: Desk) -> None:
    """All at once: those that have a key lose it, those that have none are given one."""
    every = [*SCREENS[where].ACTIONS, *GLOBAL]
    given = {action.id: [] if action.keys else [f"f{20 + place}"] for place, action in enumerate(every)}
    lines = "\n".join(f'"{name}" = {json.dumps(keys)}' for name, keys in given.items())
    keymap_path().parent.mkdir(parents=True, exist_ok=True)
    keymap_path().write_text(lines, encoding="utf-8")

    async def test() -> None:
        async with opened(where, desk=InProcessDesk(desk)) as (app, _):
            bound = app.screen.active_bindings
            for action in every:
                keys = [key for key, found in bound.items() if found.binding.id == action.id]
                assert keys == (given[action.id] or [unpressed(action.id)]), action.id

    played(test)


@pilot
def test_the_palette_lists_every_action_and_says_why_one_cannot_be_done(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, _):
            provider = Actions(app.screen)
            listed = [hit.text or "" async for hit in provider.discover()]
            for action in every_action():
                assert any(text.startswith(action.label) for text in listed), action.id
            assert any(text.startswith("Run: stop") and "not now: no run is going" in text for text in listed)
            found = [hit.text or "" async for hit in provider.search("theme")]
            assert any(text.startswith("View: next theme") for text in found)

    played(test)


@pilot
def test_an_action_of_another_workplace_is_done_there(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            await app.act_anywhere("run.full")
            for _ in range(100):
                await pilot.pause()
                if app.state.asked.scale == 1:
                    break
                await asyncio.sleep(0.01)
            assert app.workplace is not None
            assert app.workplace.WORKPLACE == "run"
            assert app.state.asked.replications == 20

    played(test)


@pilot
def test_what_cannot_be_done_is_said_and_nothing_happens() -> None:
    async def test() -> None:
        async with opened(desk=FixedDesk({})) as (app, pilot):
            await app.act("app.stop_run", None)
            await pilot.pause()
            assert [note.message for note in app._notifications] == ["Not now: no run is going"]

    played(test)


@pilot
def test_an_action_that_breaks_becomes_a_dialog_and_the_program_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.dialogs.notices import Ask
    from tui.screens.library import Library

    def broken(_: Library) -> None:
        raise ZeroDivisionError("made to break")

    monkeypatch.setattr(Library, "do_baseline", broken)
    monkeypatch.setattr("tui.screens.library._not_marked", lambda _: "")

    async def test() -> None:
        async with opened(desk=InProcessDesk(desk), faults=[ZeroDivisionError]) as (app, pilot):
            await press(app, pilot, "b")
            assert isinstance(app.screen, Ask)
            assert "made to break" in app.screen.text
            await press(app, pilot, "escape")
            assert app.is_running
            assert not isinstance(app.screen, Ask)

    played(test)
