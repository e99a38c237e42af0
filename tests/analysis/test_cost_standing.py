"""What cannot be used is left out, the figure stands as it was, and everything else goes on."""

from __future__ import annotations

import pytest

from analysis.cost_case import CostCase
from analysis.cost_edits import Edit, edited
from analysis.cost_standing import far_outside, usable

pytestmark = pytest.mark.unit

CASE = CostCase.default()
LEAVERS = CASE.figures["leavers"]


def test_in_place_of_what_cannot_be_used_stands_the_last_that_could() -> None:
    wrong, fine = Edit(mode="35x"), Edit(mode="9,000")
    found, left = usable(CASE, {"leavers": wrong}, {"leavers": [Edit(mode="3x"), fine, Edit(mode="7")]})
    assert found == {"leavers": fine}
    assert [item.key for item in left] == ["leavers"]
    assert "'35x' is not a number" in left[0].words()
    assert "with £9,000 until" in left[0].words()
    assert usable(CASE, {"leavers": wrong}, {})[1][0].stands == LEAVERS


def test_others_are_used_and_so_is_the_payer_beside_a_wrong_number() -> None:
    edits = {"leavers": Edit(low="30000", payer="department"), "venue": Edit(mode="500")}
    found, left = usable(CASE, edits, {"leavers": [Edit(mode="21000")]})
    assert found == {"leavers": Edit(mode="21000", payer="department"), "venue": edits["venue"]}
    assert [item.problem.code for item in left] == ["K005"]


@pytest.mark.parametrize(
    ("key", "edit"), [("leaver", Edit(mode="1")), ("leavers", Edit(mode="1", payer="councils"))]
)
def test_what_no_case_knows_is_left_out_too(key: str, edit: Edit) -> None:
    found, left = usable(CASE, {key: edit}, {})
    assert edited(CASE, found) == CASE
    assert [item.key for item in left] == [key]


@pytest.mark.parametrize("edit", [Edit(mode="x"), Edit(low="30000"), Edit(mode="-1"), Edit(rating="blue")])
def test_what_is_wrong_is_told_by_the_label_of_the_figure(edit: Edit) -> None:
    said = usable(CASE, {"leavers": edit}, {})[1][0].words()
    assert LEAVERS.label in said
    assert "'leavers'" not in said


@pytest.mark.parametrize(
    ("edit", "far"),
    [
        (Edit(mode="80000"), False),
        (Edit(mode="80001"), True),
        (Edit(mode="80001", low="80000", high="90000"), True),
        (Edit(mode="5000"), False),
        (Edit(mode="4999"), True),
        (Edit(high="900000"), False),
    ],
)
def test_a_value_twice_beyond_its_range_is_far_outside_it(edit: Edit, far: bool) -> None:
    said = far_outside(edited(CASE, {"leavers": edit}), CASE)
    assert said == ({"leavers": "Far outside the case's range, 10,000 to 40,000."} if far else {})
