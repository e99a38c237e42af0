"""A run gives way to the screens, where sessions have shares of the processors as well."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tui.runs.priority import SESSION

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not hasattr(os, "nice"), reason="there is no nice here"),
]

SHARES = SESSION.exists() and bool(SESSION.read_text().strip())

CODE = """
import os
from tui.runs.priority import SESSION, give_way
give_way(7)
print(os.nice(0), *(SESSION.read_text().split()[-1:] if SESSION.exists() else []))
"""


def told(session: bool) -> list[str]:
    """How nice a process is after giving way, and its session."""
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True, start_new_session=session
    )
    return done.stdout.split()


def test_a_process_with_a_session_of_its_own_gives_way_with_it() -> None:
    assert told(session=True) == [str(min(os.nice(0) + 7, 19)), *(["7"] if SHARES else [])]


@pytest.mark.skipif(not SHARES, reason="sessions have no shares here")
def test_a_session_of_others_is_left_alone() -> None:
    assert told(session=False)[1] == SESSION.read_text().split()[-1]
