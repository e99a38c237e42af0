"""`naas capacity ask`: questions the other way round."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cli.batches import ended, stopped
from cli.capacity_options import CapacityOptions
from cli.capacity_running import about, head, trying
from cli.capacity_words import block
from cli.output import Format, paragraph, write, write_csv, write_json
from cli.typed import typed
from reports.at_scale import not_grossed_up
from reports.capacity_words import give_or_take
from reports.numbers import percent, replications

if TYPE_CHECKING:
    from datetime import date

    from analysis.capacity.figures import Figure
    from analysis.capacity.inverse import Answer, Inverse
    from analysis.capacity.trials import Tried

_TITLES = {
    "demand": "The largest demand that the capacity holds",
    "start": "The latest safe start of phase two",
    "pass-rate": "The pass rate of the simulated element at which it fails",
}


def ask(question: str, name: str, asked: CapacityOptions, target: str, confidence: float) -> int:
    """Answer a question for every region."""
    from analysis.capacity.inverse import ask as answered
    from analysis.capacity.targets import check_confidence, parse_target
    from analysis.readouts import UnfinishedError

    aim = parse_target(target)
    check_confidence(confidence, asked.replications)
    [(_, arm)] = asked.lined_up([name])
    store = asked.opened()
    futures = trying(arm, asked, store)
    try:
        found = answered(futures, question, aim, confidence, asked.replications)
    except UnfinishedError as error:
        ended(futures.failures, store)
        return stopped(typed(), str(error), store)
    if asked.form is Format.json:
        write_json({**about(arm, found.futures, asked), **found.to_dict()})
    elif asked.form is Format.csv:
        rows = [_row(answer) for answer in found.answers]
        write_csv(rows, tuple(dict.fromkeys(name for row in rows for name in row)))
    else:
        for text in filter(None, [head(arm, found.futures, asked), not_grossed_up(arm.inputs.scale)]):
            write(paragraph(text))
        for line in ["", *_answers(found)]:
            write(line)
    return ended(futures.failures, store)


def _answers(found: Inverse) -> list[str]:
    """The answer of every region, what it means in people, and what is not said."""
    lines = [paragraph(_asked(found)), "", *block("By region", _verdicts(found))]
    if counts := _counts(found):
        lines += ["", *counts]
    return [
        *lines,
        "",
        paragraph(_together(found)),
        *(paragraph(line) for line in _not_said(found)),
        paragraph(f"{replications(found.runs)} run for this answer."),
    ]


def _asked(found: Inverse) -> str:
    """What was asked, of which settings, and by which tests."""
    from analysis.capacity.inverse import JUDGED
    from analysis.capacity.ladders import START
    from analysis.capacity.phase_two import MISSED

    said = (
        f"{_TITLES[found.question]}, for {found.target} in at least {percent(found.confidence)} of "
        f"the futures tried. As it stands: {found.now}. Tried: from {found.easiest} to {found.hardest}."
    )
    if found.question != START:
        return said
    if found.ends is None:
        return f"{said} Phase two ends after the last day simulated, so that nobody's date comes."
    return (
        f"{said} Two tests: waits, which is the target; and dates, which fails where more than "
        f"{percent(MISSED)} of those who join a queue in phase two, and more than one person, still wait on "
        f"its last day, {_day(found.ends)}, who would have sat with ample seats. A start is judged where at "
        f"least {percent(JUDGED)} as many people join in phase two as with the start as it stands."
    )


def _verdicts(found: Inverse) -> list[list[str]]:
    """The table of answers; for a start, which test failed."""
    from analysis.capacity.ladders import START, short

    why = found.question == START
    rows = [["", "holds at", "met there", "fails at", "met there", *(["why"] if why else [])]]
    for answer in found.answers:
        holds, fails = (each and short(found.question, each) for each in (answer.holds, answer.fails))
        rows.append(
            [
                answer.region,
                holds or _nothing(answer, found),
                _chance(answer.at),
                fails or _nothing(answer, found),
                _chance(answer.beyond),
                *([", ".join(answer.why)] if why else []),
            ]
        )
    return rows


def _nothing(answer: Answer, found: Inverse) -> str:
    """What stands where there is no setting to name: nobody to judge, nothing that holds, or that fails."""
    from analysis.capacity.ladders import PASS_RATE, START, short

    if answer.holds is None and answer.fails is None:
        return "nobody to judge"
    if answer.holds is None or found.question == START:  # which starts are not judged is said below
        return "none"
    hardest = [said for said, _ in found.tried if said not in answer.unjudged][-1]
    return f"none {'down' if found.question == PASS_RATE else 'up'} to {short(found.question, hardest)}"


def _counts(found: Inverse) -> list[str]:
    """What the answers mean in people, as it stands and at the answer."""
    from analysis.capacity.inverse import A_WEEK, FOR_EACH_SEAT, IN_PHASE_TWO, MISS
    from analysis.capacity.ladders import DEMAND, START

    said = {
        DEMAND: (
            "People who join the queues a week, first sittings and retakes, and for each seat planned",
            {A_WEEK: "a week", FOR_EACH_SEAT: "a seat"},
        ),
        START: (
            "People who join in phase two"
            + (", and those who miss its last day for want of seats" if found.ends else ""),
            {IN_PHASE_TWO: "join", MISS: "miss it"},
        ),
    }
    if found.question not in said:
        return []
    title, words = said[found.question]
    names = {name: word for name, word in words.items() if name in found.answers[0].now}
    written = _fine if found.question == DEMAND else give_or_take
    heads = [
        f"{when}: {word}" if not place else word
        for when in ("now", "answer")
        for place, word in enumerate(names.values())
    ]
    rows = [["", *heads]]
    for answer in found.answers:
        sides = [side.get(name) for side in (answer.now, answer.there) for name in names]
        rows.append([answer.region, *("" if each is None else written(each) for each in sides)])
    return block(f"{title}, give or take half the range", rows, range(1, len(rows[0])))


def _fine(found: Figure) -> str:
    """A mean, give or take, with two decimals where it is small: a few people a week decide."""
    if not found.mean < 10 or math.isnan(found.low):
        return give_or_take(found)
    return f"{found.mean:.2f} ±{(found.high - found.low) / 2:.2f}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _together(found: Inverse) -> str:
    """What holds everywhere that anybody could be judged, and who gives way first."""
    judged = [answer for answer in found.answers if answer.holds or answer.fails]
    if not judged:
        return "Nobody joins early enough to be judged anywhere, so that nothing is said to hold."
    hopeless = ", ".join(answer.region for answer in judged if answer.holds is None)
    lines = []
    if hopeless:
        lines.append(f"Even the easiest that was tried fails in {hopeless}: nothing is said to hold there.")
    holding = [answer for answer in judged if answer.holds is not None]
    if not holding:
        return lines[0]
    order = -1 if found.question == "pass-rate" else 1
    every = "every region" if len(holding) == len(found.answers) else "every other region"
    weakest = min(holding, key=lambda answer: order * (answer.value or 0.0))
    failing = [answer for answer in holding if answer.fails]
    if failing:
        first = min(failing, key=lambda answer: order * (answer.value or 0.0)).fails
        giving = [answer.region for answer in failing if answer.fails == first]
        are = "is" if len(giving) == 1 else "are"
        gives = f"{' and '.join(giving)} {are} the first to give way, at {first}"
        lines.append(f"{every.capitalize()} holds at {weakest.holds}; {gives}.")
    elif any(answer.unjudged for answer in holding):
        lines.append(f"Everything that was tried and can be judged holds: {every} up to {weakest.holds}.")
    else:
        lines.append(f"Everything that was tried holds in {every}.")
    return " ".join(lines)


def _not_said(found: Inverse) -> list[str]:
    """Where nobody could be judged, where easier settings failed, and where harder ones were met again."""
    before = [f"{one.region} at {' and '.join(one.before)}" for one in found.answers if one.before]
    after = [f"{one.region} at {' and '.join(one.after)}" for one in found.answers if one.after]
    lines = _unjudged(found)
    lines += [f"Earlier settings fail too: {'; '.join(before)}."] if before else []
    if after:
        lines.append(f"Met again beyond one that fails, and not said to hold: {'; '.join(after)}.")
    return lines


def _unjudged(found: Inverse) -> list[str]:
    """Where too few come to be judged, those of the same settings together."""
    from analysis.capacity.ladders import START, short

    same: dict[tuple[str, ...], list[str]] = {}
    for answer in found.answers:
        if answer.unjudged:
            same.setdefault(answer.unjudged, []).append(answer.region)
    if not same:
        return []
    tried = tuple(said for said, _ in found.tried)
    where = []
    for settings, regions in same.items():
        shown = [short(found.question, one) for one in settings]
        to_the_last = len(shown) > 1 and settings == tried[-len(shown) :]
        said = f"from {shown[0]} on" if to_the_last else f"at {' and '.join(shown)}"
        every = len(regions) == len(found.answers)
        where.append(f"{said} in {'every region' if every else ', '.join(regions)}")
    if found.question == START:
        until = "" if found.ends else " before the last day simulated"
        why = f"too few people join in phase two{until}, for want of time and not of seats"
        return [f"Not judged, since {why}: {'; '.join(where)}."]
    return [f"Nobody joins early enough to be judged {'; '.join(where)}."]


def _chance(trial: Tried | None) -> str:
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
        "fails_there_by_test": ", ".join(answer.why),
        "not_judged_at": "; ".join(answer.unjudged),
        **{f"{name}_as_it_stands": figure.mean for name, figure in answer.now.items()},
        **{f"{name}_at_the_answer": figure.mean for name, figure in answer.there.items()},
    }
