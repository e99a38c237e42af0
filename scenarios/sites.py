"""Which authorities take part from when: by name, by group, or as stand-ins where names are not public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rules.document import Node
from rules.errors import nearest
from rules.reader import Reader
from scenarios.authorities import authorities
from scenarios.sections import EARLIEST, read_evidence, read_region
from simulation.calendar import LAST
from simulation.inputs import SITE_GROUPS, SiteWave

MOST_STAND_INS: Final = 152


@dataclass(frozen=True)
class Wave:
    """One wave as written: authorities and groups by name, or a number of stand-ins from some regions."""

    joins: date
    employers: tuple[str, ...]
    stand_ins: int
    regions: tuple[str, ...]
    node: Node


def read_sites(reader: Reader, node: Node) -> tuple[SiteWave, ...]:
    """The waves of a `sites` section, in the order written, with stand-ins chosen."""
    fields = reader.mapping(node, ("source", "assumption", "waves"), ("waves",))
    read_evidence(reader, node, "the list of sites")
    waves = [_wave(reader, item) for item in reader.sequence(fields.get("waves"))]
    called: set[str] = set()
    found: list[SiteWave] = []
    for wave in waves:
        if wave is None:
            continue
        members = wave.employers if wave.employers else _stand_ins(reader, wave, called)
        called.update(name for member in members for name in _expanded(member))
        found.append(SiteWave(wave.joins, members))
    return tuple(found)


def spread(names: Sequence[str], count: int) -> tuple[str, ...]:
    """`count` of the names at even distances along their order: a rule anyone can repeat, not a draw."""
    return tuple(names[(2 * index + 1) * len(names) // (2 * count)] for index in range(count))


def _wave(reader: Reader, node: Node) -> Wave | None:
    known = ("joins", "employers", "stand_ins", "regions", "source", "assumption")
    fields = reader.mapping(node, known, ("joins",))
    joins = reader.date(fields.get("joins"), EARLIEST, LAST)
    if ("employers" in fields) == ("stand_ins" in fields):
        reader.report("S019", "a wave has either 'employers' or 'stand_ins'", node)
        return None
    names = [_employer(reader, item) for item in reader.sequence(fields.get("employers"), 200, 1)]
    regions = [
        read_region(reader, name, item)
        for item in reader.sequence(fields.get("regions"))
        if (name := reader.text(item)) is not None
    ]
    count = reader.integer(fields.get("stand_ins"), 1, MOST_STAND_INS) or 0
    if "stand_ins" in fields:
        read_evidence(reader, node, "the choice of stand-ins")
    if joins is None or not (count or names):
        return None
    return Wave(joins, tuple(name for name in names if name), count, tuple(regions), node)


def _employer(reader: Reader, node: Node) -> str:
    name = reader.text(node) or ""
    known = [*SITE_GROUPS, *(authority.name for authority in authorities())]
    if name and name not in known:
        hint = nearest(name, known) or f"an authority of England, or one of: {', '.join(SITE_GROUPS)}"
        reader.report("S009", f"unknown authority '{name}'", node, hint)
    return name


def _stand_ins(reader: Reader, wave: Wave, called: set[str]) -> tuple[str, ...]:
    left = [
        authority.name
        for authority in authorities()
        if authority.name not in called and (not wave.regions or authority.region in wave.regions)
    ]
    if len(left) < wave.stand_ins:
        reader.report(
            "S018", f"{wave.stand_ins} stand-ins are asked for, and {len(left)} are left", wave.node
        )
        return ()
    return spread(left, wave.stand_ins)


def _expanded(member: str) -> tuple[str, ...]:
    """The authorities behind the name of a group, or the one authority itself."""
    if member not in SITE_GROUPS:
        return (member,)
    return tuple(authority.name for authority in authorities() if member in authority.groups)
