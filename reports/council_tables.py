"""What a scenario means for one council, as tables and sentences that a command prints and a screen shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from analysis.turnover import HAZARDS, TURNOVER, turnover_at
from reports.money import whole
from reports.money_cells import POUND, column, money
from reports.page import Cell, Column, Table

if TYPE_CHECKING:
    from analysis.my_council import Group, MyCouncil


USUAL_GRANT: Final = "after a grant as in 2019"
_GRANT: Final = {"per-assessment": "after a grant for each first sitting"}


def at_a_glance(told: MyCouncil, scenario: str) -> Table:
    """Who the council is, how many days it gives, and what that costs."""
    own, council = told.groups[0], told.council
    cases = f"{own.more_cases:.1f} in that month, on {council.caseload:.1f} ({council.caseload_of})"
    rows = [
        ("days released", Cell(text=whole(own.days_released), value=own.days_released.mean, unit="days")),
        (
            "away in the worst week",
            _share(own.share_away_week, " of its working days"),
        ),
        (
            "away in the worst month",
            _share(own.share_away, f"; on average {told.peak_month}"),
        ),
        ("more cases for each remaining", Cell(text=cases, value=own.more_cases, unit="cases")),
        ("cost before any grant, £ million", money(own.gross)),
    ]
    title = f"{council.name} under {scenario}: {told.headcount:,} social workers"
    columns = (Column(id="what", label="", number=False), Column(id="value", label="", number=False))
    return Table(
        id="council", title=title, columns=columns, rows=tuple((_label(name), cell) for name, cell in rows)
    )


def pays(told: MyCouncil) -> Table:
    """What the council pays before any grant, and after each way of funding; a star is at the one chosen."""
    own = told.groups[0]
    chosen = {"none": 0, "lever": 1}.get(told.grants, 2)
    stars = [" *" if place == chosen else "" for place in range(3)]
    gross, funded, granted = own.gross.mean, own.funded.mean, own.granted.mean
    rows = (
        _paid(f"before any grant{stars[0]}", gross, own.per_social_worker, own.posts),
        _paid(
            f"after the scenario's share ({told.share:.0%}){stars[1]}",
            gross - funded,
            own.unfunded_per_social_worker,
            own.unfunded_posts,
        ),
        _paid(
            f"{_GRANT.get(told.grants, USUAL_GRANT)}{stars[2]}",
            gross - granted,
            own.ungranted_per_social_worker,
            own.ungranted_posts,
        ),
    )
    title = f"What it pays over {told.years:.0f} years, mean (* as chosen: --grants {told.grants})"
    return _table("pays", title, ("£ million", "£ each worker", "as posts"), rows)


def own_lines(told: MyCouncil) -> Table:
    """Every line that the council bears."""
    rows = [(_label(label), money(mean, POUND)) for _, label, mean in told.lines if round(mean)]
    title = "Its lines, £, mean over the replications"
    return _table("council lines", title, ("",), rows or [(_label("none"), Cell(text=""))])


def beside_others(told: MyCouncil) -> Table:
    """The council beside its region, others as deprived, and England."""
    return _compared("beside", "Beside others, £ for each social worker", told.groups)


def by_quintile(told: MyCouncil) -> Table:
    """All councils by how deprived they are."""
    title = "By quintile of deprivation (IMD 2015), £ for each social worker"
    return _compared("quintiles", title, told.quintiles)


def turbulence() -> str:
    """What the multipliers on leaving, which the scenario sets, mean as turnover."""
    shown = ", ".join(f"{hazard:g} times make it {turnover_at(hazard):.1%}" for hazard in HAZARDS)
    return f"Of {TURNOVER:.1%} who leave in a year, multipliers on leaving of {shown}."


def explained() -> str:
    """What the columns of the comparisons are."""
    return (
        "Before any grant, after the scenario's share, after the grant; then the shares of working "
        "days away in the worst week and month, the mean of each replication's worst, and more cases for "
        "each who remains. Posts are social workers employed for all of the years. A council that is "
        "charged for the scheme pays by candidate; its part of what employers pay for England as a whole is "
        "not in."
    )


def few(told: MyCouncil) -> str:
    """What a small scale does to one council; nothing at full size."""
    if told.scale == 1:
        return ""
    people = told.headcount * told.scale
    return (
        f"At scale {told.scale:g} this council has {people:.0f} people: its own row is rough, and every "
        "worst week and month is by chance larger than at full size. Run it without --scale."
    )


def _compared(name: str, title: str, groups: Sequence[Group]) -> Table:
    rows = [
        (
            Cell(text=f"{group.name} ({group.councils})", value=group.name),
            money(group.per_social_worker, POUND),
            money(group.unfunded_per_social_worker, POUND),
            money(group.ungranted_per_social_worker, POUND),
            _share(group.share_away_week),
            _share(group.share_away),
            Cell(text=f"+{group.more_cases:.1f}", value=group.more_cases, unit="cases"),
        )
        for group in groups
    ]
    heads = ("before", "after share", "after grant", "week", "month", "cases")
    return _table(name, title, heads, rows)


def _paid(label: str, gbp: float, each: float, posts: float) -> tuple[Cell, ...]:
    worth = Cell(text=f"{posts + 0.0:.1f}", value=posts, unit="posts")
    return _label(label), money(gbp), money(each, POUND), worth


def _share(value: float, more: str = "") -> Cell:
    return Cell(text=f"{value:.1%}{more}", value=value, unit="share")


def _label(text: str) -> Cell:
    return Cell(text=text, value=text)


def _table(name: str, title: str, heads: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> Table:
    columns = [Column(id="what", label="", number=False)]
    for place, head in enumerate(heads, start=1):
        columns.append(column(head, head, [row[place] for row in rows]))
    return Table(id=name, title=title, columns=tuple(columns), rows=tuple(rows))
