"""Every test keeps results in a place of its own, and none in the person's."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def results_elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for results, also for commands in processes of their own."""
    folder = tmp_path_factory.mktemp("results")
    monkeypatch.setenv("NAAS_RESULTS", str(folder))
    return folder
