"""How numbers, money, shares and dates are written for people: once, for screen, workbook, page and terminal.

British style: thousands commas, the minus sign U+2212, a no-break space before %, ranges written "a to b".
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

MINUS = "\u2212"
NBSP = "\u00a0"


def rounded(value: float, decimals: int) -> Decimal:
    """Half-up rounding of the shortest decimal that reads back as `value` (2.675 to 2 places is 2.68)."""
    return Decimal(repr(float(value))).quantize(_last_place(decimals), rounding=ROUND_HALF_UP)


@lru_cache
def _last_place(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def number(value: float, decimals: int = 0) -> str:
    """`1,890`, `−3.5`: thousands commas and a true minus sign; a rounded zero has no sign."""
    figure = rounded(value, decimals)
    text = f"{abs(figure):,}"
    return f"{MINUS}{text}" if figure < 0 else text


def signed(value: float, decimals: int = 0) -> str:
    """`+12`, `−3`, `0`: a change, its sign always shown unless it rounds to zero."""
    text = number(value, decimals)
    return f"+{text}" if rounded(value, decimals) > 0 else text


def percent(share: float, decimals: int = 0) -> str:
    """A share of 0 to 1 as `9 %` (no-break space)."""
    return f"{number(share * 100, decimals)}{NBSP}%"


def signed_percent(share: float, decimals: int = 0) -> str:
    """A relative change as `−9 %` or `+4 %`."""
    return f"{signed(share * 100, decimals)}{NBSP}%"


def pounds(value: float, decimals: int = 0) -> str:
    """`£3,412` or `−£109,800`."""
    text = number(value, decimals)
    return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"


def signed_pounds(value: float, decimals: int = 0) -> str:
    """`+£24,900`, `−£18,600`, `£0`."""
    text = pounds(value, decimals)
    return f"+{text}" if rounded(value, decimals) > 0 else text


def pence_as_pounds(pence: int, decimals: int = 0) -> str:
    """Integer pence as `£3,412`."""
    return pounds(pence / 100, decimals)


def interval(low: str, high: str) -> str:
    """`−14 % to −4 %`: both limits already written."""
    return f"{low} to {high}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 month`, `12 months`, `1,240 rows`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
