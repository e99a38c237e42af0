"""The levers in the order in which a person answers: nine questions, then what no question asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rules.lever_specs import SPECS


@dataclass(frozen=True)
class Section:
    """Levers that are answered together. `question` is the number in the consultation, None for none."""

    id: str
    title: str
    question: int | None
    levers: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """The paragraphs that its levers cite, in order."""
        return tuple(sorted({number for lever in self.levers for number in SPECS[lever].paragraphs}))

    @property
    def name(self) -> str:
        """The title with the number of the question before it."""
        return f"Q{self.question} {self.title}" if self.question else self.title


_TITLES: Final = {
    1: "Expectation or requirement",
    2: "Functions in scope",
    3: "Newly qualified: first months",
    4: "New in the role: first months",
    5: "From other social work",
    6: "From outside England",
    7: "Who endorses agency workers",
    8: "Retakes after a fail",
    9: "Re-accreditation",
}
_OTHERS: Final = {
    "phase": "Phases and dates",
    "review": "Independent review",
    "funding": "Funding",
    "support": "Support",
}


def _sections() -> tuple[Section, ...]:
    asked = [
        Section(f"q{number}", title, number, tuple(s.id for s in SPECS.values() if s.question == number))
        for number, title in _TITLES.items()
    ]
    rest = [
        Section(
            name,
            title,
            None,
            tuple(s.id for s in SPECS.values() if s.question is None and s.id.partition(".")[0] == name),
        )
        for name, title in _OTHERS.items()
    ]
    return (*asked, *rest)


SECTIONS: Final = _sections()
"""Every lever is in exactly one section."""


def section_of(lever: str) -> Section:
    """The section of a lever. Raises KeyError for an unknown one."""
    for section in SECTIONS:
        if lever in section.levers:
            return section
    raise KeyError(lever)
