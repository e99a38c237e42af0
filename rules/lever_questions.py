"""The open choices of questions 1 to 9, each with its options or bounds and its paragraphs."""

from __future__ import annotations

from datetime import date

from rules.lever_kinds import LeverSpec, Option, choice, day, number


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

QUESTIONS: tuple[LeverSpec, ...] = (
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
)
"""In the order of the consultation."""
