"""Ctrl-C: noticed at once, and never in the middle of keeping a result."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stop:
    """Remembers that Ctrl-C was pressed, should the code it interrupts swallow the exception.

    Whatever was running then may be incomplete, so its outcome is not kept. With `at_once` false nothing is
    interrupted, and whoever works looks at `asked` between two steps.
    """

    def __init__(self, at_once: bool = True) -> None:
        self.asked = False
        self._at_once = at_once
        self._held = False
        self._before: signal.Handlers | Callable[..., object] | int | None = None

    def __enter__(self) -> Stop:
        ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        if threading.current_thread() is threading.main_thread() and not ignored:
            self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is done inside is finished before a Ctrl-C takes effect; it has to be short."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self.check()

    def check(self) -> None:
        """Raise KeyboardInterrupt when Ctrl-C was pressed."""
        if self.asked:
            raise KeyboardInterrupt

    def _ask(self, *_: object) -> None:
        self.asked = True
        if self._at_once and not self._held:
            raise KeyboardInterrupt
