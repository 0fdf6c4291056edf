"""Rows as canonical JSON in the history, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Date, Table


def plain(value: Any) -> Any:  # noqa: ANN401 - any column value
    """A value as the driver takes it: enumerations as their text."""
    return value.value if isinstance(value, Enum) else value


def to_json(values: Mapping[str, Any]) -> str:
    """Column values as canonical JSON; dates as ISO text."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_as_text)


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = f"not a column value: {type(value).__name__}"
    raise TypeError(text)


def from_json(table: Table, text: str) -> dict[str, Any]:
    """Column values back from JSON, dates restored by the column's type."""
    values: dict[str, Any] = json.loads(text)
    return {name: _restored(table, name, value) for name, value in values.items()}


def _restored(table: Table, name: str, value: Any) -> Any:  # noqa: ANN401
    return date.fromisoformat(value) if value is not None and isinstance(table.c[name].type, Date) else value
