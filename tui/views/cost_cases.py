"""A person's own cost cases: which there are, and the one in hand saved as a new file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.cost_case import CostCase
from analysis.cost_edits import save as save_case
from rules.errors import InputError
from tui.places import cost_cases_folder
from tui.views.costing import prices

if TYPE_CHECKING:
    from tui.desk.desk import Desk


def cases(desk: Desk) -> dict[str, Any]:
    """The default case and every saved one: the file ("" for the default), and what it calls itself."""
    del desk
    found = [["", CostCase.default().title]]
    folder = cost_cases_folder()
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
        try:
            case = CostCase.load(path)
        except InputError as error:
            found.append([str(path), f"{path.stem}: cannot be read, {error.problems[0].message}"])
        else:
            found.append([str(path), f"{path.stem}: {case.title}"])
    return {"cases": found, "folder": str(folder)}


def save(
    desk: Desk,
    name: str = "",
    case: str = "",
    edits: Mapping[str, Mapping[str, str]] | None = None,
    view: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Write the case with its edits as a new file; none is overwritten. Raises `InputError`."""
    given = prices(desk, case, edits, (view or {}).get("price_year"))
    title = name.strip() or "My costs"
    path = save_case(given.case, CostCase.default(), cost_cases_folder(), title, title)
    return {"path": str(path), "name": path.stem}
