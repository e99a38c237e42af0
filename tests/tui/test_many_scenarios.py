"""A chart of more scenarios than it can draw says which are not in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reports.page import BandChart, Table
from reports.plain import plain
from reports.tabular import csv_text
from scenarios.experiment import run
from scenarios.line_up import line_up
from scenarios.store import Store
from tui.desk.desk import Desk
from tui.views.compare import compare

pytestmark = pytest.mark.unit

MANY = ("voluntary", "mandatory", "consultation", "adcs", "no-scheme")
SMALL = {"replications": 2, "scale": 0.01, "until": "2017-12-31"}


@pytest.fixture
def many(results_elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    folder = tmp_path / "many"
    arms = [arm for _, arm in line_up(MANY, (), 2017, 0.01, date(2017, 12, 31))]
    run(arms, 2, store=Store(folder))
    monkeypatch.setenv("NAAS_RESULTS", str(folder))
    return Desk()


def test_the_chart_names_the_scenarios_that_it_does_not_draw(many: Desk) -> None:
    page = compare(many, MANY, SMALL)
    chart, measures = page.block("chart"), page.block("measures")
    assert isinstance(chart, BandChart)
    assert isinstance(measures, Table)
    drawn = [band.name for band in chart.bands]
    missing = [name for name in MANY if name not in drawn]
    assert missing
    assert chart.title.endswith(f"; not drawn: {', '.join(missing)}, see the table")
    assert set(MANY) <= {column.label for column in measures.columns}
    for text in (plain(page, 200), csv_text(page)):
        assert chart.title in text
    few = compare(many, MANY[:4], SMALL).block("chart")
    assert isinstance(few, BandChart)
    assert [band.name for band in few.bands] == list(MANY[:4])
    assert "not drawn" not in few.title
