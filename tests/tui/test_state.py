"""What is remembered: whole files only, nothing lost, a damaged file set aside and said."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.asked import Asked
from tui.places import state_folder
from tui.state import (
    AppState,
    discard_draft,
    drafts,
    load_draft,
    load_state,
    save_draft,
    save_state,
)

pytestmark = pytest.mark.unit


def test_state_comes_back_as_it_was_kept() -> None:
    kept = AppState(marks=["a", "b"], theme="naas-dark", asked=Asked(seed=3), kept={"sort": ["x", True]})
    save_state(kept)
    assert load_state() == (kept, "")


def test_a_damaged_state_is_set_aside_and_said() -> None:
    state_folder().mkdir(parents=True, exist_ok=True)
    (state_folder() / "state.json").write_text("{ not json")
    found, said = load_state()
    assert found == AppState()
    assert "state.damaged.json" in said
    assert (state_folder() / "state.damaged.json").read_text() == "{ not json"


def test_a_setting_out_of_range_is_set_aside_too() -> None:
    state_folder().mkdir(parents=True, exist_ok=True)
    (state_folder() / "state.json").write_text('{"asked": {"replications": 0}}')
    found, said = load_state()
    assert found == AppState()
    assert said


def test_a_write_that_fails_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    save_draft("levers", "mandatory", {"q3": "6"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        save_draft("levers", "mandatory", {"q3": "7"})
    monkeypatch.undo()


def test_drafts_are_told_apart_by_kind_and_by_the_whole_name() -> None:
    save_draft("levers", "a/b.yaml", {"x": "1"})
    save_draft("levers", "a-b.yaml", {"x": "2"})
    save_draft("costs", "a/b.yaml", {"x": "3"})
    assert load_draft("levers", "a/b.yaml") == {"x": "1"}
    assert load_draft("levers", "a-b.yaml") == {"x": "2"}
    assert sorted(drafts()) == [("costs", "a/b.yaml"), ("levers", "a-b.yaml"), ("levers", "a/b.yaml")]
    discard_draft("levers", "a/b.yaml")
    assert load_draft("levers", "a/b.yaml") is None
    assert drafts("levers") == [("levers", "a-b.yaml")]


@given(
    replications=st.integers(1, 500),
    scale=st.sampled_from([1.0, 0.1, 0.02]),
    seed=st.integers(0, 10**9),
    interval=st.sampled_from([80, 95]),
    until=st.sampled_from(["", "2019-12-31"]),
)
def test_the_command_of_settings_asks_for_the_same(
    replications: int, scale: float, seed: int, interval: int, until: str
) -> None:
    import shlex

    asked = Asked(replications=replications, scale=scale, seed=seed, interval=interval, until=until)  # type: ignore[arg-type]
    words = shlex.split(asked.command("compare", ["a", "b c"]))
    assert words[:4] == ["naas", "compare", "a", "b c"]
    given_back = dict(zip(words[4::2], words[5::2], strict=True))
    said = {name.removeprefix("--"): value for name, value in given_back.items()}
    assert Asked.model_validate(said | {"interval": int(said.get("interval", 80))}) == asked


def test_full_rounds_of_the_collector_wait_until_nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.tidy import STILL, Tidy

    now = [100.0]
    monkeypatch.setattr("tui.tidy.monotonic", lambda: now[0])
    rounds: list[int] = []
    monkeypatch.setattr("tui.tidy.gc.collect", lambda generation=2: rounds.append(generation))
    tidy = Tidy()
    now[0] += STILL - 0.1
    assert not tidy.look()
    now[0] += 0.2
    assert tidy.look()
    assert rounds == [2]


def test_what_answers_leave_behind_is_cleared_away_between_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.tidy import PAUSE, Tidy

    rounds: list[int] = []
    monkeypatch.setattr("tui.tidy.gc.collect", rounds.append)
    tidy = Tidy()

    async def typing() -> None:
        for _ in range(3):
            tidy.typed()
        assert not tidy.look()
        assert rounds == []
        await asyncio.sleep(2 * PAUSE)

    asyncio.run(typing())
    assert rounds == [1]


def test_rounds_that_nobody_chose_are_small() -> None:
    from tui.tidy import Tidy

    before = gc.get_threshold()
    sizes: list[int] = []

    def told(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 1:
            sizes.append(len(gc.get_objects(0)) + len(gc.get_objects(1)))

    gc.callbacks.append(told)
    try:
        Tidy().begin()
        held = [[number] for number in range(200_000)]
        assert len(held) == 200_000
        assert sizes
        assert max(sizes) <= 150_000
    finally:
        gc.callbacks.remove(told)
        gc.set_threshold(*before)
        gc.unfreeze()
