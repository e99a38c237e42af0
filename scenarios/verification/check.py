"""What a check is: something that must hold, tried on so many cases, with the first case that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from scenarios.request import DEFAULT_SEED

CODES: Final[dict[str, str]] = {
    "V001": "There is no such check.",
}


@dataclass(frozen=True)
class Setting:
    """How hard to check: cases for each check, the size of the workforce against England's, and the seed."""

    cases: int = 20
    scale: float = 0.012
    seed: int = DEFAULT_SEED


@dataclass(frozen=True)
class Found:
    """What a check found. `failure` is empty where everything held; `remark` says what the cases were."""

    cases: int
    remark: str = ""
    failure: str = ""

    @property
    def held(self) -> bool:
        """Whether every case held."""
        return not self.failure


@dataclass(frozen=True)
class Check:
    """One thing that must hold. `shows` says in a sentence what its holding means."""

    id: str
    label: str
    shows: str
    run: Callable[[Setting], Found]


class Broken(Exception):  # noqa: N818 - what it names is the promise, not an error of the program
    """A promise does not hold; the message shows how."""


def tried(cases: int, one: Callable[[int], str], remark: Callable[[list[str]], str] | None = None) -> Found:
    """Try cases 0, 1, ... in order until one raises `Broken`; each case says in a word what it was."""
    words: list[str] = []
    for case in range(cases):
        try:
            words.append(one(case))
        except Broken as broken:
            return Found(case + 1, "", f"case {case}: {broken}")
    return Found(cases, remark(words) if remark else "")
