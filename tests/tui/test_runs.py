"""Runs in their own process: told as they go, stopped with what is finished kept, never left behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from reports.plain import plain
from scenarios.experiment import run
from scenarios.line_up import line_up
from scenarios.store import Store
from tests.tui.conftest import PAIR, SMALL
from tests.tui.driving import PATIENCE, played, until
from tui.asked import Asked
from tui.desk.desk import Desk
from tui.runs.batch import Progress
from tui.runs.batch import run as run_batch
from tui.runs.client import RunClient, RunNow, duration
from tui.views.run import precision_page

pytestmark = pytest.mark.unit

LONG = Asked(replications=400, scale=0.02, jobs=2)
"""More than any test waits for."""


def told_by(asked: Asked, scenarios: tuple[str, ...] = PAIR) -> list[dict[str, Any]]:
    """What a batch tells, run in this process."""
    told: list[dict[str, Any]] = []
    run_batch({"scenarios": list(scenarios), "settings": asked.plain()}, told.append)
    return told


def test_a_batch_runs_what_is_missing_and_says_how_it_ended(own_store: Path) -> None:
    told = told_by(Asked(replications=6, scale=SMALL.scale))
    counts = [(item["done"], item["of"]) for item in told if "done" in item]
    assert counts[0] == (8, 12)
    assert counts[-1] == (12, 12)
    assert counts == sorted(counts)
    assert told[-1] == {
        "outcome": "done",
        "said": "Finished: 6 replications of each of 2 scenarios.",
        "used": 6,
    }
    assert "8 of 12 replications are stored already; 1 at a time" in [item.get("message") for item in told]


def test_a_batch_stores_the_same_bytes_as_the_command_line(own_store: Path, tmp_path: Path) -> None:
    asked = Asked(replications=5, scale=SMALL.scale)
    told_by(asked)
    other = Store(tmp_path / "other")
    run([arm for _, arm in line_up(PAIR, (), asked.seed, asked.scale)], asked.replications, store=other)

    def content(folder: Path) -> dict[str, bytes]:
        runs = folder / "runs"
        return {str(path.relative_to(runs)): path.read_bytes() for path in sorted(runs.rglob("*.parquet"))}

    assert content(own_store) == content(other.folder)


def test_a_batch_refuses_what_cannot_be_run_and_says_all_of_it(own_store: Path) -> None:
    told = told_by(SMALL, ("voluntary", "mandatry"))
    assert "unknown scenario 'mandatry'" in told[-2]["problem"][0]
    assert told[-1]["outcome"] == "refused"


def test_a_batch_runs_until_it_is_precise_enough(own_store: Path) -> None:
    told = told_by(Asked(replications=60, scale=SMALL.scale, precision="accredited=20%"))
    assert told[-1]["outcome"] == "done"
    assert "Precise enough with" in told[-1]["said"]
    assert 3 <= told[-1]["used"] < 60


def test_precision_that_cannot_be_reached_is_said(own_store: Path) -> None:
    told = told_by(Asked(replications=4, scale=SMALL.scale, precision="accredited=0.001%"))
    assert told[-1]["outcome"] == "imprecise"
    assert "The precision asked for was not reached" in told[-1]["said"]


@pytest.mark.parametrize(("when", "outcome", "used"), [("first", "stopped", 5), ("last", "done", 8)])
def test_a_stop_between_two_steps_keeps_what_is_finished_and_says_how_much(
    own_store: Path, when: str, outcome: str, used: int
) -> None:
    told: list[dict[str, Any]] = []
    pages = {"first": 1, "last": 2}[when]

    def tell(what: dict[str, Any]) -> None:
        told.append(what)
        if "page" in what and sum("page" in item for item in told) == pages:
            signal.raise_signal(signal.SIGINT)  # while nothing is being run

    asked = Asked(replications=8, scale=SMALL.scale, jobs=1)
    run_batch({"scenarios": list(PAIR), "settings": asked.plain()}, tell)
    assert (told[-1]["outcome"], told[-1]["used"]) == (outcome, used)
    assert (f"{used} of 8 replications are kept" in told[-1]["said"]) is (outcome == "stopped")


def test_a_stop_while_scenarios_are_read_is_one_before_anything_was_run(own_store: Path) -> None:
    told: list[dict[str, Any]] = []

    def tell(what: dict[str, Any]) -> None:
        told.append(what)
        if what.get("message") == "reading the scenarios":
            signal.raise_signal(signal.SIGINT)

    run_batch({"scenarios": list(PAIR), "settings": SMALL.plain()}, tell)
    assert told[-1] == {"outcome": "stopped", "said": "Stopped before anything was run.", "used": 0}


def test_progress_is_told_ten_times_a_second_at_most() -> None:
    told: list[dict[str, Any]] = []
    progress = Progress(told.append, 10, 20_010)
    for done in range(20_001):
        progress(done)
    assert 2 <= len(told) < 100
    assert told[-1]["done"] == told[-1]["of"] == 20_010


def test_precision_is_told_by_the_numbers_that_the_stopping_rule_sees(desk: Desk) -> None:
    from scenarios.precision import half_widths

    arms = [arm for _, arm in desk.line_up(PAIR, SMALL.plain())]
    results = desk.results(arms, SMALL)
    _, found = half_widths(results, "accredited", 0.8)
    assert [n for n, _ in found] == [3, 4]
    table = precision_page(results, SMALL).block("precision")
    assert [row[2].value for row in table.rows] == [(item.high - item.low) / 2 for _, item in found]  # type: ignore[union-attr]


def test_the_page_of_the_screen_says_n_of_many(desk: Desk) -> None:
    from tui.views.run import run as view

    page = view(desk, PAIR, SMALL.model_copy(update={"replications": 10}).plain())
    text = plain(page, 100)
    assert "4 of 10 replications are there for every scenario." in text
    assert page.next is not None
    assert page.next.keys.startswith("Press r to go on from there")
    assert page.provenance.used == 4
    assert page.provenance.requested == 10


async def started(asked: Asked, folder: Path) -> tuple[RunClient, list[bool]]:
    """A run on its way, with something done."""
    told: list[bool] = []
    client = RunClient(told.append)
    await client.start(PAIR, asked)
    await until(lambda: client.now.done > 8)
    return client, told


def test_stopping_keeps_what_is_finished_and_says_so(own_store: Path) -> None:
    async def test() -> None:
        client, told = await started(LONG, own_store)
        client.stop()
        assert client.now.stage == "stopping"
        await until(lambda: client.now.stage == "ended")
        assert client.now.outcome == "stopped"
        assert f"{client.now.used} of 400 replications are kept" in client.now.said
        assert client.now.used >= 4
        assert told[-1] is True
        kept = Desk().results([arm for _, arm in Desk().line_up(PAIR, LONG.plain())], LONG)
        assert int(kept.whole.sum()) == client.now.used
        await client.close()

    played(test)


def test_closing_ends_every_process_of_a_run(own_store: Path) -> None:
    async def test() -> None:
        client, _ = await started(LONG, own_store)
        assert client._process is not None
        group = client._process.pid
        await client.close()
        await until(lambda: not members(group))
        assert client.now.stage == "ended"

    played(test)


ENDED = """import json; print(json.dumps({"outcome": "done", "said": "Finished.", "used": 1}))"""


@pytest.mark.skipif(os.name != "posix", reason="there are process groups")
def test_a_run_that_has_ended_is_not_ended_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        client = RunClient(lambda _: None, (sys.executable, "-c", ENDED))
        await client.start(PAIR, SMALL)
        await until(lambda: client.now.stage == "ended")
        ended: list[int] = []
        monkeypatch.setattr(os, "killpg", lambda group, _: ended.append(group))
        client.stop()
        await client.close()
        assert ended == []

    played(test)


def members(group: int) -> list[int]:
    """The processes of a group that are alive."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parts = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(parts[2]) == group and parts[0] != "Z":
            found.append(int(path.name))
    return found


