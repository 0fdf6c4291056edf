"""Turning a refused record into one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlmodel import SQLModel

from analysis.problems import UserProblem

Base = TypeVar("Base", bound=SQLModel)


def checked(base: type[Base], facts: Mapping[str, Any]) -> Base:
    """Validate facts through a base.

    Raises UserProblem naming the first field that cannot be.
    """
    try:
        return base.model_validate(dict(facts))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = " ".join(str(part) for part in first["loc"]).replace("_", " ")
        reason = str(first["msg"]).removeprefix("Value error, ")
        where = f"{field}: " if field else ""
        raise UserProblem(f"{where}{reason}.".capitalize(), "Nothing was changed.") from error


def merged(base: type[Base], held: Mapping[str, Any], changes: Mapping[str, Any]) -> Base:
    """The held facts with changes applied, validated as a whole."""
    fields = base.model_fields
    return checked(base, {**{name: held[name] for name in fields if name in held}, **changes})
