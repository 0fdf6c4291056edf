"""The cost of one of something that was really done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UnitCost:
    """Cost of the role over what it did in the same months. `count` is what it did, `cost` what those months cost."""

    name: str
    pounds: float
    cost: float
    count: float
    months: int
    sentence: str
