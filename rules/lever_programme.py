"""The open choices of how the scheme is run, which no question asks: phases, review, funding, support."""

from __future__ import annotations

from datetime import date

from rules.lever_kinds import LeverSpec, Option, choice, day, number

_PHASES = "Phases"
_REVIEW = "Retakes and review"
_SUPPORT = "Funding and support"
_FROM_2016 = date(2016, 1, 1)

PROGRAMME: tuple[LeverSpec, ...] = (
    choice(
        "phase.plan",
        "How the scheme is rolled out",
        "In two phases, to everyone at once, or not at all.",
        question=None,
        paragraphs=(13, 14, 17),
        group=_PHASES,
        options=(
            Option("consultation", "named", "Two phases", 13),
            Option("all_at_once", "assumed", "Everyone everywhere in phase one"),
            Option("closed", "assumed", "Nobody is called: no scheme"),
        ),
    ),
    day(
        "phase.one_from",
        "Phase one begins",
        "First day of phase one.",
        question=None,
        paragraphs=(14,),
        group=_PHASES,
        default=date(2017, 1, 1),
        low=_FROM_2016,
    ),
    day(
        "phase.one_to",
        "Phase one ends",
        "Last day of phase one.",
        question=None,
        paragraphs=(14,),
        group=_PHASES,
        default=date(2018, 12, 31),
        low=_FROM_2016,
    ),
    day(
        "phase.two_from",
        "Phase two begins",
        "First day of phase two.",
        question=None,
        paragraphs=(17, 51),
        group=_PHASES,
        default=date(2019, 1, 1),
        low=_FROM_2016,
    ),
    day(
        "phase.two_to",
        "Phase two ends",
        "Last day of phase two.",
        question=None,
        paragraphs=(17, 51),
        group=_PHASES,
        default=date(2020, 12, 31),
        low=_FROM_2016,
    ),
    day(
        "phase.asye_since",
        "ASYE starters from",
        "Those whose assessed and supported year began on or after this day count as recent starters.",
        question=None,
        paragraphs=(14, 47),
        group=_PHASES,
        default=date(2014, 11, 1),
        low=date(2012, 9, 1),
    ),
    choice(
        "phase.asye",
        "Where recent ASYE starters are called in phase one",
        "Everywhere, or only in the phase one authorities.",
        question=None,
        paragraphs=(14, 47),
        group=_PHASES,
        options=(
            Option("everywhere", "named", "In every authority", 47),
            Option("phase_one_only", "assumed", "Only in the phase one authorities"),
        ),
    ),
    choice(
        "phase.leaders",
        "Where practice leaders are called in phase one",
        "Everywhere, or only in the phase one authorities.",
        question=None,
        paragraphs=(14, 48),
        group=_PHASES,
        options=(
            Option("everywhere", "named", "In every authority", 48),
            Option("phase_one_only", "assumed", "Only in the phase one authorities"),
        ),
    ),
    choice(
        "phase.agency",
        "When agency and self-employed workers are called",
        "In phase two, with the authority they work for, or not; the text has a small number in phase one.",
        question=None,
        paragraphs=(15, 50, 73),
        group=_PHASES,
        options=(
            Option("phase_two", "named", "In phase two", 73),
            Option("with_employer", "assumed", "In the phase of the authority they work for"),
            Option("excluded", "assumed", "Not called"),
        ),
    ),
    choice(
        "phase.other_employers",
        "Employers other than authorities",
        "Whether courts, voluntary bodies and fostering or adoption agencies are called in phase two.",
        question=None,
        paragraphs=(16, 17),
        group=_PHASES,
        options=(
            Option("phase_two", "named", "In phase two", 17),
            Option("excluded", "assumed", "Not called"),
        ),
    ),
    choice(
        "review",
        "Independent review of a result",
        "Whether a disputed result can be reviewed.",
        question=None,
        paragraphs=(42,),
        group=_REVIEW,
        options=(
            Option("available", "named", "A review is available", 42),
            Option("unavailable", "assumed", "Results stand"),
        ),
    ),
    number(
        "funding.dfe_share",
        "Share that the department pays",
        "The part of the costs of the scheme that the department pays; employers bear the rest.",
        question=None,
        paragraphs=(13,),
        group=_SUPPORT,
        kind="share",
        default=1.0,
        high=1.0,
        low=0.0,
        basis="assumed",
        read_by="simulation",
    ),
    number(
        "support.preparation_days",
        "Days of preparation",
        "Working days released to prepare for an assessment.",
        question=None,
        paragraphs=(18, 49),
        group=_SUPPORT,
        kind="days",
        default=3,
        high=20,
        basis="assumed",
        read_by="simulation",
    ),
    choice(
        "support.development",
        "Development after a fail",
        "Whether a development plan follows a result below the standard.",
        question=None,
        paragraphs=(74,),
        group=_SUPPORT,
        options=(
            Option("provided", "named", "A plan is agreed and supported", 74),
            Option("not_provided", "assumed", "Nothing is provided"),
        ),
        read_by="simulation",
    ),
)
"""In the order of the consultation."""
