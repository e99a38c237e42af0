"""Every check in the order in which they are shown, and how they are run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rules.errors import nearest, problem
from scenarios.verification.check import Check, Found, Setting
from scenarios.verification.conserved import DELAY, PEOPLE, SEATS
from scenarios.verification.limits import LIMIT
from scenarios.verification.monotone import MONOTONE
from scenarios.verification.not_before import NOT_BEFORE
from scenarios.verification.same_bytes import SAME_BYTES
from scenarios.verification.twin_agrees import TWIN
from scenarios.verification.untouched import UNTOUCHED
from scenarios.verification.unused import UNUSED

_ALL: Final = (*(TWIN, NOT_BEFORE, UNTOUCHED, UNUSED, PEOPLE, SEATS, DELAY, LIMIT, MONOTONE, SAME_BYTES),)
CHECKS: Final[dict[str, Check]] = {check.id: check for check in _ALL}
"""Every check by id."""


def chosen(names: Iterable[str]) -> list[Check]:
    """The checks named, in their order; all of them for none. Raises V001 for an unknown one."""
    wanted = list(names)
    for name in wanted:
        if name not in CHECKS:
            raise problem("V001", f"unknown check '{name}'", hint=nearest(name, CHECKS) or ", ".join(CHECKS))
    return [check for check in CHECKS.values() if not wanted or check.id in wanted]


def verify(checks: Iterable[Check], setting: Setting) -> Iterator[tuple[Check, Found]]:
    """Run checks one after the other; a check that stops on an error has failed and says so."""
    for check in checks:
        try:
            yield check, check.run(setting)
        except Exception as error:
            yield check, Found(0, "", f"stopped on {type(error).__name__}: {error}")
