"""What each error of a forecast, an out-turn or a mark means."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "F001": "There is no such forecast.",
    "F002": "The file cannot be read.",
    "F003": "The file is not a forecast, or not of a kind that this version can mark.",
    "F004": "The forecast was altered after it was written: its digest does not fit its content.",
    "F005": "The out-turn is not a well-formed CSV file.",
    "F006": "A column of the out-turn is missing, unknown or there twice.",
    "F007": "A row of the out-turn has more or fewer cells than the header.",
    "F008": "The value is not a finite number.",
    "F009": "The forecast has no such series, time or group.",
    "F010": "Two rows are about the same number.",
    "F011": "The out-turn has no number to mark the forecast by.",
    "F012": "The forecast cannot be written.",
    "F013": "There is a file already where the forecast is to be written.",
}
