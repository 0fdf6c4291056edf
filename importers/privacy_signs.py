"""Signs of people in one sheet: what its cells hold and what its headings say, weighed column by column.

One sure identifier is a sign. What could be chance (ten digits of an amount, two capitalised words) needs neighbours:
a heading, a word beside it, or a column that is nearly all of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from analysis.identifiers import find_identifiers, issued_nhs_number
from importers.grids import Cell, Grid, shown
from importers.privacy_headings import COUNTS, PEOPLE, PERSON_FIELDS, SITE, named_kind
from importers.privacy_names import names_in

Cells = Sequence[Cell]
Hits = dict[str, dict[int, bool]]
"""Rows of a column by kind, each with whether that cell alone is enough."""

_MONEY = re.compile(
    r"£|\b(?:cost|spend|spent|amount|income|expenditure|budget|price|funding|payment|pay|net|gross)", re.IGNORECASE
)
_OF_A_SITE = re.compile(r"\b(?:surgery|practice|hospital|clinic|centre|council|trust|house|offices?)\b", re.IGNORECASE)
_DAY = re.compile(r"(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2}))(?: 00:00(?::00)?)?")
_LONG = 1e8
_FEWEST_ROWS_OF_PEOPLE = 20
_MOST_SITES = 50


@dataclass(frozen=True)
class Sign:
    """A kind of identifier in a column, counted from 0, with its rows. `listed`: it runs down as in a list."""

    kind: str
    column: int
    rows: tuple[int, ...]
    listed: bool = False


@dataclass
class Seen:
    """What the texts of a file came to, so that each is looked at once; it is let go with the search."""

    kinds: dict[str, dict[str, bool]] = field(default_factory=dict)
    named: dict[str, str | None] = field(default_factory=dict)

    def kinds_of(self, text: str) -> dict[str, bool]:
        """As `kinds_in`."""
        if (found := self.kinds.get(text)) is None:
            found = self.kinds[text] = kinds_in(text)
        return found

    def named_kind(self, heading: str) -> str | None:
        """As `named_kind`, for a heading as it stands in its cell."""
        if heading not in self.named:
            self.named[heading] = named_kind(_plain(heading))
        return self.named[heading]


def signs_in(grid: Grid, seen: Seen | None = None) -> list[Sign]:
    """Every sign of people in a sheet, one for each column and kind. `seen` is shared by the sheets of a file."""
    signs: list[Sign] = []
    looked_at = Seen() if seen is None else seen
    kinds_of = _kinds_of_cells(grid, looked_at)
    day_of = {cell: day for cell in grid.distinct if type(cell) is not float and (day := _day_of(cell))}
    for column in range(grid.width):
        cells = grid.column(column)
        heading, top = _heading_of(grid, cells, looked_at)
        hits = _cell_hits(cells, kinds_of)
        if any(top in held for held in hits.values()):
            heading = ""
        found = {kind: rows for kind, held in hits.items() if (rows := _rows_of(kind, held, (grid, column, heading)))}
        if kind := looked_at.named_kind(heading):
            rows = [row for row, cell in enumerate(cells) if row > top and _could_be(kind, cell)]
            if rows and not _is_repeated_number(kind, rows, cells):
                signs.append(Sign(kind, column, tuple(rows), listed=True))
                found.pop(kind, None)
        elif "birth" not in found and (rows := _births(cells, day_of)):
            signs.append(Sign("birth", column, tuple(rows), listed=True))
        signs += [Sign(kind, column, tuple(rows), listed=len(rows) >= 3) for kind, rows in found.items()]
    signs += _labelled(grid, {(sign.kind, sign.column) for sign in signs}, looked_at)
    if _row_per_person(grid):
        signs.append(Sign("row_per_person", 0, tuple(range(1, len(grid.rows))), listed=True))
    return signs


def _heading_of(grid: Grid, cells: Cells, seen: Seen) -> tuple[str, int]:
    """The first short text that says what kind of thing a column holds, else its first text.

    A row with figures in it is no row of headings: "Surname, 98.2 %" counts how often surnames are filled in.
    """
    for row, cell in enumerate(cells[:30]):
        named = isinstance(cell, str) and 0 < len(cell) <= 40 and seen.named_kind(cell)
        if named and not any(_is_figure(other) for other in grid.rows[row]):
            return _plain(str(cell)), row
    first = next((row for row, cell in enumerate(cells[:60]) if isinstance(cell, str) and cell.strip()), -1)
    return (_plain(str(cells[first])[:60]), first) if first >= 0 else ("", -1)


def _plain(text: str) -> str:
    return text.replace("_", " ").strip()


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(cell) and cell.strip().rstrip("%").replace(",", "").replace(".", "", 1).isdecimal()
    return not isinstance(cell, bool)


def _kinds_of_cells(grid: Grid, seen: Seen) -> dict[Cell, dict[str, bool]]:
    """The kinds of signs in the cells of a sheet that have any; each distinct value is looked at once."""
    kinds_of: dict[Cell, dict[str, bool]] = {}
    for cell in grid.distinct:
        if isinstance(cell, str):
            if len(cell) >= 5 and (kinds := seen.kinds_of(cell)):
                kinds_of[cell] = kinds
        elif (
            isinstance(cell, float | int)
            and cell >= _LONG
            and cell == int(cell)
            and issued_nhs_number(f"{int(cell):010d}")
        ):
            kinds_of[cell] = {"nhs_number": False}
    return kinds_of


def _cell_hits(cells: Cells, kinds_of: dict[Cell, dict[str, bool]]) -> Hits:
    """Rows of a column by the kind of sign in them."""
    hits: Hits = {}
    if not kinds_of.keys().isdisjoint(cells):
        for row, cell in enumerate(cells):
            for kind, sure in kinds_of.get(cell, {}).items():
                hits.setdefault(kind, {})[row] = sure
    return hits


def kinds_in(text: str) -> dict[str, bool]:
    """The kinds of signs in one text, names too, with whether the text alone is enough."""
    kinds: dict[str, bool] = {}
    for found in find_identifiers(text):
        kinds[found.kind] = kinds.get(found.kind, False) or found.sure
    if names := names_in(text):
        kinds["name"] = any(name.sure for name in names)
    return kinds


Where = tuple[Grid, int, str]
"""The sheet, the column, and the column's heading."""


