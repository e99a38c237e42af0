"""How quickly the terminal interface starts and answers keys, in a terminal of its own.

    PYTHONPATH=. python benchmarks/interface.py            start-up, keys while idle and with a run
    PYTHONPATH=. python benchmarks/interface.py --scale 1  the same with a run of England

The interface runs in a pseudo-terminal as a person's does. Start-up is the time from starting the process to
the first frame that shows the workplaces. Key-to-paint is the time from writing a key to the terminal until
the first bytes that the interface paints in answer. Nothing here is a test: times depend on the machine.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ENDED = "\x1b[?2026l"
"""A frame ends with this where the terminal is told of frames."""


class Terminal:
    """A pseudo-terminal with the interface in it."""

    def __init__(self, state: Path, results: Path, *arguments: str) -> None:
        self.primary, secondary = pty.openpty()
        fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        environment = os.environ | {
            "NAAS_STATE": str(state),
            "NAAS_RESULTS": str(results),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "tui", *arguments],
            stdin=secondary,
            stdout=secondary,
            stderr=secondary,
            env=environment,
            start_new_session=True,
        )
        os.close(secondary)

    def read(self, seconds: float) -> bytes:
        """What is painted within so many seconds; empty when nothing is."""
        ready, _, _ = select.select([self.primary], [], [], seconds)
        if not ready:
            return b""
        try:
            return os.read(self.primary, 1 << 16)
        except OSError:
            return b""

    def until(self, text: str, seconds: float = 60) -> float:
        """Seconds since the start until a text has been painted."""
        seen = b""
        limit = time.perf_counter() + seconds
        while text.encode() not in seen and time.perf_counter() < limit:
            seen += self.read(0.1)
        return time.perf_counter() - self.began

    def quiet(self, seconds: float = 0.3) -> None:
        """Read until nothing has been painted for a while, at most five seconds."""
        limit = time.perf_counter() + 5
        while time.perf_counter() < limit and self.read(seconds):
            pass

    def drain(self) -> None:
        """Read what is painted already."""
        while self.read(0):
            pass

    def key(self, key: str) -> float:
        """Seconds from a key to the first painting after it."""
        self.drain()
        pressed = time.perf_counter()
        os.write(self.primary, key.encode())
        self.read(5)
        return time.perf_counter() - pressed

    def close(self) -> float:
        """Seconds that ctrl+q takes to end the process (twice, as a run may be going)."""
        pressed = time.perf_counter()
        os.write(self.primary, b"\x11")
        self.read(0.05)
        os.write(self.primary, b"\x11")
        while self.process.poll() is None and time.perf_counter() < pressed + 30:
            self.read(0.02)
        return time.perf_counter() - pressed


def lags(terminal: Terminal, keys: list[str], times: int) -> list[float]:
    """Key-to-paint of these keys, so many times over, in milliseconds."""
    found = []
    for number in range(times):
        found.append(terminal.key(keys[number % len(keys)]) * 1000)
        time.sleep(0.05)
    return found


def told(name: str, found: list[float]) -> None:
    """One line of milliseconds."""
    ordered = sorted(found)
    p95 = ordered[int(len(ordered) * 0.95)]
    print(f"{name:34} median {statistics.median(found):6.1f}  95% {p95:6.1f}  worst {ordered[-1]:6.1f} ms")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--scale", type=float, default=0.3)
    asked.add_argument("--times", type=int, default=60)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        state, results = Path(folder) / "state", Path(folder) / "results"
        state.mkdir()
        wanted = {"replications": 200, "scale": given.scale}
        kept = {"greeted": True, "marks": ["voluntary", "mandatory"], "asked": wanted}
        (state / "state.json").write_text(json.dumps(kept))
        starts = []
        for _ in range(3):
            terminal = Terminal(state, results)
            starts.append(terminal.until("Capacity"))
            terminal.quiet()
            terminal.close()
        print(
            f"{'start to first frame':34} best {min(starts):5.2f} s of {[round(item, 2) for item in starts]}"
        )
        terminal = Terminal(state, results)
        terminal.until("voluntary (A)", 5)
        terminal.quiet(1.0)
        down, up = "\x1b[B", "\x1b[A"
        told("arrow in the library, idle", lags(terminal, [down, down, up, down], given.times))
        os.write(terminal.primary, b"r")
        time.sleep(6)
        told("tab in Run, a run going", lags(terminal, ["\t"], given.times))
        os.write(terminal.primary, b"\x1b")
        terminal.quiet()
        os.write(terminal.primary, b"1")
        terminal.quiet()
        told("arrow in the library, a run going", lags(terminal, [down, down, up, down], given.times))
        told("changing workplaces, a run going", lags(terminal, ["3", "1"], given.times // 3))
        print(f"{'ctrl+q with a run going':34} {terminal.close():5.2f} s to the end of the process")


if __name__ == "__main__":
    main()
