"""How quickly the terminal interface starts and answers keys, in a terminal of its own.

    PYTHONPATH=. python benchmarks/interface.py            start-up, keys while idle and with a run
    PYTHONPATH=. python benchmarks/interface.py --scale 1  the same with a run of England

The interface runs in a pseudo-terminal of 100 by 30 as a person's does, and is told that its frames are
waited for, so that each can be told from the next. Start-up is the time from starting the process to the
first frame that shows the workplaces. Key-to-paint is the time from writing a key to the terminal until the
first bytes of the first frame that is painted in answer: one that paints where the answer belongs, and not
only the header, which a run writes anew all the time. A key that nothing answers within half a second is
counted as unanswered and is no lag. "Unqueued" is the worst less
the time in which the interface stood in the queue for a processor, where the system tells that (Linux): what
the interface itself takes. Nothing here is a test: times depend on the machine, whose load is told.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

BEGIN: Final = b"\x1b[?2026h"
END: Final = b"\x1b[?2026l"
CAN_IT: Final = b"\x1b[?2026$p"
IT_CAN: Final = b"\x1b[?2026;2$y"
"""A frame stands between the first two where the terminal answers the third with the fourth."""

PATIENCE: Final = 0.5
"""Seconds after which a key has painted nothing."""

UP, DOWN, TAB, ESCAPE, ENTER, LAST = "\x1b[A", "\x1b[B", "\t", "\x1b", "\r", "\x1b[F"
HELP, PALETTE, QUIT, DELETE = "\x1bOP", "\x10", "\x11", "\x7f"
LABELS: Final = ("Library", "Levers", "Run", "Compare", "Why", "Costs", "Capacity")
BODY: Final = range(3, 28)
FIELDS: Final = range(3, 6)
"""Lines of the screen, from 1: what is neither header nor footer; the fields of Run."""


class Frame(NamedTuple):
    """One painting: when its first bytes came, the lines that it painted, and the bytes."""

    at: float
    lines: frozenset[int]
    said: bytes


class Lag(NamedTuple):
    """Seconds from a key to what it painted, None for nothing; and those in the queue for a processor."""

    seconds: float | None
    queued: float = 0.0


Answers = Callable[[Frame], bool]


def paints(lines: range) -> Answers:
    """Whether a frame paints one of these lines."""
    return lambda frame: not frame.lines.isdisjoint(lines)


def opens(number: int) -> Answers:
    """Whether a frame shows the tab of a workplace as the one that is open."""
    return lambda frame: f"[{number} {LABELS[number - 1]}]".encode() in frame.said


class Terminal:
    """A pseudo-terminal with the interface in it, which reads all that is painted."""

    def __init__(self, state: Path, results: Path, *arguments: str) -> None:
        self.primary, secondary = pty.openpty()
        fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        environment = os.environ | {
            "NAAS_STATE": str(state),
            "NAAS_RESULTS": str(results),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        self._unread = b""
        self._first = 0.0
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

    def write(self, keys: str) -> None:
        """Type."""
        os.write(self.primary, keys.encode())

    def frames(self, seconds: float) -> Iterator[Frame]:
        """The frames that are painted within so many seconds, each as soon as it is whole."""
        limit = time.perf_counter() + seconds
        while True:
            ready, _, _ = select.select([self.primary], [], [], max(limit - time.perf_counter(), 0))
            if not ready:
                return
            try:
                read = os.read(self.primary, 1 << 16)
            except OSError:  # the interface has ended
                return
            now = time.perf_counter()
            if CAN_IT in read:
                os.write(self.primary, IT_CAN)
            self._first = self._first if BEGIN in self._unread else now
            self._unread += read
            while END in self._unread:
                whole, _, self._unread = self._unread.partition(END)
                said = whole.rpartition(BEGIN)[2]
                lines = frozenset(int(line) for line in re.findall(rb"\x1b\[(\d+);\d+H", said))
                yield Frame(self._first, lines, said)
                self._first = now

    def until(self, answers: Answers, seconds: float = 60) -> Frame | None:
        """The first frame that answers; None where none came. Exits where the interface has ended."""
        found = next((frame for frame in self.frames(seconds) if answers(frame)), None)
        if found is None and self.process.poll() is not None:
            sys.exit(f"the interface ended by itself, with code {self.process.returncode}")
        return found

    def pause(self, seconds: float) -> None:
        """Read for a while."""
        for _ in self.frames(seconds):
            pass

    def settle(self, still: float = 0.2, longest: float = 3) -> None:
        """Read until nothing but the header has been painted for a while."""
        limit = time.perf_counter() + longest
        while time.perf_counter() < limit and self.until(paints(BODY), still):
            pass

    def key(self, key: str, answers: Answers) -> Lag:
        """From a key to the first bytes that answer it."""
        self.pause(0)
        queued, pressed = self._queued(), time.perf_counter()
        self.write(key)
        frame = self.until(answers, PATIENCE)
        if frame is None:
            return Lag(None)
        lag = frame.at - pressed
        return Lag(lag, min(self._queued() - queued, lag))

    def _queued(self) -> float:
        """Seconds that the threads of the interface have waited for a processor so far."""
        told = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[1]) for one in told) / 1e9

    def close(self) -> float:
        """Seconds that ctrl+q takes to end the process (twice, as a run may be going)."""
        pressed = time.perf_counter()
        self.write(QUIT)
        self.pause(0.05)
        if self.process.poll() is None:
            self.write(QUIT)
        while self.process.poll() is None and time.perf_counter() < pressed + 10:
            self.pause(0.01)
            time.sleep(0.001)
        os.close(self.primary)  # which ends an interface that a dialog has kept
        return time.perf_counter() - pressed


def told(name: str, found: Sequence[Lag]) -> None:
    """One line of milliseconds."""
    ordered = sorted(1000 * lag.seconds for lag in found if lag.seconds is not None)
    nothing = f"  {len(found) - len(ordered)} unanswered" if len(ordered) < len(found) else ""
    if not ordered:
        print(f"{name:34} {len(found):3} keys{nothing}", flush=True)
        return
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    own = max(1000 * (lag.seconds - lag.queued) for lag in found if lag.seconds is not None)
    times = f"median {statistics.median(ordered):6.1f}  95% {p95:6.1f}  worst {ordered[-1]:6.1f}"
    print(f"{name:34} {len(found):3} keys  {times}  unqueued {own:6.1f} ms{nothing}", flush=True)


def lags(
    terminal: Terminal, keys: Sequence[str], answers: Answers, times: int, pause: float = 0.05
) -> list[Lag]:
    """Key-to-paint of these keys, so many in all; a person waits a little after each."""
    found = []
    for number in range(times):
        found.append(terminal.key(keys[number % len(keys)], answers))
        terminal.pause(pause)
    return found


def dialogs(terminal: Terminal, key: str, times: int) -> list[Lag]:
    """Key-to-paint of opening what lies over the screen; it is closed again each time."""
    found = []
    for _ in range(times):
        found.append(terminal.key(key, paints(range(8, 20))))
        terminal.settle()
        terminal.write(ESCAPE)
        terminal.pause(0.2)
        terminal.settle()
    return found


def workplaces(terminal: Terminal, numbers: Sequence[int], pause: float) -> list[Lag]:
    """Key-to-paint of opening these workplaces one after the other."""
    found = []
    for number in numbers:
        found.append(terminal.key(str(number), opens(number)))
        terminal.pause(pause)
    return found


def starts(state: Path, results: Path, times: int = 3) -> None:
    """From the command to the first frame, and to the table of scenarios."""
    first: list[float] = []
    whole: list[float] = []
    for _ in range(times):
        terminal = Terminal(state, results)
        for asked, found in ((b"Capacity", first), (b"consultation", whole)):
            frame = terminal.until(lambda frame, asked=asked: asked in frame.said)  # type: ignore[misc]
            found.append(frame.at - terminal.began if frame else float("nan"))
        terminal.settle()
        terminal.close()
    for name, found in (("start to first frame", first), ("start to the table of scenarios", whole)):
        print(f"{name:34} best {min(found):5.2f} s of {[round(item, 2) for item in found]}", flush=True)


def with_a_run(terminal: Terminal, times: int) -> None:
    """Keys while a run goes on."""
    told("tab in Run", lags(terminal, [TAB], paints(FIELDS), times))
    for key in (ESCAPE, "1"):  # out of a field, and to the library
        terminal.write(key)
        terminal.pause(0.5)
    told("workplaces, first visit", workplaces(terminal, [2, 4, 5, 6, 7], 1.0))
    told("workplaces, again", workplaces(terminal, [*range(1, 8)] * (times // 8), 0.3))
    told("workplaces, hurried", workplaces(terminal, [*range(6, 0, -1), 7] * (times // 8), 0.05))
    terminal.settle()
    told("arrow in the library", lags(terminal, [DOWN, DOWN, UP, UP], paints(range(6, 18)), times))
    terminal.write("2")
    terminal.settle()
    for key in (DOWN, DOWN, ENTER):  # the third question has one number
        terminal.write(key)
        terminal.pause(0.3)
    terminal.write(LAST)
    terminal.settle()
    told("a digit in a field of Levers", lags(terminal, ["1", DELETE], paints(BODY), times, 0.2))
    terminal.write(ESCAPE)
    terminal.pause(0.3)
    terminal.write("6")
    terminal.settle()
    for key in (ENTER, LAST):
        terminal.write(key)
        terminal.pause(0.3)
    terminal.settle()
    told("a digit in a field of Costs", lags(terminal, ["1", DELETE], paints(BODY), times, 0.2))
    terminal.write(ESCAPE)
    terminal.pause(0.3)
    terminal.settle()
    told("the palette", dialogs(terminal, PALETTE, times // 8))
    told("the help", dialogs(terminal, HELP, times // 8))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--scale", type=float, default=0.3, help="of the run that goes on meanwhile")
    asked.add_argument("--times", type=int, default=32, help="keys of each kind")
    given = asked.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} before, on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        state, results = Path(folder) / "state", Path(folder) / "results"
        state.mkdir()
        wanted = {"replications": 400, "scale": given.scale}
        kept = {"greeted": True, "marks": ["voluntary", "mandatory"], "asked": wanted}
        (state / "state.json").write_text(json.dumps(kept))
        starts(state, results)
        terminal = Terminal(state, results)
        terminal.until(lambda frame: b"consultation" in frame.said)
        terminal.settle()
        arrows = [DOWN, DOWN, UP, UP]
        told("arrow in the library, no run yet", lags(terminal, arrows, paints(range(6, 18)), given.times))
        terminal.write("r")
        terminal.until(lambda frame: re.search(rb"run: [1-9]\d* of", frame.said) is not None)
        print(f"with a run at scale {given.scale:g}:")
        with_a_run(terminal, given.times)
        print(f"{'ctrl+q with a run going':34} {terminal.close():5.2f} s to the end of the process")
    print(f"load average {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
