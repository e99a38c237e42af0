"""Every test keeps results in a place of its own, and none in the person's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings


@pytest.fixture(autouse=True)
def no_width_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Output is as wide as where it goes, but processes of a test runner are told of a width of its own."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True)
def results_elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for results, also for commands in processes of their own."""
    folder = tmp_path_factory.mktemp("results")
    monkeypatch.setenv("NAAS_RESULTS", str(folder))
    return folder


# Continuous integration tries the same random cases every time; a person's run looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("steady")
