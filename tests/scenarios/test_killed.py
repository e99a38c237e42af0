"""Processes that are killed: one of the pool costs no result, and none outlives the one that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from toy import PAUSE, arm, files, toy

from scenarios import watch
from scenarios.experiment import run
from scenarios.record import Record
from scenarios.store import Store
from simulation.inputs import Inputs
from tests.processes import children, gone, looks_at_proc, within

pytestmark = pytest.mark.e2e

HERE = Path(__file__).parent


def workers(pid: int) -> list[int]:
    """Those of them that carry tasks out."""
    return [child for child in children(pid) if b"LokyProcess" in Path(f"/proc/{child}/cmdline").read_bytes()]


@looks_at_proc
def test_the_same_bytes_although_a_process_of_the_pool_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arms = [arm("one"), arm("two", q3=6)]
    here, there = Store(tmp_path / "here"), Store(tmp_path / "there")
    expected = run(arms, 12, simulate=toy, store=here)
    monkeypatch.setenv(PAUSE, "0.02")
    killed: list[int] = []

    def kill_one_half_way(done: int, total: int) -> None:
        if done == total // 2:
            killed.append(workers(os.getpid())[0])
            os.kill(killed[0], signal.SIGKILL)

    results = run(arms, 12, jobs=2, progress=kill_one_half_way, simulate=toy, store=there)
    assert killed
    assert gone(killed[0])
    assert (results.failures, results.interrupted) == ((), False)
    assert np.array_equal(results.values, expected.values, equal_nan=True)
    assert files(there.folder) == files(here.folder)


def deadly(inputs: Inputs, replication: int) -> Record:
    """The toy, but that one replication kills its process, as one does that takes all memory."""
    if replication == 3 and inputs.levers["q3"] == 6:
        os.kill(os.getpid(), signal.SIGKILL)
    return toy(inputs, replication)


def test_a_replication_that_kills_its_process_is_one_failure_and_sinks_no_other(tmp_path: Path) -> None:
    results = run([arm("one"), arm("two", q3=6)], 6, jobs=2, simulate=deadly, store=Store(tmp_path / "s"))
    [failure] = results.failures
    assert (failure.arm, failure.replication) == ("two", 3)
    assert failure.error.startswith("KilledError: its process was killed")
    assert "SIGKILL" in failure.trace
    assert failure.command == "naas run two --only 3"
    assert results.whole.tolist() == [True, True, True, False, True, True]


@looks_at_proc
def test_kill_9_of_the_parent_leaves_no_process(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from toy import arm, toy\n"
    code += "from scenarios.experiment import run; from scenarios.store import Store\n"
    code += "run([arm()], 400, jobs=2, simulate=toy, store=Store(Path(sys.argv[1])))\n"
    path = os.pathsep.join([str(HERE), str(HERE.parents[1])])
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "s")],
        env={**os.environ, "PYTHONPATH": path, PAUSE: "0.1", "TMPDIR": str(tmp_path)},
    )
    try:
        assert within(60, lambda: len(list(tmp_path.glob("s/runs/*/*.parquet"))) > 2)
        below = children(parent.pid)
        assert len(workers(parent.pid)) == 2
        assert len(below) > 2  # and what looks after their resources
    finally:
        parent.kill()
        parent.wait()
    assert within(10 * watch.EVERY, lambda: all(gone(pid) for pid in below))
    kept = len(list(tmp_path.glob("s/runs/*/*.parquet")))
    assert run([arm()], kept + 2, simulate=toy, store=Store(tmp_path / "s")).whole.all()
