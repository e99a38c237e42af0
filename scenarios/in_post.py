"""Who is in post when a simulation begins: their employers and their number, without making anybody up.

Stored results are read and shown by this alone. To build the workforce only to count it takes longer than
everything that is shown of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from simulation.employers import establish
from simulation.inputs import Inputs
from simulation.workforce import Employers


@dataclass(frozen=True)
class InPost:
    """The employers, in the order in which arrays by employer have them, and the people they begin with."""

    employers: Employers
    people: int


@lru_cache(maxsize=8)
def in_post(inputs: Inputs) -> InPost:
    """Who an arm begins with. Raises `InputError` when its staff list cannot be read."""
    if inputs.plain is None and inputs.workforce_file is None:
        place = establish(inputs.parameters, inputs.scale)
        people = sum(int(part.sum()) for part in (place.employed, place.agency, place.others))
        return InPost(place.employers, people)
    from simulation.replicate import prepare

    workforce = prepare(inputs).workforce
    return InPost(workforce.employers, workforce.baseline)
