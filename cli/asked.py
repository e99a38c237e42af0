"""What commands are asked with: options declared once, as the fields of what `cli.asking.asks` is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from cli import options
from cli.output import Format

if TYPE_CHECKING:
    from datetime import date

    from scenarios.experiment import Arm
    from scenarios.scenario import Scenario
    from scenarios.store import Store


@dataclass(frozen=True)
class WorldOptions:
    """What is simulated."""

    until: options.UntilOption = None
    setting: options.SetOption = None
    scale: options.ScaleOption = None
    workforce: options.WorkforceOption = None
    seed: options.SeedOption = options.SEED

    @property
    def settings(self) -> Sequence[str]:
        """Everything that was set."""
        return tuple(self.setting or ())

    @property
    def of_world(self) -> Sequence[str]:
        """What was set of levers and of parameters of the world."""
        return self.settings

    @property
    def last(self) -> date | None:
        """The last day asked for. Raises C002 for what is none."""
        from cli.experiment import checked_date

        return checked_date(self.until)

    def check(self) -> None:
        """Raise everything that is wrong with the numbers at once."""
        from scenarios import request

        asked: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        request.check("--", **{name: asked[name] for name in request.NUMBERS if name in asked})

    def lined_up(self, names: Sequence[str], *others: Callable[[], object]) -> list[tuple[Scenario, Arm]]:
        """The scenarios lined up; what `others` find wrong is told with what is wrong here."""
        from rules.errors import Collected
        from scenarios.line_up import line_up

        wrong = Collected()
        for check in (self.check, *others):
            with wrong:
                check()
        last = None
        with wrong:
            last = self.last
        with wrong:
            ready = line_up(names, self.of_world, self.seed, self.scale, last, self.workforce)
        wrong.tell()
        return ready


@dataclass(frozen=True)
class RunOptions(WorldOptions):
    """How often it is run, by how many processes, and as what it is told."""

    replications: options.ReplicationsOption = options.REPLICATIONS
    jobs: options.JobsOption = 0
    form: options.FormatOption = Format.table


@dataclass(frozen=True)
class StoredOptions(RunOptions):
    """Where results are kept."""

    store: options.StoreOption = None
    no_store: options.NoStoreOption = False

    def opened(self) -> Store | None:
        """The store, made ready."""
        from cli.storing import opened_store

        return opened_store(self.store, self.no_store)


@dataclass(frozen=True)
class ExperimentOptions(StoredOptions):
    """Where it is run, and what its intervals cover."""

    cluster: options.ClusterOption = None
    interval: options.IntervalOption = options.INTERVAL

    @property
    def level(self) -> float:
        """What intervals cover, as a share."""
        return self.interval / 100


@dataclass(frozen=True)
class ComparisonOptions(ExperimentOptions):
    """What `run` and `compare` take besides: how precisely, and what is shown."""

    replications: options.ComparedReplicationsOption = options.REPLICATIONS
    precision: options.PrecisionOption = None
    most: options.MostOption = 200
    uncertainty: options.UncertaintyOption = None
    inner: options.InnerOption = 1
    by: options.ByOption = None
    at: options.ReadOption = None
    every_year: options.EveryYearOption = False
    measure: options.MeasureOption = None
