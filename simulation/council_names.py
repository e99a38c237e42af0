"""The names that councils go by, and the authority that one of them most likely means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Final

_FORMS: Final = frozenset(
    {
        *(
            "authority",
            "borough",
            "cc",
            "city",
            "corporation",
            "council",
            "county",
            "district",
            "lb",
            "london",
        ),
        *("mbc", "metropolitan", "of", "rb", "royal", "the", "unitary"),
    }
)
"""Words that say what kind of council it is rather than where."""


def likely_authority(name: str, authorities: Iterable[str]) -> str:
    """The authority that a name such as "Leeds City Council" means, or an empty string."""
    places = {_place(authority): authority for authority in authorities}
    wanted = _place(name)
    close = difflib.get_close_matches(wanted, places, n=1, cutoff=0.7)
    if close:
        return places[close[0]]
    words = set(wanted.split())
    within = [authority for place, authority in places.items() if words <= set(place.split())]
    return within[0] if len(within) == 1 else ""


def _place(name: str) -> str:
    """Where a council is: its name without what kind of council it is."""
    words = re.findall(r"[a-z]+", name.lower().replace("&", " and ").replace("'", ""))
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)
