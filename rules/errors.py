"""Problems in a person's input: where, what was found, what was expected, and the nearest valid name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

WIDEST_EXCERPT = 72
"""Characters of a line that an error shows; of a longer one, those about the column."""


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file; line and column count from 1, and 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input, with a stable code that documentation and tests refer to."""

    code: str
    message: str
    place: Place | None = None
    hint: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        head = f"{self.place}  {self.code}  {self.message}" if self.place else f"{self.code}  {self.message}"
        return "\n".join([head, *_quoted(self)])


class InputError(ValueError):
    """Input that cannot be used. Carries every problem that one pass found; nothing was run or written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        # An exception is otherwise rebuilt from its message, and problems must survive other processes.
        return type(self), (self.problems,)


def problem(code: str, message: str, place: Place | None = None, hint: str = "") -> InputError:
    """An `InputError` that holds a single problem."""
    return InputError([Problem(code, message, place, hint)])


class Collected:
    """Problems of several checks, so that all of them are told at once: `with collected: check()`."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def __enter__(self) -> None:
        """A check begins."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, InputError):
            self.problems.extend(error.problems)
            return True
        return False

    def tell(self) -> None:
        """Raise InputError with every problem, each once; do nothing when there are none."""
        if self.problems:
            raise InputError(dict.fromkeys(self.problems))


def nearest(name: str, valid: Iterable[str]) -> str:
    """A "did you mean" hint for a misspelt name, or an empty string when nothing is close.

    The name of a family, such as `take_up`, is answered with its members. What is refused is never offered
    again, although it may be valid elsewhere.
    """
    others = [item for item in valid if item != name]
    if family := [item for item in others if item.startswith(f"{name}.")]:
        return f"did you mean one of: {', '.join(family)}?"
    close = difflib.get_close_matches(name, others, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""


def _quoted(found: Problem) -> list[str]:
    """The offending line with a caret under the column, and the hint beside it; of a long line a part."""
    if not (found.excerpt and found.place and found.place.line):
        return [f"    {found.hint}"] if found.hint else []
    number = str(found.place.line)
    shown, before = _around(found.excerpt, max(found.place.column - 1, 0))
    return [
        f"    {number} | {shown}",
        f"    {' ' * len(number)} | {' ' * before}^ {found.hint}".rstrip(),
    ]


def _around(line: str, column: int) -> tuple[str, int]:
    """The part of a line about a column, counted from 0, and where the column stands in it."""
    if len(line) <= WIDEST_EXCERPT:
        return line, column
    first = max(0, min(column - WIDEST_EXCERPT // 2, len(line) - WIDEST_EXCERPT))
    last = first + WIDEST_EXCERPT
    head, tail = "… " if first else "", " …" if last < len(line) else ""
    return f"{head}{line[first:last]}{tail}", len(head) + min(column, last) - first
