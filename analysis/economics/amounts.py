"""Exact amounts: numbers as they were written, as decimals, so that adding 36 months adds no noise."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

Number = int | float | str | Decimal
ZERO = Decimal(0)
ONE = Decimal(1)


def exact(value: Number) -> Decimal:
    """The decimal that was written: 0.1 is one tenth, not its nearest binary fraction."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def total(values: Iterable[Decimal]) -> Decimal:
    """A sum that stays a decimal when there is nothing to add."""
    return sum(values, ZERO)


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part / whole`, None when the whole is not positive and a ratio would mislead."""
    return part / whole if whole > 0 else None
