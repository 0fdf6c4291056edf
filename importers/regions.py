"""What a table builder is given beside the sheet: the part it may claim and how to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Region:
    """Rows and columns, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class How:
    """How to read: whether a comma is the decimal mark, the day it is (None: today), the name of the file."""

    decimal_comma: bool = False
    today: date | None = None
    file: str = ""
