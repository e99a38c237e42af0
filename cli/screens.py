"""What `naas tui` and `naas export` are asked for: a screen, scenarios, and which results are meant."""

from __future__ import annotations

from typing import Final

from tui.workplaces import WORKPLACES

NAMES: Final = ", ".join(WORKPLACES)
"""The screens, for the help of an argument."""


def settings(
    replications: int | None, seed: int | None, scale: float | None, until: str | None, interval: int | None
) -> dict[str, object]:
    """What was given, by name. Raises everything that is wrong with it."""
    from cli.experiment import checked_date
    from rules.errors import Collected
    from scenarios.request import check

    wrong = Collected()
    with wrong:
        check("--", replications=replications, seed=seed, scale=scale, interval=interval)
    with wrong:
        checked_date(until)
    wrong.tell()
    given = {
        "replications": replications,
        "seed": seed,
        "scale": scale,
        "until": until,
        "interval": interval,
    }
    return {name: value for name, value in given.items() if value is not None}
