"""Replications that failed are told in one way, with no more than there is to look at."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cli.costing import _after
from cli.experiment import tell_failures
from scenarios.experiment import Failure
from scenarios.store import Store

pytestmark = pytest.mark.unit

Capsys = pytest.CaptureFixture[str]
FAILED = tuple(
    Failure("mandatory", number, "no room", "Traceback: here", f"naas run mandatory --only {number}")
    for number in range(5)
)


def test_the_store_is_named_only_where_there_is_one(capsys: Capsys, tmp_path: Path) -> None:
    tell_failures(FAILED, None)
    assert capsys.readouterr().err.endswith("and 2 more\n")
    tell_failures(FAILED, Store(tmp_path))
    assert capsys.readouterr().err.endswith("and 2 more; naas results show tells them all\n")


def test_questions_about_costs_tell_failures_as_others_do(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    results: Any = SimpleNamespace(
        notices=(), failures=FAILED, interrupted=False, stopped="", whole=np.zeros(5, dtype=np.bool_)
    )
    assert _after(results, None) == 1
    said = capsys.readouterr().err
    assert "replication 2 of mandatory failed: no room" in said
    assert "naas run mandatory --only 2" in said
    assert said.endswith("and 2 more\n")
    monkeypatch.setenv("NAAS_TRACE", "1")
    _after(results, None)
    assert "Traceback: here" in capsys.readouterr().err
