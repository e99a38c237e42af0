"""A search for the least capacity of one region, on whatever each trial said of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.capacity.trials import Trial


@dataclass
class Search:
    """What is known of one region: the largest capacity that fails, the least that holds, and every trial."""

    venue: int
    region: str
    first: int
    past: int
    guess: int
    fails: int = -1
    holds: int | None = None
    step: int = 1
    trials: dict[int, Trial] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether the answer lies between two neighbours, both tried."""
        return self.holds is not None and self.holds - self.fails == 1

    def next(self) -> int:
        """The capacity to try next: neighbours first, then farther and farther, then half way between."""
        if self.holds is None and self.fails < 0:
            return self.guess
        if self.holds is None:
            found = self.fails + self.step
            self.step *= 2
            return found
        if self.fails < 0 and self.holds - self.step >= 1:
            found = self.holds - self.step
            self.step *= 2
            return found
        return (self.fails + self.holds) // 2

    def learn(self, trial: Trial, allowed: int) -> None:
        """Take in what came of a trial."""
        self.trials[trial.count] = trial
        if trial.futures - trial.met > allowed:
            self.fails = max(self.fails, trial.count)
        else:
            self.holds = trial.count if self.holds is None else min(self.holds, trial.count)
