"""`naas cost council`: what a scenario means for one council, beside its region and others as deprived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from cli.cost_questions import USUAL
from cli.costing import Asked, case_of, costed
from cli.output import Format, columns, emphasis, paragraph, width, write, write_csv, write_json
from reports.money import in_millions, millions, pounds, whole

if TYPE_CHECKING:
    from analysis.my_council import Group, MyCouncil


def council(asked: Asked, words: Sequence[str], form: Format) -> int:
    """What a scenario means for one council, beside others."""
    from analysis.cost_runs import busiest_of, released_of
    from analysis.councils import find
    from analysis.my_council import my_council
    from simulation.published import authorities

    case, settings = case_of(asked)
    if asked.workforce is None:
        listed = authorities()
        find(words[0], listed.name, listed.code)  # a misspelt name is told before anything is run
    found = costed(words[1:] or [USUAL], asked, case, settings)
    if not found.runs:
        return found.code
    days = found.arms[0].inputs.parameters.value("posts.release_days_per_fte_month")
    released, months = released_of(found.results, 0)
    busiest = busiest_of(found.results, 0)
    told = my_council(found.runs[0], case, asked.view, released, busiest, months, days, words[0])
    if form is Format.json:
        document = {**found.about(), "scenario": found.runs[0].name, "years": told.years}
        place = {"region": told.region, "social_workers": told.headcount, "peak_month": told.peak_month}
        lines = [{"line": key, "label": label, "gbp": mean} for key, label, mean in told.lines]
        document |= {"council": {**asdict(told.council), **place}, "lines": lines}
        document |= {"groups": [asdict(group) for group in told.groups]}
        write_json(document | {"quintiles": [asdict(group) for group in told.quintiles]})
    elif form is Format.csv:
        write_csv([_flat(group) for group in (*told.groups, *told.quintiles)], _GROUP)
    else:
        for line in (*map(paragraph, found.head()), "", *_council(told, found.runs[0].name)):
            write(line)
    return found.code


_GROUP: Final = (
    "name",
    "councils",
    "social_workers",
    "days_released",
    "gross_gbp",
    "funded_gbp",
    "granted_gbp",
    "per_social_worker",
    "unfunded_per_social_worker",
    "ungranted_per_social_worker",
    "posts",
    "unfunded_posts",
    "ungranted_posts",
    "share_away_week",
    "share_away",
    "more_cases",
)


def _flat(group: Group) -> dict[str, object]:
    means = {"days_released": group.days_released.mean, "gross_gbp": group.gross.mean}
    means |= {"funded_gbp": group.funded.mean, "granted_gbp": group.granted.mean}
    return {name: means[name] if name in means else getattr(group, name) for name in _GROUP}


def _council(told: MyCouncil, scenario: str) -> list[str]:
    own = told.groups[0]
    council = told.council
    caseload = f"{council.caseload:.1f} ({council.caseload_of})"
    return [
        emphasis(f"{council.name} under {scenario}: {told.headcount:,} social workers", "strong"),
        f"  days released                 {whole(own.days_released)}",
        f"  away in the worst week        {own.share_away_week:.1%} of its working days",
        f"  away in the worst month       {own.share_away:.1%}; on average {told.peak_month}",
        f"  more cases for each remaining {own.more_cases:.1f} in that month, on {caseload}",
        f"  cost before any grant         £{in_millions(own.gross)} million",
        "",
        emphasis(f"What it pays over {told.years:.0f} years, mean", "strong"),
        *columns(
            [
                ["", "£ million", "£ each worker", "as posts"],
                _paid("  before any grant", own.gross.mean, own.per_social_worker, own.posts),
                _paid(
                    f"  after the scenario's share ({told.share:.0%})",
                    own.gross.mean - own.funded.mean,
                    own.unfunded_per_social_worker,
                    own.unfunded_posts,
                ),
                _paid(
                    "  after a grant as in 2019",
                    own.gross.mean - own.granted.mean,
                    own.ungranted_per_social_worker,
                    own.ungranted_posts,
                ),
            ],
            (1, 2, 3),
        ),
        "",
        emphasis("Its lines, £, mean over the replications", "strong"),
        *columns(
            [[f"  {label}", pounds(mean)] for _, label, mean in told.lines if round(mean)]
            or [["  none", ""]],
            (1,),
        ),
        "",
        emphasis("Beside others, £ for each social worker", "strong"),
        *_compared(told.groups),
        "",
        emphasis("By quintile of deprivation (IMD 2015), £ for each social worker", "strong"),
        *_compared(told.quintiles),
        "",
        paragraph(_turbulence()),
        paragraph(
            "Before any grant, after the scenario's share, after a grant as in 2019; then the shares of "
            "working days away in the worst week and month, the mean of each replication's worst, and more cases for "
            "each who remains. Posts are social workers employed for all of the years. A council that is "
            "charged for the scheme pays by candidate; its part of what is charged for England as a whole is "
            "not in."
        ),
        *_few(told),
    ]


def _few(told: MyCouncil) -> list[str]:
    """What a small scale does to one council."""
    if told.scale == 1:
        return []
    people = told.headcount * told.scale
    said = (
        f"At scale {told.scale:g} this council has {people:.0f} people: its own row is rough, and every "
        "worst week and month is by chance larger than at full size. Run it without --scale."
    )
    return [paragraph(said)]


def _paid(label: str, gbp: float, each: float, posts: float) -> list[str]:
    return [label, millions(gbp), pounds(each), f"{posts + 0.0:.1f}"]


def _turbulence() -> str:
    """What the multipliers on leaving, which the scenario sets, mean as turnover."""
    from analysis.turnover import HAZARDS, TURNOVER, turnover_at

    shown = ", ".join(f"{hazard:g} times make it {turnover_at(hazard):.1%}" for hazard in HAZARDS)
    return f"Of {TURNOVER:.1%} who leave in a year, multipliers on leaving of {shown}."


def _compared(groups: Sequence[Group]) -> list[str]:
    rows = [["", "before", "after share", "after grant", "week", "month", "cases"]]
    for group in groups:
        rows.append(
            [
                f"  {group.name} ({group.councils})",
                pounds(group.per_social_worker),
                pounds(group.unfunded_per_social_worker),
                pounds(group.ungranted_per_social_worker),
                f"{group.share_away_week:.1%}",
                f"{group.share_away:.1%}",
                f"+{group.more_cases:.1f}",
            ]
        )
    shown = columns(rows, right=(1, 2, 3, 4, 5, 6))
    if any(len(line) > width() for line in shown):
        shown = columns([row[:5] + row[6:] for row in rows], right=(1, 2, 3, 4, 5))  # without the month
    return shown
