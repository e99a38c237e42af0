"""What is set in every scenario is said, whichever command runs them."""

from __future__ import annotations

import pytest
from commands import naas

pytestmark = pytest.mark.e2e

SMALL = ("--scale", "0.01", "--until", "2017-12-31", "-j", "1", "--set", "q3=6")


@pytest.mark.parametrize(
    "words",
    [
        ("attribute", "voluntary", "mandatory", "-n", "1", "--grouped", "--measure", "in_scope"),
        ("changed", "voluntary", "mandatory", "-n", "1"),
        ("sensitivity", "voluntary", "-n", "1", "--parameters", "preparation.elapsed"),
    ],
    ids=lambda words: words[0],
)
def test_settings_are_in_the_table_and_in_json(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    ran = naas(capsys, *words, *SMALL)
    assert ran.code == 0
    assert ": q3 = 6" in " ".join(ran.out.split())
    assert naas(capsys, *words, *SMALL, "--format", "json").document["settings"] == {"q3": 6}
