"""Options that several commands share, declared once as the fields of a dataclass."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Command = Callable[..., object]


def asks(kind: type[DataclassInstance]) -> Callable[[Command], Command]:
    """Give a command the fields of `kind` as options, after its own; its first parameter is then a `kind`.

    A field is declared as an option is in a signature: annotated with it, and with the value that it has
    unless said.
    """

    def asking(command: Command) -> Command:
        shared = _options(kind)
        _, *own = inspect.signature(command, eval_str=True).parameters.values()
        parameters = [item.replace(kind=inspect.Parameter.KEYWORD_ONLY) for item in (*own, *shared)]

        def asked(**given: Any) -> object:
            held = kind(**{item.name: given.pop(item.name) for item in shared})
            return command(held, **given)

        asked.__name__, asked.__doc__ = command.__name__, command.__doc__
        asked.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        asked.__annotations__ = {item.name: item.annotation for item in parameters}
        return asked

    return asking


def _options(kind: type[DataclassInstance]) -> list[inspect.Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(kind)
    ]
