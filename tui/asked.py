"""What results are asked for: how many random futures, of what size, from which seed, how they are shown."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Asked(BaseModel):
    """The settings that a run and every page made from it share.

    `scale` is the size of the workforce against England's; `until` the last day as an ISO date, empty for
    the scenario's own; `interval` the percent that intervals cover; `precision` a half-width to run for, such
    as `accredited=1%`, empty for a fixed number of `replications`; `jobs` the processes, 0 for every core.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    replications: int = Field(default=20, ge=1, le=100_000)
    seed: int = Field(default=2017, ge=0, le=2**63 - 1)
    scale: float = Field(default=1.0, ge=0.001, le=100)
    until: str = Field(default="", pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")
    interval: Literal[80, 95] = 80
    precision: str = Field(default="", pattern=r"^([a-z0-9_]+ *= *[0-9]*\.?[0-9]+ *%?)?$")
    jobs: int = Field(default=0, ge=0, le=1024)

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it, for a question to the desk."""
        return self.model_dump()

    def options(self) -> list[str]:
        """The options of the command line that ask for the same; what is usual is left out."""
        usual = Asked()
        found: list[str] = []
        if self.precision:
            found += ["--precision", self.precision, "--max-replications", str(self.replications)]
        elif self.replications != usual.replications:
            found += ["--replications", str(self.replications)]
        for name in ("seed", "interval", "jobs"):
            if getattr(self, name) != getattr(usual, name):
                found += [f"--{name}", str(getattr(self, name))]
        if self.scale != usual.scale:
            found += ["--scale", f"{self.scale:g}"]
        if self.until:
            found += ["--until", self.until]
        return found

    def command(self, name: str, scenarios: Sequence[str], *more: str) -> str:
        """What a person types for the same: `naas NAME SCENARIO ... OPTION ...`."""
        return shlex.join(["naas", name, *scenarios, *self.options(), *more])

    def words(self) -> str:
        """The settings in a line."""
        size = "" if self.scale == 1 else f", scale {self.scale:g}"
        return f"{self.replications} replications{size}, seed {self.seed}, {self.interval}% interval"


DEMO = Asked(replications=8, scale=0.1)
"""Small enough to be ready soon after the first start; the scale is said wherever a figure is shown."""

DEMO_SCENARIOS = ("voluntary", "mandatory")
"""What is marked at the first start."""

DEMO_RUN = (*DEMO_SCENARIOS, "no-scheme")
"""What is run then: costs are told against the same world without a scheme."""
