"""The desk's end of the line: one JSON question a line comes in, one JSON answer a line goes out.

{"id": 7, "ask": "compare", "with": {...}} is answered by {"id": 7, "page": ...}, {"id": 7, "data": ...},
{"id": 7, "problem": {"text", "lines"}} or {"id": 7, "superseded": true}. {"drop": 7} takes back a question
that is still waiting. When the line closes, the desk ends at once; a line that says nothing ends nothing.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import IO, Any, Final

from pydantic import BaseModel

from reports.page import Page
from tui.desk.desk import Desk
from tui.desk.handlers import HANDLERS, handler

STILL: Final = 0.3
"""Seconds without a question after which there is time to get something ready."""

Say = Callable[[dict[str, Any]], None]


class Waiting:
    """Questions not yet answered, in the order in which they came; only the newest of a kind is worth it."""

    def __init__(self) -> None:
        self._questions: list[dict[str, Any]] = []
        self._some = threading.Condition()

    def put(self, question: dict[str, Any]) -> list[int]:
        """Take a question in; the numbers of those that it supersedes are returned."""
        with self._some:
            older = [item for item in self._questions if _kind(item) == _kind(question)]
            self._questions = [item for item in self._questions if item not in older] + [question]
            self._some.notify()
            return [int(item["id"]) for item in older]

    def drop(self, number: int) -> None:
        """Forget a question that nobody waits for any more."""
        with self._some:
            self._questions = [item for item in self._questions if item["id"] != number]

    def take(self, idle: Callable[[], bool] = lambda: False) -> dict[str, Any]:
        """The next question; waits for one. `idle` is called while there is none, until it says False."""
        more = True
        while True:
            with self._some:
                if not self._questions:
                    self._some.wait(STILL if more else None)
                if self._questions:
                    return self._questions.pop(0)
            more = more and idle()


class Warming:
    """Gets ready what the first question of another screen would wait for, a piece at a time."""

    def __init__(self) -> None:
        self._modules = list(dict.fromkeys(target.partition(":")[0] for target in HANDLERS.values()))
        self._modules += ["scipy.special", "simulation.replicate"]

    def __call__(self) -> bool:
        """Import one more; whether there are others."""
        if self._modules:
            with suppress(ImportError):  # whoever asks will be told
                import_module(self._modules.pop(0))
        return bool(self._modules)


def _kind(question: dict[str, Any]) -> tuple[str, str]:
    return str(question.get("ask")), str(question.get("slot", ""))


def answer(desk: Desk, name: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The answer to one question: a page, data, or what is wrong in words."""
    from rules.errors import InputError
    from scenarios.atomic import StoreError

    try:
        found = handler(name)(desk, **asked)
    except InputError as error:
        said = [str(problem) for problem in error.problems]
        return {"problem": {"text": error.problems[0].message, "lines": said}}
    except StoreError as error:
        return {"problem": {"text": str(error), "lines": []}}
    except Exception as error:  # the desk goes on; the screen says what happened
        lines = traceback.format_exc().splitlines()
        return {"problem": {"text": f"{type(error).__name__}: {error}", "lines": lines, "own": True}}
    if isinstance(found, Page):
        return {"page": found}
    return {"data": found}


def read_line(line: str) -> dict[str, Any]:
    """A question, or the number of one that is taken back. Raises ValueError for what is neither."""
    try:
        found = json.loads(line)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(found, dict) or not isinstance(found.get("drop", found.get("id")), int):
        raise ValueError("it has no number")
    if "drop" not in found and not (
        isinstance(found.get("ask"), str) and isinstance(found.get("with", {}), dict)
    ):
        raise BadQuestionError(found["id"], "a question is a name, and what it is asked with")
    return found


class BadQuestionError(ValueError):
    """What is wrong with a question whose number could be read."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(text)
        self.number = number


def written(answered: dict[str, Any]) -> str:
    """An answer as one line."""
    parts = [f"{json.dumps(name)}: {_json(value)}" for name, value in answered.items()]
    return "{" + ", ".join(parts) + "}"


def _json(value: Any) -> str:
    return value.model_dump_json() if isinstance(value, BaseModel) else json.dumps(value, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return json.loads(value.model_dump_json())
    raise TypeError(f"a {type(value).__name__} cannot be answered")


def serve(lines: IO[str], out: IO[str]) -> None:
    """Answer until the line closes."""
    said = threading.Lock()
    waiting = Waiting()

    def say(answered: dict[str, Any]) -> None:
        with said:
            out.write(f"{written(answered)}\n")
            out.flush()

    def hear(line: str) -> None:
        question = read_line(line)
        if "drop" in question:
            waiting.drop(question["drop"])
            return
        for number in waiting.put(question):
            say({"id": number, "superseded": True})

    def listen() -> None:
        try:
            for line in lines:
                try:
                    hear(line)
                except BadQuestionError as error:
                    say({"id": error.number, "problem": {"text": str(error), "lines": [], "own": True}})
                except ValueError as error:
                    print(f"a line was passed over: {error}", file=sys.stderr, flush=True)
        finally:  # whoever asked is gone: nothing is worth finishing
            os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    desk = Desk()
    warming = Warming()
    asked_before = False
    while True:
        question = waiting.take(warming if asked_before else lambda: False)
        asked_before = True
        number = question["id"]
        try:
            say({"id": number} | answer(desk, question["ask"], question.get("with", {})))
        except BrokenPipeError:
            os._exit(0)
        except (TypeError, ValueError) as error:  # an answer that JSON cannot hold
            say({"id": number, "problem": {"text": str(error), "lines": [], "own": True}})


def main() -> None:
    """Serve on standard input and output; whatever else prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a byte that is no text spoils its line and no other
    if hasattr(os, "nice"):
        os.nice(5)  # the screen comes first
    serve(sys.stdin, out)
