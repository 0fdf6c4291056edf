"""The shelves of the library, from the resource files: each row short, with all its facts beside it. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.wording import pence_as_pounds, plural
from desktop.states import ColumnSpec, TableCell, TableState

Row = Mapping[str, Any]  # Any: a row of a JSON file
BETTER = {"increase": "Higher", "decrease": "Lower", "neutral": "Neither"}
NOT_SHIPPED = "type it from the source"


@dataclass(frozen=True)
class Entry:
    """One thing on a shelf: its cells, and all its facts as (caption, words)."""

    key: str
    cells: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """Everything that can be searched."""
        return " ".join((*self.cells, *(words for _, words in self.facts))).lower()


@dataclass(frozen=True)
class Shelf:
    """One part of the library with where it comes from."""

    name: str
    source: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class LibraryState:
    """What is shown of a shelf: the rows found, and how many."""

    source: str
    count: str
    table: TableState
    entries: tuple[Entry, ...]


def shelves(measures: Row, unit_costs: Row, roles: Row) -> tuple[Shelf, ...]:
    """The three shelves."""
    return (
        Shelf(
            "Measures",
            _source(measures),
            ("Measure", "Kind", "Unit", "Better", "Purpose"),
            tuple(map(_measure, measures["measures"])),
        ),
        Shelf(
            "Unit costs",
            f"{unit_costs['title']}.",
            ("What", "Amount", "Unit", "Prices of", "Checked on"),
            tuple(map(_unit_cost, unit_costs["rows"])),
        ),
        Shelf(
            "Roles",
            f"{_source(roles)} {roles['note']}",
            ("Role or team model", "Mechanism", "Place described"),
            tuple(map(_role, roles["roles"])),
        ),
    )


def library_state(shelf: Shelf, text: str = "") -> LibraryState:
    """A shelf narrowed to the entries that hold every word."""
    words = text.lower().split()
    kept = tuple(entry for entry in shelf.entries if all(word in entry.text for word in words))
    specs = tuple(ColumnSpec(name, stretch=at == 0) for at, name in enumerate(shelf.columns))
    rows = tuple(tuple(TableCell(c, strong=at == 0) for at, c in enumerate(entry.cells)) for entry in kept)
    whole = plural(len(shelf.entries), "entry", "entries")
    count = whole if len(kept) == len(shelf.entries) else f"{len(kept)} of {whole}"
    return LibraryState(shelf.source, count, TableState(specs, rows, tuple(entry.key for entry in kept)), kept)


def _source(held: Row) -> str:
    return f"{held['title']}. Source: {held['source']}. {held['licence']}. Checked on {held['checked_on']}."


def _facts(pairs: Sequence[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    return tuple((caption, str(words)) for caption, words in pairs if words not in ("", None))


def _measure(row: Row) -> Entry:
    cells = (row["name"], row["kind"], row["unit"], BETTER[row["direction"]], row["purpose"])
    important = row["important_difference"]
    pairs = (
        ("Definition", row["definition"]),
        ("For whom", row["population"]),
        ("Over", row["denominator_name"]),
        ("A difference that matters", f"{important} ({row['important_difference_source']})" if important else ""),
        ("Licence of the instrument", row["licence"]),
        ("Seasons", "Values follow the seasons: compare whole years." if row["seasonal"] else ""),
    )
    return Entry(row["key"], cells, _facts(pairs))


def _unit_cost(row: Row) -> Entry:
    pence = row["amount_pence"]
    amount = NOT_SHIPPED if pence is None else pence_as_pounds(pence, 2 if pence % 100 else 0)
    cells = (row["label"], amount, row["unit"], row["price_year"].replace("-", "/"), row["checked_on"])
    pairs = (
        ("Source", row["source"]),
        ("Where", row["where"]),
        ("Licence", row["licence"]),
        ("How sure", row["confidence"]),
    )
    return Entry(row["key"], cells, _facts(pairs))


def _role(row: Row) -> Entry:
    cells = (row["name"], row["mechanism"], row["example_place"] or "not named")
    pairs = (
        ("Family", row["family"]),
        ("Boundary spanned", row["boundary"]),
        ("Setting", row["setting"]),
        ("Typical measures", ", ".join(row["typical_measures"])),
        ("Where the report describes it", row["report_section"]),
        ("Source", row["source"]),
    )
    return Entry(row["key"], cells, _facts(pairs))
