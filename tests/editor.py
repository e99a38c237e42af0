"""Files as an editor sees them, to hold against a JSON Schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from rules.document import Node, read_document


def complaints(schema: dict[str, Any], path: Path) -> list[str]:
    """What an editor with this schema says of a file."""
    return [error.message for error in validator(schema).iter_errors(_plain(read_document(path)))]


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(item) for item in node.value]
    return {"false": False, "true": True}.get(node.misread, node.value)