def _rows_of(kind: str, held: dict[int, bool], where: Where) -> list[int]:
    """The rows that count as a sign, none where chance or a site explains them."""
    rule = _RULES.get(kind)
    return rule(held, where) if rule else list(held)


def _nhs_rule(held: dict[int, bool], where: Where) -> list[int]:
    """A word or a heading is enough for one bare number; else it is nearly all of its column, or all alone."""
    grid, column, heading = where
    cells = grid.column(column)
    told = re.search(r"\bnhs\b", heading, re.IGNORECASE) or PEOPLE.search(heading)
    if told and not COUNTS.search(heading):
        return list(held)
    if any(PEOPLE.search(cell) for cell in cells[:50] if isinstance(cell, str)) and not COUNTS.search(heading):
        return list(held)
    long = [row for row, cell in enumerate(cells) if _is_long(cell)]
    if len(held) >= 3 and len(held) >= 0.8 * len(long):
        return list(held)
    sure = [row for row, alone in held.items() if alone]
    if not sure and not _MONEY.search(heading) and set(long) <= set(held):
        return [row for row in held if _stands_out(grid, row, column)]
    return sure


def _is_long(cell: Cell) -> bool:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return cell >= _LONG
    return isinstance(cell, str) and 9 <= sum(map(str.isdigit, cell)) <= 11 and not any(map(str.isalpha, cell))


def _stands_out(grid: Grid, row: int, column: int) -> bool:
    """Ten digits, no other long number in the row, and no word for money in it."""
    others = [cell for at, cell in enumerate(grid.rows[row]) if at != column]
    digits = re.sub(r"\D", "", shown(grid.rows[row][column]))
    told = any(isinstance(other, str) and _MONEY.search(other) for other in others)
    return len(digits) == 10 and not told and not any(_is_long(other) for other in others)


def _postcode_rule(held: dict[int, bool], where: Where) -> list[int]:
    """Every full postcode, unless they are those of a few sites: by the heading, or by the words beside each."""
    grid, column, heading = where
    texts = {str(grid.rows[row][column]) for row in held}
    if len(texts) > _MOST_SITES:
        return list(held)
    of_sites = all(_OF_A_SITE.search(text) and not PEOPLE.search(text) for text in texts)
    return [] if SITE.search(heading) or of_sites else list(held)


def _contact_rule(held: dict[int, bool], where: Where) -> list[int]:
    """E-mail addresses and telephone numbers, unless the heading says they are those of sites."""
    return [] if SITE.search(where[2]) and not PEOPLE.search(where[2]) else list(held)


