"""The screens' end of a run: starts it, follows what it tells, stops it. One run at a time."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from reports.numbers import percent
from reports.page import Page
from tui.asked import Asked
from tui.desk.client import LONGEST

MOST_MESSAGES: Final = 500


@dataclass
class RunNow:
    """A run as it stands. `stage` is "idle", "starting", "running", "stopping" or "ended".

    `done` of `of` replications over all scenarios, where `of` is 0 while nobody can know it, as in a search;
    `rate` in replications a second; `left` in seconds, None when unknown; `page` holds the precision so far;
    `said` is the sentence of its end; `problem` what was wrong with what was asked; `messages` are the last
    ones, before which as many as `gone` says were let go; `sizing` holds what a search for the least seats
    is for: target, confidence, futures.
    """

    scenarios: tuple[str, ...] = ()
    asked: Asked = field(default_factory=Asked)
    stage: str = "idle"
    done: int = 0
    of: int = 0
    rate: float = 0.0
    left: float | None = None
    used: int = 0
    outcome: str = ""
    said: str = ""
    page: Page | None = None
    problem: tuple[str, ...] = ()
    messages: list[str] = field(default_factory=list)
    gone: int = 0
    failures: int = 0
    sizing: Mapping[str, Any] | None = None

    @property
    def going(self) -> bool:
        """Whether it is at work."""
        return self.stage in ("starting", "running", "stopping")

    def tell(self, *lines: str) -> None:
        """Add to the messages."""
        found = [*self.messages, *lines]
        over = max(len(found) - MOST_MESSAGES, 0)
        self.messages, self.gone = found[over:], self.gone + over

    @property
    def count(self) -> str:
        """What is done, of how many where that is known."""
        return f"{self.done} of {self.of}" if self.of else f"{self.done}"

    @property
    def searched(self) -> str:
        """What a search for the least seats looks for; nothing for another run."""
        if self.sizing is None:
            return ""
        target, futures = self.sizing["target"], self.sizing["futures"]
        share = percent(float(self.sizing["confidence"]))
        return (
            f"The search for the least seats of {' and '.join(self.scenarios)}: {target} in {share} of "
            f"{futures} futures, scale {self.asked.scale:g}, seed {self.asked.seed}."
        )

    def words(self) -> str:
        """The run in a few words, for the header."""
        if self.stage == "starting" or not (self.of or self.done):
            return "run: getting ready"
        if self.stage == "stopping":
            return f"run: stopping, {self.count} kept"
        left = "" if self.left is None else f", {duration(self.left)} left"
        return f"run: {self.count}{left}" if self.of else f"run: {self.count} so far"


def duration(seconds: float) -> str:
    """Seconds as a person says them."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return (
        f"{whole // 60} min {whole % 60:02d} s"
        if whole < 3600
        else f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    )


class RunClient:
    """Owns the process of a run. `told(ended)` is called when something has changed."""

    def __init__(
        self, told: Callable[[bool], None], command: Sequence[str] = (sys.executable, "-m", "tui.runs")
    ) -> None:
        self.now = RunNow()
        self._told = told
        self._command = tuple(command)
        self._process: asyncio.subprocess.Process | None = None
        self._following: asyncio.Task[None] | None = None

    async def start(
        self,
        scenarios: Sequence[str],
        asked: Asked,
        costs: bool = False,
        sizing: Mapping[str, Any] | None = None,
    ) -> None:
        """Start a run, unless one is going; with `costs` the same worlds without a scheme as well.

        With `sizing` (target, confidence, futures) it is the search for the least seats of one scenario.
        """
        if self.now.going:
            return
        self.now = RunNow(tuple(scenarios), asked, "starting", sizing=dict(sizing) if sizing else None)
        self._message("started")
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            limit=LONGEST,
            start_new_session=os.name == "posix",  # so that its workers can be ended with it
        )
        assert self._process.stdin is not None
        request: dict[str, Any] = {"scenarios": list(scenarios), "settings": asked.plain(), "costs": costs}
        request |= {"sizing": dict(sizing)} if sizing else {}
        line = json.dumps(request)
        self._process.stdin.write(f"{line}\n".encode())
        self._following = asyncio.create_task(self._follow(self._process))
        self._told(False)

    def stop(self) -> None:
        """Ask the run to stop; what is finished is kept."""
        if self._process is None or not self.now.going or self._process.stdin is None:
            return
        self.now.stage = "stopping"
        self._message("stopping; what is finished is kept")
        with suppress(ConnectionError, RuntimeError):
            self._process.stdin.write(b"stop\n")
        self._told(False)

    async def close(self) -> None:
        """End the run at once, with every process of it; replications that are finished are on disk."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:  # later its number may be somebody else's
            _end(process.pid)
            with suppress(ProcessLookupError):
                process.kill()
        if self._following is not None:
            await asyncio.gather(self._following, return_exceptions=True)

    async def _follow(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        muttered = asyncio.create_task(process.stderr.read())
        while line := await process.stdout.readline():
            with suppress(ValueError, KeyError, TypeError):
                self._heard(json.loads(line))
            self._told(False)
        _end(process.pid)  # workers may outlive it, and hold its lines open
        code = await process.wait()
        self._process = None
        if not self.now.outcome:
            self.now.outcome = "lost"
            self.now.said = f"The run ended unexpectedly (code {code}); what was finished is kept."
            self.now.tell(*(await muttered).decode(errors="replace").splitlines()[-20:])
        await asyncio.gather(muttered, return_exceptions=True)
        self.now.stage = "ended"
        self.now.left = None
        self._message(self.now.said or "ended")
        self._told(True)

    def _heard(self, told: dict[str, Any]) -> None:
        now = self.now
        if "of" in told:
            now.done, now.of = int(told["done"]), int(told["of"])
            now.rate, now.left = float(told.get("rate") or 0), told.get("left")
            now.stage = "running" if now.stage == "starting" else now.stage
        if "page" in told:
            now.page = Page.model_validate(told["page"])
        if "message" in told:
            self._message(str(told["message"]))
        if "failures" in told:
            now.failures = int(told["failures"])
        if "problem" in told:
            now.problem = tuple(told["problem"])
        if "outcome" in told:
            now.outcome, now.said = str(told["outcome"]), str(told["said"])
            now.used = int(told.get("used", 0))

    def _message(self, text: str) -> None:
        self.now.tell(f"{time.strftime('%H:%M:%S')} {text}")


def _end(pid: int) -> None:
    """End every process of a run's group; nothing to do where there is none any more."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
