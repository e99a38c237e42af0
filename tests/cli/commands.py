"""Running a command inside the test, as `naas` runs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from cli.app import app
from cli.failures import guarded


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


def naas(capsys: pytest.CaptureFixture[str], *words: str) -> Ran:
    """Run `naas` with these words."""
    code = guarded(lambda: app(list(words), prog_name="naas", standalone_mode=False))
    caught = capsys.readouterr()
    return Ran(code, caught.out, caught.err)
