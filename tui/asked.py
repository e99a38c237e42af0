"""What results are asked for: how many random futures, of what size, from which seed, how they are shown."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)
from pydantic_core import PydanticCustomError

from scenarios.request import DEFAULT_INTERVAL, DEFAULT_REPLICATIONS, DEFAULT_SEED, wrong


class Asked(BaseModel):
    """The settings that a run and every page made from it share.

    `scale` is the size of the workforce against England's; `until` the last day as an ISO date, empty for
    the scenario's own; `interval` the percent that intervals cover; `precision` a half-width to run for, such
    as `accredited=1%`, empty for a fixed number of `replications`; `jobs` the processes, 0 for every core.
    What each may be is said by `scenarios.request`, as for the command line.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    replications: int = DEFAULT_REPLICATIONS
    seed: int = DEFAULT_SEED
    scale: float = 1.0
    until: str = ""
    interval: int = DEFAULT_INTERVAL
    precision: str = ""
    jobs: int = 0

    @field_validator("*", mode="wrap")
    @classmethod
    def _in_bounds(cls, value: Any, read: ValidatorFunctionWrapHandler, about: ValidationInfo) -> Any:
        try:
            found = read(value)
        except ValidationError:  # no number, or no text: said in the words of the bounds
            found = value
        if said := wrong(str(about.field_name), found):
            raise PydanticCustomError("asked", "{said}", {"said": said})
        return found

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
            found += ["--scale", repr(self.scale)]
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
