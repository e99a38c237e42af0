"""A run gives way to the screens, where sessions have shares of the processors as well."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not hasattr(os, "nice"), reason="there is no nice here"),
]

CODE = """
import json, os
from tui.runs.priority import SESSION, give_way

def seen():
    session = SESSION.read_text().split() if SESSION.exists() else []
    return [os.nice(0), session[-1] if session else None]

before = seen()
give_way(7)
print(json.dumps([before, seen()]))
"""


def told(session: bool) -> tuple[list[object], list[object]]:
    """How nice a process and its session are, before and after; None where sessions have no shares.

    Asked of the process itself: a session's share may be told in one session and not in another.
    """
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True, start_new_session=session
    )
    before, after = json.loads(done.stdout)
    return before, after


def test_a_process_with_a_session_of_its_own_gives_way_with_it() -> None:
    (nice, share), after = told(session=True)
    assert isinstance(nice, int)
    assert after == [min(nice + 7, 19), share if share is None else "7"]


def test_a_session_of_others_is_left_alone() -> None:
    (nice, share), after = told(session=False)
    assert isinstance(nice, int)
    assert after == [min(nice + 7, 19), share]
