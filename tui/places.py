"""Where the interface keeps what it remembers: settings, drafts and a person's own scenarios.

`NAAS_STATE` names one folder for all of it; otherwise the person's configuration and data folders are used.
"""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """What the interface remembers between sessions: state.json, keys.toml, drafts."""
    named = os.environ.get("NAAS_STATE")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("naas", appauthor=False)


def scenarios_folder() -> Path:
    """A person's own scenario files, one YAML file each."""
    named = os.environ.get("NAAS_STATE")
    if named:
        return Path(named) / "scenarios"
    from platformdirs import user_data_path

    return user_data_path("naas", appauthor=False) / "scenarios"


def cost_cases_folder() -> Path:
    """A person's own cost assumptions, one YAML file each."""
    return scenarios_folder().with_name("costs")


def drafts_folder() -> Path:
    """Edits that are not saved yet, one file each."""
    return state_folder() / "drafts"
