"""One browser tab: the process of its interface, and its end within seconds, whatever state it is in."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

GRACE: Final = 3.0
"""Seconds that an interface has to end by itself."""


class Session(AppService):
    """An interface in a process group of its own, which is ended whole."""

    def __init__(
        self,
        command: Sequence[str],
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
        close: Callable[[], Awaitable[None]],
        downloads: DownloadManager,
    ) -> None:
        super().__init__(
            " ".join(command),
            write_bytes=write_bytes,
            write_str=write_str,
            close=close,
            download_manager=downloads,
        )
        self._words = tuple(command)
        self._stopping = False
        self.touched = time.monotonic()
        """When the person last did something."""

    async def send_bytes(self, data: bytes) -> bool:
        """What was typed, for the interface."""
        self.touched = time.monotonic()
        return await super().send_bytes(data)

    async def stop(self) -> None:
        """Ask the interface to end, and end it when it does not. Nothing of it is left afterwards."""
        process = self._process
        if process is None or self._stopping:
            return
        self._stopping = True
        with suppress(Exception):
            await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        with suppress(Exception):
            await asyncio.wait_for(self.send_meta({"type": "quit"}), 1)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(process.wait(), GRACE)
        _end(process)
        await process.wait()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the interface, without a shell."""
        self._process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width=width, height=height),
            start_new_session=os.name == "posix",
        )
        assert self._process.stdin is not None
        self._stdin = self._process.stdin
        return self._process


def _end(process: Process) -> None:
    """End every process of the session's group."""
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        elif process.returncode is None:
            process.kill()
