"""Tables that meet their totals: iterative proportional fitting, and rounding that keeps the totals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def fit(seed: Floats, rows: Floats, columns: Floats, tolerance: float = 1e-7, rounds: int = 2_000) -> Floats:
    """The table nearest to `seed` (in relative entropy) with the given row and column sums.

    Cells of zero stay zero. `rows` and `columns` should have the same sum; if no table with the zeros of
    `seed` has both, the row sums are met and the column sums approached.
    """
    table = np.array(seed, dtype=np.float64)
    for _ in range(rounds):
        table *= _ratio(columns, table.sum(axis=0))[None, :]
        sums = table.sum(axis=1)
        table *= _ratio(rows, sums)[:, None]
        if np.abs(table.sum(axis=0) - columns).max() <= tolerance * max(1.0, columns.max()):
            break
    return table


def fill_suppressed(cells: Floats, rows: Floats, columns: Floats) -> Floats:
    """The table with its NaN cells filled, so that rows sum to `rows` and columns come near to `columns`.

    Published cells are kept as they are. What a row lacks goes to its own gaps, in proportion to what the
    columns lack nationally.
    """
    gaps = np.isnan(cells)
    known = np.where(gaps, 0.0, cells)
    row_rest = np.where(gaps.any(axis=1), np.maximum(rows - known.sum(axis=1), 0.0), 0.0)
    column_rest = np.where(gaps.any(axis=0), np.maximum(columns - known.sum(axis=0), 1e-6), 0.0)
    if row_rest.sum() == 0.0:
        return known
    column_rest *= row_rest.sum() / column_rest.sum()
    return known + fit(gaps * column_rest[None, :], row_rest, column_rest)


def largest_remainder(values: Floats, total: int) -> Integers:
    """Whole numbers in proportion to `values` that sum to `total`; ties go to the earlier one."""
    weight = float(values.sum())
    if total == 0 or weight <= 0:
        return np.zeros(len(values), dtype=np.int64)
    exact = values * (total / weight)
    # Rounding away the last bits keeps ties the same on every machine.
    whole = np.floor(np.round(exact, 9)).astype(np.int64)
    order = np.argsort(-np.round(exact - whole, 9), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def round_table(table: Floats, rows: Integers, columns: Integers) -> Integers:
    """Whole numbers close to `table` whose row and column sums are exactly `rows` and `columns`.

    Each row is rounded by largest remainder; then units move within rows from columns that hold too many to
    columns that hold too few, each time in the row where the move does least harm.
    """
    if int(rows.sum()) != int(columns.sum()):
        raise ValueError("row and column totals differ")
    whole = np.array([largest_remainder(line, int(total)) for line, total in zip(table, rows, strict=True)])
    for line, total in enumerate(rows):
        if whole[line].sum() != total:
            whole[line, int(np.argmax(columns))] += total
    surplus = whole.sum(axis=0) - columns
    while surplus.any():
        over, under = int(np.argmax(surplus)), int(np.argmin(surplus))
        gain = np.round((whole[:, over] - table[:, over]) - (whole[:, under] - table[:, under]), 9)
        # A cell that is zero by structure should stay empty while any other row can take the unit.
        gain -= 1e6 * (table[:, under] <= 0)
        gain[whole[:, over] == 0] = -np.inf
        line = int(np.argmax(gain))
        whole[line, over] -= 1
        whole[line, under] += 1
        surplus[over] -= 1
        surplus[under] += 1
    return whole


def _ratio(wanted: Floats, present: Floats) -> Floats:
    return np.divide(wanted, present, out=np.zeros_like(present), where=present > 0)
