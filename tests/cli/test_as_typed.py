"""Commands as their user types them, in a process of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cli import start
from cli.app import app

pytestmark = pytest.mark.e2e

NAAS = [sys.executable, "-m", "cli.main"]
HOME = Path(__file__).parents[2]
COMMANDS = ("compare", "run", "list", "show", "measures", "workforce", "explain", "check", "results")
HEAVY = ("numpy", "pydantic", "scipy", "pandas", "simpy", "yaml", "joblib", "durable")


def typed(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*NAAS, *words], cwd=HOME, env={**os.environ, **more}, text=True, capture_output=True, check=False
    )


def test_help_comes_without_anything_heavy() -> None:
    code = "import sys, cli.main, cli.app; print([m for m in sys.argv[1:] if m in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", code, *HEAVY], cwd=HOME, text=True, capture_output=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_every_command_is_in_the_help() -> None:
    ran = typed("--help", COLUMNS="100")
    assert ran.returncode == 0
    assert all(re.search(rf"\b{name}\b", ran.stdout) for name in COMMANDS)


def test_the_version_is_said() -> None:
    ran = typed("--version")
    assert ran.returncode == 0
    assert re.fullmatch(r"naas [0-9]+\.[0-9]+\.[0-9]+, engine [0-9]+\n", ran.stdout)


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda item: item.name)
def test_help_of_a_command_is_a_sentence_and_two_examples(command: object) -> None:
    callback = getattr(command, "callback", None)
    assert callback is not None
    first, _, examples = callback.__doc__.partition("\n\n")
    assert re.fullmatch(r"[A-Z][^.]*\.", " ".join(first.split()))
    lines = [line.strip() for line in examples.replace("\b", "").splitlines() if line.strip()]
    assert len(lines) == 2
    assert all(line.startswith(f"naas {getattr(command, 'name', '')}") for line in lines)


ALIKE = ("--seed", "--scale", "--until", "--workforce", "--interval", "--jobs", "--no-store", "--cluster")


def test_an_option_is_explained_in_one_way() -> None:
    told: dict[str, set[str]] = {}
    for command in typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        for part in (command, *getattr(command, "commands", {}).values()):
            for parameter in part.params:
                told.setdefault(parameter.opts[0], set()).add(getattr(parameter, "help", ""))
    assert {name: len(told[name]) for name in ALIKE} == dict.fromkeys(ALIKE, 1)


def test_results_on_one_stream_and_everything_else_on_the_other() -> None:
    words = ("run", "consultation", "--scale", "0.01", "-n", "2", "--until", "2017-12-31", "--jobs", "1")
    ran = typed(*words, "--format", "csv", "--measure", "in_scope")
    assert ran.returncode == 0
    assert ran.stdout.startswith("id,label,unit,at,period,")
    assert ran.stderr.splitlines()[-1].startswith("2 replications in ")


def test_a_bad_file_as_typed(tmp_path: Path) -> None:
    file = tmp_path / "my-option.yaml"
    start_of_file = "id: my-option\ntitle: Mine\nwhy: A test.\nparent: consultation\nlevers:\n"
    file.write_text(f"{start_of_file}    q5.practioner: within_6_months\n    q9: no\n", encoding="utf-8")
    ran = typed("run", str(file))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{file}:6:5  S014  unknown lever 'q5.practioner'" in ran.stderr
    assert "S021  'no' is read by YAML as false; q9 takes one of: none, assessment" in ran.stderr
    assert ran.stderr.endswith("2 errors; nothing was run.\n")


def test_a_reader_that_stops_reading_is_no_error() -> None:
    shell = f"{sys.executable} -m cli.main measures --format csv | head -n 1"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell], cwd=HOME, text=True, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_same_bytes_under_another_hash_seed() -> None:
    words = (
        "compare",
        "voluntary",
        "mandatory",
        "--scale",
        "0.01",
        "-n",
        "2",
        "--until",
        "2018-12-31",
        "-j",
        "1",
    )
    more = ("--no-store", "--format", "json")
    one, other = (typed(*words, *more, PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert one == other
    assert one


def test_ctrl_c_keeps_what_is_finished() -> None:
    words = [*NAAS, "run", "mandatory", "--scale", "0.02", "-n", "200", "-j", "1", "--measure", "in_scope"]
    process = subprocess.Popen(
        words, cwd=HOME, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stderr is not None
    assert any(line.startswith("20 of 200") for line in iter(process.stderr.readline, ""))
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert re.search(r"\d+ of 200\s+replications", out)
    assert re.search(r"Stopped: \d+ of 200 replications kept\. To go on: naas run mandatory", err)
    assert "Traceback" not in err


def test_a_machine_without_the_engine_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "find_spec", lambda _: None)
    said = start.complaint()
    assert "python3-dev" in said
    assert "xcode-select --install" in said


def test_another_python_is_told_which_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Version(tuple[int, ...]):
        major, minor = 3, 13

    monkeypatch.setattr(start.sys, "version_info", Version((3, 13, 0)))
    assert "3.11 or 3.12, and this is 3.13" in start.complaint()
