"""Answers of the desk kept in a file, so that pictures of screens show the same figures for ever.

    PYTHONPATH=. python tests/tui/recorded.py

asks every question of `screen_states.STATES` anew, on a small run of its own, and writes the pictures too.
Look at what changed before keeping it.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Any, Final

from reports.page import Page
from tui.desk.client import DeskClient, DeskProblem

ANSWERS: Final = Path(__file__).parent / "pages" / "answers.json"
SMALL: Final = {"replications": 4, "scale": 0.02}
RUN: Final = ("voluntary", "mandatory", "no-scheme")


def question(name: str, asked: dict[str, Any]) -> str:
    """A question as a text, the same for the same question."""
    return json.dumps([name, asked], sort_keys=True)


class Recorded(DeskClient):
    """Answers what was asked when the answers were kept, without reckoning anything."""

    def __init__(self) -> None:
        super().__init__()
        self._answers = json.loads(ANSWERS.read_text(encoding="utf-8"))

    async def ask(self, name: str, slot: str = "", **asked: Any) -> Page | dict[str, Any]:  # noqa: ARG002
        """The answer that was kept."""
        found = self._answers.get(question(name, asked))
        await asyncio.sleep(0)
        if found is None:
            raise DeskProblem(f"no answer is kept to '{name}': make them anew (tests/tui/recorded.py)")
        if "problem" in found:
            raise DeskProblem(found["problem"]["text"], found["problem"]["lines"])
        return Page.model_validate(found["page"]) if "page" in found else dict(found["data"])


class Recorder(DeskClient):
    """Keeps what another desk answers."""

    def __init__(self, inner: DeskClient, answers: dict[str, Any]) -> None:
        super().__init__()
        self._inner, self.answers = inner, answers

    async def ask(self, name: str, slot: str = "", **asked: Any) -> Page | dict[str, Any]:
        """The other desk's answer."""
        try:
            found = await self._inner.ask(name, slot, **asked)
        except DeskProblem as wrong:
            self.answers[question(name, asked)] = {
                "problem": {"text": str(wrong), "lines": list(wrong.lines)}
            }
            raise
        kept = {"page": json.loads(found.model_dump_json())} if isinstance(found, Page) else {"data": found}
        self.answers[question(name, asked)] = kept
        return found


def record() -> None:
    """Run the small demonstration, walk through every state, and keep answers and pictures."""
    from scenarios.experiment import run
    from scenarios.line_up import line_up
    from scenarios.store import Store
    from tests.tui.driving import InProcessDesk
    from tests.tui.screen_states import STATES, shown
    from tui.desk.desk import Desk

    folder = Path(tempfile.mkdtemp(prefix="naas-record-"))
    os.environ["NAAS_RESULTS"] = str(folder / "results")
    os.environ["NAAS_STATE"] = str(folder / "state")
    os.environ["NAAS_UPDATE_SNAPSHOTS"] = "1"
    arms = [arm for _, arm in line_up(RUN, (), 2017, SMALL["scale"])]
    run(arms, int(SMALL["replications"]), store=Store(folder / "results"))
    answers: dict[str, Any] = {}
    desk = InProcessDesk(Desk())
    for state in STATES:
        asyncio.run(shown(state, Recorder(desk, answers)))
        print(state.name)
    ANSWERS.parent.mkdir(exist_ok=True)
    lines = (
        f"{json.dumps(asked)}: {json.dumps(answers[asked], ensure_ascii=False)}" for asked in sorted(answers)
    )
    ANSWERS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(answers)} answers, {ANSWERS.stat().st_size:,} bytes")


if __name__ == "__main__":
    record()
