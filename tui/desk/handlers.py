"""Which function answers which question. A module is imported when its question is first asked.

A handler is `def name(desk: Desk, **asked) -> Page | model | dict`. The one named like a workplace makes
the page of that workplace: it takes `scenarios` (the baseline first) and `settings` (see `tui.asked`), both
of which may be left out, and whatever else its screen asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

HANDLERS: Final[dict[str, str]] = {
    "library": "tui.views.library:library",
    "library.card": "tui.views.library:card",
    "library.copied": "tui.views.library:copied",
    "library.create": "tui.views.library:create",
    "library.remove": "tui.views.library:remove",
    "run": "tui.views.run:run",
    "levers": "tui.views.levers:levers",
    "levers.proposed": "tui.views.levers:proposed",
    "levers.save": "tui.views.levers:save",
    "compare": "tui.views.compare:compare",
    "why": "tui.views.why:why",
    "why.life": "tui.views.why:told",
    "why.rule": "tui.views.why:rule",
    "why.vocabulary": "tui.views.why:vocabulary",
    "costs": "tui.views.costs:costs",
    "costs.cases": "tui.views.cost_cases:cases",
    "costs.terms": "tui.views.cost_terms:terms",
    "costs.save": "tui.views.cost_cases:save",
    "council": "tui.views.council:council",
    "councils": "tui.views.council:councils",
    "capacity": "tui.views.capacity:capacity",
    "capacity.aimed": "tui.views.capacity:aimed",
}
"""Question -> "module:function"."""


def handler(name: str) -> Callable[..., Any]:
    """The function that answers a question. Raises KeyError for an unknown one."""
    module, _, function = HANDLERS[name].partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
