"""What each error of a question about capacity means."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "Q001": "The target is not written as a percentile of the wait, or a share over a limit, and its bound.",
    "Q002": "The percentile is not one from 1 to 99.",
    "Q003": "The confidence is not between 0.5 and 0.999, or cannot be shown with so few replications.",
    "Q004": "The bound of the target is not one that a wait can have.",
    "Q005": "Nobody comes to a seat in this scenario, so that there is nothing to size.",
    "Q006": "A shock is not written as closure:REGION:WEEKSw, absence:+PERCENT% or rush:deadline.",
    "Q007": "There is no region or authority of this name.",
    "Q008": "The scenario offers no seats at any time.",
    "Q009": "A scheme from scratch has no authorities, statuses or centres that this could be asked of.",
    "Q010": "The question is not one that capacity can be asked.",
    "Q012": "No replication was finished, so that there is nothing to show.",
}
