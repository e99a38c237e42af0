"""Which settings of a question about costs are of the world."""

from __future__ import annotations

import pytest

from cli.cost_options import CostOptions
from rules.errors import InputError

pytestmark = pytest.mark.unit


def test_lines_prices_and_payers_are_not_sent_to_scenarios() -> None:
    of_case = ["leavers=15000", "leavers.payer=department"]
    asked = CostOptions(setting=[*of_case, "q3=6", "take_up.mandatory=0.9"], scale=0.01)
    assert asked.of_world == ["q3=6", "take_up.mandatory=0.9"]
    [(scenario, _)] = asked.lined_up(["mandatory"])
    assert scenario.levers["q3"] == 6
    with pytest.raises(InputError, match="S020"):
        CostOptions(setting=["leaver=3"]).lined_up(["mandatory"])
