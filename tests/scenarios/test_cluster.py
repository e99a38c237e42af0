"""A Dask cluster: the same bytes as on this machine alone, also when a worker is killed half way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from toy import CALLS, PAUSE, arm, calls, files, toy

from rules.errors import InputError
from scenarios.experiment import Arm, run, simulate
from scenarios.line_up import line_up
from scenarios.store import Store

pytestmark = pytest.mark.unit
pytest.importorskip("distributed")

HERE = Path(__file__).parent
PATIENCE = 60.0


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own."""

    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


@contextmanager
def cluster(folder: Path, workers: int, **environment: str) -> Iterator[Cluster]:
    """A real scheduler on this machine with `workers` worker processes of one thread each."""
    path = os.pathsep.join([str(HERE), str(HERE.parents[1])])
    env = {**os.environ, "PYTHONPATH": path, "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s"}
    env |= environment
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    file = folder / "scheduler.json"
    options = ["--scheduler-file", str(file), "--no-dashboard"]
    command = [sys.executable, "-m", "dask"]
    started = [
        subprocess.Popen(
            [*command, "scheduler", *options, "--host", "127.0.0.1", "--port", "0"], env=env, **quiet
        )
    ]
    try:
        limit = time.monotonic() + PATIENCE
        while not file.exists() or not file.read_text(encoding="utf-8").strip().endswith("}"):
            assert time.monotonic() < limit
            time.sleep(0.05)
        found = Cluster(json.loads(file.read_text(encoding="utf-8"))["address"])
        for _ in range(workers):
            more = ["--no-nanny", "--nthreads", "1", "--local-directory", str(folder)]
            found.workers.append(
                subprocess.Popen([*command, "worker", *options, *more], env=env, cwd=folder, **quiet)
            )
        started += found.workers
        yield found
    finally:
        for process in started:
            process.kill()
        for process in started:
            process.wait()


def the_same_with_a_worker_killed(tmp_path: Path, arms: list[Arm], count: int, world: bool) -> None:
    chosen = simulate if world else toy
    here = Store(tmp_path / "here")
    expected = run(arms, count, simulate=chosen, store=here)
    called = tmp_path / "calls.txt"
    with cluster(tmp_path, 2, **({} if world else {PAUSE: "0.1", CALLS: str(called)})) as running:

        def kill_one_half_way(done: int, total: int) -> None:
            if done == total // 2:
                running.workers[0].send_signal(signal.SIGKILL)

        store = Store(tmp_path / "there")
        results = run(
            arms, count, progress=kill_one_half_way, simulate=chosen, store=store, cluster=running.address
        )
        assert running.workers[0].wait() == -signal.SIGKILL
        assert running.workers[1].poll() is None
    assert results.failures == ()
    assert results.finished.all()
    assert np.array_equal(results.values, expected.values, equal_nan=True)
    assert files(store.folder) == files(here.folder)


def test_the_same_bytes_although_a_worker_dies(tmp_path: Path) -> None:
    the_same_with_a_worker_killed(tmp_path, [arm("one"), arm("two", q3=6)], 12, world=False)
    assert len(calls(tmp_path / "calls.txt")) >= 24


@pytest.mark.slow
def test_the_world_gives_the_same_bytes_although_a_worker_dies(tmp_path: Path) -> None:
    arms = [arm for _, arm in line_up(["voluntary", "mandatory"], scale=0.02)]
    the_same_with_a_worker_killed(tmp_path, arms, 20, world=True)


def test_a_cluster_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.cluster.PATIENCE", 1)
    with pytest.raises(InputError, match=r"S024  no Dask cluster answers at 'tcp://127\.0\.0\.1:9'"):
        run([arm()], 2, simulate=toy, cluster="tcp://127.0.0.1:9")


def test_a_worker_with_other_data_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scenarios import cluster as module
    from scenarios.tasks import Task

    found = module.carry_out_remotely(Task(arm(), 0), toy, "another address")
    assert isinstance(found, InputError)
    assert "S024" in str(found)
