"""What each error of a cost case, or of what is asked about costs, means."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "K001": "The file or entry does not have the shape of a cost case.",
    "K002": "There is no line or price of this name.",
    "K003": "A field is not one that an entry has.",
    "K004": "The value is not a number, or min, mode and max, all finite.",
    "K005": "The value is not min, mode, max in rising order.",
    "K006": "The figure has no evidence: neither a source nor an assumption with its reason.",
    "K007": "The unit is not that of the line or price.",
    "K008": "The price year is missing, not wanted, or one that the deflator does not cover.",
    "K009": "The number lies outside what its unit allows.",
    "K010": "A rating, year or owner is not one that an entry can have.",
    "K011": "A figure set on the command line is not written as line=value.",
    "K012": "There is no council of this name or code.",
    "K013": "What was asked about costs is not known, or lacks something, or has something too many.",
    "K014": "These scenarios cannot be costed together.",
    "K015": "A line cannot be paid by that payer, or has none of its own.",
}
