"""The toy run as a process of its own: `toy_run.py STORE REPLICATIONS`."""

from __future__ import annotations

import sys
from pathlib import Path

from toy import arm, toy

from scenarios.experiment import run
from scenarios.store import Store

if __name__ == "__main__":
    store = Store(Path(sys.argv[1]))
    results = run([arm("one"), arm("two", q3=6)], int(sys.argv[2]), simulate=toy, store=store)
    sys.stdout.write(f"{len(results.reused)} reused, {int(results.finished.sum())} finished\n")
