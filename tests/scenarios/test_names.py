"""What scenarios are called: a typed name leads back to the same file, wherever it lies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rules.errors import InputError
from scenarios.names import library, own_folder, path_of, typed_name

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a person's own, with a scenario in it."""
    monkeypatch.setenv("NAAS_STATE", str(tmp_path / "state"))
    own_folder().mkdir(parents=True)
    (own_folder() / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    (own_folder() / "voluntary.yaml").write_text("id: voluntary\n", encoding="utf-8")  # hidden by the shipped
    return own_folder()


def test_a_name_that_is_typed_leads_to_its_file(own: Path) -> None:
    paths = [*library().values(), own / "mine.yaml", own / "voluntary.yaml", Path("other/file.yaml")]
    assert [path_of(typed_name(path)) for path in paths] == paths
    assert typed_name(library()["adcs"]) == "adcs"
    assert typed_name(own / "mine.yaml") == "mine"
    assert typed_name(own / "voluntary.yaml") == str(own / "voluntary.yaml")
    assert typed_name(Path("plain")) == "./plain"


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        path_of("mandatry")
    assert "did you mean 'mandatory'" in caught.value.problems[0].hint


def test_names_are_known_without_anything_that_reckons() -> None:
    code = "import sys, scenarios.names as n; n.path_of('adcs'); "
    code += "print([name for name in ('numpy', 'yaml', 'simulation') if name in sys.modules])"
    made = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert made.stdout.strip() == "[]"
