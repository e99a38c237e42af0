"""What a person may type next: a command about the same scenario, people and time as were shown."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scenarios.request import DEFAULT_REPLICATIONS, DEFAULT_SEED

if TYPE_CHECKING:
    from scenarios.experiment import Arm


def following(arm: Arm, command: str, *words: str, then: Sequence[str] = ()) -> str:
    """A command such as "capacity show" about an arm: its own words, what the arm is of, and `then` more."""
    return shlex.join(["naas", *command.split(), _typed(arm)[0], *words]) + same_people(arm) + _spaced(then)


def same_people(arm: Arm) -> str:
    """The options, with a space before, without which another command would meet other people."""
    return _spaced(_typed(arm)[1])


def as_often(replications: int, usual: int = DEFAULT_REPLICATIONS) -> Sequence[str]:
    """The option that asks for so many replications, where a command usually runs another number."""
    return () if replications == usual else ("-n", str(replications))


def _spaced(words: Sequence[str]) -> str:
    return "".join(f" {shlex.quote(word)}" for word in words)


def _typed(arm: Arm) -> tuple[str, list[str]]:
    """The scenario and the options of the command that runs an arm alone, without what is usual."""
    _, _, name, *options = shlex.split(arm.command or f"naas run {shlex.quote(arm.name)}")
    if options[:2] == ["--seed", str(DEFAULT_SEED)]:
        del options[:2]
    return name, options
