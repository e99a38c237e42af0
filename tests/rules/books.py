"""A small rulebook by hand, with one decision of each hit policy, over the real levers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules.errors import Place
from rules.model import (
    All,
    AnswerField,
    AnyOf,
    Citation,
    Condition,
    DecisionTable,
    FactSpec,
    KnownGap,
    Leaf,
    LeverRef,
    NoneOf,
    Rule,
    Rulebook,
)

FACTS = (
    FactSpec("functions", "set", "Statutory functions", choices=("s47_lead", "iro", "leader_post")),
    FactSpec(
        "status_required",
        "choice",
        "Status required",
        choices=("none", "practitioner", "supervisor", "leader"),
        derived=True,
    ),
    FactSpec("contract", "choice", "Contract", choices=("employed", "agency", "self_employed")),
    FactSpec("new_in_role", "flag", "New to the role"),
    FactSpec("origin", "choice", "Origin", choices=("newly_qualified", "established", "outside_england")),
    FactSpec("elements_failed", "number", "Elements failed", low=0, high=3),
    FactSpec("failed_narrowly", "flag", "Failed narrowly"),
    FactSpec("attempt", "number", "Attempt", low=1, high=10),
)


def rule(
    name: str, when: Condition, then: dict[str, Any], para: int = 1, because: str = "Because.", **more: Any
) -> Rule:
    """A rule with a citation of one paragraph."""
    cite = (Citation("consultation", para),)
    return Rule(
        name, f"Title of {name}", cite, when, then, because, place=Place("by-hand.yaml", para), **more
    )


def table(
    name: str, policy: Any, fields: tuple[AnswerField, ...], rules: tuple[Rule, ...], **more: Any
) -> DecisionTable:
    """A decision of the book."""
    return DecisionTable(name, f"What is the {name}?", fields, policy, rules, **more)


def book(*tables: DecisionTable) -> Rulebook:
    """A rulebook over FACTS."""
    return Rulebook({spec.name: spec for spec in FACTS}, {each.name: each for each in tables})


def has(function: str) -> Leaf:
    return Leaf("functions", "includes", function)


def when(**facts: bool | int | str) -> All:
    """Every named fact is the given value."""
    return All(tuple(Leaf(name, "is", value) for name, value in facts.items()))


STATUS = table(
    "status",
    "highest",
    (AnswerField("status", "choice", FACTS[1].choices, "none"),),
    (
        rule(
            "S47",
            has("s47_lead"),
            {"status": "practitioner"},
            55,
            because="Leads section 47 enquiries.",
            under={"q2.s47_lead": ("included",)},
        ),
        rule("IRO", has("iro"), {"status": "supervisor"}, 56, under={"q2.iro": ("included",)}),
        rule("LEADER", has("leader_post"), {"status": "leader"}, 57, under={"q2.leader_post": ("included",)}),
    ),
    derives={"status_required": "status"},
    order=FACTS[1].choices,
)

_STARTS = ("none", "service_start", "role_start", "phase_end")

WINDOW = table(
    "window",
    "strictest",
    (
        AnswerField("opens_months", "number", (), 0),
        AnswerField("opens_after", "choice", _STARTS, "none"),
        AnswerField("closes_months", "number"),
        AnswerField("closes_after", "choice", _STARTS, "none"),
    ),
    (
        rule(
            "NQSW",
            when(origin="newly_qualified"),
            {"opens_months": LeverRef("q3"), "opens_after": "service_start"},
            61,
            because="Newly qualified: {opens_months} months first (question 3: {q3}).",
        ),
        rule(
            "NEW-SUPERVISOR",
            when(status_required="supervisor", new_in_role=True),
            {"opens_months": LeverRef("q4.supervisor"), "opens_after": "role_start"},
            62,
        ),
        rule(
            "ABROAD-12",
            when(origin="outside_england"),
            {"closes_months": 12, "closes_after": "service_start"},
            69,
            under={"q6.supervisor": ("within_12_months",)},
        ),
        rule(
            "ABROAD-6",
            when(origin="outside_england"),
            {"closes_months": 6, "closes_after": "service_start"},
            69,
            under={"q6.supervisor": ("within_6_months",)},
        ),
        rule(
            "PHASE",
            NoneOf((when(status_required="none"),)),
            {"closes_months": 12, "closes_after": "phase_end"},
            51,
        ),
    ),
)

ENDORSER = table(
    "endorser",
    "unique",
    (AnswerField("endorser", "choice", ("employer", "host", "agency", "nobody"), "nobody"),),
    (
        rule("OWN", when(contract="employed"), {"endorser": "employer"}, 37),
        rule(
            "HOST",
            Leaf("contract", "one_of", ("agency", "self_employed")),
            {"endorser": "host"},
            72,
            under={"q7": ("host_endorses",)},
        ),
        rule(
            "AGENCY", when(contract="agency"), {"endorser": "agency"}, 72, under={"q7": ("agency_endorses",)}
        ),
    ),
    known_gaps=(
        KnownGap(
            "GAP-SELF-EMPLOYED",
            when(contract="self_employed"),
            (Citation("consultation", 72),),
            "Nobody endorses the self-employed.",
            "Nobody does.",
        ),
    ),
)

RETAKE = table(
    "retake",
    "first",
    (
        AnswerField("retake", "choice", ("none", "one_element", "whole_assessment"), "none"),
        AnswerField("wait_months", "number", (), 0),
    ),
    (
        rule(
            "TWO",
            Leaf("elements_failed", "at_least", 2),
            {"retake": "whole_assessment", "wait_months": LeverRef("q8.full_months")},
            76,
            rank=1,
        ),
        rule(
            "NARROW",
            when(elements_failed=1, failed_narrowly=True),
            {"retake": "one_element", "wait_months": 3},
            75,
            rank=1,
        ),
        rule("STOP", Leaf("attempt", "at_least", 3), {"retake": "none"}, 74),
    ),
)

BOOK = book(STATUS, WINDOW, ENDORSER, RETAKE)

EITHER = AnyOf((has("iro"), has("s47_lead")))


def engine_facts(**facts: Any) -> Mapping[str, Any]:
    """Facts in a rule's own words; a set may be given as a tuple."""
    return {name: frozenset(value) if isinstance(value, tuple) else value for name, value in facts.items()}
