"""An interface whose terminal is gone ends, however the terminal went."""

from __future__ import annotations

import os
import select
import sys
import threading


def end_with_terminal(descriptor: int | None = None) -> threading.Thread | None:
    """Watch standard input, or another descriptor, from a thread that sleeps until it is hung up.

    A terminal that closes sends SIGHUP only to those of its own session; to any other, reading from it gives
    nothing for ever, and writing to it blocks. The desk and a run follow by themselves, since their lines
    close; drafts and finished replications are on disk. None where there is no terminal, or no way to ask.
    """
    given = sys.__stdin__.fileno() if descriptor is None and sys.__stdin__ is not None else descriptor
    if given is None or not hasattr(select, "poll") or not os.isatty(given):
        return None
    terminal = select.poll()
    terminal.register(given, 0)  # a hang-up is told without being asked for

    def watch() -> None:
        if any(told & select.POLLHUP for _, told in terminal.poll()):
            os._exit(0)

    thread = threading.Thread(target=watch, name="end with terminal", daemon=True)
    thread.start()
    return thread