def _name_rule(held: dict[int, bool], where: Where) -> list[int]:
    """Sure names; of two capitalised words alone, a column that is mostly such."""
    grid, column, heading = where
    if SITE.search(heading) and not PEOPLE.search(heading):
        return []
    texts = {cell for cell in grid.column(column) if isinstance(cell, str) and any(map(str.isalpha, cell))}
    named = {str(grid.rows[row][column]) for row in held}
    if (len(named) >= 5 and len(named) >= 0.6 * len(texts)) or _among_figures(grid, column, texts):
        return list(held)
    return [row for row, sure in held.items() if sure]


def _among_figures(grid: Grid, column: int, texts: set[str]) -> bool:
    """Whether a column holds figures under a heading and little text: a name in it is no heading of the table."""
    return len(texts) <= 3 and sum(map(_is_figure, grid.column(column))) >= 3


_RULES: dict[str, Callable[[dict[int, bool], Where], list[int]]] = {
    "nhs_number": _nhs_rule,
    "postcode": _postcode_rule,
    "email": _contact_rule,
    "phone": _contact_rule,
    "name": _name_rule,
}


def _could_be(kind: str, cell: Cell) -> bool:
    """Whether a cell under a heading that names a kind can be one."""
    if kind == "birth":
        return isinstance(cell, date | datetime) or (isinstance(cell, str) and any(map(str.isdigit, cell)))
    if kind == "phone":
        digits = f"{cell:.0f}" if isinstance(cell, float) else str(cell)
        return sum(map(str.isdigit, digits)) >= 10
    if kind in ("nhs_number", "person_id", "nino"):
        return cell != "" and not (isinstance(cell, str) and named_kind(_plain(cell)))
    if kind in ("postcode", "email"):
        return False
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and not named_kind(_plain(cell))


def _is_repeated_number(kind: str, rows: list[int], cells: Cells) -> bool:
    """Numbers of people are nearly all different; a code that repeats is that of a service."""
    held = [cells[row] for row in rows]
    return kind == "person_id" and len(held) >= 5 and len(set(held)) < 0.9 * len(held)


def _births(cells: Cells, day_of: dict[Cell, date]) -> list[int]:
    """Rows of a column of days like those of births: ten or more, over more than 20 years, in no order, on any day."""
    distinct = sorted({day_of[cell] for cell in day_of.keys() & set(cells)}) if day_of else []
    if len(distinct) < 10 or (distinct[-1] - distinct[0]).days < 20 * 365:
        return []
    days = {row: day_of[cell] for row, cell in enumerate(cells) if cell in day_of}
    listed = list(days.values())
    in_order = listed in (sorted(listed), sorted(listed, reverse=True))
    old = (datetime.now(UTC).date() - distinct[0]).days > 16 * 365
    regular = len({day.day for day in distinct}) <= 2 or len({day.weekday() for day in distinct}) == 1
    return list(days) if old and not in_order and not regular else []


def _day_of(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str) or not (found := _DAY.fullmatch(cell.strip())):
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _labelled(grid: Grid, known: set[tuple[str, int]], seen: Seen) -> Iterator[Sign]:
    """Values to the right of a label such as "Date of birth", as forms have them."""
    for row, cells in enumerate(grid.rows[:200]):
        for column, cell in enumerate(cells[:6]):
            if not isinstance(cell, str) or not 3 <= len(cell) <= 40:
                continue
            kind = seen.named_kind(cell.strip().rstrip(":"))
            value = grid.cell(row, column + 1)
            if kind and known.isdisjoint({(kind, column), (kind, column + 1)}) and _is_value_of(kind, value):
                yield Sign(kind, column + 1, (row,))


def _is_value_of(kind: str, value: Cell) -> bool:
    if kind == "birth":
        return _day_of(value) is not None
    if kind == "name":
        return (
            isinstance(value, str)
            and value.istitle()
            and value.replace(" ", "").isalpha()
            and named_kind(value) is None
        )
    if kind in ("nhs_number", "person_id"):
        return len(re.sub(r"\D", "", str(int(value)) if isinstance(value, float) else str(value))) in range(5, 11)
    return False


def _row_per_person(grid: Grid) -> bool:
    """Twenty rows or more, three or more headings that describe a person, and none that counts."""
    if len(grid.rows) <= _FEWEST_ROWS_OF_PEOPLE:
        return False
    for row in grid.rows[:10]:
        headings = [_plain(cell) for cell in row if isinstance(cell, str)]
        described = sum(bool(PERSON_FIELDS.match(heading)) for heading in headings)
        if described >= 3 and not any(COUNTS.search(heading) for heading in headings):
            return True
    return False
