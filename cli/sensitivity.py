"""`naas sensitivity`: which of the things we do not know move a result, or the difference between two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cli import options
from cli.asked import ExperimentOptions
from cli.asking import asks
from cli.output import Format, note, write, write_csv, write_json
from cli.typed import typed

if TYPE_CHECKING:
    from analysis.factors import Factor
    from analysis.study import Study

    Factors = tuple[Factor, ...]

TRAJECTORIES: Final = 10
BASE_SAMPLES: Final = 64
"""Samples where none are asked for: trajectories of Morris, base samples of Sobol."""


class Method(StrEnum):
    """One at a time, screening over all ranges, or shares of the variance."""

    tornado = "tornado"
    morris = "morris"
    sobol = "sobol"


@dataclass(frozen=True)
class Finding:
    """What a method found: plain data for programs, and lines for people."""

    document: dict[str, Any]
    lines: list[str]


@dataclass(frozen=True)
class SensitivityOptions(ExperimentOptions):
    """Fewer replications, since each is of many settings."""

    replications: Annotated[
        int,
        typer.Option(
            "--replications",
            "-n",
            help="Random futures for each setting; each trajectory of morris has its own.",
            rich_help_panel=options.HOW,
        ),
    ] = 5
    at: options.AtOption = None


@asks(SensitivityOptions)
def sensitivity(
    asked: SensitivityOptions,
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario by name, or a file.")],
    second: Annotated[
        str | None,
        typer.Argument(metavar="[B]", help="Another, to look at the difference of B from A."),
    ] = None,
    measure: Annotated[
        str,
        typer.Option("--measure", metavar="ID", help="What is looked at.", rich_help_panel=options.WHAT),
    ] = "accredited",
    method: Annotated[
        Method,
        typer.Option(
            "--method",
            help="One at a time (tornado), screening (morris), or shares of variance (sobol).",
            rich_help_panel=options.HOW,
        ),
    ] = Method.tornado,
    parameters: Annotated[
        str,
        typer.Option(
            "--parameters",
            metavar="A,B,C",
            help="The parameters to vary; every one that has a range if not given.",
            rich_help_panel=options.WHAT,
        ),
    ] = "",
    samples: Annotated[
        int | None,
        typer.Option(
            "--samples",
            help=f"Trajectories of morris ({TRAJECTORIES}) or base samples of sobol ({BASE_SAMPLES}).",
            rich_help_panel=options.HOW,
        ),
    ] = None,
) -> int:
    """Rank the parameters by what they do to a measure, or to a difference.

    \b
    naas sensitivity mandatory --measure accredited --scale 0.1
    naas sensitivity voluntary mandatory --method morris --scale 0.1
    """
    from analysis.factors import factors, not_varied
    from analysis.readings import reading_day
    from analysis.readouts import UnfinishedError
    from analysis.study import Study
    from cli.batches import batches, ended, stopped
    from cli.experiment import checked_date, checked_ids, checked_measures
    from cli.set_in import with_settings
    from reports.population import population
    from rules.errors import problem
    from scenarios.settings import values

    ready = asked.lined_up([first, *([second] if second else [])], lambda: checked_measures([measure]))
    arms = [arm for _, arm in ready]
    checked_ids(arms)
    day = reading_day(arms[0].inputs, checked_date(asked.at, "--at"))
    wanted = [name.strip() for name in parameters.split(",") if name.strip()]
    if any(arm.inputs.plain for arm in arms):
        raise problem("A005", "a scheme from scratch has no parameters with a range")
    varied = factors([arm.inputs.parameters for arm in arms], wanted)
    chosen = _METHODS[method](varied, samples, asked.replications)
    said = f"parameters varied: {len(varied)}; settings of them: {chosen.points}; replications of each: "
    note(f"{said}{chosen.times}{' in both scenarios' if second else ''}")
    head = with_settings(f"{population(arms[0])} · seed {asked.seed}", asked.settings, len(arms))
    kept = asked.opened()
    try:
        with batches(
            chosen.points * len(arms), chosen.times, arms, asked.jobs, kept, asked.cluster or ""
        ) as run:
            study = Study(arms, varied, measure, day, run)
            found = chosen.carried_out(study, asked.level, head)
    except UnfinishedError as error:
        return stopped(typed(), str(error), kept)
    if asked.form is Format.json:
        made = {
            "settings": values(asked.settings),
            "not_varied": not_varied([arm.inputs.parameters for arm in arms], varied),
        }
        write_json(_document(study, method, asked.seed, asked.interval) | made | found.document)
    elif asked.form is Format.csv:
        rows = found.document["parameters"]
        write_csv(rows, tuple(rows[0]))
    else:
        for line in found.lines:
            write(line)
    return ended(study.failures, kept)


def _document(study: Study, method: Method, seed: int, interval: int) -> dict[str, object]:
    key = study.key
    when = {"at": key.at} if key and key.at else {"period": key.period if key else ""}
    return {
        "schema": 1,
        "scenarios": [arm.name for arm in study.arms],
        "method": method.value,
        "measure": study.measure,
        **when,
        "scale": study.arms[0].inputs.scale,
        "seed": seed,
        "interval": interval,
    }


@dataclass(frozen=True)
class Chosen:
    """A method made ready: how many settings, how often each, and how it is carried out."""

    points: int
    times: int
    carried_out: Callable[[Study, float, str], Finding]


def _tornado(varied: Factors, samples: int | None, replications: int) -> Chosen:
    from analysis.tornado import tornado, tornado_points
    from cli.sensitivities import tornado_finding

    _no_samples(samples, "tornado")

    def carried_out(study: Study, level: float, head: str) -> Finding:
        found = tornado(study, replications, level)
        said = f"{head} · {replications} replications of each setting"
        return Finding(*tornado_finding(study, found, said))

    return Chosen(len(tornado_points(varied)), replications, carried_out)


def _morris(varied: Factors, samples: int | None, _: int) -> Chosen:
    from analysis.morris import elementary_effects, summarised
    from cli.sensitivities import morris_finding
    from rules.errors import problem

    trajectories = TRAJECTORIES if samples is None else samples
    if not 2 <= trajectories <= 1_000:
        raise problem("A007", f"--samples is from 2 to 1,000 trajectories for morris, not {trajectories}")

    def carried_out(study: Study, level: float, head: str) -> Finding:
        def evaluate(points: Any, number: int) -> Any:
            settings = [{f.id: f.at(x) for f, x in zip(varied, row, strict=True)} for row in points]
            return study.values(settings, [number])[:, 0]

        seed = study.arms[0].inputs.seed
        effects = elementary_effects(len(varied), trajectories, seed, evaluate)
        said = f"{head} · {trajectories} trajectories, each in a replication of its own"
        return Finding(*morris_finding(study, summarised(effects, seed, level), level, said))

    return Chosen(trajectories * (len(varied) + 1), 1, carried_out)


def _sobol(varied: Factors, samples: int | None, replications: int) -> Chosen:
    from analysis.sobol import check_samples, settings, sobol
    from analysis.study import defined
    from cli.sensitivities import sobol_finding

    base = BASE_SAMPLES if samples is None else samples
    check_samples(base)

    def carried_out(study: Study, level: float, head: str) -> Finding:
        def evaluate(points: Any) -> Any:
            chosen = [{f.id: f.believed(x) for f, x in zip(varied, row, strict=True)} for row in points]
            return defined(study.values(chosen, range(replications))).mean(axis=1)

        found = sobol(len(varied), base, study.arms[0].inputs.seed, evaluate, level)
        said = f"{head} · {base} base samples, the mean of {replications} replications at each setting"
        return Finding(*sobol_finding(study, found, level, said))

    return Chosen(settings(len(varied), base), replications, carried_out)


def _no_samples(samples: int | None, method: str) -> None:
    if samples is not None:
        from rules.errors import problem

        raise problem("A007", f"--samples has no part in {method}", hint="it belongs to morris and sobol")


_METHODS: Final = {Method.tornado: _tornado, Method.morris: _morris, Method.sobol: _sobol}
