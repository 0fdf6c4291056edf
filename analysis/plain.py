"""Frozen results as plain dictionaries, for JSON and for comparing with reference cases."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

import numpy as np

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"


def as_plain(value: object) -> Plain:
    """A result as dictionaries, lists, numbers and text.

    The keys are the field names. Dates become text, NaN and infinity become None: not defined, not estimable.
    Raises TypeError for anything that is not a result.
    """
    if isinstance(value, np.ndarray) and value.dtype == np.float64 and value.ndim == 1:
        return [number if math.isfinite(number) else None for number in value.tolist()]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [as_plain(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> Plain:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    text = f"not a part of a result: {type(value).__name__}"
    raise TypeError(text)
