"""The interface under test: a state and a store of its own, one small ready result for the whole session."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.cost_runs import arms_to_run
from scenarios.experiment import run
from scenarios.line_up import line_up
from scenarios.store import Store
from tui.asked import Asked
from tui.desk.desk import Desk
from tui.state import AppState, save_state

SMALL = Asked(replications=4, scale=0.02)
"""The settings of `demo_store`."""

PAIR = ("voluntary", "mandatory")


@pytest.fixture(scope="session")
def _made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo-store")
    arms = [arm for _, arm in line_up(PAIR, (), SMALL.seed, SMALL.scale)]
    run(arms, SMALL.replications, store=Store(folder))
    return folder


@pytest.fixture
def demo_store(_made_store: Path, results_elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results of voluntary and mandatory, 4 replications at scale 0.02; the same folder for every test."""
    monkeypatch.setenv("NAAS_RESULTS", str(_made_store))
    return _made_store


@pytest.fixture(scope="session")
def _costed_store(_made_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("costed") / "store"
    shutil.copytree(_made_store, folder)
    arms, _ = arms_to_run([arm for _, arm in line_up(PAIR, (), SMALL.seed, SMALL.scale)])
    run(arms, SMALL.replications, store=Store(folder))
    return folder


@pytest.fixture
def costed_desk(_costed_store: Path, results_elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk in this process, over `demo_store` and the same worlds without a scheme."""
    monkeypatch.setenv("NAAS_RESULTS", str(_costed_store))
    return Desk()


@pytest.fixture
def own_store(demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `demo_store` for a test that adds to it."""
    folder = tmp_path / "own-store"
    shutil.copytree(demo_store, folder)
    monkeypatch.setenv("NAAS_RESULTS", str(folder))
    return folder


@pytest.fixture(autouse=True)
def state_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own, greeted already, with the settings of `demo_store`."""
    folder = tmp_path / "state"
    monkeypatch.setenv("NAAS_STATE", str(folder))
    save_state(AppState(marks=list(PAIR), asked=SMALL, greeted=True, current="mandatory", glyphs="braille"))
    return folder


@pytest.fixture
def desk(demo_store: Path) -> Desk:
    """A desk in this process, for views."""
    return Desk()
