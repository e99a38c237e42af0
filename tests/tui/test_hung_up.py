"""Nothing is left of an interface whose terminal is gone: not the screen, not the desk, not a run."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.processes import children, gone, looks_at_proc, within
from tui.hung_up import end_with_terminal

pytestmark = pytest.mark.e2e


@looks_at_proc
def test_an_interface_and_its_desk_end_when_the_other_side_of_the_terminal_closes(
    state_elsewhere: Path, results_elsewhere: Path
) -> None:
    primary, secondary = pty.openpty()
    fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "tui"],
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
        env=os.environ | {"TERM": "xterm-256color"},
        start_new_session=True,  # so that no SIGHUP comes when the terminal closes
    )
    os.close(secondary)
    try:
        painted, limit = b"", time.monotonic() + 60
        while b"consultation" not in painted and time.monotonic() < limit:
            if select.select([primary], [], [], 0.2)[0]:
                painted += os.read(primary, 1 << 16)
        assert b"consultation" in painted, "it never showed the library"
        desk = children(shown.pid)
        assert desk, "the page came from a process of its own"
        os.close(primary)
        assert within(10, lambda: shown.poll() is not None)
        assert within(10, lambda: all(gone(pid) for pid in desk))
    finally:
        shown.kill()
        shown.wait()


def test_what_is_no_terminal_is_not_watched() -> None:
    reading, writing = os.pipe()
    assert end_with_terminal(reading) is None
    os.close(reading)
    os.close(writing)
