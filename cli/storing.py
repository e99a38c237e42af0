"""Where a command keeps results and finds those of earlier runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import note

if TYPE_CHECKING:
    from scenarios.store import Store


def opened_store(folder: Path | None, without: bool = False) -> Store | None:
    """The store in the folder named, or in the usual one; None where nothing is to be kept.

    A folder that a person named has to be usable (S023); without the usual one a run goes on all the same.
    """
    from rules.errors import InputError
    from scenarios.store import Store, usual_folder

    if without:
        return None
    if folder is not None or os.environ.get("NAAS_RESULTS"):
        return Store(folder or usual_folder())
    try:
        return Store(usual_folder())
    except InputError as error:
        note(f"{error}\nNothing is kept of this run.")
        return None
