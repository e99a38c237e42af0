"""`naas capacity ask` and `frontier`: questions the other way round, and what more seats would buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.batches import ended, stopped
from cli.capacity_running import Asked, about, again, head, lined_up, trying
from cli.capacity_words import block, flat
from cli.output import Format, paragraph, write, write_csv, write_json
from reports.capacity_words import NOT_REACHED, give_or_take, waited
from reports.numbers import percent, replications

if TYPE_CHECKING:
    from analysis.capacity.frontier import Frontier
    from analysis.capacity.inverse import Answer, Inverse
    from analysis.capacity.trials import Trial

_TITLES = {
    "demand": "The largest demand that the capacity holds",
    "start": "The latest safe start of phase two",
    "pass-rate": "The pass rate of the simulated element at which it fails",
}


def ask(question: str, name: str, asked: Asked, target: str, confidence: float, form: Format) -> int:
    """Answer a question for every region."""
    from analysis.capacity.inverse import ask as answered
    from analysis.capacity.targets import check_confidence, parse_target
    from analysis.readouts import UnfinishedError

    aim = parse_target(target)
    check_confidence(confidence, asked.replications)
    _, arm = lined_up(name, asked)
    store = asked.store()
    futures = trying(arm, asked, store)
    try:
        found = answered(futures, question, aim, confidence, asked.replications)
    except UnfinishedError as error:
        ended(futures.failures)
        return stopped(again(), str(error), store)
    if form is Format.json:
        write_json({**about(arm, found.futures), **found.to_dict()})
    elif form is Format.csv:
        rows = [_row(answer) for answer in found.answers]
        write_csv(rows, tuple(rows[0]))
    else:
        write(paragraph(head(arm, found.futures)))
        for line in ["", *_answers(found)]:
            write(line)
    return ended(futures.failures)


def _answers(found: Inverse) -> list[str]:
    from analysis.capacity.inverse import JUDGED, KEPT

    rows = [["", "holds at", "met there", "fails at", "met there"]]
    rows += [
        [
            answer.region,
            answer.holds or _nothing(answer),
            _chance(answer.at),
            answer.fails or _nothing(answer),
            _chance(answer.beyond),
        ]
        for answer in found.answers
    ]
    said = (
        f"{_TITLES[found.question]}, for {found.target} in at least {percent(found.confidence)} of "
        f"the futures tried. As it stands: {found.now}. Tried: from {found.easiest} to {found.hardest}."
    )
    if found.question == "start":
        said += (
            f" A start is safe where at least {KEPT:.0%} of the sittings that the start as it stands "
            f"holds by the end are still held, and at least {JUDGED:.0%} as many people join early enough to "
            "be asked about."
        )
    lines = [paragraph(said), "", *block("By region", rows)]
    return [
        *lines,
        "",
        paragraph(_together(found)),
        *(paragraph(line) for line in _not_said(found)),
        paragraph(f"{replications(found.runs)} run for this answer."),
    ]


def _nothing(answer: Answer) -> str:
    """Why there is no setting to name."""
    return "nobody to judge" if answer.holds is None and answer.fails is None else "nothing tried"


def _together(found: Inverse) -> str:
    """What holds everywhere that anybody could be judged, and who gives way first."""
    judged = [answer for answer in found.answers if answer.holds or answer.fails]
    if not judged:
        return "Nobody joins early enough to be judged anywhere, so that nothing is said to hold."
    failing = [answer for answer in judged if answer.holds is None]
    if failing:
        names = ", ".join(answer.region for answer in failing)
        return f"Even the easiest that was tried fails in {names}, so that nothing is said to hold there."
    order = -1 if found.question == "pass-rate" else 1
    every = "every region" if len(judged) == len(found.answers) else "every other region"
    weakest = min(judged, key=lambda answer: order * (answer.value or 0.0))
    if weakest.fails is None:
        could = ", and could be judged," if any(answer.unjudged for answer in judged) else ""
        return f"Everything that was tried{could} holds in {every}."
    gives = f"{weakest.region} is the first to give way, at {weakest.fails}"
    return f"{every.capitalize()} holds at {weakest.holds}; {gives}."


def _not_said(found: Inverse) -> list[str]:
    """Where nobody could be judged, where easier settings failed, and where harder ones were met again."""
    before = [f"{one.region} at {' and '.join(one.before)}" for one in found.answers if one.before]
    after = [f"{one.region} at {' and '.join(one.after)}" for one in found.answers if one.after]
    nobody = [f"{one.region} at {' and '.join(one.unjudged)}" for one in found.answers if one.unjudged]
    lines = [f"Nobody joins early enough to be judged in {'; '.join(nobody)}."] if nobody else []
    lines += [f"Earlier settings fail too: {'; '.join(before)}."] if before else []
    if after:
        lines.append(f"Met again beyond one that fails, and not said to hold: {'; '.join(after)}.")
    return lines


def _chance(trial: Trial | None) -> str:
    if trial is None:
        return ""
    low, high = trial.interval()
    return f"{trial.probability:.0%} [{low * 100:.0f}, {high * 100:.0f}]"


def _row(answer: Answer) -> dict[str, object]:
    return {
        "region": answer.region,
        "holds_at": answer.holds,
        "holds_at_value": answer.value,
        "fails_at": answer.fails,
        "at_probability": answer.at.probability if answer.at else None,
        "beyond_probability": answer.beyond.probability if answer.beyond else None,
        "nobody_to_judge_at": "; ".join(answer.unjudged),
    }


def frontier(name: str, asked: Asked, lumps: str, form: Format) -> int:
    """Try capacities, and write waits and costs against them."""
    from analysis.capacity.frontier import frontier as drawn
    from analysis.capacity.plans import LUMPS
    from analysis.readouts import UnfinishedError

    _, arm = lined_up(name, asked)
    store = asked.store()
    futures = trying(arm, asked, store)
    try:
        found = drawn(futures, LUMPS[lumps], asked.replications)
    except UnfinishedError as error:
        ended(futures.failures)
        return stopped(again(), str(error), store)
    if form is Format.json:
        write_json({**about(arm, found.futures), **found.to_dict()})
    elif form is Format.csv:
        rows = [flat(point.to_dict()) for point in found.points]
        write_csv(rows, tuple(rows[0]))
    else:
        write(paragraph(head(arm, found.futures)))
        for line in ["", *_frontier(found)]:
            write(line)
    return ended(futures.failures)


def _frontier(found: Frontier) -> list[str]:
    rows = [[f"{found.lump.name}s", "seats a week", "P90 wait, days", "still wait"]]
    rows[0] += ["a candidate, £", "of seats used", ""]
    rows += [
        [
            f"{point.total:,}",
            f"{point.total * found.lump.weekly:,}",
            waited(point.p90),
            give_or_take(point.still),
            give_or_take(point.cost),
            give_or_take(point.used, "share"),
            "<- knee" if point.knee else "",
        ]
        for point in found.points
    ]
    said = (
        f"A {found.lump.name} is {found.lump.means}; shared over the regions as people come. Waits of "
        f"everyone who joined a queue; {NOT_REACHED}. A candidate's cost is delivery built up from "
        f"circuits, in prices of {found.price_year} (naas cost). The knee is where the waits lie farthest "
        "below the line from the fewest to the most: beyond it more capacity buys less and less."
    )
    lines = block("Circuits against waits and cost, give or take half the range", rows, range(6))
    return [*lines, "", paragraph(said), paragraph(f"{replications(found.runs)} run for this.")]
