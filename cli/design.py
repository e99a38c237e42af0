"""How a comparison was made: what its intervals hold, how precise it is, what was reused."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from reports.numbers import amount, replications

if TYPE_CHECKING:
    from cli.manner import Manner, Ran
    from scenarios.comparison import Comparison
    from scenarios.drawn import Reach
    from scenarios.pairing import Pairing
    from scenarios.uncertainty import Components
    from simulation.measures import MeasureKey

USUAL: Final = "accredited"
"""The measure that is told of where no other is asked for."""
_BUILT: Final = "from which the workforce is built"


def document(comparison: Comparison, ran: Ran, how: Manner) -> dict[str, object]:
    """Plain data, beside that of the comparison itself."""
    found: dict[str, object] = {"interval_holds": "chance and parameters" if how.uncertain else "chance"}
    key = _primary(comparison, ran)
    if key is not None and len(comparison.names) > 1:
        found["shared_draws"] = {
            "measure": key.id,
            "at": key.at or key.period,
            "arms": [
                {
                    "scenario": item.arm,
                    "correlation": item.correlation,
                    "variance_reduction": item.variance_reduction,
                    "replications": item.n,
                }
                for item in _pairings(comparison, key)
            ],
        }
    if ran.achieved is not None:
        achieved = ran.achieved
        found["precision"] = {
            "target": str(achieved.target),
            "at": achieved.key.at or achieved.key.period,
            "reached": achieved.reached,
            "replications_enough": achieved.enough or None,
            "replications_run": achieved.run,
            "half_width": achieved.half_width,
            "mean": achieved.mean,
            "refused": achieved.refused,
        }
    if how.uncertain:
        from scenarios.uncertainty import DURATION_FACTOR

        reached = _reach(comparison)
        found["uncertainty"] = {
            "drawn": [entry.id for entry in reached.drawn],
            "not_drawn": [
                {"id": item.parameter.id, "why": item.why, "scenarios": item.arms} for item in reached.kept
            ],
            "duration_factor": DURATION_FACTOR,
            "draws": how.replications,
            "inner": how.inner,
            "components": [_component(item) for item in _components(comparison, how)],
        }
    return found


def intervals(comparison: Comparison, how: Manner) -> str:
    """What the intervals of a table hold, for its head."""
    level = f"{comparison.level:.0%}"
    if not comparison.used:
        return ""
    if comparison.used < 2:
        return (
            "One replication gives no interval and so no verdict: every figure is of one future. Add "
            "--replications 20."
        )
    if how.uncertain:
        count = len(_reach(comparison).drawn)
        return (
            f"Intervals ({level}) hold chance and what we do not know of {count} parameters: {_drawn(how)}."
        )
    return (
        f"Intervals ({level}, after ± or in brackets) are chance only. What we do not know about take-up and "
        "the rest is much wider: add --uncertainty parameters."
    )


def lines(comparison: Comparison, ran: Ran, how: Manner) -> list[str]:
    """Sentences for the foot of a table."""
    said = []
    if how.uncertain and comparison.used > 1:
        said = [*_parted(comparison, ran, how), _reached(comparison)]
    if ran.achieved is not None:
        said += _precision(comparison, ran)
    said += reuse(comparison, how)
    return said


def reuse(comparison: Comparison, how: Manner) -> list[str]:
    """How many replications came from the store."""
    results = comparison.results
    if how.store is None or not results.reused:
        return []
    total = len(results.arms) * results.requested
    return [f"{len(results.reused)} of {replications(total)} reused from {how.store.folder}."]


def _drawn(how: Manner) -> str:
    futures = "one future" if how.inner == 1 else f"{how.inner} futures"
    return f"{how.replications} draws from their ranges, {futures} each"


def _reached(comparison: Comparison) -> str:
    """Which parameters are drawn, and each that is not with its reason."""
    from scenarios.drawn import SET

    reached, arms = _reach(comparison), comparison.results.arms
    world, workforce = (reached.affecting(what) for what in ("world", "workforce"))
    alike = ", alike in every scenario" if len(arms) > 1 else ""
    listed = any(arm.inputs.workforce_file for arm in arms)
    built = "of the workforce, as far as the staff list leaves it open" if listed else _BUILT
    reasons: dict[str, list[str]] = {}
    for item in reached.kept:
        where = f" in {' and '.join(item.arms)}" if item.why == SET else ""
        reasons.setdefault(f"{item.why}{where}", []).append(item.parameter.id)
    kept = [f"{', '.join(names)} ({why})" for why, names in reasons.items()]
    others = "what is not a parameter: seats, sites, the rules and the model itself"
    said = f"Drawn{alike}: {world} parameters of the world and {workforce} {built}."
    return f"{said} Not drawn: {'; '.join([*kept, others])}."


def _reach(comparison: Comparison) -> Reach:
    from scenarios.drawn import reach

    return reach(comparison.results.arms)


def _parted(comparison: Comparison, ran: Ran, how: Manner) -> list[str]:
    """The components of the variance of one measure: of the last difference, or of the only arm."""
    key = _primary(comparison, ran)
    if key is None:
        return []
    if how.inner < 2:
        return ["Add --inner 2 to tell chance from the parameters."]
    from scenarios.uncertainty import components
    from simulation.measures import MEASURES

    last = components(comparison.results, key, how.inner)[-1]
    if math.isnan(last.share):
        return []
    of = "the difference in " if len(comparison.names) > 1 else ""
    return [
        f"Of the variance of {of}'{MEASURES[key.id].label}' by {key.at or key.period}, the parameters make "
        f"{last.share:.0%} and chance {1 - last.share:.0%}."
    ]


def _precision(comparison: Comparison, ran: Ran) -> list[str]:
    from simulation.measures import MEASURES

    achieved = ran.achieved
    assert achieved is not None
    half = amount(achieved.half_width, MEASURES[achieved.key.id].unit)
    if achieved.reached:
        after = f"reached with {replications(achieved.enough)}, and kept to the {achieved.run} run"
    else:
        after = f"not reached with {replications(achieved.run)}"
    when = achieved.key.at or achieved.key.period
    said = [f"Precision {achieved.target}: {after}; the interval of {when} is ±{half}."]
    for item in _pairings(comparison, achieved.key) if len(comparison.names) > 1 else ():
        if not math.isnan(item.correlation):
            said.append(
                f"Shared random draws: {item.arm} and {comparison.names[0]} correlate at "
                f"{item.correlation:.2f}, which takes {item.variance_reduction:.0%} off the variance of "
                "their difference."
            )
    return said


def _primary(comparison: Comparison, ran: Ran) -> MeasureKey | None:
    from rules.errors import InputError
    from scenarios.precision import primary_key

    if ran.achieved is not None:
        return ran.achieved.key if ran.achieved.key in comparison.results.keys else None
    inputs = comparison.results.arms[0].inputs
    whole = f"{inputs.start.isoformat()}/{inputs.until.isoformat()}"
    try:
        return primary_key(comparison.results.keys, USUAL, whole)
    except InputError:  # nothing was finished
        return None


def _pairings(comparison: Comparison, key: MeasureKey) -> list[Pairing]:
    from scenarios.pairing import pairings

    return pairings(comparison.results, key)


def _components(comparison: Comparison, how: Manner) -> list[Components]:
    """The components of every national headline measure."""
    from scenarios.uncertainty import components
    from simulation.measures import MEASURES

    if how.only is not None:
        return []
    keys = (key for key in comparison.results.keys if not key.by and MEASURES[key.id].headline)
    return [found for key in keys for found in components(comparison.results, key, how.inner)]


def _component(item: Components) -> dict[str, object]:
    return {
        "id": item.key.id,
        "at": item.key.at or item.key.period,
        "of": item.arm,
        "parameters": item.parameters,
        "chance": item.chance,
        "parameters_share": item.share,
        "draws": item.draws,
    }
