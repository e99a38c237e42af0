"""What the methods of `naas sensitivity` found, as plain data and as lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from cli.output import columns, emphasis, paragraph, width
from reports.numbers import amount, change, half_width, interval

if TYPE_CHECKING:
    from analysis.factors import Factor
    from analysis.morris import Effect
    from analysis.sobol import Variance
    from analysis.study import Study
    from analysis.tornado import Tornado
    from scenarios.comparison import Estimate

MOST: Final = 20
"""Parameters shown in a table; JSON and CSV hold all."""

Found = tuple[dict[str, Any], list[str]]


def tornado_finding(study: Study, found: Tornado, head: str) -> Found:
    """A tornado: the changes at either end of each range, and the swing between them."""
    unit = _unit(study)
    rows = [
        {
            **_named(bar.factor),
            **_flat("at_low", bar.at_low),
            **_flat("at_high", bar.at_high),
            **_flat("swing", bar.swing),
            "clear": bar.clear,
            "variance": bar.variance,
        }
        for bar in found.bars
    ]
    document = {"base": _plain(found.base), "red_share": found.red, "parameters": rows}
    table = [["parameter", "low to high", "at low", "at high", f"swing ({found.level:.0%})", "rating"]]
    shown = [bar for bar in found.bars if bar.clear][:MOST]
    for bar in shown:
        swing = f"{change(bar.swing.mean, unit)} {half_width(bar.swing.low, bar.swing.high, unit)}".rstrip()
        ends = (change(bar.at_low.mean, unit), change(bar.at_high.mean, unit))
        table.append([bar.factor.id, _range(bar.factor), *ends, swing, bar.factor.parameter.rating])
    said = amount(found.base.mean, unit) if len(study.arms) == 1 else change(found.base.mean, unit)
    base = f"{_title(study)}: {said} {interval(found.base.low, found.base.high, unit)}".rstrip()
    lines = [paragraph(head), "", *_table(base, table if shown else [], (2, 3))]
    rest = len(found.bars) - len(shown)
    if rest:
        noun, verb = ("parameter", "does") if rest == 1 else ("parameters", "do")
        more = f"and {rest} more" if shown else f"{rest} {noun}"
        said = f"{more} that {verb} less or no more than chance (--format csv lists all)"
        lines.append(paragraph(said, "  "))
    ending = [*_rests(found.red, study), paragraph(_ONE_AT_A_TIME), *_not_varied(study)]
    return document, [*lines, "", *ending]


def morris_finding(study: Study, found: Sequence[Effect], level: float, head: str) -> Found:
    """Morris's screening, in falling order of mu*."""
    from analysis.variance import of_slope, red_share

    unit = _unit(study)
    pairs = sorted(zip(study.factors, found, strict=True), key=lambda pair: -pair[1].mu_star.mean)
    parts = [of_slope(factor, effect.mu, effect.sigma.mean, effect.sigma.n) for factor, effect in pairs]
    red = red_share(zip((factor for factor, _ in pairs), parts, strict=True))
    rows = [
        {
            **_named(factor),
            **_flat("mu_star", effect.mu_star),
            **_flat("sigma", effect.sigma),
            "mu": effect.mu,
            "variance": variance,
        }
        for (factor, effect), variance in zip(pairs, parts, strict=True)
    ]
    table = [["parameter", "low to high", f"mu* ({level:.0%} interval)", "mu", "sigma", "rating"]]
    for factor, effect in pairs[:MOST]:
        star, sigma = effect.mu_star, effect.sigma
        size = f"{_size(star.mean, unit)} {interval(star.low, star.high, unit)}".rstrip()
        spread = (change(effect.mu, unit), _size(sigma.mean, unit))
        table.append([factor.id, _range(factor), size, *spread, factor.parameter.rating])
    lines = [paragraph(head), "", *_table(_title(study), table, (3, 4))]
    if len(pairs) > MOST:
        lines.append(paragraph(f"and {len(pairs) - MOST} more (--format csv lists all)", "  "))
    lines += ["", *_rests(red, study), paragraph(_MORRIS), *_not_varied(study)]
    return {"red_share": red, "parameters": rows}, lines


