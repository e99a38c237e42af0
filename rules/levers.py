"""The levers of a scenario: a typed, bounded, immutable set of answers to every open choice.

`Levers()` is the consultation as written. The declarations are in `rules.lever_specs`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from rules.errors import InputError, Problem, nearest, problem
from rules.lever_kinds import Computed, LeverSpec, LeverValue, Option
from rules.lever_specs import COMPUTED, SPECS

__all__ = [
    "CODES",
    "COMPUTED",
    "SPECS",
    "Computed",
    "LeverSpec",
    "LeverValue",
    "Levers",
    "Option",
    "checked_value",
    "json_schema",
    "parse_value",
]

CODES: Mapping[str, str] = {
    "L001": "There is no lever of that name.",
    "L002": "The lever has no such option.",
    "L003": "The value is not of the lever's kind.",
    "L004": "The value is one of the words that YAML reads as true or false.",
    "L005": "The value is outside the lever's range.",
    "L006": "The phases are not in order.",
}
"""What each lever error means."""

_PHASE_ORDER = ("phase.one_from", "phase.one_to", "phase.two_from", "phase.two_to")
_DIGITS = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
_YAML_WORDS = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}


def checked_value(lever: str, value: object) -> LeverValue:
    """A value as the lever's own type. Raises InputError (L001 to L005) with what the lever takes."""
    spec = SPECS.get(lever)
    if spec is None:
        raise problem("L001", f"unknown lever '{lever}'", hint=nearest(lever, SPECS))
    word = str(value).lower()
    if isinstance(value, bool) or word in _YAML_WORDS:
        message = f"'{word}' is read by YAML as {_YAML_WORDS[word]}; {lever} takes {spec.allowed}"
        raise problem("L004", message)
    if spec.kind == "choice":
        names = [option.name for option in spec.options]
        if not isinstance(value, str) or value not in names:
            hint = nearest(str(value), names)
            raise problem(
                "L002",
                f"'{_short(value)}' is not an option of {lever}, which takes {spec.allowed}",
                hint=hint,
            )
        return value
    typed = _date(value) if spec.kind == "date" else _number(value, whole=spec.kind != "share")
    if typed is None:
        raise problem("L003", f"'{_short(value)}' does not fit {lever}, which takes {spec.allowed}")
    if not _within(spec, typed):
        raise problem("L005", f"{_short(typed)} is out of range for {lever}, which takes {spec.allowed}")
    return typed


def parse_value(lever: str, text: str) -> LeverValue:
    """The value that `text` means for a lever, as typed after `--set`. Raises as `checked_value` does."""
    stripped = text.strip()
    spec = SPECS.get(lever)
    if spec is None or spec.kind in ("choice", "date"):
        return checked_value(lever, stripped)
    if _DIGITS.fullmatch(stripped):
        return checked_value(lever, float(stripped) if "." in stripped else int(stripped))
    return checked_value(lever, stripped)


def _date(value: object) -> date | None:
    if type(value) is date:
        return value
    if not isinstance(value, str) or len(value) != len("2017-01-31"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _number(value: object, whole: bool) -> int | float | None:
    if isinstance(value, int):
        return value if whole else float(value)
    return value if isinstance(value, float) and not whole and math.isfinite(value) else None


def _within(spec: LeverSpec, value: date | float) -> bool:
    if isinstance(value, date):
        return isinstance(spec.low, date) and isinstance(spec.high, date) and spec.low <= value <= spec.high
    if isinstance(spec.low, date) or isinstance(spec.high, date) or spec.low is None or spec.high is None:
        return False
    return spec.low <= value <= spec.high


def _order_problems(values: Mapping[str, LeverValue]) -> list[Problem]:
    found = []
    for earlier, later in pairwise(_PHASE_ORDER):
        if str(values[earlier]) > str(values[later]):  # ISO dates sort as text
            message = f"{later} ({values[later]}) is before {earlier} ({values[earlier]})"
            found.append(Problem("L006", message, hint=f"the phases run {' <= '.join(_PHASE_ORDER)}"))
    return found


class _Answers(BaseModel):
    """What `Levers` can do; its fields are generated from the declarations."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, strict=True)

    @classmethod
    def of(cls, chosen: Mapping[str, object]) -> Self:
        """The consultation as written, except for the chosen values. InputError names every bad one."""
        return cls().patched(chosen)

    def patched(self, chosen: Mapping[str, object]) -> Self:
        """These levers, except for the chosen values. InputError (L0xx) names every bad one."""
        values = dict(self.items())
        problems: list[Problem] = []
        for lever, value in chosen.items():
            try:
                values[lever] = checked_value(lever, value)
            except InputError as error:
                problems.extend(error.problems)
        if not problems:
            problems = _order_problems(values)
        if problems:
            raise InputError(problems)
        return type(self)(**values)

    def __getitem__(self, lever: str) -> LeverValue:
        if lever in COMPUTED:
            computed = COMPUTED[lever]
            source = self[computed.of]
            assert isinstance(source, int)
            return computed.compute(source)
        if lever not in SPECS:
            raise KeyError(lever)
        value: LeverValue = getattr(self, _attribute(lever))
        return value

    def items(self) -> Iterator[tuple[str, LeverValue]]:
        """Every lever with its value, in the order of the consultation."""
        return ((lever, self[lever]) for lever in SPECS)

    def differences(self, other: _Answers) -> list[tuple[str, LeverValue, LeverValue]]:
        """The levers that differ, each with this value and the other's."""
        return [(lever, mine, other[lever]) for lever, mine in self.items() if mine != other[lever]]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if problems := _order_problems(dict(self.items())):
            raise ValueError(problems[0].message)
        return self


def _attribute(lever: str) -> str:
    return lever.replace(".", "_")


def _field(spec: LeverSpec) -> tuple[Any, Any]:
    """The pydantic field of a lever: its type, bounds, default and documentation."""
    kinds: dict[str, Any] = {"choice": str, "date": date, "share": float}
    kind = kinds.get(spec.kind, int)
    bounds: dict[str, Any] = {} if spec.kind == "choice" else {"ge": spec.low, "le": spec.high}
    if spec.kind == "choice":
        kind = Literal[tuple(option.name for option in spec.options)]
    about: dict[str, Any] = {
        "question": spec.question,
        "paragraphs": list(spec.paragraphs),
        "unit": spec.unit,
        "group": spec.group,
    }
    if spec.options:
        about["options"] = {
            option.name: {"label": option.label, "basis": option.basis, "paragraph": option.paragraph}
            for option in spec.options
        }
    if spec.kind == "date":  # JSON Schema has no bounds for dates
        about |= {"earliest": str(spec.low), "latest": str(spec.high)}
    field = Field(
        default=spec.default,
        alias=spec.id,
        title=spec.label,
        description=spec.help,
        json_schema_extra=about,
        **bounds,
    )
    return Annotated[kind, field], spec.default


if TYPE_CHECKING:

    class Levers(_Answers):
        """Every lever with its value; `levers["q3"]` reads one, and `Levers.of({"q3": 6})` changes some."""

else:
    Levers = create_model(
        "Levers",
        __base__=_Answers,
        __module__=__name__,
        __doc__='Every lever with its value; `levers["q3"]` reads one, `Levers.of({"q3": 6})` changes some.',
        **{_attribute(spec.id): _field(spec) for spec in SPECS.values()},
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the levers of a scenario file, for editors."""
    return Levers.model_json_schema(by_alias=True)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."
