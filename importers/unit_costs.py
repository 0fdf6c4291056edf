"""Reads a workbook of unit costs laid out as the Greater Manchester database: one row a unit cost, found by its words.

Sheet and heading row are found by what the headings say, never by position. A row that cannot be taken is listed with
its cell and left out; nothing is guessed for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.problems import UserProblem
from analysis.wording import rounded
from importers.addresses import address
from importers.child import found_in_child
from importers.child_main import UNIT_COSTS
from importers.doubts import place
from importers.free_text import refuse_identifiers
from importers.grammar import financial_year_code
from importers.grids import Grid
from importers.guard import Contents, open_file
from importers.text import SHEET, read_text
from importers.values import read_value
from importers.workbook import read_workbook

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("key", r"(?:unit cost )?(?:code|ref(?:erence)?|id)\b"),
    ("link", r"link|url|web"),
    ("comment", r"comment|note|caveat"),
    ("source", r"source"),
    ("quality", r"rag\b|quality|confidence|rating"),
    ("price_year", r"(?:price|cost|data|base)?\s*year\b"),
    (
        "updated",
        r"(?:updated|uprated|inflated|current|real)\b.*(?:cost|value)|(?:cost|value).*(?:updated|uprated)",
    ),
    ("agency", r"agency|(?:fiscal|economic) (?:benefit|cost).*to|who (?:pays|bears|gains)|organisation"),
    ("unit", r"unit\b(?! cost)|per\b"),
    ("label", r".*\b(?:detail|description)\b|(?:item|measure|indicator|title|name)\b"),
    ("amount", r"(?:estimated )?(?:unit )?(?:cost|saving|value|price)s?\b|£|amount"),
    ("theme", r"theme|outcome|category|sector|topic"),
)
"""What each heading may say; the first that fits and is still free takes it."""
_NEEDED = ("label", "amount", "unit", "price_year")
_WORDS = {"label": "what it is", "amount": "the cost", "unit": "the unit", "price_year": "the price year"}
_LOOKED_AT = 60
_SAFE = "Nothing has been brought in."


@dataclass(frozen=True)
class LeftOutRow:
    """A row that was not taken: its cell and why."""

    cell: str
    why: str


@dataclass(frozen=True)
class UnitCostsFound:
    """What a workbook holds: rows as an operation takes them, and the rows left out with their cells."""

    file: str
    sheet: str
    rows: tuple[Mapping[str, Any], ...]
    left_out: tuple[LeftOutRow, ...]

    @property
    def came_from(self) -> str:
        """The sheet and its file as a person knows them; a text file has no sheets."""
        return self.file if self.sheet == SHEET else f"sheet {self.sheet} of {self.file}"


def read_unit_costs_in_child(path: Path) -> UnitCostsFound:
    """The unit costs of a workbook, read in a child process. Raises UserProblem for every way it can fail."""
    return found_in_child(UNIT_COSTS, UnitCostsFound, path)


def read_unit_costs(path: Path) -> UnitCostsFound:
    """The unit costs of a workbook, for the child that reads it.

    Raises UserProblem when the file cannot be read or no sheet holds any.
    """
    contents = open_file(path)
    grid, top, columns = _table(contents)
    named = contents.name if grid.name == SHEET else f"{contents.name}, sheet {grid.name}"
    rows: list[dict[str, Any]] = []
    left_out: list[LeftOutRow] = []
    seen: dict[str, str] = {}
    for at in range(top + 1, len(grid.rows)):
        if not grid.text(at, columns["label"]) and not grid.text(at, columns["amount"]):
            continue
        read = _row(grid, at, columns)
        if not isinstance(read, LeftOutRow) and read["key"] in seen:
            where = place(grid.name, address(at, columns["label"]))
            read = LeftOutRow(where, f"{read['label']} stands in {seen[read['key']]} already")
        if isinstance(read, LeftOutRow):
            left_out.append(read)
        else:
            seen[read["key"]] = address(at, columns["label"])
            rows.append({**read, "source": read["source"] or named})
    return UnitCostsFound(contents.name, grid.name, tuple(rows), tuple(left_out))


def _table(contents: Contents) -> tuple[Grid, int, Mapping[str, int]]:
    """The sheet, heading row and columns that say most; all of what is needed must be among them."""
    book = read_text(contents) if contents.kind == "text" else read_workbook(contents)
    found = [(grid, row, columns) for grid in book.sheets for row, columns in _candidates(grid)]
    if not found:
        raise UserProblem(
            f"{contents.name} has no row with the headings of unit costs, such as Detail, Unit, Cost and Year.",
            f"{_SAFE} Choose a workbook that has them.",
        )
    best = max(found, key=lambda one: (len(_NEEDED) - len(_missing(one[2])), len(one[2])))
    if missing := _missing(best[2]):
        raise UserProblem(
            f"No sheet of {contents.name} has headings for {', '.join(_WORDS[name] for name in missing)} in one row.",
            f"{_SAFE} The headings are found by their words, such as Detail, Unit, Cost and Year.",
        )
    return best


def _missing(columns: Mapping[str, int]) -> list[str]:
    return [name for name in _NEEDED if name not in columns]


def _candidates(grid: Grid) -> Iterator[tuple[int, dict[str, int]]]:
    for row in range(min(len(grid.rows), _LOOKED_AT)):
        columns = _columns(grid, row)
        if len(columns) >= 2:
            yield row, columns


def _columns(grid: Grid, row: int) -> dict[str, int]:
    """Which column is which, by the words of its heading. Two levels of agency: the first stands."""
    found: dict[str, int] = {}
    for column in range(grid.width):
        heading = " ".join(grid.text(row, column).lower().split())
        if not heading or len(heading) > 120:
            continue
        for name, pattern in _HEADINGS:
            if name not in found and re.match(pattern, heading):
                found[name] = column
                break
    return found


def _row(grid: Grid, at: int, columns: Mapping[str, int]) -> dict[str, Any] | LeftOutRow:
    def out(name: str, why: str) -> LeftOutRow:
        return LeftOutRow(place(grid.name, address(at, columns[name])), why)

    held = {name: " ".join(grid.text(at, column).split()) for name, column in columns.items()}
    for name, text in held.items():
        try:
            refuse_identifiers(text)
        except UserProblem as problem:
            return out(name, problem.message)
    if not held["label"]:
        return out("label", "it does not say what it is")
    read = read_value(grid.cell(at, columns["amount"]))
    if not read.is_number or read.value is None or read.percent:
        return out("amount", f"“{held['amount']}” is not an amount" if held["amount"] else "the cost is blank")
    if read.value < 0:
        return out("amount", f"“{held['amount']}” is below 0: a unit cost is what one costs, whoever gains")
    year = financial_year_code(held["price_year"])
    if year is None:
        return out("price_year", f"“{held['price_year']}” is not a financial year such as 2024/25")
    texts = {name: held.get(name, "") for name in ("unit", "agency", "quality", "link", "comment", "source", "theme")}
    key = held.get("key") or held["label"]
    return {
        **{name: text[: _LONGEST.get(name, len(text))] for name, text in texts.items()},
        "key": f"imported-{re.sub(r'[^a-z0-9]+', '-', key.lower()).strip('-')[:60]}",
        "label": held["label"][:200],
        "amount_pence": int(rounded(read.value * 100, 0)),
        "price_year": year,
    }


_LONGEST = {"unit": 80, "agency": 200, "quality": 40, "link": 400, "theme": 120}
