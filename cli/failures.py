"""What a command ends with: one clear message on standard error, and an exit code that says what happened."""

from __future__ import annotations

import os
import re
import sys
import textwrap
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rules.errors import InputError

FINE: Final = 0
FAILED: Final = 1
"""Something went wrong that is not the person's to mend, or some replications failed."""
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130

STANDARD_OUTPUT: Final = 1
"""The number that every system gives it."""


_PLAINLY: Final = {
    "Input should be a valid integer, unable to parse string as an integer": "a whole number is needed",
    "Input should be a valid number, unable to parse string as a number": "a number is needed",
}
"""What a person is told in place of the words of the library that reads numbers."""


def guarded(command: Callable[[], object]) -> int:
    """Run a command and turn whatever it raises into a message and an exit code."""
    try:
        code = command()
        sys.stdout.flush()
        return code if isinstance(code, int) else FINE
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; nothing was kept.\n")
        return INTERRUPTED
    except BrokenPipeError:
        return _unread()
    except SystemExit as ended:  # the framework turns a broken pipe into one
        if isinstance(ended.__context__, BrokenPipeError):
            return _unread()
        raise
    except Exception as error:
        return _told(error)


def _unread() -> int:
    """Whoever was reading has read enough; what Python still holds goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_OUTPUT)
    return FINE


def _told(error: Exception) -> int:
    from rules.errors import InputError
    from scenarios.atomic import StoreError

    if isinstance(error, InputError):
        return mistaken(error)
    if isinstance(error, StoreError):
        sys.stderr.write(f"{error}\n")
        return FAILED
    if hasattr(error, "format_message"):  # an option or argument that does not fit
        return _usage(error)
    if os.environ.get("NAAS_TRACE"):
        traceback.print_exc()
    else:
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        sys.stderr.write(
            f"naas stopped on an error of its own: {said}\nSet NAAS_TRACE=1 to see where, and report it.\n"
        )
    return FAILED


def mistaken(error: InputError, end: str = "nothing was run") -> int:
    """Tell every problem with what was asked for, and what came of it in the end."""
    from cli.price_hint import of_costs

    count = len(error.problems)
    for found in map(of_costs, error.problems):
        sys.stderr.write(f"{_folded(_harmless(_from_here(str(found))))}\n")
    sys.stderr.write(f"{count} error{'s' if count > 1 else ''}; {end}.\n")
    return BAD_INPUT


def _usage(error: Exception) -> int:
    context = getattr(error, "ctx", None)
    message = error.format_message().replace(": Value error, ", ": ")  # type: ignore[attr-defined]
    for said, meant in _PLAINLY.items():
        message = message.replace(said, meant)
    if context is not None and type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{message}\n")
        return BAD_INPUT
    sys.stderr.write(f"{message}\n")
    if context is not None:
        command = context.command_path
        told = (line.strip() for line in (context.command.help or "").splitlines())
        example = next((f", such as {line}" for line in told if line.startswith(f"{command} ")), "")
        sys.stderr.write(f"{command} --help shows what it takes{example}\n")
    return BAD_INPUT


def _folded(text: str) -> str:
    """Lines folded where a person is watching; a quoted line of a file, and its caret, stay whole."""
    if not sys.stderr.isatty():
        return text
    from cli.output import width

    lines = []
    for line in text.splitlines():
        quoted = re.match(r" {4} *[0-9]* \|", line)
        indent = line[: len(line) - len(line.lstrip())]
        whole = quoted or len(line) <= width()
        lines += [line] if whole else textwrap.wrap(line, width(), subsequent_indent=indent or "    ")
    return "\n".join(lines)


def _harmless(text: str) -> str:
    """Text from a file or a command line without signs that steer a terminal."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", text)


def _from_here(text: str) -> str:
    """Paths below the present folder as a person typed them."""
    return text.replace(f"{Path.cwd()}{os.sep}", "")
