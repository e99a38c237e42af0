"""Every open choice of the consultation, declared once: its options or bounds, its question and paragraphs.

Command-line options, forms, the JSON Schema and the documentation are generated from `SPECS`; the typed set
of chosen values is `rules.levers.Levers`. No option is called yes or no: YAML would read it as true or false.
The choices stand in `rules.lever_questions` and `rules.lever_programme`.
"""

from __future__ import annotations

from collections.abc import Mapping

from rules.lever_kinds import Computed, LeverSpec
from rules.lever_programme import PROGRAMME
from rules.lever_questions import QUESTIONS

SPECS: Mapping[str, LeverSpec] = {spec.id: spec for spec in (*QUESTIONS, *PROGRAMME)}
"""Every lever by its id, in the order of the consultation."""

NO_LAST_ATTEMPT = 99
"""Stands for no cap on attempts: above every attempt that the rules are asked about."""

COMPUTED: Mapping[str, Computed] = {
    "q3.closes": Computed(
        "q3.closes", "Months from starting work to a year after completing the ASYE", "q3", lambda m: m + 12
    ),
    "q8.last_attempt": Computed(
        "q8.last_attempt",
        "The attempt that nobody may follow with another",
        "q8.max_attempts",
        lambda most: most or NO_LAST_ATTEMPT,
    ),
}
"""Numbers worked out from a lever, by the id under which rules refer to them."""
