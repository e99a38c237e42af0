"""The `naas` command. Nothing heavy is imported here, so that help comes at once."""

from __future__ import annotations

import sys

from cli.start import complaint


def main() -> None:
    """Check the machine, run the command, and leave with its exit code."""
    missing = complaint()
    if missing:
        sys.stderr.write(f"{missing}\n")
        sys.exit(1)
    from cli.failures import guarded

    sys.exit(guarded(_run))


def _run() -> object:
    from cli.app import app

    return app(prog_name="naas", standalone_mode=False)


if __name__ == "__main__":
    main()
