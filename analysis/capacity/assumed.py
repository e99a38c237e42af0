"""What the readouts of capacity take for granted, with range and reason: `analysis/data/capacity.yaml`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from simulation.parameters import Parameters

FILE: Final = Path(str(files("analysis").joinpath("data/capacity.yaml")))


@lru_cache(maxsize=1)
def assumed() -> Parameters:
    """The parameters of the readouts, read once per process."""
    return Parameters.load([FILE])
