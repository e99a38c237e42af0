"""What workplaces keep of what was chosen in them; what this version does not know is as if never chosen."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, field_validator
from pydantic_core.core_schema import ValidationInfo, ValidatorFunctionWrapHandler

from tui.state import AppState


class Kept(BaseModel):
    """What the workplace `OF` keeps. Another version, or a person, may have written anything in its place."""

    model_config = ConfigDict(extra="ignore")
    OF: ClassVar[str] = ""

    @classmethod
    def of(cls, state: AppState) -> Self:
        """What is kept, each choice by itself: one that is wrong is as if nothing had been chosen."""
        found = state.kept.get(cls.OF)
        return cls.model_validate(found if isinstance(found, dict) else {})

    @field_validator("*", mode="wrap")
    @classmethod
    def _usual(cls, value: Any, check: ValidatorFunctionWrapHandler, about: ValidationInfo) -> Any:
        try:
            return check(value)
        except ValidationError:
            return cls.model_fields[str(about.field_name)].get_default(call_default_factory=True)


def one_of(names: Collection[str]) -> AfterValidator:
    """A choice that must be among `names`."""

    def known(name: str) -> str:
        if name not in names:
            raise ValueError(name)
        return name

    return AfterValidator(known)


def keep(state: AppState, workplace: str, **what: Any) -> None:
    """Put choices among those that a workplace keeps."""
    found = state.kept.get(workplace)
    state.kept[workplace] = {**(found if isinstance(found, dict) else {}), **what}
