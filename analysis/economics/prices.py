"""Bringing amounts of different years to the prices of one year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analysis.economics.amounts import ONE, Number, exact


@dataclass(frozen=True)
class RebasedPrice:
    """An amount in other prices, and the factor that brought it there."""

    factor: Decimal
    amount: Decimal


def price_rebase(
    amount: Number, steps: Sequence[Mapping[str, str]], indices: Mapping[str, Mapping[str, Any]]
) -> RebasedPrice:
    """An amount of one financial year in the prices of another, by one index or a chain of them.

    A level index gives index[to] / index[from]; an annual percentage compounds the years after `from` up to `to`, and
    its inverse going back. Never the other way round: £1,000 of 2019-20 is £1,302 in 2026-27, not £768.

    Args:
        amount: pounds.
        steps: each `{"index", "from_year", "to_year"}`, financial years as `2026-27`.
        indices: each `{"kind": "level" | "annual_percent", "values": {year: number}}`.

    Raises:
        ValueError: a year has no index value; prices are never guessed.
    """
    factor = ONE
    for step in steps:
        factor *= _factor(indices[step["index"]], step["from_year"], step["to_year"])
    return RebasedPrice(factor, exact(amount) * factor)


def _factor(index: Mapping[str, Any], start: str, end: str) -> Decimal:
    if index["kind"] == "level":
        return level_factor(index["values"], start, end)
    first, last = sorted((start, end))
    if not {first, last} <= {_before(min(index["values"])), *index["values"]}:
        text = f"the index has no value for {start} or {end}"
        raise ValueError(text)
    grown = ONE
    for year, percent in index["values"].items():
        if first < year <= last:
            grown *= 1 + exact(percent) / 100
    return grown if start <= end else 1 / grown


def level_factor(levels: Mapping[str, Number], start: str, end: str) -> Decimal:
    """index[end] / index[start]. Raises ValueError when a year has no level."""
    for year in (start, end):
        if year not in levels:
            text = f"the price index has no value for {year}"
            raise ValueError(text)
    return exact(levels[end]) / exact(levels[start])


def _before(year: str) -> str:
    first = int(year[:4]) - 1
    return f"{first}-{(first + 1) % 100:02d}"
