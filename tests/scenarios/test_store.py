"""The store: nothing is done twice, nothing damaged is trusted, nothing finished is lost."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from toy import CALLS, KEYS, PAUSE, arm, calls, files, toy

from rules.errors import InputError
from scenarios import atomic, shard
from scenarios.experiment import Results, run
from scenarios.identity import address
from scenarios.record import Record
from scenarios.store import SET_ASIDE, Store
from scenarios.stored_runs import check, prune, stored_runs
from simulation.inputs import Inputs
from simulation.parameters import Override, Parameters

pytestmark = pytest.mark.unit

HERE = Path(__file__).parent
MADE_BY = "toy.toy"


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "calls.txt"
    monkeypatch.setenv(CALLS, str(path))
    return path


def pair(store: Store | None, replications: int) -> Results:
    return run([arm("one"), arm("two", q3=6)], replications, simulate=toy, store=store)


def same(one: Results, other: Results) -> bool:
    return (
        one.keys == other.keys
        and np.array_equal(one.values, other.values, equal_nan=True)
        and np.array_equal(one.recorded("sittings", 1), other.recorded("sittings", 1))
    )


def test_more_replications_run_only_what_is_missing(tmp_path: Path, called: Path) -> None:
    first = pair(Store(tmp_path / "s"), 2)
    more = pair(Store(tmp_path / "s"), 4)
    assert (len(first.reused), len(more.reused)) == (0, 4)
    assert len(calls(called)) == len(set(calls(called))) == 8
    again = pair(Store(tmp_path / "s"), 4)
    assert len(calls(called)) == 8
    assert len(again.reused) == 8
    assert same(again, pair(None, 4))


def test_a_store_filled_in_pieces_equals_one_filled_at_once(tmp_path: Path) -> None:
    for count in (1, 3, 4):
        pair(Store(tmp_path / "pieces"), count)
    pair(Store(tmp_path / "whole"), 4)
    assert files(tmp_path / "pieces") == files(tmp_path / "whole")


def test_the_address_counts_what_matters_and_nothing_else(tmp_path: Path) -> None:
    shipped = arm().inputs
    assert address(shipped) == address(arm("another name").inputs)
    staff = tmp_path / "staff.csv"
    staff.write_text("a\n", encoding="utf-8")
    changed = Parameters.shipped().patched({"element.simulated": Override(0.81)})
    reworded = Parameters.shipped().patched({"element.simulated": Override(0.80, source="said anew")})
    others = [
        replace(shipped, seed=1),
        replace(shipped, scale=0.5),
        replace(shipped, parameters=changed),
        replace(shipped, workforce_file=staff),
        arm(q3=6).inputs,
    ]
    assert len({address(inputs) for inputs in [shipped, *others]}) == 6
    assert address(replace(shipped, parameters=reworded)) == address(shipped)
    assert address(shipped, "something else") != address(shipped)


def test_the_engine_and_the_data_are_part_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    before = address(arm().inputs)
    for name in ("simulation.replicate.ENGINE_VERSION", "scenarios.identity.data_digest"):
        with monkeypatch.context() as patched:
            patched.setattr(name, (lambda: "other") if name.endswith("digest") else "other")
            address.cache_clear()
            assert address(arm().inputs) != before
    address.cache_clear()
    assert address(arm().inputs) == before


def test_the_same_record_is_the_same_bytes_and_comes_back_whole() -> None:
    record = toy(arm().inputs, 0)
    record = replace(record, arrays={**record.arrays, "none": np.zeros((0, 4), dtype=np.int16)})
    data = shard.encode("a" * 64, 7, record)
    assert data == shard.encode("a" * 64, 7, record)
    found = shard.decode(data, shard.file_name(7, data), "a" * 64, 7)
    assert found.keys == record.keys
    assert found.values.tobytes() == record.values.tobytes()
    assert {name: (a.shape, a.dtype, a.tobytes()) for name, a in found.arrays.items()} == {
        name: (a.shape, a.dtype, a.tobytes()) for name, a in record.arrays.items()
    }


def test_an_array_is_read_from_a_file_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = {"long": np.arange(60).reshape(3, 20), "short": np.array([True, False])}
    data = shard.encode("x", 0, Record(KEYS, np.zeros(len(KEYS)), arrays))
    asked: list[str] = []
    read = pq.ParquetFile.read

    def watched(self: pq.ParquetFile, columns: list[str], use_threads: bool) -> object:
        asked.extend(columns)
        return read(self, columns, use_threads=use_threads)

    monkeypatch.setattr(pq.ParquetFile, "read", watched)
    found = shard.decode(data, shard.file_name(0, data), "x", 0).arrays
    assert (list(found), asked.count("array.long")) == (["long", "short"], 0)
    assert np.array_equal(found["long"], arrays["long"])
    assert found["long"] is found["long"]
    assert (asked.count("array.long"), asked.count("array.short")) == (1, 0)
    with pytest.raises(KeyError):
        found["broad"]


@pytest.mark.parametrize("spoil", ["cut", "flipped", "empty", "foreign", "renamed", "text"])
def test_a_file_that_cannot_be_trusted_is_named_set_aside_and_computed_again(
    tmp_path: Path, called: Path, spoil: str
) -> None:
    expected = pair(Store(tmp_path / "s"), 2)
    sound = files(tmp_path / "s")
    where = address(arm().inputs, MADE_BY)
    folder = tmp_path / "s" / "runs" / where
    victim = sorted(folder.glob("replication-00001-*"))[0]
    data = victim.read_bytes()
    if spoil == "cut":
        victim.write_bytes(data[: len(data) // 2])
    elif spoil == "flipped":
        victim.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
    elif spoil == "empty":
        victim.write_bytes(b"")
    elif spoil == "text":
        victim.write_text("not a result", encoding="utf-8")
    else:  # a whole result, but of other inputs or of another replication
        other = shard.encode(where if spoil == "renamed" else "b" * 64, 0, toy(arm().inputs, 0))
        victim.unlink()
        victim = folder / shard.file_name(1, other)
        victim.write_bytes(other)
    assert [found.path for found in check(Store(tmp_path / "s"), where) if found.wrong] == [victim]
    before = len(calls(called))
    results = pair(Store(tmp_path / "s"), 2)
    assert len(calls(called)) == before + 1
    assert same(results, expected)
    [notice] = results.notices
    assert victim.name in notice
    aside = [path.name for path in (tmp_path / "s" / SET_ASIDE).iterdir()]
    assert aside == [f"{where[:12]}-{victim.name}"]
    kept = {name: found for name, found in files(tmp_path / "s").items() if not name.startswith(SET_ASIDE)}
    assert kept == sound


def test_two_different_results_for_one_replication_are_both_set_aside(tmp_path: Path) -> None:
    expected = pair(Store(tmp_path / "s"), 2)
    where = address(arm().inputs, MADE_BY)
    record = toy(arm().inputs, 0)
    forged = shard.encode(where, 0, Record(KEYS, record.values + 1, record.arrays))
    (tmp_path / "s" / "runs" / where / shard.file_name(0, forged)).write_bytes(forged)
    results = pair(Store(tmp_path / "s"), 2)
    assert len(results.notices) == 2
    assert same(results, expected)


def test_a_spoilt_manifest_and_a_stray_file_are_set_aside(tmp_path: Path) -> None:
    pair(Store(tmp_path / "s"), 1)
    sound = files(tmp_path / "s")
    folder = tmp_path / "s" / "runs" / address(arm().inputs, MADE_BY)
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    (folder / "stray.txt").write_text("?", encoding="utf-8")
    results = pair(Store(tmp_path / "s"), 1)
    assert len(results.notices) == 2
    assert len(results.reused) == 2
    found = {name: data for name, data in files(tmp_path / "s").items() if not name.startswith(SET_ASIDE)}
    assert found == sound


def test_looking_after_a_store_steps_over_what_is_not_ours_and_what_is_just_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair(Store(tmp_path / "s"), 2)
    store = Store(tmp_path / "s")
    whole = stored_runs(store)
    foreign = tmp_path / "s" / "runs" / "notes"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("Dear", encoding="utf-8")
    folder = store.run_folder(address(arm().inputs, MADE_BY))
    (folder / "link").symlink_to(tmp_path / "nowhere")
    (folder / "mine").mkdir()
    (folder / "mine" / "letter.txt").write_text("Dear", encoding="utf-8")
    (tmp_path / "s" / SET_ASIDE).mkdir()
    (tmp_path / "s" / SET_ASIDE / "link").symlink_to(tmp_path / "nowhere")
    listing = Path.iterdir

    def and_one_just_gone(path: Path) -> Iterator[Path]:
        yield from listing(path)
        yield path / f"replication-00009.parquet.1{atomic.UNFINISHED}"

    monkeypatch.setattr(Path, "iterdir", and_one_just_gone)
    assert [run.replications for run in stored_runs(store)] == [run.replications for run in whole]
    wrong = {item.path.name for where in store.addresses() for item in check(store, where) if item.wrong}
    assert {"link", "mine"} < wrong
    monkeypatch.undo()
    assert len(pair(Store(tmp_path / "s"), 2).notices) == 2
    rehearsed = prune(store, everything=False, older_than=None, rehearse=True)
    assert [size for path, size in rehearsed if path.endswith("-mine")] == [4]
    assert prune(store, everything=False, older_than=None, rehearse=False) == rehearsed
    assert len(rehearsed) == 3
    assert list((tmp_path / "s" / SET_ASIDE).iterdir()) == []
    assert len(prune(store, everything=True, older_than=None, rehearse=False)) == 2
    assert (foreign / "letter.txt").exists()


def test_a_run_that_somebody_else_removes_meanwhile_is_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "s")
    monkeypatch.setattr(store, "addresses", lambda: iter(["a" * 64]))
    assert stored_runs(store) == []
    assert not store.remove("a" * 64)
    assert list(check(store, "a" * 64)) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "it is cut short or damaged"),
        (b"{", "it is cut short or damaged"),
        (b"\xff\xfe", "it is cut short or damaged"),
        (b"{}", "it is not a manifest"),
        (b"[]", "it is not a manifest"),
    ],
)
def test_a_damaged_manifest_is_spoken_of_in_words(tmp_path: Path, written: bytes, said: str) -> None:
    pair(Store(tmp_path / "s"), 1)
    where = address(arm().inputs, MADE_BY)
    (tmp_path / "s" / "runs" / where / "manifest.json").write_bytes(written)
    assert [found.wrong for found in check(Store(tmp_path / "s"), where) if found.wrong] == [said]
    [notice] = pair(Store(tmp_path / "s"), 1).notices
    assert f"because {said};" in notice


def start(store: Path, replications: int, pause: float, called: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(HERE / "toy_run.py"), str(store), str(replications)],
        cwd=HERE.parents[1],
        env={**os.environ, PAUSE: str(pause), CALLS: str(called), "PYTHONPATH": str(HERE.parents[1])},
        text=True,
        stdout=subprocess.PIPE,
    )


def wait_for(store: Path, count: int) -> None:
    limit = time.monotonic() + 60
    while len(list(store.glob("runs/*/*.parquet"))) < count:
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    store, called = tmp_path / "killed", tmp_path / "calls.txt"
    process = start(store, 30, 0.05, called)
    wait_for(store, 7)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = len(list(store.glob("runs/*/*.parquet")))
    assert 7 <= kept < 60
    half_written = next(store.glob("runs/*")) / f"replication-00099.parquet.1{atomic.UNFINISHED}"
    half_written.write_bytes(b"half")
    results = pair(Store(store), 30)
    assert len(results.reused) == kept
    assert results.notices == ()
    pair(Store(tmp_path / "uninterrupted"), 30)
    assert files(store) == files(tmp_path / "uninterrupted")


def test_two_processes_on_one_store_share_the_work(tmp_path: Path) -> None:
    store, called = tmp_path / "shared", tmp_path / "calls.txt"
    both = [start(store, 12, 0.03, called) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert all("24 finished" in text for text in said)
    assert sorted(calls(called)) == sorted(f"{q3} {number}" for q3 in (6, 12) for number in range(12))
    pair(Store(tmp_path / "alone"), 12)
    assert files(store) == files(tmp_path / "alone")


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    store = tmp_path / "s"
    process = start(store, 30, 0.2, tmp_path / "calls.txt")
    wait_for(store, 1)
    where = address(arm().inputs, MADE_BY)
    assert not Store(store).locks.take(where)
    process.kill()
    process.communicate()
    locks = Store(store).locks
    assert locks.take(where)
    assert not locks.take(where)
    locks.release(where)


def test_a_full_disk_is_one_clear_error_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = atomic.write

    def filling(path: Path, data: bytes) -> None:
        if path.name.startswith("replication-00002"):
            raise OSError(errno.ENOSPC, "No space left on device")
        written(path, data)

    monkeypatch.setattr(atomic, "write", filling)
    results = pair(Store(tmp_path / "s"), 5)
    assert results.stopped == f"there is no room left on the disk for results in {tmp_path / 's'}"
    assert results.whole.tolist() == [True, True, False, False, False]
    assert results.finished[0].tolist() == [True, True, True, False, False]  # what could not be kept
    monkeypatch.undo()
    after = pair(Store(tmp_path / "s"), 5)
    assert len(after.reused) == 4
    assert same(after, pair(None, 5))


def test_nothing_is_left_of_a_file_that_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic.write(tmp_path / "file", b"data")
    assert list(tmp_path.iterdir()) == []


def broken(inputs: Inputs, replication: int) -> Record:
    if replication == 1 and "TOY_MENDED" not in os.environ:
        raise ZeroDivisionError("broken on purpose")
    return toy(inputs, replication)


def test_a_failure_is_kept_with_its_traceback_until_it_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = run([arm("one")], 3, simulate=broken, store=Store(tmp_path / "s"))
    assert results.whole.tolist() == [True, False, True]
    [told] = [data for name, data in files(tmp_path / "s").items() if "failure-00001.json" in name]
    assert b"broken on purpose" in told
    assert b"Traceback" in told
    assert b"naas run one --only 1" in told
    monkeypatch.setenv("TOY_MENDED", "1")
    mended = run([arm("one")], 3, simulate=broken, store=Store(tmp_path / "s"))
    assert mended.whole.all()
    assert len(mended.reused) == 2
    assert not [name for name in files(tmp_path / "s") if "failure" in name]


def test_an_interruption_keeps_what_is_finished_on_disk(tmp_path: Path) -> None:
    def stopping(inputs: Inputs, replication: int) -> Record:
        if replication == 2:
            signal.raise_signal(signal.SIGINT)
        return toy(inputs, replication)

    results = run([arm()], 5, simulate=stopping, store=Store(tmp_path / "s"))
    assert results.interrupted
    [stored] = stored_runs(Store(tmp_path / "s"))
    assert stored.replications == (0, 1)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(InputError, match="S023"):
        Store(tmp_path)
    assert files(tmp_path) == {"letter.txt": b"Dear"}


def test_prune_removes_what_cannot_be_reused_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair(Store(tmp_path / "s"), 1)
    store = Store(tmp_path / "s")
    assert prune(store, everything=False, older_than=None, rehearse=False) == []
    with monkeypatch.context() as patched:
        patched.setattr("simulation.replicate.ENGINE_VERSION", "older")
        address.cache_clear()
        pair(Store(tmp_path / "s"), 2)
    address.cache_clear()
    assert len(stored_runs(store)) == 4
    assert len(prune(store, everything=False, older_than=None, rehearse=True)) == 2
    assert len(stored_runs(store)) == 4
    assert len(prune(store, everything=False, older_than=None, rehearse=False)) == 2
    assert [run.replications for run in stored_runs(store)] == [(0,), (0,)]
    assert len(prune(store, everything=True, older_than=None, rehearse=False)) == 2
    assert stored_runs(store) == []
