"""Results that are there, but from another version of the simulator: said in words, with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reports.page import Next

if TYPE_CHECKING:
    from scenarios.experiment import Arm
    from tui.desk.desk import Desk


@dataclass(frozen=True)
class OtherVersion:
    """The scenarios of which only another version holds results.

    `upgraded` says that this window is the older one: its program was replaced while it was open.
    """

    names: tuple[str, ...]
    upgraded: bool

    @property
    def words(self) -> str:
        """What happened, in a sentence or two; nothing where no scenario is concerned."""
        if not self.names:
            return ""
        of = " and ".join(self.names) if len(self.names) < 3 else f"{len(self.names)} scenarios"
        if self.upgraded:
            return (
                "The simulator was upgraded while this window was open, and this window cannot use what the "
                f"new version has run of {of}."
            )
        return (
            f"Another version of the simulator has run {of}. Its results are kept, but never mixed with "
            "those of this version."
        )

    def next(self, command: str) -> Next:
        """What to do about it; `command` runs the scenarios."""
        if self.upgraded:
            return Next(keys="Press q, then start naas tui again.", command="naas tui")
        return Next(keys="Press r to run anew.", command=command)


def other_version(desk: Desk, arms: Sequence[Arm]) -> OtherVersion:
    """Which of these arms, of which this version holds nothing, another version has run."""
    from scenarios.kept import held

    return by_another(desk, [arm for arm in arms if not held(desk.store, arm)[1]])


def by_another(desk: Desk, missing: Sequence[Arm]) -> OtherVersion:
    """Which of these arms, that are known to miss something here, another version has run."""
    from scenarios.identity import replaced
    from scenarios.versions import made, wanted

    if not missing:
        return OtherVersion((), False)
    store = desk.store
    there = [desk.keep(("made", where), partial(made, store, where)) for where in store.addresses()]
    found = [item for item in there if item is not None]
    names = tuple(arm.name for arm in missing if any(item.by_another_version(wanted(arm)) for item in found))
    return OtherVersion(names, bool(names) and replaced())
