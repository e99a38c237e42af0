"""Every open choice of the consultation, declared once: its options or bounds, its question and paragraphs.

Command-line options, forms, the JSON Schema and the documentation are generated from `SPECS`; the typed set
of chosen values is `rules.levers.Levers`. No option is called yes or no: YAML would read it as true or false.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rules.lever_kinds import Computed, LeverSpec, Option, choice, day, number


def _expectation(status: str, who: str) -> LeverSpec:
    return choice(
        f"q1.{status}",
        f"Is accreditation required of {who}?",
        f"Whether {who} in scope may, are expected to, or must be accredited.",
        question=1,
        paragraphs=(53, 54),
        group="Expectation or requirement",
        options=(
            Option("expected", "asked", "Expected, and managed by employers", 53),
            Option("voluntary", "assumed", "Voluntary, for those who come forward"),
            Option("mandatory", "named", "A formal national requirement", 54),
        ),
    )


def _function(name: str, paragraph: int, text: str) -> LeverSpec:
    return choice(
        f"q2.{name}",
        f"{text[0].upper()}{text[1:]}",
        f"Whether {text} calls for accreditation.",
        question=2,
        paragraphs=(paragraph,),
        group="Functions in scope",
        options=(
            Option("included", "asked", "On the list", paragraph),
            Option("excluded", "asked", "Not on the list", paragraph),
        ),
    )


def _first_months(lever: str, question: int, paragraph: int, who: str) -> LeverSpec:
    return LeverSpec(
        lever,
        f"Months in post before {who} may be assessed",
        f"Full-time continuous employment with the same employer that {who} need first; 0 means no minimum.",
        question,
        (paragraph,),
        "months",
        12,
        "Before assessment",
        low=0,
        high=36,
        unit="months",
    )


def _longest_wait(question: int, status: str, who: str, paragraph: int) -> LeverSpec:
    return choice(
        f"q{question}.{status}",
        f"Longest wait for {who}",
        f"How long after starting {who} are put forward for assessment at the latest.",
        question=question,
        paragraphs=(paragraph,),
        group="Longest wait of joiners",
        options=(
            Option("within_12_months", "asked", "Within 12 months", paragraph),
            Option("within_6_months", "asked", "Within 6 months", paragraph),
        ),
    )


_RETAKES = "Retakes and review"
_RENEWAL = "Re-accreditation"
_PHASES = "Phases"
_SUPPORT = "Funding and support"
_FROM_2016 = date(2016, 1, 1)

_DECLARED: tuple[LeverSpec, ...] = (
    _expectation("practitioner", "practitioners"),
    _expectation("supervisor", "practice supervisors"),
    _expectation("leader", "practice leaders"),
    day(
        "q1.mandatory_from",
        "When a requirement begins to bind",
        "The first day on which a mandatory requirement binds people already in post.",
        question=1,
        paragraphs=(53, 54),
        group="Expectation or requirement",
        default=date(2021, 1, 1),
        low=date(2017, 1, 1),
    ),
    choice(
        "q1.consequence",
        "What follows a missed requirement",
        "What happens to someone under a mandatory requirement who is not accredited by the latest date.",
        question=1,
        paragraphs=(54,),
        group="Expectation or requirement",
        options=(
            Option("restricted_duties", "assumed", "Stops holding the functions concerned"),
            Option("record_only", "assumed", "Is counted, and carries on"),
        ),
    ),
    _function("referral_decisions", 55, "deciding whether to accept a referral"),
    _function("s47_lead", 55, "leading section 47 enquiries"),
    _function(
        "case_responsibility", 55, "case responsibility for children in need and looked after children"
    ),
    _function("statutory_assessments", 55, "carrying out statutory assessments"),
    _function("statutory_plans", 55, "making and reviewing statutory plans"),
    _function("foster_carer_supervision", 55, "supervisory responsibility for foster carers"),
    _function("foster_carer_approval", 55, "approving and reviewing foster carers"),
    _function("practice_supervision", 56, "supervising social workers who carry out statutory functions"),
    _function("conference_chair", 56, "chairing child protection conferences"),
    _function("iro", 56, "acting as Independent Reviewing Officer or Children's Guardian"),
    _function("designated_officer", 56, "acting as designated officer for allegations"),
    _function("leader_post", 57, "the post of practice leader"),
    _first_months("q3", 3, 61, "newly qualified social workers"),
    _first_months("q4.supervisor", 4, 62, "new practice supervisors"),
    _first_months("q4.leader", 4, 62, "new practice leaders"),
    _longest_wait(5, "practitioner", "practitioners from other social work", 66),
    _longest_wait(5, "supervisor", "supervisors from other social work", 66),
    _longest_wait(5, "leader", "leaders from other social work", 66),
    _longest_wait(6, "practitioner", "practitioners from outside England", 69),
    _longest_wait(6, "supervisor", "supervisors from outside England", 69),
    _longest_wait(6, "leader", "leaders from outside England", 69),
    choice(
        "q7",
        "Who endorses agency and self-employed workers",
        "Who judges the practice of a worker whose contract is with another organisation.",
        question=7,
        paragraphs=(72,),
        group="Endorsement",
        options=(
            Option("host_endorses", "asked", "The organisation with direct experience of the practice", 72),
            Option("agency_endorses", "named", "The agency that holds the contract", 72),
        ),
    ),
    choice(
        "q8",
        "Who decides when to retake",
        "Whether the employer decides when a worker is ready again, or fixed waits apply.",
        question=8,
        paragraphs=(75, 76),
        group=_RETAKES,
        options=(
            Option("employer_discretion", "asked", "The employer decides", 75),
            Option("fixed_waits", "assumed", "Fixed waits apply, without a new endorsement"),
        ),
    ),
    number(
        "q8.narrow_months",
        "Wait after one element failed narrowly",
        "Months before the element is retaken.",
        question=8,
        paragraphs=(75,),
        group=_RETAKES,
        kind="months",
        default=3,
        high=24,
    ),
    number(
        "q8.full_months",
        "Wait before a full retake",
        "Months before the entire assessment is retaken.",
        question=8,
        paragraphs=(76,),
        group=_RETAKES,
        kind="months",
        default=12,
        high=36,
    ),
    number(
        "q8.max_attempts",
        "Most attempts",
        "How often anyone may sit; 0 means as often as the employer endorses.",
        question=8,
        paragraphs=(76,),
        group=_RETAKES,
        kind="count",
        default=0,
        high=10,
        unit="attempts",
        basis="assumed",
    ),
    choice(
        "q8.one_wide",
        "One element failed, not narrowly",
        "What is retaken after a single element failed by a wide margin, of which the text says nothing.",
        question=8,
        paragraphs=(75, 76),
        group=_RETAKES,
        options=(
            Option("element_only", "assumed", "That element, after the short wait"),
            Option("whole_assessment", "assumed", "The entire assessment, after the long wait"),
        ),
    ),
    choice(
        "q9",
        "Re-accreditation",
        "Whether accreditation is renewed from time to time, and how.",
        question=9,
        paragraphs=(77, 78),
        group=_RENEWAL,
        options=(
            Option("none", "asked", "Accreditation lasts", 77),
            Option("assessment", "named", "By a new assessment", 78),
            Option("cpd_hours", "named", "By hours of professional development", 78),
            Option("endorsement", "named", "By the employer's endorsement", 78),
        ),
    ),
    number(
        "q9.years",
        "Years between renewals",
        "How long an accreditation lasts where it is renewed.",
        question=9,
        paragraphs=(78,),
        group=_RENEWAL,
        kind="years",
        default=5,
        high=10,
        low=1,
        basis="assumed",
    ),
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
        group=_RETAKES,
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


SPECS: Mapping[str, LeverSpec] = {spec.id: spec for spec in _DECLARED}
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
