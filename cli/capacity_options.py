"""The options that every question about capacity takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.asked import StoredOptions
from reports.next_commands import as_often, following
from scenarios.request import DEFAULT_REPLICATIONS

if TYPE_CHECKING:
    from scenarios.experiment import Arm
    from simulation.parameters import Parameters


def _of_readouts(setting: str) -> bool:
    """Whether a setting is of what readouts take for granted, and changes nothing that is simulated."""
    from analysis.capacity.assumed import assumed

    return setting.partition("=")[0].strip() in assumed()


@dataclass(frozen=True)
class CapacityOptions(StoredOptions):
    """What is simulated, and how it is run and shown."""

    @property
    def of_world(self) -> list[str]:
        """The settings of levers and of parameters of the world."""
        return [text for text in self.settings if not _of_readouts(text)]

    @property
    def of_readouts(self) -> list[str]:
        """The settings of what readouts take for granted."""
        return [text for text in self.settings if _of_readouts(text)]

    def assumed(self) -> Parameters:
        """What readouts take for granted, as far as it is not set. Raises what is wrong with a setting."""
        from analysis.capacity.assumed import assumed
        from scenarios.settings import read

        return assumed().patched(read(self.of_readouts, assumed())[1])

    def made(self) -> dict[str, str | float]:
        """Every setting by name, with its value."""
        if not self.settings:
            return {}
        from analysis.capacity.assumed import assumed
        from scenarios.settings import values

        return values(self.of_world) | values(self.of_readouts, assumed())

    def following(
        self, arm: Arm, question: str, *words: str, usual: int = DEFAULT_REPLICATIONS, least: int = 1
    ) -> str:
        """The command that asks another question about the same.

        A number of replications is taken along where it was asked for, if the question, which has another
        `usual`, can be asked with so few.
        """
        taken = as_often(self.replications) and self.replications >= least
        often = as_often(self.replications, usual) if taken else ()
        settings = [word for text in self.of_readouts for word in ("--set", text)]
        store = ["--store", str(self.store)] if self.store else []
        return following(arm, f"capacity {question}", *words, then=[*settings, *often, *store])
