"""Looks for people in a book before anything else reads it: NHS numbers, names, births, postcodes, addresses.

Two signs in a sheet refuse the file; one sign removes its column, and says so. Values never leave this module: only
what was found, where, and how often. The formats and check digits are those published by the NHS, HMRC and Royal Mail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from importers.addresses import address, column_letters, column_number
from importers.grids import Book, Cell, Grid, Remark
from importers.guard import NOTHING_SAVED

Cells = Sequence[Cell]
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:GIR ?0AA|(?:[A-PR-UWYZ](?:[0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9]{1,2}|"
    r"[A-HK-Y][0-9][ABEHMNPRVWXY])|ZZ[0-9]{1,2}) ?[0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])"
)
_NINO = re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"(?<![\d.])(?:\+44 ?\(?0?\)?|0)(?:7\d{3}|1\d{3}|2\d|3\d{2})[ -]?\d{3,4}[ -]?\d{3,4}(?![\d.])")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_PEOPLE_WORDS = re.compile(r"\b(?:nhs|patient|client|service user|resident|mrs?|miss|ms|hospital no)\b", re.IGNORECASE)
_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("nhs_number", re.compile(r"\bnhs ?(?:no|num|number|id)\b", re.IGNORECASE)),
    ("birth", re.compile(r"\b(?:d\.?o\.?b\.?|date of birth|birth ?date)(?:\b|$)", re.IGNORECASE)),
    (
        "name",
        re.compile(
            r"\b(?:(?:fore|sur|first|last|full|middle|family|given|patient|client|service user).{0,6}name|surname)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "person_id",
        re.compile(
            r"\b(?:hosp(?:ital)?|mrn|emis|systmone|rio|carefirst|mosaic|liquidlogic|upn|chi|patient|client|person)"
            r"[ _]?(?:no|num|number|id)\b",
            re.IGNORECASE,
        ),
    ),
    ("postcode", re.compile(r"\bpost ?code\b", re.IGNORECASE)),
    ("address", re.compile(r"\b(?:home|patient|client)? ?address(?: line)? ?\d?$", re.IGNORECASE)),
    ("phone", re.compile(r"\b(?:tele)?phone\b|\bmobile\b|\btel(?: no)?\b", re.IGNORECASE)),
    ("email", re.compile(r"\be-?mail\b", re.IGNORECASE)),
)
_SITE = re.compile(
    r"\b(?:site|practice|surgery|service|ward|provider|organisation|trust|clinic|hospital)\b", re.IGNORECASE
)
_PERSON_FIELDS = re.compile(
    r"^(?:age|sex|gender|ethnicity|ethnic group|lsoa|gp|gp practice|referral date|diagnosis|postcode|admission date)$",
    re.IGNORECASE,
)
_COUNT_WORDS = re.compile(r"\b(?:count|number of|no\.? of|total|rate|percent|value|%)", re.IGNORECASE)
_NAMES = {
    "nhs_number": "NHS number",
    "nino": "National Insurance number",
    "email": "e-mail address",
    "phone": "telephone number",
    "postcode": "full postcode",
    "birth": "date of birth",
    "name": "names of people",
    "person_id": "number of a person",
    "address": "address",
    "row_per_person": "one row for each person",
}
_STRONG = {"nhs_number", "nino", "birth", "name", "row_per_person", "person_id"}


@dataclass(frozen=True)
class PersonalData:
    """A sign of people: which kind, where and in how many cells. `cell` is the first; the values are not kept."""

    sheet: str
    column: str
    kind: str
    count: int
    cell: str = ""

    @property
    def words(self) -> str:
        """The kind in plain words."""
        return _NAMES[self.kind]


@dataclass(frozen=True)
class Screening:
    """The outcome of the search. `refusal` is empty when the book may be read on, without the columns removed."""

    found: tuple[PersonalData, ...]
    refusal: str
    remarks: tuple[Remark, ...]


def screen(book: Book) -> Screening:
    """Search every sheet, hidden ones too; blank the columns with one sign; refuse a sheet with two."""
    found: list[PersonalData] = []
    remarks: list[Remark] = []
    for grid in book.sheets:
        signs = signs_in(grid)
        found += signs
        kinds = {sign.kind for sign in signs}
        if len(kinds) >= 2 and kinds & _STRONG and _in_rows(signs):
            return Screening(tuple(found), _refusal(book, grid, kinds), ())
        for sign in signs:
            grid.blank(column_number(sign.column))
            where = sign.cell if grid.name == "(csv)" else f"{grid.name}!{sign.cell}"
            said = f"A {sign.words} was found in {sign.cell}, so column {sign.column} was not read."
            if sign.count > 1:
                name = sign.words[:1].upper() + sign.words[1:]
                said = f"{name}: {sign.count} cells in column {sign.column} (first {sign.cell}); it was not read."
            remarks.append(Remark("check", said, "Take personal data out of the sheet before sharing it.", where))
    return Screening(tuple(found), "", tuple(remarks))


def _in_rows(signs: list[PersonalData]) -> bool:
    """Several cells or several columns: not a single remark about one person in one cell."""
    return len({sign.column for sign in signs}) > 1 or max(sign.count for sign in signs) > 2


def _refusal(book: Book, grid: Grid, kinds: set[str]) -> str:
    listed = ", ".join(sorted(_NAMES[kind] for kind in kinds))
    where = "It" if grid.name == "(csv)" else f"Sheet {grid.name}"
    return (
        f"{book.file} was not read because it looks like a list of patients or clients. {where} holds: {listed}. "
        f"Only counts may be kept here: ask for totals for each month instead. {NOTHING_SAVED}"
    )


def signs_in(grid: Grid) -> list[PersonalData]:
    """Every sign of people in one sheet, one for each column and kind."""
    found: list[PersonalData] = []
    for column in range(grid.width):
        cells = grid.column(column)
        heading, top = _heading_of(cells)
        hits = _cell_hits(cells)
        hits |= _heading_hits(heading, top, cells, hits)
        for kind, rows in hits.items():
            if _counts_as_sign(kind, rows, cells, heading):
                found.append(PersonalData(grid.name, column_letters(column), kind, len(rows), address(rows[0], column)))
    if _row_per_person(grid):
        found.append(PersonalData(grid.name, "A", "row_per_person", len(grid.rows) - 1, "A2"))
    return found


def _heading_of(cells: Cells) -> tuple[str, int]:
    """The first text of a column that says what kind of thing it holds, else its first text."""
    for row, cell in enumerate(cells[:30]):
        if isinstance(cell, str) and 0 < len(cell) <= 40:
            plain = cell.replace("_", " ").strip()
            if any(pattern.search(plain) for _, pattern in _HEADINGS):
                return plain, row
    first = next((row for row, cell in enumerate(cells[:60]) if isinstance(cell, str) and cell.strip()), -1)
    return (str(cells[first])[:60].replace("_", " "), first) if first >= 0 else ("", -1)


def _cell_hits(cells: Cells) -> dict[str, list[int]]:
    """Rows of a column by the kind of sign in them; each distinct value is looked at once."""
    kinds_of: dict[Cell, tuple[str, ...]] = {}
    for cell in set(cells):
        if isinstance(cell, float | int):
            if cell >= 1e8 and cell == int(cell) and valid_nhs_number(f"{int(cell):010d}"):
                kinds_of[cell] = ("nhs_number",)
        elif isinstance(cell, str) and len(cell) >= 5 and (kinds := _kinds_in(cell)):
            kinds_of[cell] = kinds
    hits: dict[str, list[int]] = {}
    if kinds_of:
        for row, cell in enumerate(cells):
            for kind in kinds_of.get(cell, ()):
                hits.setdefault(kind, []).append(row)
    return hits


def _kinds_in(text: str) -> tuple[str, ...]:
    if text.isalpha():
        return ()
    digits = sum(letter.isdigit() for letter in text)
    found = []
    if digits >= 9 and _has_nhs_number(text):
        found.append("nhs_number")
    if "@" in text and _EMAIL.search(text):
        found.append("email")
    if digits >= 2 and any(letter.isalpha() for letter in text):
        upper = text if len(text) > 10 else text.upper().strip()
        found += ["postcode"] if _POSTCODE.search(upper) else []
        found += ["nino"] if digits >= 6 and _NINO.search(upper) else []
    if digits >= 10 and _PHONE.search(text):
        found.append("phone")
    return tuple(found)


def identifiers_in(text: str) -> tuple[str, ...]:
    """The kinds of identifiers written into one text, in plain words: an NHS number, a postcode, an e-mail address."""
    return tuple(_NAMES[kind] for kind in _kinds_in(text))


def _has_nhs_number(text: str) -> bool:
    plain = text.strip().removesuffix(".0")
    if plain.isdecimal() and len(plain) in (9, 10):
        return valid_nhs_number(plain.zfill(10))
    return any(valid_nhs_number(re.sub(r"\D", "", found)) for found in _TEN_DIGITS.findall(plain))


def valid_nhs_number(digits: str) -> bool:
    """Ten digits whose last is the modulus 11 check digit; ten equal digits are no number."""
    if len(digits) != 10 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def _heading_hits(heading: str, top: int, cells: Cells, hits: dict[str, list[int]]) -> dict[str, list[int]]:
    """Kinds the heading names, for the filled cells under it that do not merely count things."""
    found: dict[str, list[int]] = {}
    if _COUNT_WORDS.search(heading):
        return found
    for kind, pattern in _HEADINGS:
        if pattern.search(heading) and kind not in hits:
            rows = [row for row, cell in enumerate(cells) if row > top and _could_be(kind, cell)]
            if rows:
                found[kind] = rows
    return found


def _could_be(kind: str, cell: Cell) -> bool:
    if kind == "birth":
        return isinstance(cell, date | datetime) or (isinstance(cell, str) and any(map(str.isdigit, cell)))
    if kind in ("nhs_number", "person_id"):
        return cell != ""
    if kind in ("postcode", "email", "phone"):
        return False
    return isinstance(cell, str) and any(map(str.isalpha, cell))


def _counts_as_sign(kind: str, rows: list[int], cells: Cells, heading: str) -> bool:
    rule = _RULES.get(kind)
    return rule(rows, cells, heading) if rule else True


def _nhs_rule(rows: list[int], cells: Cells, heading: str) -> bool:
    """A word beside it or a heading is enough for one; a column of bare numbers needs three, nearly all valid."""
    if re.search(r"\bnhs\b", heading, re.IGNORECASE) or any(
        _PEOPLE_WORDS.search(cell) for row in rows[:50] if isinstance(cell := cells[row], str)
    ):
        return True
    long = sum(_is_ten_digits(cell) for cell in cells)
    return len(rows) >= 3 and len(rows) >= 0.8 * long


def _is_ten_digits(cell: Cell) -> bool:
    if isinstance(cell, float):
        return 1e9 <= cell < 1e10
    return isinstance(cell, str) and len(re.sub(r"[\s.-]", "", cell)) in (10, 11) and any(map(str.isdigit, cell))


def _postcode_rule(rows: list[int], cells: Cells, heading: str) -> bool:
    """Postcodes in more than a fifth of the rows, unless they are those of a few sites."""
    filled = sum(cell != "" for cell in cells)
    distinct = {cells[row] for row in rows}
    if _SITE.search(heading) and len(distinct) <= 50:
        return False
    return len(rows) >= 3 and len(rows) > 0.2 * filled and len(distinct) > 2


def _email_rule(rows: list[int], cells: Cells, heading: str) -> bool:  # noqa: ARG001 - rules have one shape
    return len({cells[row] for row in rows}) >= 3


def _phone_rule(rows: list[int], cells: Cells, heading: str) -> bool:
    listed = re.search(r"phone|mobile|\btel\b", heading, re.IGNORECASE)
    return len({cells[row] for row in rows}) >= (2 if listed else 5)


def _birth_rule(rows: list[int], cells: Cells, heading: str) -> bool:  # noqa: ARG001 - rules have one shape
    return len({cells[row] for row in rows}) >= 2


def _filled_rule(rows: list[int], cells: Cells, heading: str) -> bool:  # noqa: ARG001 - rules have one shape
    return len(rows) >= 2


_RULES: dict[str, Callable[[list[int], Cells, str], bool]] = {
    "nhs_number": _nhs_rule,
    "postcode": _postcode_rule,
    "email": _email_rule,
    "phone": _phone_rule,
    "birth": _birth_rule,
    "person_id": _birth_rule,
    "address": _birth_rule,
    "name": _filled_rule,
}


def _row_per_person(grid: Grid) -> bool:
    """Twenty rows or more, three or more headings that describe a person, and none that counts."""
    if len(grid.rows) < 21:
        return False
    for row in grid.rows[:10]:
        headings = [cell.replace("_", " ").strip() for cell in row if isinstance(cell, str)]
        described = sum(bool(_PERSON_FIELDS.match(heading)) for heading in headings)
        if described >= 3 and not any(_COUNT_WORDS.search(heading) for heading in headings):
            return True
    return False
