"""The documents say what is there: commands, options, names and links exist, and examples load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import typer
import yaml

from cli.app import app
from rules.levers import SPECS
from scenarios.loader import load_scenario
from scenarios.names import library
from simulation.measures import MEASURES
from simulation.parameters import Parameters
from simulation.world import Turn

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[1]
TOP = ("README.md", "NOTICE", "CHANGELOG.md", "LICENSE", "Makefile", "constraints.txt", "pyproject.toml")
FOLDERS = (".ci", "docs", "rules", "simulation", "scenarios", "analysis", "cli", "tests", "benchmarks")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "simulation").rglob("*.md")])
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December) 20[12]\d"
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


@cache
def texts() -> dict[Path, str]:
    """Every file of the project that holds text, by its path from the root."""
    files = [ROOT / name for name in TOP]
    files += [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    found = {}
    for path in files:
        if "__pycache__" in path.parts or "bad" in path.parts:
            continue
        with suppress(UnicodeDecodeError):  # a picture or a table is not text
            found[path.relative_to(ROOT)] = path.read_text(encoding="utf-8")
    return found


def commands() -> dict[str, set[str]]:
    """Every command with its options, those of its own commands included."""
    group = typer.main.get_command(app)
    found: dict[str, set[str]] = {}
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        parts = [command, *getattr(command, "commands", {}).values()]
        parameters = [parameter for part in parts for parameter in part.params]
        found[name] = {option for parameter in parameters for option in (*parameter.opts, "--help")}
    return found


def typed(page: Path) -> Iterator[list[str]]:
    """The words after `naas` wherever a page shows a command."""
    shown = re.findall(r"^(?:\$ )?naas .+[^.]$|`naas [^`]+`", page.read_text(encoding="utf-8"), re.MULTILINE)
    for line in shown:
        yield re.split(r" >| \|", line.strip("`$ "))[0].split()[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_shown_exists_with_its_options_and_its_scenarios(page: Path) -> None:
    known = commands()
    for words in typed(page):
        name, rest = words[0], words[1:]
        if name.startswith("-"):
            continue
        assert name in known, words
        options = [word for word in rest if word.startswith("-")]
        assert set(options) <= known[name], words
        if name in ("compare", "run", "show"):
            plain = [
                word
                for before, word in zip(words, rest, strict=False)
                if not before.startswith("-") and word.islower() and re.fullmatch(r"[a-z0-9-]+", word)
            ]
            named = [word for word in plain if not word.startswith("-")]
            assert set(named) <= set(library()), words


def test_the_readme_names_every_command() -> None:
    shown = {words[0] for words in typed(ROOT / "README.md")}
    assert set(commands()) <= shown


def test_the_readme_says_what_it_is_and_how_to_begin_on_one_screen() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## ")[0].splitlines()
    assert len(first) <= 60
    above = "\n".join(first)
    for needed in ("make demo", "make test", "build-essential", "python3-dev", "xcode-select --install"):
        assert needed in above


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), target
        assert file.is_relative_to(ROOT), target
        if anchor:
            titles = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_levers_and_parameters_named_in_a_page_exist(page: Path) -> None:
    families = {name.split(".")[0] for name in [*SPECS, *Parameters.shipped()]}
    known = {*SPECS, *Parameters.shipped(), "q3.closes", "q8.last_attempt"}
    for name in re.findall(r"`([a-z_0-9]+\.[a-z_0-9]+)`", page.read_text(encoding="utf-8")):
        if name.split(".")[0] in families and not name.endswith((".md", ".py", ".csv", ".yaml")):
            assert name in known, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_measures_and_files_named_in_a_page_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"--measure ([a-z_0-9]+)", text)) <= set(MEASURES)
    for name in re.findall(r"`((?:rules|simulation|scenarios|cli|tests|docs|analysis)/[\w/.*-]+)`", text):
        assert list(ROOT.glob(name.rstrip("/"))), name


def test_the_examples_of_the_guide_load(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    own, centres, scheme = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    file = tmp_path / "my-option.yaml"
    file.write_text(own, encoding="utf-8")
    assert load_scenario(str(file)).parent is not None
    places = tmp_path / "two-centres.yaml"
    places.write_text(centres, encoding="utf-8")
    assert {period.centre for period in load_scenario(str(places)).centres} == {"leeds", "manchester"}
    shipped = yaml.safe_load(library()["scheme-from-scratch"].read_text(encoding="utf-8"))
    shown = yaml.safe_load(scheme)
    assert shown == {key: shipped[key] for key in shown}
    assert "scheme" in shown


def test_every_dated_source_is_listed() -> None:
    """Publications are dated by month in evidence; the list of sources has each month."""
    listed = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    evidence = [parameter.evidence for parameter in Parameters.shipped().values()]
    evidence += [path.read_text(encoding="utf-8") for path in library().values()]
    press = re.compile(rf"Community Care,((?: \d{{1,2}})? {MONTH}(?:(?:,| and) \d{{1,2}} {MONTH})*)")
    found = {
        month
        for text in evidence
        for dates in press.findall(" ".join(text.split()))
        for month in re.findall(MONTH, dates)
    }
    assert len(found) > 5
    assert {month for month in found if month not in listed} == set()


def test_the_model_page_has_the_order_of_a_day_and_every_stream() -> None:
    model = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    turns = ", ".join(turn.name.lower() for turn in Turn)
    assert f"in this order: {turns}." in " ".join(model.split())
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "simulation").glob("*.py"))
    streams = set(re.findall(r'draws\.(?:block|at)\(\s*"([^"]+)"', code))
    assert len(streams) > 15
    assert {stream for stream in streams if f"`{stream}`" not in model + guide} == set()


def test_every_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert {path.name for path in folder.glob("*.md")} - {"README.md"} == listed


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9.-]+==[0-9][0-9a-z.]*", line) for line in named)
    pins = dict(line.split("==") for line in named)
    assert len(pins) == len(named)
    assert pins["durable-rules"] == "2.0.28"
    assert {"numpy", "simpy", "pydantic", "typer", "pytest", "mypy", "ruff"} <= set(pins)


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    machine = re.compile(
        r"(?<![\w.~-])/(?:root|home(?!/you)|Users|work|opt|mnt)/\w|py(?:pi|thonhosted)\.org|/simple/\w+-index"
    )
    told = {str(path): machine.search(text) for path, text in texts().items()}
    assert {path: found.group() for path, found in told.items() if found} == {}
