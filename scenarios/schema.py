"""The JSON Schema of scenario files, for editors: made from levers, parameters and the keys of the loader.

Seats, closures, sites and schemes from scratch are left to `naas check`, which knows how their parts fit.
"""

from __future__ import annotations

from rules.levers import json_schema
from rules.reader import ISO_DATE
from rules.schema import DIALECT, Schema, keyed, text
from scenarios.patch import (
    ID,
    KEYS,
    MAX_EVIDENCE,
    MAX_TITLE,
    MAX_WHY,
    NEEDS,
    PARAMETER_KEYS,
)
from scenarios.request import LARGEST_SCALE, SMALLEST_SCALE
from simulation.durations import LONGEST, NUMBERS
from simulation.parameters import Parameter, Parameters


def scenario_schema() -> Schema:
    """The JSON Schema of a scenario file."""
    day: Schema = {"type": "string", "format": "date", "pattern": f"^{ISO_DATE}$"}
    scale: Schema = {"type": "number", "minimum": SMALLEST_SCALE, "maximum": LARGEST_SCALE}
    shapes: Schema = {
        "id": {"type": "string", "pattern": f"^{ID}$"},
        "title": text(MAX_TITLE),
        "why": text(MAX_WHY),
        "parent": text(about="A name from the library, or a file beside this one."),
        "horizon": keyed(("from", "until"), {"from": day, "until": day}),
        "workforce": keyed(("file", "scale"), {"file": text(), "scale": scale}),
        "levers": json_schema(),
        "parameters": _parameters(),
        "centres": {"type": "object"},
        "closures": {"type": "array"},
        "sites": {"type": "object"},
        "scheme": {"type": "object"},
    }
    return {
        "$schema": DIALECT,
        "title": "A scenario: what it changes of its parent",
        **keyed(KEYS, shapes, NEEDS),
    }


def _parameters() -> Schema:
    shapes = {name: _parameter(item) for name, item in Parameters.shipped().items()}
    return keyed(tuple(shapes), shapes)


def _parameter(item: Parameter) -> Schema:
    """A number or a distribution, with where it is from or why it is assumed."""
    number: Schema = {"type": "number"}
    shapes: Schema = {
        "value": number,
        "distribution": _duration(),
        "range": {"type": "array", "items": number, "minItems": 3, "maxItems": 3},
        "source": text(MAX_EVIDENCE),
        "assumption": text(MAX_EVIDENCE),
    }
    return {
        "title": item.label,
        **keyed(PARAMETER_KEYS, shapes),
        "oneOf": [{"required": ["value"]}, {"required": ["distribution"]}],
        "anyOf": [{"required": ["source"]}, {"required": ["assumption"]}],
    }


def _duration() -> Schema:
    """Days, or one distribution by its name."""
    number: Schema = {"type": "number", "minimum": 0, "maximum": LONGEST}
    kinds: Schema = {
        kind: {
            "anyOf": [
                {"type": "array", "items": number, "minItems": len(names), "maxItems": len(names)},
                keyed(names, dict.fromkeys(names, number), names),
                *([number] if len(names) == 1 else []),
            ]
        }
        for kind, names in NUMBERS.items()
    }
    one = {**keyed(tuple(kinds), kinds), "minProperties": 1, "maxProperties": 1}
    return {"anyOf": [number, one]}
