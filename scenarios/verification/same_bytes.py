"""The same inputs give the same bytes: twice in one process, and in another with another hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

from scenarios.verification.check import Broken, Check, Found, Setting, tried
from scenarios.verification.policies import random_policy
from simulation.prepared import prepare_rollout
from simulation.world import run_world

MOST_PROCESSES = 3
"""Starting a process costs more than a case; a handful shows as much as a hundred."""


def fingerprint(setting: Setting, case: int) -> str:
    """A digest of the journal of one random policy."""
    journal = run_world(prepare_rollout(random_policy(setting, case)), case).journal
    return hashlib.sha256(journal.tobytes()).hexdigest()


def elsewhere(setting: Setting, case: int, hash_seed: int) -> str:
    """The same digest, reckoned by another process that orders sets and dictionaries of text differently."""
    called = f"Setting({setting.cases}, {setting.scale!r}, {setting.seed})"
    code = (
        "from scenarios.verification.check import Setting;"
        "from scenarios.verification.same_bytes import fingerprint;"
        f"print(fingerprint({called}, {case}))"
    )
    path = os.pathsep.join(entry for entry in sys.path if entry)
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or f"no answer: {done.stderr.strip()[-300:]}"


def _run(setting: Setting) -> Found:
    def one(case: int) -> str:
        here, again = fingerprint(setting, case), fingerprint(setting, case)
        if here != again:
            raise Broken("a second run in the same process gives another journal")
        there = elsewhere(setting, case, case + 1)
        if here != there:
            raise Broken(f"another process with another hash seed gives another journal ({there})")
        return here

    return tried(min(setting.cases, MOST_PROCESSES), one, lambda _: "two runs here and one elsewhere, each")


SAME_BYTES = Check(
    "same-bytes",
    "The same inputs give the same bytes",
    "A journal repeats in the same process, and in a fresh one with another hash seed.",
    _run,
)
