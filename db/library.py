"""Rows of the measure library and the role catalogue, turned into columns of the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Plain = Mapping[str, Any]  # Any: texts and numbers by key, as in the resource files

MEASURE_COLUMNS = (
    "name",
    "short_name",
    "kind",
    "unit",
    "direction",
    "purpose",
    "decimals",
    "minimum",
    "maximum",
    "numerator_name",
    "denominator_name",
    "exclusions",
    "multiplier",
    "people_count",
    "important_difference",
    "important_high",
    "important_difference_source",
    "seasonal",
    "code",
    "review_on",
    "source",
    "licence",
    "definition",
    "breaks",
)
"""What a row of the library hands over; the last two become a definition and the dates on which it broke."""

ROLE_COLUMNS = ("family", "mechanism", "boundary", "setting", "people_served", "what_it_does")
"""What a starting point fills in a role's profile."""


def measure_from_library(row: Plain, population: str = "", value_set: str = "") -> dict[str, Any]:
    """A row of the measure library as `db.operations.measures.add_measure` takes it."""
    facts = {name: row[name] for name in MEASURE_COLUMNS}
    chosen = value_set or next(iter(row["value_sets"]), "")
    return {**facts, "library_key": row["key"], "population": population, "value_set": chosen}


def role_from_catalogue(entry: Plain) -> dict[str, str]:
    """What a starting point says of a role, as columns of its record."""
    return {name: str(entry.get(name, "")) for name in ROLE_COLUMNS}
