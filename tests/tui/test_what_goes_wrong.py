"""What goes wrong becomes a dialog and not an end; names from files are text and nothing else."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Static

from reports.legible import legible
from reports.page import Page
from scenarios.names import own_folder
from tests.tui.driving import FixedDesk, InProcessDesk, opened, played, press, until
from tui.app import AT_ONCE, NaasApp
from tui.asked import Asked
from tui.desk.client import DeskClient, DeskLostError
from tui.desk.desk import Desk
from tui.dialogs.notices import Ask
from tui.frame.lines import StatusLine
from tui.messages import RunEnded, RunProgress
from tui.screens.library import Library
from tui.screens.workplace import Question
from tui.state import AppState, load_state, save_state
from tui.views.library import library

pytestmark = pytest.mark.pilot

HOSTILE = ("Kingston [upon] Thames", "[/foo] x", "\u202eright to left", "x" * 200, "[@click=app.exit]bye[/]")


def title_of(number: int) -> str:
    """A hostile title as the card says it, whole lines of it."""
    return f"own-{number}: {legible(HOSTILE[number])}"


def card_of(app: NaasApp) -> str:
    return str(app.screen.query_one("#card-text", Static).render())


class BrokenDesk(FixedDesk):
    """Raises what no handler should."""

    def __init__(self, wrong: Exception) -> None:
        super().__init__({})
        self.wrong = wrong
        self.asked_times = 0

    async def ask(self, name: str, slot: str = "", /, **asked: Any) -> Page | dict[str, Any]:  # noqa: ARG002
        self.asked_times += 1
        raise self.wrong


def dialog(app: NaasApp) -> Ask:
    assert isinstance(app.screen, Ask)
    return app.screen


async def with_desk(desk: DeskClient, check: Any) -> None:
    app = NaasApp("library", desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(lambda: isinstance(app.screen, Ask), pilot)
        await check(app, pilot)


def test_an_exception_in_a_worker_is_a_dialog() -> None:
    async def check(app: NaasApp, pilot: Any) -> None:
        assert "RuntimeError: made up" in dialog(app).text
        assert any("Traceback" in line for line in dialog(app).lines)
        await press(app, pilot, "escape")
        assert app.is_running

    played(lambda: with_desk(BrokenDesk(RuntimeError("made up")), check))


def test_an_exception_in_a_worker_of_any_widget_is_a_dialog(desk: Desk) -> None:
    async def broken() -> None:
        raise RuntimeError("made up elsewhere")

    async def test() -> None:
        async with opened(desk=InProcessDesk(desk), faults=[RuntimeError]) as (app, pilot):
            assert app.workplace is not None
            app.workplace.query_one("PageTable").run_worker(broken())
            await until(lambda: isinstance(app.screen, Ask), pilot)
            assert "made up elsewhere" in dialog(app).text
            await press(app, pilot, "escape")
            assert app.is_running

    played(test)


def broken(*_: object) -> None:
    raise RuntimeError("made to break")


async def a_message(app: NaasApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "on_run_ended", broken)
    app._run_told(True)


async def a_widget_of_textual(app: NaasApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VerticalScroll, "on_run_ended", broken, raising=False)
    app.screen.query_one("#notice").post_message(RunEnded())


async def an_answered_dialog(app: NaasApp, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.workplace is not None
    asking = Ask("Title", "Text", (("close", "Close"),))
    app.workplace.call_later(app.push_screen, asking, broken)
    await until(lambda: app.screen is asking and asking.is_mounted)
    asking.dismiss("close")


async def a_timer(app: NaasApp, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.workplace is not None
    app.workplace.set_timer(0.01, partial(broken))


async def the_program_itself(app: NaasApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NaasApp, "on_run_ended", broken, raising=False)
    app.post_message(RunEnded())


@pytest.mark.parametrize(
    "breaks", [a_message, a_widget_of_textual, an_answered_dialog, a_timer, the_program_itself]
)
def test_what_a_handler_raises_is_a_dialog_and_what_raised_it_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, breaks: Any
) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk), faults=[RuntimeError, RuntimeError]) as (app, pilot):
            for _ in range(2):  # a second time, so that it is seen that the first did not leave it deaf
                await breaks(app, monkeypatch)
                await until(lambda: app.screen is not app.workplace, pilot)
                assert "made to break" in dialog(app).text
                await press(app, pilot, "escape")
                await until(lambda: app.screen is app.workplace, pilot)
                app._wrong_at -= AT_ONCE
            assert app.is_running
            before = list(app.state.marks)
            await press(app, pilot, "u")
            assert app.state.marks != before

    played(test)


def test_what_no_dialog_can_tell_of_ends_the_program(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            monkeypatch.setattr(StatusLine, "render_line", broken)
            app.workplace.query_one(StatusLine).refresh()  # type: ignore[union-attr]
            await until(lambda: not app.is_running, pilot)

    with pytest.raises(RuntimeError, match="made to break"):
        played(test)


def test_a_desk_that_is_lost_can_be_started_again() -> None:
    desk = BrokenDesk(DeskLostError("the desk ended with code -9"))

    async def check(app: NaasApp, pilot: Any) -> None:
        assert "ended with code -9" in dialog(app).text
        before = desk.asked_times
        await pilot.press("enter")
        await until(lambda: desk.asked_times > before, pilot)

    played(lambda: with_desk(desk, check))


def test_a_desk_that_is_lost_is_told_once_whatever_waited_for_it() -> None:
    desk = BrokenDesk(DeskLostError("the desk ended with code -9"))

    async def check(app: NaasApp, pilot: Any) -> None:
        assert app.workplace is not None
        before = desk.asked_times
        app.workplace.ask(Question("library.card"), lambda _: None, "card")
        app.workplace.ask(Question("library.copied"), lambda _: None, "copied")
        await until(lambda: desk.asked_times == before + 2, pilot)
        assert len([screen for screen in app.screen_stack if isinstance(screen, Ask)]) == 1
        await press(app, pilot, "escape")
        assert app.screen is app.workplace
        app.workplace.ask(Question("library.card"), lambda _: None, "card")
        await until(lambda: isinstance(app.screen, Ask), pilot)  # another loss is told again

    played(lambda: with_desk(desk, check))


def test_a_handler_that_breaks_is_a_dialog_and_a_sentence_on_the_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Page:
        raise ZeroDivisionError("made to break")

    monkeypatch.setattr("tui.views.library.library", broken)

    async def check(app: NaasApp, pilot: Any) -> None:
        assert "made to break" in dialog(app).text
        await press(app, pilot, "escape")
        assert "could not be made" in str(app.screen.query_one("#notice-text").render())

    played(lambda: with_desk(InProcessDesk(desk), check))


def test_a_disk_that_refuses_is_said_and_nothing_ends(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: AppState) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.app.save_state", full)

    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "u")
            assert any("No space left" in note.message for note in app._notifications)
            assert app.state.marks == []

    played(test)


def test_hostile_names_are_shown_as_they_are(desk: Desk) -> None:
    own_folder().mkdir(parents=True)
    for number, title in enumerate(HOSTILE):
        text = f"id: own-{number}\ntitle: {json.dumps(title)}\nwhy: {json.dumps(title)}\nparent: voluntary\n"
        (own_folder() / f"own-{number}.yaml").write_text(text, encoding="utf-8")
    hostile_file = own_folder().parent / "[foo] x [b].yaml"
    hostile_file.write_text("id: [\n", encoding="utf-8")
    save_state(AppState(greeted=True, files=[str(hostile_file)], marks=["own-1", "own-3"]))

    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            assert isinstance(app.workplace, Library)
            rows = app.workplace.query_one("PageTable")
            for _ in range(6):
                await press(app, pilot, "down")
            rows.move_cursor(row=1)  # type: ignore[attr-defined]
            await until(lambda: "[/foo] x" in app.workplace.query_one(StatusLine).text, pilot)  # type: ignore[union-attr]
            for row in (0, 1, 2, 4):
                rows.move_cursor(row=row)  # type: ignore[attr-defined]
                await until(lambda row=row: title_of(row) in card_of(app), pilot)  # type: ignore[misc]
                assert "\u202e" not in "".join(line.text for line in app.screen._compositor.render_strips())
            rows.move_cursor(row=3)  # type: ignore[attr-defined]
            await until(lambda: card_of(app) == "a text of 1 to 120 characters is expected", pilot)
            await press(app, pilot, "v", "escape", "x", "escape", "f1", "escape", "ctrl+p", "escape")
            assert app.is_running
            assert app.workplace is not None

    played(test)
    page = library(desk, ["own-1"], Asked(scale=0.02).plain(), [str(hostile_file)])
    assert "own-0" in {row[0].text for row in page.block("scenarios").rows}  # type: ignore[union-attr]


def test_twenty_thousand_messages_of_progress_do_not_pile_up(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            handled = 0
            screen = app.workplace
            assert isinstance(screen, Library)
            before = screen.on_run_progress

            def counted(message: RunProgress) -> None:
                nonlocal handled
                handled += 1
                before(message)

            screen.on_run_progress = counted  # type: ignore[method-assign]
            for _ in range(20_000):
                app._run_told(False)
            await press(app, pilot, "space")
            assert handled < 1000

    played(test)


def test_a_draft_and_the_marks_are_on_disk_before_anything_else_happens(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "u", "space")
            assert load_state()[0].marks == app.state.marks
            assert len(app.state.marks) == 1

    played(test)
