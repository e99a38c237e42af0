"""The letters of scenarios that are compared, the baseline first."""

from typing import Final

LETTERS: Final = "ABCDEF"
