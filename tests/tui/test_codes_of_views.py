"""A code says what is wrong: what a screen refuses has the meaning of its code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cli.codes import CODES
from reports.export import FORMS
from rules.errors import InputError
from tests.tui.conftest import PAIR, SMALL
from tui.actions import GLOBAL
from tui.desk.desk import Desk
from tui.views.levers import levers, save
from tui.views.why import rule, why

pytestmark = pytest.mark.unit

REFUSED: tuple[tuple[Callable[[Desk], Any], str, str], ...] = (
    (lambda desk: why(desk, ["scheme-from-scratch"], SMALL.plain()), "C016", "scheme from scratch"),
    (lambda desk: levers(desk, ["scheme-from-scratch"], SMALL.plain()), "C016", "scheme from scratch"),
    (lambda desk: rule(desk, "no.such.rule", PAIR[0], SMALL.plain()), "C017", "no such rule"),
    (lambda desk: save(desk, PAIR[0], {}), "C018", "nothing differs"),
)


@pytest.mark.parametrize(("ask", "code", "meaning"), REFUSED, ids=[code for _, code, _ in REFUSED])
def test_what_is_refused_has_the_code_that_means_it(
    desk: Desk, ask: Callable[[Desk], Any], code: str, meaning: str
) -> None:
    with pytest.raises(InputError) as caught:
        ask(desk)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert meaning in CODES[code].lower()


def test_what_export_says_names_every_form() -> None:
    [export] = [action for action in GLOBAL if action.id == "app.export"]
    for form in FORMS.values():
        name = form.label.partition(",")[0]
        assert name.lower() in export.tooltip.lower()
    assert "SVG" in export.tooltip
