"""Finding scenarios by name or by path, and composing them along their parents."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from rules.document import Node
from rules.errors import InputError, Problem, nearest, problem
from rules.levers import Levers
from scenarios.names import is_path, library, path_of
from scenarios.patch import Patch, read_patch
from scenarios.scenario import DEFAULT_START, DEFAULT_UNTIL, Scenario
from simulation.inputs import CapacityPeriod, Closure

Item = TypeVar("Item")


def load_scenario(name: str) -> Scenario:
    """A scenario of the library or of one's own by its name, or of a file by its path.

    Raises `InputError` S001 for an unknown name, and everything that is wrong with the file and its parents.
    """
    return compose(_chain(path_of(name)))


def compose(patches: list[Patch]) -> Scenario:
    """Scenarios from the root to the last, each with what its parent says and it does not."""
    found: Scenario | None = None
    for patch in patches:
        found = _applied(patch, found)
    if found is None:
        raise ValueError("there is nothing to compose")
    return found


def _chain(path: Path) -> list[Patch]:
    """The file and its parents, root first."""
    chain = [read_patch(path)]
    seen = [path.resolve()]
    while chain[0].parent is not None:
        child = chain[0]
        above = _parent(child)
        if above.resolve() in seen:
            circle = " -> ".join([*(patch.id for patch in reversed(chain)), read_patch(above).id])
            raise _at(child.parent_node, "S005", f"the parents form a circle: {circle}")
        seen.append(above.resolve())
        chain.insert(0, _read_parent(child, above))
    return chain


def _read_parent(child: Patch, above: Path) -> Patch:
    """A parent's file. What is wrong in one from elsewhere is told by its place, never by what it says.

    A scenario that somebody else wrote could otherwise name any file and have its lines shown.
    """
    try:
        return read_patch(above)
    except InputError as error:
        shipped = Path(str(files("scenarios").joinpath("library"))).resolve()
        homes = (child.path.parent.resolve(), shipped)
        if any(above.resolve().is_relative_to(home) for home in homes):
            raise
        first = error.problems[0]
        where = f", line {first.place.line}" if first.place and first.place.line else ""
        said = f"the parent '{child.parent}' cannot be read as a scenario ({first.code}{where})"
        hint = "its own errors are shown by naas check of that file"
        raise _at(child.parent_node, "S004", said, hint) from None


def _parent(child: Patch) -> Path:
    name = child.parent or ""
    if is_path(name):
        if not name.endswith((".yaml", ".yml")):
            raise _at(child.parent_node, "S004", f"a parent's file ends in .yaml, and '{name}' does not")
        above = child.path.parent / name
        if not above.is_file():
            raise _at(child.parent_node, "S004", f"there is no file '{name}' beside this one")
        return above
    shipped = library()
    if name not in shipped:
        raise _at(child.parent_node, "S004", f"unknown parent '{name}'", nearest(name, shipped))
    return shipped[name]


def _at(node: Node | None, code: str, message: str, hint: str = "") -> InputError:
    if node is None:
        return problem(code, message, hint=hint)
    return InputError([Problem(code, message, node.place, hint, node.text.excerpt(node.place.line))])


def _applied(patch: Patch, parent: Scenario | None) -> Scenario:
    levers = parent.levers if parent else Levers()
    try:
        levers = levers.patched(patch.levers)
    except InputError as error:
        wrong = error.problems[0]
        raise _at(patch.levers_node, "S017", wrong.message, wrong.hint) from error
    centres = _given(patch.centres, parent.centres if parent else ())
    closures = _given(patch.closures, parent.closures if parent else ())
    _check_centres(patch, centres, closures)
    return Scenario(
        id=patch.id,
        title=patch.title,
        why=patch.why,
        path=patch.path,
        lineage=(*(parent.lineage if parent else ()), patch.id),
        parent=parent,
        levers=levers,
        overrides={**(parent.overrides if parent else {}), **patch.parameters},
        centres=centres,
        centres_evidence=patch.centres_evidence or (parent.centres_evidence if parent else ""),
        closures=closures,
        sites=_given(patch.sites, parent.sites if parent else ()),
        start=patch.start or (parent.start if parent else DEFAULT_START),
        until=patch.until or (parent.until if parent else DEFAULT_UNTIL),
        scale=patch.scale or (parent.scale if parent else 1.0),
        workforce_file=patch.workforce_file or (parent.workforce_file if parent else None),
        plain=patch.plain,
    )


def _check_centres(patch: Patch, centres: tuple[CapacityPeriod, ...], closures: tuple[Closure, ...]) -> None:
    """Every centre that a closure names is there: S029, in the file that brought them together."""
    known = {period.centre for period in centres if period.centre}
    missing = {closure.centre for closure in closures if closure.centre} - known
    problems: list[Problem] = []
    for name in sorted(missing):
        node = patch.shut_centres.get(name) or patch.centres_node
        hint = nearest(name, known) or (f"one of: {', '.join(sorted(known))}" if known else "there is none")
        problems += _at(node, "S029", f"a closure names the centre '{name}'", hint).problems
    if problems:
        raise InputError(problems)


def _given(mine: tuple[Item, ...] | None, inherited: tuple[Item, ...]) -> tuple[Item, ...]:
    """A list that a file gives replaces its parent's whole, even when it is empty."""
    return inherited if mine is None else mine
