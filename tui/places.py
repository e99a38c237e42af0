"""Where the interface keeps what it remembers: settings, drafts and a person's own scenarios.

`NAAS_STATE` names one folder for all of it; otherwise the person's configuration and data folders are used.
"""

from __future__ import annotations

import os
from pathlib import Path

from scenarios.names import own_folder


def state_folder() -> Path:
    """What the interface remembers between sessions: state.json, keys.toml, drafts."""
    named = os.environ.get("NAAS_STATE")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("naas", appauthor=False)


def cost_cases_folder() -> Path:
    """A person's own cost assumptions, one YAML file each."""
    return own_folder().with_name("costs")


def drafts_folder() -> Path:
    """Edits that are not saved yet, one file each."""
    return state_folder() / "drafts"
