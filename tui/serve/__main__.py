"""`python -m tui.serve PARENT WANTED`: the interface for one browser tab, started by the server."""

from __future__ import annotations

import json
import sys
from typing import NoReturn

from scenarios.watch import end_with_parent
from tui.start import Wanted, opened


def main() -> NoReturn:
    """Open what is wanted, as `naas tui` does, and end when the server does."""
    end_with_parent(int(sys.argv[1]))
    opened(Wanted(**json.loads(sys.argv[2])))


if __name__ == "__main__":
    main()
