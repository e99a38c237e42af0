"""What a scenario changes, in the words that every face uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.differences import Change
    from scenarios.scenario import Scenario


@dataclass(frozen=True)
class Said:
    """One change: what is so now and was not, and what explains it. `lever` is the id where it is one.

    `choices` says in words what the two names of a lever's options mean.
    """

    change: str
    about: tuple[str, ...]
    lever: str = ""
    choices: tuple[str, ...] = ()


def compared_with(scenario: Scenario) -> Scenario:
    """What a scenario is told against: its parent, or else the defaults of the consultation."""
    from rules.levers import Levers
    from scenarios.scenario import Scenario

    plain = Scenario("the consultation's defaults", "", "", scenario.path, levers=Levers())
    return scenario.parent or plain


def changes_in_words(changes: Sequence[Change]) -> Iterator[Said]:
    """Each change with its label, its paragraph and its evidence."""
    from rules.levers import SPECS

    for item in changes:
        about = [item.evidence] if item.evidence else []
        lever = ""
        choices: tuple[str, ...] = ()
        if item.kind == "lever":
            spec = SPECS[item.id]
            lever = item.id
            labels = {option.name: option.label for option in spec.options}
            choices = tuple(f"{name}: {labels[name]}" for name in (item.mine, item.theirs) if name in labels)
            about.insert(0, f"{spec.label} ({cited(spec.question, spec.paragraphs)})")
        yield Said(f"{item.id or item.kind}: {item.mine}, not {item.theirs}", tuple(about), lever, choices)


def cited(question: int | None, paragraphs: tuple[int, ...]) -> str:
    """Where the consultation says so: "question 1, para 54"."""
    parts = [f"question {question}"] if question else []
    if paragraphs:
        noun = "paras" if len(paragraphs) > 1 else "para"
        parts.append(f"{noun} {', '.join(map(str, paragraphs))}")
    return ", ".join(parts) or "this project's reading"


def parts_changed(changes: Sequence[Change], most: int = 3) -> str:
    """The questions and other parts in which something differs, in a few words.

    Parameters are named by their family, as levers are; in full where nothing else differs.
    """
    levers = sorted({change.id.partition(".")[0] for change in changes if change.kind == "lever"})
    rest = sorted({change.kind for change in changes if change.kind not in ("lever", "parameter")})
    questions = [lever.upper() if lever[:1] == "q" and lever[1:].isdigit() else lever for lever in levers]
    parameters = [change.id for change in changes if change.kind == "parameter"]
    families = list(dict.fromkeys(name.partition(".")[0] for name in parameters))
    named = [*questions, *rest, *families] if questions or rest else _in_full(parameters)
    more = f" and {len(named) - most} more" if len(named) > most else ""
    return ", ".join(named[:most]) + more if named else "nothing"


def _in_full(parameters: Sequence[str], most: int = 2) -> list[str]:
    """The names of parameters, those of a family together: `take_up.delay, deadline_lead`."""
    families: dict[str, list[str]] = {}
    for name in parameters:
        family, _, own = name.rpartition(".")
        families.setdefault(family, []).append(own)
    found = []
    for family, names in families.items():
        more = f" and {len(names) - most} more" if len(names) > most else ""
        found.append(f"{family}.{', '.join(names[:most])}{more}")
    return found
