"""Comparisons as one JSON document or as CSV rows: every number, for programs to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scenarios.comparison import Comparison, Row

SCHEMA: Final = 1
"""Changes when a program that reads the document would have to change."""

CSV_COLUMNS: Final = (
    *("id", "label", "unit", "at", "period", "region", "status", "authority", "cause"),
    *("scenario", "mean", "low", "high"),
    *("difference_mean", "difference_low", "difference_high", "verdict"),
)


def document(comparison: Comparison, wanted: frozenset[str] | None = None) -> dict[str, object]:
    """The comparison as plain data. Intervals cover `interval` percent; NaN is what is not defined."""
    from importlib.metadata import PackageNotFoundError, version

    from simulation.replicate import ENGINE_VERSION

    results = comparison.results
    inputs = results.arms[0].inputs
    try:
        product = version("naas-policy-simulator")
    except PackageNotFoundError:  # run from a copy that is not installed
        product = "not installed"
    return {
        "schema": SCHEMA,
        "scenarios": list(comparison.names),
        "replications": results.requested,
        "seed": inputs.seed,
        "finished": comparison.used,
        "interval": round(comparison.level * 100),
        "period": {"from": inputs.start.isoformat(), "until": inputs.until.isoformat()},
        "scale": inputs.scale,
        "product": product,
        "engine": ENGINE_VERSION,
        "digests": {arm.name: arm.digest for arm in results.arms},
        "failures": [
            {"scenario": item.arm, "replication": item.replication, "error": item.error}
            for item in results.failures
        ],
        "measures": [_measure(row) for row in comparison.rows if _is_wanted(row, wanted)],
    }


def csv_rows(comparison: Comparison, wanted: frozenset[str] | None = None) -> Iterator[dict[str, object]]:
    """One row for each measure, date or period, cut and scenario."""
    for row in comparison.rows:
        if not _is_wanted(row, wanted):
            continue
        shared = {"id": row.key.id, "label": row.measure.label, "unit": row.measure.unit}
        place = {"at": row.key.at, "period": row.key.period, **dict(row.key.by)}
        for name, estimate in row.arms.items():
            line: dict[str, object] = {**shared, **place, "scenario": name}
            line |= {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}
            if gap := row.differences.get(name):
                found = gap.estimate
                line |= {"difference_mean": found.mean, "difference_low": found.low}
                line |= {"difference_high": found.high, "verdict": gap.verdict}
            yield line


def _is_wanted(row: Row, wanted: frozenset[str] | None) -> bool:
    return wanted is None or row.key.id in wanted


def _measure(row: Row) -> dict[str, object]:
    when = {"at": row.key.at} if row.key.at else {"period": row.key.period}
    return {
        "id": row.key.id,
        "label": row.measure.label,
        "unit": row.measure.unit,
        **when,
        "by": dict(row.key.by),
        "arms": {
            name: {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}
            for name, estimate in row.arms.items()
        },
        "differences": {
            name: {
                "mean": gap.estimate.mean,
                "low": gap.estimate.low,
                "high": gap.estimate.high,
                "verdict": gap.verdict,
            }
            for name, gap in row.differences.items()
        },
    }
