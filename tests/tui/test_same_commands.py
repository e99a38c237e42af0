"""The command that a page names is one that can be typed for the same: the same scenario, the same size."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tui.asked import Asked
from tui.desk.desk import Desk
from tui.desk.handlers import handler

pytestmark = pytest.mark.unit

ODD = Asked(scale=0.1234567, until="2017-06-30", replications=3, seed=5)
"""Settings of which each is told by an option, and none as it is usually rounded."""


@pytest.fixture
def child(tmp_path: Path) -> str:
    """A scenario that has no name: it is opened by its path, in which a shell sees two words."""
    path = tmp_path / "a folder" / "other.yaml"
    path.parent.mkdir()
    path.write_text("id: child\ntitle: T\nwhy: W.\nparent: consultation\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["run", "compare", "why", "costs", "capacity"])
def test_a_page_names_a_scenario_and_its_settings_as_they_are_typed(
    desk: Desk, child: str, name: str, results_elsewhere: Path
) -> None:
    words = shlex.split(handler(name)(desk, scenarios=[child], settings=ODD.plain()).provenance.command)
    assert child in words
    assert "child" not in words
    assert float(words[words.index("--scale") + 1]) == ODD.scale
    assert words[words.index("--until") + 1] == ODD.until


def test_the_card_of_a_scenario_names_it_as_it_is_typed(desk: Desk, child: str) -> None:
    command = handler("library.card")(desk, scenario=child).provenance.command
    assert shlex.split(command) == ["naas", "show", child]


def test_the_levers_of_a_scenario_name_it_and_its_size_as_they_are_typed(desk: Desk, child: str) -> None:
    page = handler("levers")(desk, scenarios=[child], settings=ODD.plain(), edits={"q3": "18"})
    words = shlex.split(page.provenance.command)
    assert words[:4] == ["naas", "export", "levers", child]
    assert float(words[words.index("--scale") + 1]) == ODD.scale


def test_a_search_for_seats_names_the_scenario_as_it_is_typed(desk: Desk, child: str) -> None:
    from analysis.capacity.usual import TARGET
    from tui.views.capacity import _sizing

    asked = ODD.model_copy(update={"until": ""})
    [(_, arm)] = desk.line_up([child], asked.plain())
    [told] = _sizing(desk, arm, child, asked, TARGET, 0.8)
    said = " ".join(getattr(told, "lines", ()))
    assert shlex.quote(child) in said
