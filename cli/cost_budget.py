"""`naas cost budget`: a published amount, or one of a person's own, beside what the department bears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from cli.cost_options import CostOptions
from cli.cost_questions import USUAL
from cli.costing import case_of, costed
from cli.output import Format, columns, emphasis, paragraph, write, write_csv, write_json
from rules.errors import problem

_MULTIPLES: Final = {"k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9}


def checked_budget(text: str | None) -> float | None:
    """A sum of pounds such as 23000000 or £23,000,000. Raises `InputError` K013, with what was meant."""
    if text is None:
        return None
    plain = text.strip().removeprefix("£").replace(",", "").replace(" ", "").casefold()
    try:
        found = float(plain)
    except ValueError:
        raise problem("K013", f"--budget is a sum of pounds, not '{text}'", hint=_meant(plain)) from None
    if not 0 < found < 1e12:
        raise problem(
            "K013", f"--budget is a sum of pounds, not '{text}'", hint="for example --budget 23000000"
        )
    return found


def _meant(plain: str) -> str:
    number = plain.rstrip("abcdefghijklmnopqrstuvwxyz")
    times = _MULTIPLES.get(plain[len(number) :])
    try:
        meant = float(number) * times if times else 0.0
    except ValueError:
        meant = 0.0
    return f"all digits: --budget {meant:.0f}" if 0 < meant < 1e12 else "for example --budget 23000000"


def budget(asked: CostOptions, names: Sequence[str], amount: float | None) -> int:
    """What the department bears in the years of a scenario, beside the amount published or the one given."""
    from analysis.costs import reckon
    from analysis.published_money import department, published
    from reports import budget_tables as told

    known = published()
    label = "The budget given" if amount is not None else known["quoted"].label
    held = amount if amount is not None else known["quoted"].gbp
    case, settings = case_of(asked)
    found = costed(names or [USUAL], asked, case, settings)
    if not found.runs:
        return found.code
    bill = reckon(found.runs[0], case, asked.view)
    borne = department(bill)
    if asked.form is Format.json:
        amounts = {"budget": held, "department": asdict(borne)}
        sources = [asdict(item) for item in known.values()]
        write_json({**found.about(), "scenario": bill.run.name, **amounts, "published": sources})
    elif asked.form is Format.csv:
        spreads = {"in_all": borne.in_all, "own": borne.own, "passed_on": borne.passed_on}
        spreads |= {"charged": borne.charged, "social": borne.social, "by_target": borne.by_target}
        spreads |= {str(year): amounts for year, amounts in borne.years.items()}
        rows = [{"what": name, **asdict(amounts)} for name, amounts in spreads.items()]
        rows += [{"what": item.id, "mean": item.gbp, "source": item.source} for item in known.values()]
        if amount is not None:
            rows.append({"what": "budget", "mean": amount})
        beside = found.beside()
        fields = (*beside, "what", "mean", "p10", "p50", "p90", "source")
        write_csv([{"source": "", "p10": "", "p50": "", "p90": "", **beside, **row} for row in rows], fields)
    else:
        for line in map(paragraph, found.head()):
            write(line)
        table = told.beside(bill, borne, label, held)
        write()
        write(emphasis(paragraph(table.title), "strong"))
        for line in columns([[cell.text for cell in row] for row in table.rows], right=(1,)):
            write(line)
        said = [told.held(bill, borne, held), *map(told.origin, known.values())]
        for text in said:
            write()
            write(paragraph(text))
    return found.code
