"""What the machine must have before anything else is tried."""

from __future__ import annotations

import sys
from importlib.util import find_spec


def complaint() -> str:
    """One sentence for a machine that cannot run the simulator; an empty string for one that can."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 12):
        running = f"{sys.version_info.major}.{sys.version_info.minor}"
        return (
            f"naas needs Python 3.11 or 3.12, and this is {running}: install one of them (Debian: "
            "python3 python3-venv; macOS: brew install python@3.12) and run 'make demo' with it."
        )
    if find_spec("durable_rules_engine") is None:
        return (
            "naas needs durable-rules, whose engine is compiled when it is installed: install a C compiler "
            "and the Python headers (Debian: gcc python3-dev; macOS: xcode-select --install), then "
            "'pip install durable-rules==2.0.28'."
        )
    return ""