def sobol_finding(study: Study, found: Variance, level: float, head: str) -> Found:
    """Sobol's indices, in falling order of the total."""
    from analysis.variance import red_share

    unit = _unit(study)
    pairs = sorted(zip(study.factors, found.indices, strict=True), key=lambda pair: -pair[1].total.mean)
    alone = red_share((factor, max(0.0, index.first.mean)) for factor, index in pairs)
    total = red_share((factor, max(0.0, index.total.mean)) for factor, index in pairs)
    rows = [
        {**_named(factor), **_flat("first", index.first), **_flat("total", index.total)}
        for factor, index in pairs
    ]
    table = [["parameter", "low to high", f"alone ({level:.0%} interval)", "with interactions", "rating"]]
    for factor, index in pairs[:MOST]:
        cells = [f"{item.mean:.2f} [{item.low:.2f}, {item.high:.2f}]" for item in (index.first, index.total)]
        table.append([factor.id, _range(factor), *cells, factor.parameter.rating])
    spread = f"{_title(study)}: mean {amount(found.mean, unit)}, standard deviation "
    spread += _size(found.deviation, unit)
    document = {
        "mean": found.mean,
        "deviation": found.deviation,
        "red_share": alone,
        "red_share_total": total,
        "parameters": rows,
    }
    ending = [*_rests(alone, study), paragraph(_SOBOL), *_not_varied(study)]
    return document, [paragraph(head), "", *_table(spread, table, ()), "", *ending]


_ONE_AT_A_TIME: Final = (
    "The variance is of each parameter drawn alone from its range (PERT), its effect taken as straight "
    "between the values run, without chance. One parameter at a time, on the same random draws, so that what "
    "they do together is not here (--method morris). × stretches a whole distribution of days. Intervals "
    "hold chance only."
)
_MORRIS: Final = (
    "mu* is the mean size of what moving a parameter over its whole range does, mu with its sign, sigma how "
    "much that depends on the others, on where it stands, and on chance. The variance is to first order: the "
    "square of mu, chance taken off, for a parameter drawn from its range (PERT); the order of mu* is the "
    "better guide to what matters. × stretches a distribution of days. Intervals hold chance, and the choice "
    "of trajectories."
)
_SOBOL: Final = (
    "Shares of the variance when every parameter varied is drawn from its range (PERT); chance is held "
    "still. × stretches a distribution of days. Intervals hold the choice of samples."
)


def _unit(study: Study) -> str:
    from simulation.measures import MEASURES

    return MEASURES[study.measure].unit


def _title(study: Study) -> str:
    from analysis.readings import when
    from reports.comparing import with_unit
    from simulation.measures import MEASURES

    arms = " less ".join(arm.name for arm in reversed(study.arms))
    place = f", {when(study.key)}" if study.key else ""
    return f"{with_unit(MEASURES[study.measure])}{place}, {arms}"


def _rests(share: float, study: Study) -> list[str]:
    count = len(study.factors)
    if math.isnan(share):
        return ["None of the parameters moves it." if count > 1 else "The parameter does not move it."]
    said = (
        f"Of the variance that the {count} parameters varied make one by one"
        if count > 1
        else "Of the variance that the parameter varied makes"
    )
    return [emphasis(paragraph(f"{said}, {share:.0%} rests on red-rated assumptions."), "strong")]


def _not_varied(study: Study) -> list[str]:
    """Parameters that stay as they are, with the reason; those that were not named by their number alone."""
    from analysis.factors import NOT_NAMED, not_varied

    kept: dict[str, list[str]] = {}
    for name, reason in not_varied([arm.inputs.parameters for arm in study.arms], study.factors).items():
        kept.setdefault(reason, []).append(name)
    unnamed = len(kept.pop(NOT_NAMED, ()))
    said = "; ".join(
        f"{', '.join(names)} ({reason.removeprefix('it has ')})" for reason, names in kept.items()
    )
    sentences = [f"Not varied: {said}."] if said else []
    if unnamed:
        have = "more has a range and was" if unnamed == 1 else "more have a range and were"
        sentences.append(f"{unnamed} {have} not varied, since --parameters names others.")
    return [paragraph(" ".join(sentences))] if sentences else []


def _table(title: str, rows: list[list[str]], right: tuple[int, ...]) -> list[str]:
    lines = [f"  {line}" for line in columns(rows, right)]
    if any(len(line) > width() for line in lines):
        lines = []
        for name, *cells in rows[1:]:
            parts = (f"{head} {cell}" for head, cell in zip(rows[0][1:], cells, strict=True))
            lines += [f"  {name}", paragraph("; ".join(parts), "    ")]
    return [emphasis(paragraph(title), "strong"), *lines]


def _range(factor: Factor) -> str:
    return f"{factor.shown(factor.low)} to {factor.shown(factor.high)}"


def _size(value: float, unit: str) -> str:
    """A size without a sign; of a share, in percentage points."""
    return change(value, unit).removeprefix("+")


def _named(factor: Factor) -> dict[str, object]:
    item = factor.parameter
    return {
        "id": factor.id,
        "label": item.label,
        "unit": "scale" if item.duration else item.unit,
        "rating": item.rating,
        "affects": item.affects,
        "low": factor.low,
        "base": factor.base,
        "high": factor.high,
    }


def _plain(estimate: Estimate) -> dict[str, float]:
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}


def _flat(name: str, estimate: Estimate) -> dict[str, object]:
    return {f"{name}_{part}": value for part, value in _plain(estimate).items()}
