"""The margins report says what is exact, what is near and what was filled in."""

import json

import pytest

from simulation.margins import TOLERANCE, margins_report
from simulation.parameters import Parameters
from simulation.synthesis import build_workforce

pytestmark = pytest.mark.unit


def test_england_passes_and_says_so() -> None:
    report = margins_report(build_workforce(Parameters.shipped(), 1.0, 30))
    assert report.authorities_exact == report.authorities_compared == 150
    assert 0 < report.largest_share_difference <= TOLERANCE
    total = next(
        cell for cell in report.cells if cell.category == "directly employed" and cell.unit == "people"
    )
    assert (total.published, total.synthetic, total.difference) == (29_924, 29_924, 0)
    case_holders = [cell for cell in report.cells if cell.category == "case_holder"]
    assert {cell.unit: cell.published for cell in case_holders} == {
        "percent": 54.2,
        "people": 16_220,
        "FTE": 15_000,
    }


def test_the_report_is_plain_data() -> None:
    report = margins_report(build_workforce(Parameters.shipped(), 0.01, 30)).to_dict()
    again = json.loads(json.dumps(report, allow_nan=False))
    assert again["authorities_compared"] == 150
    assert {"dimension", "category", "unit", "published", "synthetic", "imputed", "difference"} <= set(
        again["cells"][0]
    )
    assert again["imputed"][0]["how"]
