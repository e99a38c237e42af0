"""Which authorities take part from when: by name, by group, or as stand-ins where names are not public."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from rules.document import Node
from rules.errors import nearest
from rules.reader import Reader
from scenarios.authorities import Authority, authorities
from scenarios.sections import EARLIEST, read_evidence
from simulation.calendar import LAST
from simulation.codes import REGIONS
from simulation.inputs import SITE_GROUPS, SiteWave

MOST_STAND_INS: Final = 152


@dataclass(frozen=True)
class Wave:
    """One wave as written: authorities and groups by name, or a number of stand-ins.

    Stand-ins are `among` some regions and authorities, or among all where none is said, and never one of
    those in `apart`.
    """

    joins: date
    employers: tuple[str, ...]
    stand_ins: int
    among: tuple[str, ...]
    apart: tuple[str, ...]
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


def spread(names: Sequence[str], sizes: Sequence[float], count: int) -> tuple[str, ...]:
    """`count` of the names at even distances along their added sizes: a rule anyone can repeat, not a draw.

    A large one is chosen as much oftener than a small one as it is larger. One that is larger than the
    distance is chosen for certain, and none twice.
    """
    left = dict(zip(names, sizes, strict=True))
    certain: set[str] = set()
    while wanted := count - len(certain):
        step = sum(left.values()) / wanted
        long = {name for name, size in left.items() if size >= step}
        if not long:
            break
        certain |= set(sorted(long, key=lambda name: -left[name])[:wanted])
        left = {name: size for name, size in left.items() if name not in certain}
    ends = list(accumulate(left.values()))
    chosen = certain | {
        [*left][bisect_right(ends, (index + 0.5) * step)] for index in range(count - len(certain))
    }
    return tuple(name for name in names if name in chosen)


def _wave(reader: Reader, node: Node) -> Wave | None:
    known = ("joins", "employers", "stand_ins", "among", "apart_from", "source", "assumption")
    fields = reader.mapping(node, known, ("joins",))
    joins = reader.date(fields.get("joins"), EARLIEST, LAST)
    if ("employers" in fields) == ("stand_ins" in fields):
        reader.report("S019", "a wave has either 'employers' or 'stand_ins'", node)
        return None
    names = [
        _authority_or(reader, item, SITE_GROUPS, "authority")
        for item in reader.sequence(fields.get("employers"), 200, 1)
    ]
    among, apart = (
        tuple(
            _authority_or(reader, item, REGIONS, "region or authority")
            for item in reader.sequence(fields.get(key))
        )
        for key in ("among", "apart_from")
    )
    count = reader.integer(fields.get("stand_ins"), 1, MOST_STAND_INS) or 0
    if "stand_ins" in fields:
        read_evidence(reader, node, "the choice of stand-ins")
    if joins is None or not (count or names):
        return None
    return Wave(joins, tuple(name for name in names if name), count, among, apart, node)


def _authority_or(reader: Reader, node: Node, others: Collection[str], what: str) -> str:
    """The name of an authority, or of one of these; S009 otherwise."""
    name = reader.text(node) or ""
    known = [*others, *(authority.name for authority in authorities())]
    if name and name not in known:
        hint = nearest(name, known) or f"an authority of England, or one of: {', '.join(others)}"
        reader.report("S009", f"unknown {what} '{name}'", node, hint)
    return name


def _stand_ins(reader: Reader, wave: Wave, called: set[str]) -> tuple[str, ...]:
    left = sorted(
        (
            authority
            for authority in authorities()
            if authority.name not in called
            and (not wave.among or _within(authority, wave.among))
            and not _within(authority, wave.apart)
        ),
        key=lambda authority: (authority.region, authority.code),
    )
    if len(left) < wave.stand_ins:
        reader.report(
            "S018", f"{wave.stand_ins} stand-ins are asked for, and {len(left)} are left", wave.node
        )
        return ()
    return spread([one.name for one in left], [one.staff for one in left], wave.stand_ins)


def _within(authority: Authority, areas: Sequence[str]) -> bool:
    return authority.name in areas or authority.region in areas


def _expanded(member: str) -> tuple[str, ...]:
    """The authorities behind the name of a group, or the one authority itself."""
    if member not in SITE_GROUPS:
        return (member,)
    return tuple(authority.name for authority in authorities() if member in authority.groups)
