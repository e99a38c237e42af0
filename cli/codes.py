"""What each error of the command line means; errors of files have their own codes."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "C001": "A number of replications, processes or a scale is not one that can be run.",
    "C002": "A date is not a date, or is out of range.",
    "C003": "There is no such measure.",
    "C004": "A comparison needs at least two different scenarios.",
    "C005": "A fact is not one that the rules know, or its value is not one it can have.",
    "C006": "There is no such worker or replication.",
    "C008": "A worker or facts are needed, and not both.",
    "C009": "The machine lacks something that the simulator needs.",
    "C010": "Two options do not go together.",
    "C011": "A precision is not a measure and a half-width.",
    "C012": "There are no stored results of this name, or no such folder.",
    "C013": "The interface cannot be served at this address, or for this time.",
    "C014": "A screen cannot be exported before what it shows has been run.",
    "C015": "The terminal interface is not in a terminal.",
    "C016": "A scheme from scratch is not decided by the consultation's rules, and has no levers.",
    "C017": "There is no such rule.",
    "C018": "Nothing differs from what is saved.",
}
