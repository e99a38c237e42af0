"""What a scale below England's does to what is read: whose counts these are."""

from __future__ import annotations


def not_grossed_up(scale: float) -> str:
    """That counts are of the people simulated; nothing at full size."""
    if scale == 1:
        return ""
    return (
        f"Counts are of the people simulated, not grossed up: multiply them by {1 / scale:,.4g} for full "
        "size. Shares and waits are as at full size, but rougher."
    )


def counts_as_run(scale: float) -> str:
    """The same in a few words, for the head of a table; nothing at full size."""
    return "" if scale == 1 else f"counts as run: ×{1 / scale:,.4g} for full size"


def seats_as_run(scale: float) -> str:
    """That people and seats are as run, while circuits are whole ones; nothing at full size."""
    if scale == 1:
        return ""
    return (
        "People, sittings, seats and circuit days are as run, not grossed up: multiply them by "
        f"{1 / scale:,.4g} for full size."
    )


def whole_circuits(scale: float) -> str:
    """That the circuits of an answer are England's, while few people were simulated; nothing at full size."""
    if scale == 1:
        return ""
    return (
        "Circuits and seats a week are for full size, not to be multiplied; but they were found with few "
        f"people (scale {scale:g}), whose chance is larger. Run it without --scale before relying on it."
    )
