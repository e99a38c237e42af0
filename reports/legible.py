"""Text from data made fit to show: one line, no control characters, a known width in cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, chop_cells, set_cell_size

if TYPE_CHECKING:
    from reports.page import Cell

MARK_WORDS: Final[Mapping[str, str]] = {
    "=": "no difference",
    "^": "up",
    "v": "down",
    "?": "unclear",
    "!": "needs attention",
    "*": "changed",
    "~": "assumed",
    "#": "sourced",
}
"""What each mark says to somebody who does not see it."""

_PLAIN_IN_WORDS: Final = frozenset("^v")
"""Marks that a figure's sign or word already says, so that they are not spoken again."""

_HIDDEN: Final = frozenset("\u200b\u2060\ufeff\u00ad")
_CUT: Final = "…"
_REPLACED: Final = "\ufffd"


def legible(text: str) -> str:
    """The text on one line, with anything that could steer a terminal or turn its letters replaced.

    White space becomes single spaces; control characters, marks that turn the direction of writing,
    and surrogates become the replacement character; characters without any width vanish.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    kept = (_one(letter) for letter in text if letter not in _HIDDEN)
    return " ".join("".join(kept).split())


def legible_lines(text: str) -> str:
    """Each line of a text made legible; the spaces that it begins with stay."""
    lines = text.split("\n")
    return "\n".join(" " * (len(line) - len(line.lstrip(" "))) + legible(line) for line in lines)


def _one(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter.isspace() or kind in ("Zl", "Zp", "Zs"):
        return " "
    if kind in ("Cc", "Cs", "Co", "Cn") or unicodedata.bidirectional(letter) in _TURNING:
        return _REPLACED
    return letter


_TURNING: Final = frozenset({"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"})


def width(text: str) -> int:
    """How many cells of a terminal the text takes: wide letters take two, combining marks none."""
    return cell_len(text)


def fit(text: str, cells: int, *, right: bool = False) -> str:
    """The text in exactly so many cells: padded, or cut with an ellipsis."""
    if cells <= 0:
        return ""
    size = cell_len(text)
    if size > cells:
        return set_cell_size(text, cells - 1) + _CUT
    return " " * (cells - size) + text if right else text + " " * (cells - size)


def shortened(text: str, cells: int) -> str:
    """The text in at most so many cells, cut with an ellipsis where it is longer."""
    return text if cell_len(text) <= cells else fit(text, cells)


def folded(text: str, cells: int, *, indent: str = "") -> list[str]:
    """The text in lines of at most so many cells, broken between words; later lines are indented."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, max(cells - len(indent), 1)):
            joined = f"{line} {piece}" if line.strip() else f"{line}{piece}"
            if line.strip() and cell_len(joined) > cells:
                lines.append(line)
                line = indent + piece
            else:
                line = joined
    return [*lines, line] if line.strip() or not lines else lines


def _pieces(word: str, cells: int) -> Iterable[str]:
    return [word] if cell_len(word) <= cells else chop_cells(word, cells)


def marked(cell: Cell) -> str:
    """A cell as it stands in a table: its text, with its mark beside it."""
    text = legible(cell.text)
    return f"{cell.mark} {text}".rstrip() if cell.mark else text


def spoken(cell: Cell, attention: str = "") -> str:
    """A cell in words alone: the mark becomes its word, unless the text says it already.

    `attention` is the word for "!" where a shorter one is clear, such as "over" in a table of seats.
    """
    text = legible(cell.text)
    word = attention if attention and cell.mark == "!" else MARK_WORDS.get(cell.mark, "")
    if not word or cell.mark in _PLAIN_IN_WORDS or word in text.lower():
        return text
    if not text:
        return word
    return f"{text} {word}" if word == attention else f"{text} ({word})"
