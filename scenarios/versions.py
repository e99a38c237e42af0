"""Which version of the simulator made stored results: another's are kept, and never mixed with these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scenarios import manifest
from scenarios.identity import code_digest, data_digest, plain, record_digest
from scenarios.manifest import Manifest
from scenarios.store import Store
from scenarios.tasks import Arm
from simulation.replicate import ENGINE_VERSION

_PARTS: Final = ("engine", "code", "data", "record")
_SETTINGS: Final = ("seed", "scale", "start", "until")
"""What another version can be trusted to mean by the same name."""


@dataclass(frozen=True)
class Made:
    """Whose results these are (scenario, variant, settings), and the version that made them."""

    whose: tuple[object, ...]
    version: tuple[object, ...]

    def by_another_version(self, wanted: Made) -> bool:
        """Whether these are the results that are wanted, but for the version that made them."""
        return self.whose == wanted.whose and self.version != wanted.version


def this_version() -> tuple[object, ...]:
    """What tells this version of the simulator, with its data, from every other."""
    return (ENGINE_VERSION, code_digest(), data_digest(), record_digest())


def version_of(described: Manifest) -> tuple[object, ...]:
    """The version that made the results with a manifest."""
    return tuple(described.content.get(part) for part in _PARTS)


def made(store: Store, where: str) -> Made | None:
    """What the results of an address are; None where that cannot be read. It never changes."""
    try:
        found = manifest.read(store.run_folder(where))
    except ValueError:
        return None
    settings = (found.inputs.get(name) for name in _SETTINGS)
    return Made((found.scenario, found.variant, *settings), version_of(found))


def wanted(arm: Arm) -> Made:
    """What the results of an arm are when this version makes them."""
    settings = (plain(getattr(arm.inputs, name)) for name in _SETTINGS)
    return Made((arm.name, arm.variant, *settings), this_version())
