"""The fixed orders behind every small integer in the workforce and the journal."""

from __future__ import annotations

from typing import Final

PRACTITIONER_FUNCTIONS: Final = (
    "referral_decisions",
    "s47_lead",
    "case_responsibility",
    "statutory_assessments",
    "statutory_plans",
    "foster_carer_supervision",
    "foster_carer_approval",
)
SUPERVISOR_FUNCTIONS: Final = ("practice_supervision", "conference_chair", "iro", "designated_officer")
FUNCTIONS: Final = (*PRACTITIONER_FUNCTIONS, *SUPERVISOR_FUNCTIONS, "leader_post")
"""Statutory functions of consultation paras 55 to 57; function i is bit `1 << i` of a worker's functions."""

ROLES: Final = (
    "senior_manager",
    "middle_manager",
    "first_line_manager",
    "senior_practitioner",
    "case_holder",
    "qualified_without_cases",
)
CONTRACTS: Final = ("employed", "agency", "self_employed")
ORIGINS: Final = ("established", "newly_qualified", "other_social_work", "outside_england")
AGE_BANDS: Final = ("20-29", "30-39", "40-49", "50-59", "60+")
SERVICE_BANDS: Final = ("under 2", "2-5", "5-10", "10-20", "20-30", "30+")
SEXES: Final = ("female", "male")
ETHNICITIES: Final = ("white", "mixed", "asian", "black", "other")
STATUSES: Final = ("none", "practitioner", "supervisor", "leader")
REGIONS: Final = (
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
)
NEVER: Final = -(2**31) + 1
"""The day of something that has not happened and will not."""
