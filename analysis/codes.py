"""What each error of an analysis means."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "A001": "A national scheme and a scheme from scratch have no changes in common to take apart.",
    "A002": "No measure is read on this day.",
    "A003": "The scenarios do not differ, so that there is nothing to share out.",
    "A004": "The scenarios do not have the same people, so that nobody can be followed across.",
    "A005": "A parameter that was asked for has no range, is not known, or differs between the scenarios.",
    "A006": "A method needs a package that is not installed.",
    "A007": "A number of settings to try is not one that the method can use.",
    "A008": "The measure is not defined in every run that the method needs.",
}
