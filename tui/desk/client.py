"""The screens' end of the line to the desk: ask, and wait for the answer without stopping anything else."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from reports.page import Page

LONGEST: Final = 1 << 28
"""Bytes that one answer may have."""


class DeskProblem(Exception):  # noqa: N818 - it is an answer
    """The desk says what is wrong. `lines` holds all of it; `own` means an error of the program itself."""

    def __init__(self, text: str, lines: Sequence[str] = (), own: bool = False) -> None:
        super().__init__(text)
        self.text, self.lines, self.own = text, tuple(lines), own


class SupersededError(Exception):
    """A newer question of the same kind was asked; this one will not be answered."""


class DeskLostError(Exception):
    """The desk ended before it answered."""


class DeskClient:
    """Starts the desk when it is first asked, and ends it at once when closed."""

    def __init__(
        self,
        command: Sequence[str] = (sys.executable, "-m", "tui.desk"),
    ) -> None:
        self.said: list[str] = []
        self._command = tuple(command)
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._muttering: asyncio.Task[None] | None = None
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0
        self._starting = asyncio.Lock()

    @property
    def pid(self) -> int:
        """The number of the desk's process, 0 when there is none."""
        return self._process.pid if self._process and self._process.returncode is None else 0

    async def ask(self, name: str, slot: str = "", /, **asked: Any) -> Page | dict[str, Any]:
        """The answer to a question: a page, or data.

        Raises `DeskProblem`, `DeskLostError`, and `SupersededError` when asked again under the same name
        and `slot` before it was taken up.
        """
        await self._started()
        assert self._process is not None
        assert self._process.stdin is not None
        self._number += 1
        number = self._number
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        line = json.dumps({"id": number, "ask": name, "slot": slot, "with": asked})
        try:
            self._process.stdin.write(f"{line}\n".encode())
            with suppress(ConnectionError):
                await self._process.stdin.drain()
            answered = await future
        except asyncio.CancelledError:
            self._drop(number)
            raise
        finally:
            self._waiting.pop(number, None)
        if "page" in answered:
            return Page.model_validate(answered["page"])
        if "problem" in answered:
            found = answered["problem"]
            raise DeskProblem(found["text"], found.get("lines", ()), bool(found.get("own")))
        if "superseded" in answered:
            raise SupersededError(name)
        return dict(answered["data"])

    async def page(self, name: str, slot: str = "", /, **asked: Any) -> Page:
        """The page that answers a question; see `ask`."""
        found = await self.ask(name, slot, **asked)
        if not isinstance(found, Page):
            raise DeskProblem(f"'{name}' was answered with data and not with a page", own=True)
        return found

    async def data(self, name: str, slot: str = "", /, **asked: Any) -> dict[str, Any]:
        """The data that answers a question; see `ask`."""
        found = await self.ask(name, slot, **asked)
        if isinstance(found, Page):
            raise DeskProblem(f"'{name}' was answered with a page and not with data", own=True)
        return found

    async def close(self) -> None:
        """End the desk at once. The next question starts a new one."""
        process, self._process = self._process, None
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(DeskLostError("the desk was closed"))
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        for task in (self._reading, self._muttering):
            if task is not None:
                await asyncio.gather(task, return_exceptions=True)
        await process.wait()

    async def _started(self) -> None:
        async with self._starting:
            if self.pid:
                return
            pipe = asyncio.subprocess.PIPE
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=pipe, stdout=pipe, stderr=pipe, limit=LONGEST
            )
            self._reading = asyncio.create_task(self._read(self._process))
            self._muttering = asyncio.create_task(self._overhear(self._process))

    def _drop(self, number: int) -> None:
        process = self._process
        if process is not None and process.returncode is None and process.stdin is not None:
            with suppress(ConnectionError, RuntimeError):
                process.stdin.write(f'{{"drop": {number}}}\n'.encode())

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            try:
                answered = json.loads(line)
                number = int(answered["id"])
            except (ValueError, KeyError, TypeError):
                continue
            future = self._waiting.get(number)
            if future is not None and not future.done():
                future.set_result(answered)
        code = await process.wait()
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(DeskLostError(f"the desk ended with code {code}"))

    async def _overhear(self, process: asyncio.subprocess.Process) -> None:
        """What the desk says besides, its last lines, for the dialog that tells of an end."""
        assert process.stderr is not None
        while line := await process.stderr.readline():
            self.said = [*self.said[-50:], line.decode(errors="replace").rstrip()]
