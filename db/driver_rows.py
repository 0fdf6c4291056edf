"""Rows as the driver takes them, for statements that write thousands at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Table


def as_driver_takes(table: Table, names: Sequence[str], rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Rows as tuples: dates as ISO text, everything else as it is."""
    columns = [
        [_iso(row[name]) for row in rows] if isinstance(table.c[name].type, Date) else [row[name] for row in rows]
        for name in names
    ]
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=5_000)
def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
