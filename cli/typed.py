"""The command as it was typed, for whoever has to type it once more."""

from __future__ import annotations

import shlex
import sys


def typed() -> str:
    """What a person typed."""
    return shlex.join(["naas", *sys.argv[1:]])