PARENT = """
import asyncio, json, os, sys
from tui.asked import Asked
from tui.desk.client import DeskClient
from tui.runs.client import RunClient
async def main():
    run, desk = RunClient(lambda ended: None), DeskClient()
    await run.start(("voluntary", "mandatory"), Asked.model_validate(json.loads(sys.argv[1])))
    await desk.ask("library", settings={"scale": 0.02})
    while run.now.done <= 8:
        await asyncio.sleep(0.05)
    print(run._process.pid, desk.pid, run.now.done, flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


@pytest.mark.skipif(os.name != "posix" or not Path("/proc/self").exists(), reason="looks at /proc")
def test_kill_9_of_the_interface_leaves_no_process_and_every_finished_replication(own_store: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, json.dumps(LONG.plain())], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    run_pid, desk_pid, done = map(int, parent.stdout.readline().split())
    assert members(run_pid)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    limit = time.monotonic() + PATIENCE
    while members(run_pid) or Path(f"/proc/{desk_pid}").exists():
        assert time.monotonic() < limit, "a process was left behind"
        time.sleep(0.05)
    desk = Desk()
    arms = [arm for _, arm in desk.line_up(PAIR, LONG.plain())]
    results = desk.results(arms, LONG)
    assert int(results.finished.sum()) >= done
    assert not results.notices


def test_a_run_that_is_killed_is_said_and_leaves_no_worker(own_store: Path) -> None:
    async def test() -> None:
        client, _ = await started(LONG, own_store)
        assert client._process is not None
        group = client._process.pid
        os.kill(group, signal.SIGKILL)
        await until(lambda: client.now.stage == "ended")
        assert client.now.outcome == "lost"
        assert "what was finished is kept" in client.now.said
        await until(lambda: not members(group))
        await asyncio.sleep(0)
        await client.close()

    played(test)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59, "59 s"), (61, "1 min 01 s"), (3661, "1 h 01 min")]
)
def test_times_are_said_as_people_do(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_the_header_says_the_run_in_a_few_words() -> None:
    now = RunNow(stage="running", done=12, of=40, left=34.6)
    assert now.words() == "run: 12 of 40, 35 s left"
    assert RunNow(stage="starting").words() == "run: getting ready"
    assert RunNow(stage="stopping", done=3, of=9).words() == "run: stopping, 3 of 9 kept"
