"""Typed access to a document that collects every problem of a pass, instead of stopping at the first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from rules.document import Node, in_order, shortened
from rules.errors import InputError, Problem, nearest

MAX_TEXT: Final = 500
MAX_ITEMS: Final = 1000
ISO_DATE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ISO_DATE = re.compile(ISO_DATE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NO_KEYS: Final[tuple[str, ...]] = ()


class Reader:
    """Reads nodes as typed values; a value that does not fit is reported and read as None.

    Every accessor takes None (a key that is absent) and gives None back, so that
    `reader.text(fields.get("title"))` reads an optional key. Call `finish` at the end of a pass.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def report(self, code: str, message: str, at: Node, hint: str = "", key: str | None = None) -> None:
        """Record a problem at a node, or at one of the keys of a mapping."""
        place = at.place if key is None else at.key_places.get(key, at.place)
        self.problems.append(Problem(code, message, place, hint, at.text.excerpt(place.line)))

    def finish(self) -> None:
        """Raise InputError with all problems, in the order of the file; do nothing when there are none."""
        if self.problems:
            raise InputError(in_order(self.problems))

    def mapping(
        self,
        node: Node | None,
        known: Iterable[str] | None = None,
        required: Sequence[str] = _NO_KEYS,
        meant: Mapping[str, str] = MappingProxyType({}),
    ) -> Mapping[str, Node]:
        """The entries of a mapping; empty when it is none. Keys outside `known` are reported (D021).

        `meant` has the hint for keys that a person would think of, by the key.
        """
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self._kind(node, "a mapping of keys to values")
            return {}
        if known is not None:
            names = list(known)
            for key in node.value:
                if key not in names:
                    hint = meant.get(key) or nearest(key, names) or f"one of: {', '.join(names)}"
                    self.report("D021", f"unknown key '{shortened(key)}'", node, hint, key)
        for key in required:
            if key not in node.value:
                self.report("D022", f"the key '{key}' is missing", node)
        return node.value

    def sequence(self, node: Node | None, at_most: int = MAX_ITEMS, at_least: int = 0) -> Sequence[Node]:
        """The items of a list; empty when it is none."""
        if node is None:
            return []
        if not isinstance(node.value, list):
            self._kind(node, "a list")
            return []
        if not at_least <= len(node.value) <= at_most:
            self.report("D026", f"a list of {at_least} to {at_most} items is expected", node)
            return []
        return node.value

    def text(self, node: Node | None, at_most: int = MAX_TEXT) -> str | None:
        """A text that is not blank."""
        if node is None:
            return None
        if node.misread or not isinstance(node.value, str):
            self._kind(node, "a text")
            return None
        if _CONTROL.search(node.value):
            self.report("D027", "the text holds a control character", node)
            return None
        if not node.value.strip() or len(node.value) > at_most:
            self.report("D026", f"a text of 1 to {at_most} characters is expected", node)
            return None
        return node.value

    def texts(self, node: Node | None, at_most: int = MAX_ITEMS) -> list[str]:
        """A list of texts; a single text counts as a list of one."""
        if node is not None and node.kind == "scalar":
            one = self.text(node)
            return [] if one is None else [one]
        read = [self.text(item) for item in self.sequence(node, at_most)]
        return [text for text in read if text is not None]

    def flag(self, node: Node | None) -> bool | None:
        """Exactly `true` or `false`."""
        if node is None:
            return None
        if not isinstance(node.value, bool):
            self._kind(node, "true or false")
            return None
        return node.value

    def integer(self, node: Node | None, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`, both included."""
        if node is None:
            return None
        if isinstance(node.value, bool) or not isinstance(node.value, int):
            self._kind(node, f"a whole number from {low} to {high}")
            return None
        return node.value if self._within(node, node.value, low, high) else None

    def number(self, node: Node | None, low: float = -math.inf, high: float = math.inf) -> float | None:
        """A number from `low` to `high`, both included; never NaN or infinite."""
        if node is None:
            return None
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            self._kind(node, "a number")
            return None
        return float(node.value) if self._within(node, node.value, low, high) else None

    def date(self, node: Node | None, first: date = date.min, last: date = date.max) -> date | None:
        """A calendar date written like 2017-01-31, from `first` to `last`, both included."""
        if node is None:
            return None
        if not isinstance(node.value, str) or not _ISO_DATE.fullmatch(node.value):
            self.report("D025", f"{node.found()} is not a date", node, "write it like 2017-01-31")
            return None
        try:
            read = date.fromisoformat(node.value)
        except ValueError:
            self.report("D025", f"there is no such date as {node.value}", node)
            return None
        if not first <= read <= last:
            self.report("D024", f"{read} is outside {first} to {last}", node)
            return None
        return read

    def choice(self, node: Node | None, options: Sequence[str]) -> str | None:
        """One of the named options."""
        if node is None:
            return None
        listed = f"one of: {', '.join(options)}"
        if node.misread or not isinstance(node.value, str):
            self._kind(node, listed)
            return None
        if node.value not in options:
            hint = nearest(node.value, options)
            self.report("D023", f"'{shortened(node.value)}' is not {listed}", node, hint)
            return None
        return node.value

    def _within(self, node: Node, value: float, low: float, high: float) -> bool:
        if low <= value <= high:
            return True
        self.report("D024", f"{value} is outside {_bound(low)} to {_bound(high)}", node)
        return False

    def _kind(self, node: Node, expected: str) -> None:
        if node.misread:
            said = f"'{node.value}' is read by YAML as {node.misread}; {expected} is expected"
            self.report("D016", said, node, "put it in quotes" if expected == "a text" else "")
        else:
            self.report("D020", f"{node.found()} is given, and {expected} is expected", node)


def _bound(value: float) -> str:
    return f"{value:g}" if math.isfinite(value) else ("no upper limit" if value > 0 else "no lower limit")
