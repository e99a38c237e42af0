"""`naas cost council`: what a scenario means for one council, beside its region and others as deprived."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from cli.cost_options import CostOptions
from cli.cost_questions import USUAL
from cli.costing import case_of, costed
from cli.output import Format, columns, emphasis, paragraph, width, write, write_csv, write_json

if TYPE_CHECKING:
    from analysis.cost_lines import Figure
    from analysis.my_council import Group, MyCouncil
    from reports.page import Table


def council(asked: CostOptions, words: Sequence[str]) -> int:
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
    if asked.form is Format.json:
        document = {**found.about(), "scenario": found.runs[0].name, "years": told.years}
        place = {"region": told.region, "social_workers": told.headcount, "peak_month": told.peak_month}
        lines = [{"line": key, "label": label, "gbp": mean} for key, label, mean in told.lines]
        document |= {"council": {**asdict(told.council), **place}, "lines": lines}
        document |= {"groups": [asdict(group) for group in told.groups]}
        write_json(document | {"quintiles": [asdict(group) for group in told.quintiles]})
    elif asked.form is Format.csv:
        beside = found.beside()
        rows = [{**beside, **_flat(group)} for group in (*told.groups, *told.quintiles)]
        write_csv(rows, (*beside, *_GROUP))
    else:
        grant = case.figures["grant.assessment" if asked.view.grants == "per-assessment" else "grant"]
        for line in (*map(paragraph, found.head()), "", *_council(told, found.runs[0].name, grant)):
            write(line)
    return found.code


_SPREADS: Final = {
    "days_released": "days_released",
    "gross_gbp": "gross",
    "funded_gbp": "funded",
    "granted_gbp": "granted",
}
_GROUP: Final = (
    "name",
    "councils",
    "social_workers",
    *(f"{name}{end}" for name in _SPREADS for end in ("", "_p10", "_p90")),
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
    """A group as a row: means, and of what chance moves the 10th and 90th percentile of the replications."""
    amounts: dict[str, object] = {}
    for name, of in _SPREADS.items():
        found = getattr(group, of)
        amounts |= {name: found.mean, f"{name}_p10": found.p10, f"{name}_p90": found.p90}
    return {name: amounts[name] if name in amounts else getattr(group, name) for name in _GROUP}


def _council(told: MyCouncil, scenario: str, grant: Figure) -> list[str]:
    from reports import council_tables as tables
    from reports.cost_tables import PLANNED, PREPARATION, SHARE
    from reports.money import pounds

    about = tables.at_a_glance(told, scenario)
    lines = [emphasis(about.title, "strong")]
    lines += [f"  {label.text:29} {found.text}" for label, found in about.rows]
    for table in (tables.pays(told), tables.own_lines(told)):
        lines += ["", emphasis(table.title, "strong"), *_table(table)]
    lines += ["", emphasis("What the columns beside others are", "strong"), paragraph(tables.explained())]
    for table in (tables.beside_others(told), tables.by_quintile(told)):
        lines += ["", emphasis(table.title, "strong"), *_table(table)]
    what = "first sitting" if told.grants == "per-assessment" else "council that joins"
    paid = (
        f"A grant as in 2019 is {pounds(grant.mode)} ({pounds(grant.low)} to {pounds(grant.high)}) for each "
        f"{what}, in prices of {grant.price_year} ({grant.rating}; naas cost lines)."
    )
    borne: list[str] = []
    if told.grants == "lever" and told.share == 1:
        why = (
            f"The row of the scenario's share is £0 because that share is 100% ({SHARE}; assumed, where the "
            f"head does not say who set it). To see the other case, --set {SHARE}=0, or:"
        )
        asked = f"  naas cost council {shlex.quote(told.council.name)} mandatory-unfunded"
        borne = [paragraph(why), asked]  # the command never folded, so that it can be copied
    basis = (
        f"Money is not discounted. Days released follow the lever {PLANNED}, not the price {PREPARATION}, "
        "which is paid for each day that the plan gives."
    )
    said = (basis, paid, tables.turbulence(), tables.few(told))
    return [*lines, "", *borne, *(paragraph(text) for text in said if text)]


def _table(found: Table) -> list[str]:
    """A table; where there is no room for it, without the month, which says much the same as the week."""
    heads = [column.label for column in found.columns]
    rows = [[f"  {row[0].text}", *(cell.text for cell in row[1:])] for row in found.rows]
    rows = [heads, *rows] if any(heads) else rows
    shown = columns(rows, right=tuple(range(1, len(heads))))
    if any(len(line) > width() for line in shown) and "month" in heads:
        least = heads.index("month")
        shown = columns(
            [row[:least] + row[least + 1 :] for row in rows], right=tuple(range(1, len(heads) - 1))
        )
    return shown
