"""Reading parameter files: what a parameter must say about itself before its number is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from rules.document import Node, read_document
from rules.errors import InputError, Place, Problem, nearest
from simulation.durations import NUMBERS, Duration, Kind
from simulation.parameters import AFFECTS, RATINGS, UNITS, Parameter, number_problem, span_of

_FIELDS: Final = (
    "label",
    "value",
    "range",
    "distribution",
    "unit",
    "source",
    "assumption",
    "rating",
    "dated",
    "affects",
)
_NEEDED: Final = ("label", "unit", "rating", "dated", "affects")


def read_parameters(paths: Iterable[Path]) -> tuple[Parameter, ...]:
    """Every parameter of every file, in order. Raises `InputError` with all problems of all files."""
    problems: list[Problem] = []
    found: dict[str, Parameter] = {}
    for path in paths:
        try:
            document = read_document(path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if not isinstance(document.value, dict):
            problems.append(Problem("P001", "expected parameters by id", document.place))
            continue
        for name, node in document.value.items():
            entry = _Entry(name, node, document.key_places[name])
            parameter = entry.parameter()
            problems.extend(entry.problems)
            if name in found:
                problems.append(
                    Problem("P002", f"parameter '{name}' is already set at {found[name].place}", entry.place)
                )
            elif parameter is not None:
                found[name] = parameter
    if problems:
        raise InputError(problems)
    return tuple(found.values())


class _Entry:
    """One parameter as written, and what is wrong with it."""

    def __init__(self, name: str, node: Node, place: Place) -> None:
        self.name = name
        self.place = place
        self.node = node
        self.fields: dict[str, Node] = node.value if isinstance(node.value, dict) else {}
        self.problems: list[Problem] = []

    def parameter(self) -> Parameter | None:
        """The parameter, or None with `problems` filled."""
        if not isinstance(self.node.value, dict):
            self._wrong("P001", f"parameter '{self.name}' is not a mapping of fields")
            return None
        self._check_fields()
        unit = self._text("unit")
        if unit and unit not in UNITS:
            self._wrong(
                "P009",
                f"unknown unit '{unit}'",
                "unit",
                nearest(unit, UNITS) or f"one of: {', '.join(UNITS)}",
            )
        source, assumption = self._evidence()
        rating = self._choice("rating", RATINGS)
        affects = self._choice("affects", AFFECTS)
        dated = self._dated()
        duration, value, span = None, 0.0, (0.0, 0.0, 0.0)
        if self._has("distribution") == self._has("value"):
            self._wrong(
                "P014", f"parameter '{self.name}' needs either 'value' with 'range' or 'distribution'"
            )
        elif self._has("distribution"):
            duration = self._distribution()
            if duration is not None:
                value, span = duration.mean, span_of(duration)
        elif unit in UNITS:
            value, span = self._value_and_range(unit)
        if self.problems:
            return None
        return Parameter(
            self.name,
            self._text("label"),
            value,
            *span,
            unit,
            source,
            assumption,
            rating,
            dated,
            affects,
            duration,
            "",
            self.place,
        )

    def _check_fields(self) -> None:
        for name in self.fields:
            if name not in _FIELDS:
                self._wrong("P004", f"unknown field '{name}'", name, nearest(name, _FIELDS), at_key=True)
        for name in _NEEDED:
            if not self._has(name):
                self._wrong("P003", f"parameter '{self.name}' lacks '{name}'")

    def _evidence(self) -> tuple[str, str]:
        source, assumption = self._text("source"), self._text("assumption")
        if bool(source) == bool(assumption):
            what = "both a source and an assumption" if source else "no evidence"
            self._wrong(
                "P005",
                f"parameter '{self.name}' has {what}",
                hint="say where the number is from ('source: ...') or why it is assumed ('assumption: ...')",
            )
        return source, assumption

    def _value_and_range(self, unit: str) -> tuple[float, tuple[float, float, float]]:
        value = self._number(self.fields["value"], unit)
        written = self.fields.get("range")
        if written is None:
            self._wrong("P003", f"parameter '{self.name}' lacks 'range'")
            return 0.0, (0.0, 0.0, 0.0)
        if not isinstance(written.value, list) or len(written.value) != 3:
            self._wrong("P007", "a range is three numbers: [min, mode, max]", "range")
            return 0.0, (0.0, 0.0, 0.0)
        low, mode, high = (self._number(item, unit) for item in written.value)
        if value is None or low is None or mode is None or high is None:
            return 0.0, (0.0, 0.0, 0.0)
        if not low <= mode <= high or not low <= value <= high:
            self._wrong("P007", f"expected min <= mode <= max and the value {value:g} between them", "range")
        return value, (low, mode, high)

    def _distribution(self) -> Duration | None:
        written = self.fields["distribution"]
        if not isinstance(written.value, dict) or len(written.value) != 1:
            self._wrong(
                "P011", f"a distribution is one of {', '.join(NUMBERS)} with its numbers", "distribution"
            )
            return None
        if self._text("unit") not in {"days", ""}:
            self._wrong("P011", "a distribution is of days", "unit", "unit: days")
        [(kind, listed)] = written.value.items()
        items = listed.value if isinstance(listed.value, list) else [listed]
        numbers = [self._number(item, "days") for item in items]
        if kind not in NUMBERS:
            self._wrong("P011", f"unknown distribution '{kind}'", "distribution", nearest(kind, NUMBERS))
            return None
        if any(number is None for number in numbers):
            return None
        try:
            return Duration(cast(Kind, kind), tuple(number for number in numbers if number is not None))
        except InputError as error:
            self._wrong("P011", error.problems[0].message, "distribution")
            return None

    def _number(self, node: Node, unit: str) -> float | None:
        wrong = number_problem(unit, node.value, node.place)
        if wrong is not None:
            self.problems.append(replace(wrong, excerpt=node.text.excerpt(node.place.line)))
            return None
        return float(node.value) if isinstance(node.value, int | float) else None

    def _dated(self) -> int:
        if not self._has("dated"):
            return 0
        written = self.fields["dated"].value
        if isinstance(written, bool) or not isinstance(written, int) or not 1990 <= written <= 2100:
            self._wrong("P010", f"'dated' is the year of the evidence, not {written!r}", "dated")
            return 0
        return written

    def _choice(self, name: str, allowed: tuple[str, ...]) -> str:
        text = self._text(name)
        if text and text not in allowed:
            self._wrong(
                "P010", f"'{name}' is one of {', '.join(allowed)}, not '{text}'", name, nearest(text, allowed)
            )
        return text

    def _has(self, name: str) -> bool:
        return name in self.fields

    def _text(self, name: str) -> str:
        if not self._has(name):
            return ""
        node = self.fields[name]
        if node.kind != "scalar" or not isinstance(node.value, str) or not node.value.strip():
            self._wrong("P001", f"'{name}' of parameter '{self.name}' is text that says something", name)
            return ""
        return node.value.strip()

    def _wrong(self, code: str, message: str, at: str = "", hint: str = "", *, at_key: bool = False) -> None:
        place = self.place
        if at:
            place = self.node.key_places[at] if at_key else self.fields[at].place
        found = Problem(code, message, place, hint, self.node.text.excerpt(place.line))
        if found not in self.problems:
            self.problems.append(found)
