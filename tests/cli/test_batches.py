"""A long analysis that is stopped says what is kept, and goes on where it stopped."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

HOME = Path(__file__).parents[2]


@pytest.mark.parametrize(("options", "said"), [((), "is kept"), (("--no-store",), "Nothing was kept")])
def test_ctrl_c_says_what_is_kept(options: tuple[str, ...], said: str) -> None:
    what = ("sensitivity", "mandatory", "--parameters", "take_up.mandatory,element.written")
    words = (*what, "--scale", "0.01", "--until", "2018-12-31", "-n", "20", "-j", "1", *options)
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", *words],
        cwd=HOME,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr is not None
    while not re.match(r"\d+ of \d+", process.stderr.readline()):
        pass
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert said in err
    assert "To go on: naas sensitivity mandatory" in err
    assert "Traceback" not in err
