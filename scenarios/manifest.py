"""What the results in a folder are results of, in words that a person can read and a program can check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scenarios.atomic import unread
from scenarios.identity import key_of, written

NAME: Final = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """The content that results depend on, and the name under which they were first asked for.

    `variant` tells results of one scenario apart that differ in drawn parameters.
    """

    content: Mapping[str, Any]
    scenario: str
    variant: str = ""

    @property
    def address(self) -> str:
        """The address that the content gives."""
        return key_of(self.content)

    @property
    def inputs(self) -> Mapping[str, Any]:
        """The inputs as plain data."""
        found: Mapping[str, Any] = self.content["inputs"]
        return found

    def to_bytes(self) -> bytes:
        """The file: the same content, the same bytes."""
        document = {"scenario": self.scenario, "variant": self.variant, "content": self.content}
        return f"{written(document)}\n".encode()


def read(path: Path) -> Manifest:
    """The manifest in a folder of results. Raises ValueError, in words, when it is none."""
    try:
        found = json.loads((path / NAME).read_bytes())
    except OSError as error:
        raise ValueError(unread(error)) from error
    except ValueError as error:
        raise ValueError("it is cut short or damaged") from error
    try:
        manifest = Manifest(found["content"], str(found["scenario"]), str(found["variant"]))
        whole = isinstance(manifest.inputs, dict) and manifest.address == path.name
    except (KeyError, TypeError) as error:
        raise ValueError("it is not a manifest") from error
    if not whole:
        raise ValueError("it does not describe the results beside it")
    return manifest
