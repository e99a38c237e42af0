"""The desk: answers, problems, questions that are overtaken, and an end that comes at once."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports.page import Page
from rules.errors import InputError
from tests.tui.driving import played, until
from tui.desk.client import DeskClient, DeskLostError, DeskProblem, SupersededError
from tui.desk.desk import FEW, MANY, Desk, Same
from tui.desk.handlers import HANDLERS
from tui.desk.server import Waiting, Warming, answer, written

pytestmark = pytest.mark.unit

MADE_UP = """
import sys, time
from tui.desk import handlers, server
import types
module = types.ModuleType("made_up")
def slow(desk, seconds=0.2, name=""):
    print("working", flush=True)
    time.sleep(seconds)
    return {"name": name, "nan": None}
def broken(desk):
    raise ZeroDivisionError("made to break")
def ends(desk):
    import os
    os._exit(7)
def prints(desk):
    print("this must not be taken for an answer")
    return {}
module.slow, module.broken, module.ends, module.prints = slow, broken, ends, prints
sys.modules["made_up"] = module
for name in ("slow", "broken", "ends", "prints"):
    handlers.HANDLERS[name] = f"made_up:{name}"
server.main()
"""


def made_up_desk() -> DeskClient:
    """A desk with questions made up for the test."""
    return DeskClient((sys.executable, "-c", MADE_UP))


def test_every_handler_that_is_named_exists() -> None:
    from tui.desk.handlers import handler

    for name in HANDLERS:
        assert callable(handler(name)), name


def test_an_input_error_is_a_problem_with_all_its_lines_and_its_code(desk: Desk) -> None:
    found = answer(desk, "library.card", {"scenario": "mandatry"})
    assert found["problem"]["text"].startswith("unknown scenario 'mandatry'")
    assert "S001" in "\n".join(found["problem"]["lines"])
    assert "did you mean 'mandatory'" in "\n".join(found["problem"]["lines"])


def test_settings_out_of_range_are_a_problem_and_no_crash(desk: Desk) -> None:
    found = answer(desk, "run", {"scenarios": ["voluntary"], "settings": {"replications": 0}})
    assert "replications" in found["problem"]["text"]
    assert not found["problem"].get("own")


def test_an_error_of_the_program_is_told_with_its_lines(desk: Desk) -> None:
    found = answer(desk, "library.card", {"unknown": 1})
    assert found["problem"]["own"]
    assert "TypeError" in found["problem"]["text"]


def test_what_is_kept_is_made_once_and_the_last_few_of_a_kind_stay(desk: Desk) -> None:
    made: list[object] = []

    def keep(kind: str, of: object) -> object:
        def make() -> object:
            made.append(of)
            return of

        return desk.keep((kind, of), make)

    for number in [0, 1, 0, *range(2, MANY + 1), 0, 1]:
        keep("small", number)
    assert made.count(0) == 1  # it was asked for since
    assert made.count(1) == 2
    large = [Same(object()) for _ in range(FEW + 1)]
    for item in [*large, *large[1:], large[0]]:
        keep("large", item)
    assert [made.count(item) for item in large] == [2, *[1] * FEW]
    assert keep("small", 1) == 1


def test_an_object_in_a_key_is_itself_alone_and_cannot_be_mistaken_for_a_later_one(desk: Desk) -> None:
    for number in range(50):
        assert desk.keep(("of", Same([number])), lambda number=number: number) == number  # type: ignore[misc]


def test_a_scenario_is_read_again_when_its_file_or_one_it_builds_on_has_changed(
    desk: Desk, tmp_path: Path
) -> None:
    def write(name: str, q3: int | None, parent: str) -> None:
        levers = f"levers:\n  q3: {q3}\n" if q3 else ""
        text = f"id: {name}\ntitle: T\nwhy: W.\nparent: {parent}\n{levers}"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        os.utime(tmp_path / f"{name}.yaml", ns=(0, next(clock)))

    clock = itertools.count(10**18)
    write("above", 6, "consultation")
    write("child", None, "above.yaml")
    path = str(tmp_path / "child.yaml")
    first, arms = desk.scenario(path), desk.line_up([path])
    assert desk.scenario(path) is first
    assert desk.line_up([path]) is arms
    write("above", 18, "consultation")
    assert desk.scenario(path).levers["q3"] == 18
    assert desk.line_up([path])[0][1].inputs.levers["q3"] == 18
    write("child", 12, "above.yaml")
    assert desk.scenario(path).levers["q3"] == 12
    (tmp_path / "above.yaml").unlink()
    with pytest.raises(InputError, match="no file"):
        desk.scenario(path)


def test_an_answer_is_one_line_of_json(desk: Desk) -> None:
    line = written({"id": 1} | answer(desk, "library", {"settings": {"scale": 0.02}}))
    assert "\n" not in line
    assert Page.model_validate(json.loads(line)["page"]).screen == "library"


def test_a_newer_question_of_a_kind_takes_the_place_of_older_ones() -> None:
    waiting = Waiting()
    assert waiting.put({"id": 1, "ask": "a"}) == []
    assert waiting.put({"id": 2, "ask": "b"}) == []
    assert waiting.put({"id": 3, "ask": "a"}) == [1]
    assert waiting.put({"id": 4, "ask": "a", "slot": "x"}) == []
    waiting.drop(2)
    assert [waiting.take()["id"] for _ in range(2)] == [3, 4]


def test_what_other_screens_need_is_got_ready_while_nobody_asks() -> None:
    warming, seen = Warming(), 0
    waiting = Waiting()

    def idle() -> bool:
        nonlocal seen
        seen += 1
        if seen == 2:
            waiting.put({"id": 1, "ask": "a"})
        return warming()

    assert waiting.take(idle)["id"] == 1
    assert seen == 2
    while warming():
        pass
    assert "tui.views.capacity" in sys.modules


def test_the_process_answers_overtakes_and_survives_errors() -> None:
    async def test() -> None:
        desk = made_up_desk()
        try:
            first = asyncio.create_task(desk.data("slow", seconds=0.3, name="first"))
            await until(lambda: "working" in desk.said)
            second = asyncio.create_task(desk.data("slow", name="second"))
            await asyncio.sleep(0)
            third = asyncio.create_task(desk.data("slow", seconds=0, name="third"))
            with pytest.raises(SupersededError):
                await second
            assert (await first)["name"] == "first"
            assert (await third)["name"] == "third"
            with pytest.raises(DeskProblem, match="made to break") as caught:
                await desk.data("broken")
            assert caught.value.own
            assert await desk.data("prints") == {}
        finally:
            await desk.close()

    played(test)


def test_a_desk_that_ends_is_said_and_the_next_question_starts_another() -> None:
    async def test() -> None:
        desk = made_up_desk()
        try:
            with pytest.raises(DeskLostError, match="7"):
                await desk.data("ends")
            assert (await desk.data("slow", seconds=0, name="again"))["name"] == "again"
        finally:
            await desk.close()

    played(test)


def test_closing_ends_the_process_in_the_middle_of_its_work() -> None:
    async def test() -> None:
        desk = made_up_desk()
        asked = asyncio.create_task(desk.data("slow", seconds=60))
        await until(lambda: "working" in desk.said)
        pid = desk.pid
        await desk.close()
        with pytest.raises(DeskLostError):
            await asked
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    played(test)


def test_the_process_ends_when_its_line_closes() -> None:
    made = subprocess.Popen(
        [sys.executable, "-m", "tui.desk"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    assert made.stdin is not None
    made.stdin.close()
    assert made.wait(30) == 0
    assert made.stdout is not None
    made.stdout.close()


def test_a_line_that_cannot_be_read_spoils_no_other_and_the_desk_still_ends_with_its_line() -> None:
    bad = [
        "garbage",
        "7",
        '{"ask": "library"}',
        '{"id": "seven", "ask": "x"}',
        '{"drop": "x"}',
        "[" * 100_000,
    ]
    asked = ['{"id": 1, "ask": 5}', '{"id": 2, "ask": "library", "with": 3}', '{"id": 3, "ask": "no such"}']
    made = subprocess.Popen(
        [sys.executable, "-m", "tui.desk"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert made.stdin is not None
    assert made.stdout is not None
    made.stdin.write(b"\xff\xfe\n" + "\n".join([*bad, *asked, ""]).encode())
    made.stdin.flush()
    answers = {found["id"]: found for found in (json.loads(made.stdout.readline()) for _ in asked)}
    out, said = made.communicate(timeout=30)  # closes the line
    assert (made.returncode, out) == (0, b"")
    assert all(answers[number]["problem"]["own"] for number in (1, 2, 3))
    assert said.count(b"a line was passed over") == len(bad) + 1


def test_the_interface_is_imported_without_what_reckons() -> None:
    heavy = ("numpy", "pandas", "scipy", "simulation.world")
    code = f"import sys, tui.app; print([m for m in {heavy} if m in sys.modules])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
