"""A question about capacity that is stopped before its end tells the futures that failed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import analysis.capacity.frontier
import cli.capacity_frontier as commands
from analysis.readouts import UnfinishedError
from cli.capacity_options import CapacityOptions
from scenarios.experiment import Failure

pytestmark = pytest.mark.unit


def test_a_frontier_that_is_stopped_tells_the_futures_that_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def never(*_: Any) -> None:
        raise UnfinishedError("too many failed")

    failed = [Failure(arm="mandatory", replication=3, error="no room", trace="")]
    monkeypatch.setattr(CapacityOptions, "lined_up", lambda *_: [(None, None)])
    monkeypatch.setattr(commands, "trying", lambda *_: SimpleNamespace(failures=failed))
    monkeypatch.setattr(analysis.capacity.frontier, "frontier", never)
    asked = CapacityOptions(replications=4, jobs=1, no_store=True)
    assert commands.frontier("mandatory", asked, "circuit") == 1
    said = capsys.readouterr().err
    assert "replication 3 of mandatory failed: no room" in said
    assert "Stopped, because too many failed." in said
