"""Looks for people in a book before anything else reads it, and takes what it finds out of the book.

A sheet that is a list of people refuses the file; so does an identifier in the name of the file or of a sheet. A column
with a sign is not read; in a line of its own, or between figures, only the cell is forgotten. Comments, properties and
the like are searched and never read. Values do not leave this module: only what was found, where, how often, its shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.identifiers import (
    KIND_WORDS,
    find_identifiers,
    masked,
    valid_nhs_number,
)
from importers.addresses import address, column_letters
from importers.grids import Book, Cell, Grid, Remark, shown
from importers.guard import NOTHING_SAVED
from importers.privacy_headings import CONTACT
from importers.privacy_names import names_in
from importers.privacy_signs import Seen, Sign, kinds_in, signs_in

__all__ = ["UNSEARCHED", "Passage", "PersonalData", "Screening", "screen", "valid_nhs_number"]

_STRONG = {"nhs_number", "nino", "birth", "name", "row_per_person", "person_id"}
_CONTACT_KINDS = {"email", "phone", "postcode", "address", "name"}
_AUTHORS_OWN = {"email", "phone", "name"}
UNSEARCHED = "not searched"
"""The place of a passage that stands for what could not be looked through."""

_ADVICE = "Take personal data out of the sheet before sharing it."


@dataclass(frozen=True)
class PersonalData:
    """A sign of people: which kind, where and in how many cells. `cell` is the first; the values are not kept.

    `place` is column, cell, or what else was searched (comment, property, ...); `masked` is the first one's shape.
    """

    sheet: str
    column: str
    kind: str
    count: int
    cell: str = ""
    place: str = "column"
    masked: str = ""

    @property
    def words(self) -> str:
        """The kind in plain words."""
        return KIND_WORDS[self.kind]

    @property
    def stands_in(self) -> str:
        """Where, for a person: `Clients, column B`; `Clients, comment, C4`; `file name`. A text file has no sheet."""
        sheet = "" if self.sheet == "(csv)" else self.sheet
        place = "" if self.place in ("column", "cell") else self.place
        at = f"column {self.column}" if self.column and self.place == "column" else self.cell
        return ", ".join(part for part in (sheet, place, at) if part)


@dataclass(frozen=True)
class Passage:
    """A text beside the cells. `words` begins the sentence that says where it stands; its own author is expected."""

    place: str
    text: str
    words: str
    sheet: str = ""
    cell: str = ""
    of_author: bool = False


@dataclass(frozen=True)
class Screening:
    """The outcome of the search. `refusal` is empty when the book may be read on, without what was taken out."""

    found: tuple[PersonalData, ...]
    refusal: str
    remarks: tuple[Remark, ...]
    advice: str = "Remove the columns about people and choose the file again."


@dataclass
class _Outcome:
    """What was found in a book, what is said, and what has to be forgotten once all of it is told."""

    found: list[PersonalData] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    columns: set[tuple[int, int]] = field(default_factory=set)
    cells: set[tuple[int, int, int]] = field(default_factory=set)

    def forget(self, sheets: Sequence[Grid]) -> None:
        """Take everything told out of the sheets."""
        for number, column in self.columns:
            sheets[number].blank(column)
        for number, row, column in self.cells:
            sheets[number].blank_cell(row, column)


def screen(book: Book, around: Sequence[Passage] = ()) -> Screening:
    """Search every sheet, hidden ones too, and what stands around them; take out signs; refuse lists of people."""
    if named := _in_sheet_names(book):
        return named
    outcome = _Outcome()
    seen = Seen()
    for number, grid in enumerate(book.sheets):
        signs = signs_in(grid, seen)
        listed = {sign.kind for sign in signs if sign.listed}
        if len(listed) >= 2 and listed & _STRONG:
            told = tuple(_told(grid, sign) for sign in signs)
            return Screening((*outcome.found, *told), _refusal(book, grid, listed), ())
        for sign in signs:
            _weigh(number, grid, sign, outcome)
    outcome.forget(book.sheets)
    for passage in around:
        _judge(passage, outcome)
    return Screening(tuple(outcome.found), "", tuple(dict.fromkeys(outcome.remarks)))


def screen_name(name: str) -> Screening | None:
    """The refusal of a file whose own name holds an identifier; None for a name that may be kept."""
    kinds = _sure_kinds(_spaced(name))
    if not kinds:
        return None
    held = tuple(PersonalData("", "", kind, 1, place="file name", masked=_shape(kind, _spaced(name))) for kind in kinds)
    said = f"The file was not read because its name seems to hold the {_listed(kinds)}, and the name would be kept."
    advice = "Give the file a name without personal data and choose it again."
    return Screening(held, f"{said} {NOTHING_SAVED}", (), advice)


def safe_name(name: str) -> str:
    """A name that names a person as it may be said: the whole of it masked, but for its extension."""
    stem, dot, ending = name.rpartition(".")
    return f"{masked(stem)}{dot}{ending}" if stem and len(ending) <= 5 else masked(name)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _sure_kinds(text: str) -> list[str]:
    """Kinds in a text of its own: ten digits of a number in use are enough there, no figure is expected."""
    return [kind for kind, sure in kinds_in(text).items() if sure or kind == "nhs_number"]


def _listed(kinds: Sequence[str]) -> str:
    return " and the ".join(KIND_WORDS[kind] for kind in kinds)


def _in_sheet_names(book: Book) -> Screening | None:
    held = []
    for grid in book.sheets:
        if kinds := _sure_kinds(_spaced(grid.name)):
            grid.name = safe_name(grid.name)
            held += [PersonalData(grid.name, "", kind, 1, place="sheet name", masked=grid.name) for kind in kinds]
    if not held:
        return None
    kinds = list(dict.fromkeys(one.kind for one in held))
    said = f"{book.file} was not read because a sheet's name ({held[0].masked}) seems to hold the {_listed(kinds)}."
    advice = "Rename the sheet and choose the file again. Sheets about one person cannot be read."
    return Screening(tuple(held), f"{said} {NOTHING_SAVED}", (), advice)


def _refusal(book: Book, grid: Grid, kinds: set[str]) -> str:
    listed = ", ".join(sorted("names of people" if kind == "name" else KIND_WORDS[kind] for kind in kinds))
    where = "It" if grid.name == "(csv)" else f"Sheet {grid.name}"
    return (
        f"{book.file} was not read because it looks like a list of patients or clients. {where} holds: {listed}. "
        f"Only counts may be kept here: ask for totals for each month instead. {NOTHING_SAVED}"
    )


def _told(grid: Grid, sign: Sign, place: str = "column", rows: Sequence[int] = ()) -> PersonalData:
    rows = rows or sign.rows
    shape = "" if sign.kind == "row_per_person" else _shape(sign.kind, shown(grid.cell(rows[0], sign.column)))
    first = address(rows[0], sign.column)
    return PersonalData(grid.name, column_letters(sign.column), sign.kind, len(rows), first, place, shape)


def _shape(kind: str, text: str) -> str:
    """The shape of the identifier in a text; of the whole text where only its heading says what it is."""
    named = [(one.start, one.end) for one in names_in(text)] if kind == "name" else []
    spans = [*named, *((one.start, one.end) for one in find_identifiers(text) if one.kind == kind), (0, len(text))]
    return masked(text[slice(*spans[0])])


def _weigh(number: int, grid: Grid, sign: Sign, outcome: _Outcome) -> None:
    """Forget a column, or only the cells of a sign that stand in lines of their own or between figures."""
    if sign.kind == "row_per_person":
        outcome.found.append(_told(grid, sign))
        return
    alone = [row for row in sign.rows if _is_line(grid, row, sign.column)]
    beside = [row for row in sign.rows if row not in set(alone)]
    if beside and not _between_figures(grid, sign, beside):
        told = _told(grid, sign, rows=beside)
        outcome.found.append(told)
        outcome.columns.add((number, sign.column))
        outcome.remarks.append(_remark(grid, told, f"so column {told.column} was not read."))
        return
    contacts = [row for row in alone if sign.kind in _CONTACT_KINDS and _is_contact(grid, row, sign.kind)]
    people = [row for row in (*alone, *beside) if row not in set(contacts)]
    if people:
        told = _told(grid, sign, "cell", people)
        outcome.found.append(told)
        cells = "this cell was" if len(people) == 1 else "these cells were"
        outcome.remarks.append(_remark(grid, told, f"so {cells} not read."))
    for row in contacts:
        where = _where(grid, address(row, sign.column))
        outcome.remarks.append(Remark("note", "Contact details beside the figures were not read.", "", where))
    outcome.cells |= {(number, row, sign.column) for row in sign.rows}


def _is_line(grid: Grid, row: int, column: int) -> bool:
    """A line of text: nothing else in its row, or a label such as "Contact:" before it."""
    others = [cell for at, cell in enumerate(grid.rows[row]) if at != column and cell != ""]
    if not others:
        return True
    label = others[0]
    return len(others) <= 2 and isinstance(label, str) and (label.strip().endswith(":") or bool(CONTACT.search(label)))


def _is_contact(grid: Grid, row: int, kind: str) -> bool:
    text = " ".join(cell for cell in grid.rows[row] if isinstance(cell, str))
    return bool(CONTACT.search(f"{text} {grid.text(row - 1, 0)}")) or (kind == "email" and len(text.split()) == 1)


def _between_figures(grid: Grid, sign: Sign, rows: list[int]) -> bool:
    """A stray in a column of figures or periods; not where the heading itself names a person."""
    if sign.listed:
        return False
    cells = grid.column(sign.column)
    filled = [row for row, cell in enumerate(cells) if cell != "" and row not in set(rows)]
    if not filled or min(rows) < min(filled):
        return False
    figures = sum(_is_short_figure(cells[row]) for row in filled)
    return len(rows) <= max(1, 0.2 * len(filled)) and len(filled) >= 3 and figures >= 0.6 * len(filled)


def _is_short_figure(cell: Cell) -> bool:
    return not isinstance(cell, str) or (len(cell) <= 12 and any(map(str.isdigit, cell)))


def _remark(grid: Grid, told: PersonalData, done: str) -> Remark:
    said = f"A{_with_article(told)[1:]} was found in {told.cell}, {done}"
    if told.count > 1:
        name = told.words[:1].upper() + told.words[1:]
        said = f"{name}: {told.count} cells in column {told.column} (first {told.cell}), {done}"
    return Remark("check", said, _ADVICE, _where(grid, told.cell))


def _with_article(told: PersonalData) -> str:
    return f"{'an' if told.kind in ('nhs_number', 'email', 'address') else 'a'} {told.words}"


def _where(grid: Grid, cell: str) -> str:
    return cell if grid.name == "(csv)" else f"{grid.name}!{cell}"


def _judge(passage: Passage, outcome: _Outcome) -> None:
    """A text around the sheets: never read, so it is enough to say what it holds. An author's own name is expected."""
    if passage.place == UNSEARCHED:
        said = f"{passage.words} could not be looked through for personal data."
        outcome.remarks.append(Remark("check", said, "Nothing of it was read. Look yourself before sharing the file."))
        return
    for kind in _sure_kinds(passage.text):
        if passage.of_author and kind in _AUTHORS_OWN:
            continue
        shape = _shape(kind, passage.text)
        told = PersonalData(passage.sheet, "", kind, 1, passage.cell, passage.place, shape)
        outcome.found.append(told)
        said = f"{passage.words} holds {_with_article(told)}. It was not read."
        where = f"{passage.sheet}!{passage.cell}" if passage.cell else passage.sheet
        outcome.remarks.append(Remark("check", said, "Take it out before sharing the file.", where))
