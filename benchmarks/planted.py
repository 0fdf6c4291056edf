"""Spreadsheets made by chance from a seed: clean ones full of things that look like identifiers, or with one planted.

Nothing is a real person's: see `benchmarks.invented`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from benchmarks.aggregates import any_table, small_table
from benchmarks.invented import PLANTS

PLACES = (
    "cell",
    "value",
    "list",
    "heading",
    "comment",
    "hidden sheet",
    "hidden row",
    "property",
    "file name",
    "sheet name",
)
KINDS = ("nhs_number", "nino", "email", "phone", "postcode", "birth", "person_id", "name")


@dataclass
class Made:
    """A workbook before it is written: rows of its sheet, what stands around it, and where something was planted."""

    rows: list[list[object]]
    name: str = "activity.xlsx"
    sheet: str = "Activity"
    kind: str = ""
    place: str = ""
    planted: str = ""
    hidden_rows: list[list[object]] = field(default_factory=list)
    hidden_row: int = 0
    comments: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    defined: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write it as .xlsx, or as CSV where its name says so."""
        path = folder / self.name
        if path.suffix == ".csv":
            import csv

            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([_as_text(cell) for cell in row] for row in self.rows)
            return path
        self._book(path)
        return path

    def _book(self, path: Path) -> None:
        from openpyxl import Workbook
        from openpyxl.comments import Comment
        from openpyxl.workbook.defined_name import DefinedName

        book = Workbook()
        sheet = book.active
        sheet.title = self.sheet
        for row in self.rows:
            sheet.append(row)
        if self.hidden_rows:
            hidden = book.create_sheet("Lookup")
            hidden.sheet_state = "hidden"
            for row in self.hidden_rows:
                hidden.append(row)
        if self.hidden_row:
            sheet.row_dimensions[self.hidden_row].hidden = True
        for cell, text in self.comments.items():
            sheet[cell].comment = Comment(text, "Jo Birchwood")
        for name, value in self.properties.items():
            setattr(book.properties, name, value)
        for name, value in self.defined.items():
            book.defined_names[name] = DefinedName(name, attr_text=value)
        book.save(path)


def _as_text(cell: object) -> object:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell


_AROUND = (
    "{}",
    "{}",
    "seen at home, {}",
    "rang {} twice",
    "{} fell on the ward",
    "see {} for more",
    "query: {}, awaiting reply",
)
_HEADINGS_OF_LISTS = {
    "nhs_number": ("NHS No", "NHS number", "Ref", "nhs_number"),
    "nino": ("NI number", "Reference", "Payroll"),
    "email": ("E-mail", "Write to", "Reply"),
    "phone": ("Telephone", "Mobile", "Ring"),
    "postcode": ("Postcode", "Lives at", "Home"),
    "birth": ("DOB", "Date of birth", "D.O.B."),
    "person_id": ("Patient ID", "Hospital number", "MRN"),
    "name": ("Surname", "Patient name", "Person", "Full name"),
}


def clean(seed: int) -> Made:
    """An aggregate workbook or CSV file of a shape real ones have, with traps and nothing of a person."""
    source = random.Random(seed)
    rows = any_table(source)
    made = Made(rows, name=f"{source.choice(('falls', 'activity', 'A&E', 'spend', 'E10000016'))}_{seed}.xlsx")
    made.sheet = source.choice(("Activity", "Table 1", "Preston", "Data", "Q1 2023-24", "RJ1", "Lookup 2"))
    if source.random() < 0.3:
        made.name = f"data_{seed}.csv"
    made.properties = {
        "creator": source.choice(("Jo Birchwood", "Margaret Thompson", "jo.birchwood@nhs.net", "openpyxl"))
    }
    made.properties["title"] = source.choice(
        ("Falls by month", "Quarterly return", "Table 1234567890", "Victoria Park data")
    )
    if source.random() < 0.4:
        made.comments["B2"] = source.choice(
            ("Jo Birchwood:\nfigure revised", "Provisional", "Excludes E10000016", "Source: SUS")
        )
    if source.random() < 0.4:
        made.defined = {"Data_range": f"'{made.sheet}'!$A$1:$C$9", "Threshold": "12345"}
    return made


def planted(seed: int) -> Made:
    """A clean workbook with one identifier of one kind in one place, each kind and place in turn."""
    source = random.Random(f"planted {seed}")
    made = clean(seed)
    made.kind, made.place = KINDS[seed % len(KINDS)], PLACES[(seed // len(KINDS)) % len(PLACES)]
    if made.place not in ("cell", "value", "list", "heading", "file name"):
        made.name = made.name.replace(".csv", ".xlsx")
    made.planted = PLANTS[made.kind](source)
    made.rows = small_table(source) if made.place == "value" else made.rows
    _PUT[made.place](made, source)
    return made


def _sentence(made: Made, source: random.Random) -> str:
    return source.choice(_AROUND).format(made.planted)


def _in_cell(made: Made, source: random.Random) -> None:
    at = source.randrange(1, len(made.rows))
    made.rows[0] = [*made.rows[0], source.choice(("Comment", "Notes", "Reason", ""))]
    made.rows[at] = [*made.rows[at], *[""] * (len(made.rows[0]) - 1 - len(made.rows[at])), _sentence(made, source)]


def _in_value(made: Made, source: random.Random) -> None:
    made.rows[source.randrange(1, len(made.rows))][-1] = made.planted


def _in_list(made: Made, source: random.Random) -> None:
    """A column of them, one for each row, under a heading of the kind or one that says nothing."""
    heading = source.choice(_HEADINGS_OF_LISTS[made.kind])
    made.rows[0] = [*made.rows[0], heading]
    for at in range(1, len(made.rows)):
        made.rows[at] = [*made.rows[at], _bare(made.kind, PLANTS[made.kind](source), source)]


def _bare(kind: str, text: str, source: random.Random) -> object:
    """A value as a column under its heading holds it, without its label; a number or a date where Excel keeps one."""
    if kind == "birth":
        return datetime(1930 + source.randrange(60), 1 + source.randrange(12), 1 + source.randrange(28))  # noqa: DTZ001 - as openpyxl takes it
    if kind == "nhs_number" and source.random() < 0.5:
        return float("".join(filter(str.isdigit, text)))
    return text.rpartition(" ")[2] if kind == "person_id" else text


def _in_heading(made: Made, _source: random.Random) -> None:
    made.rows[0][-1] = f"{made.rows[0][-1]} ({made.planted})"


def _in_comment(made: Made, source: random.Random) -> None:
    made.comments["B3"] = f"Jo Birchwood:\n{_sentence(made, source)}"


def _in_hidden_sheet(made: Made, source: random.Random) -> None:
    made.hidden_rows = [["Code", "Meaning"], ["A", "Open"], ["B", _sentence(made, source)], ["C", "Closed"]]


def _in_hidden_row(made: Made, source: random.Random) -> None:
    _in_cell(made, source)
    made.hidden_row = next(at for at, row in enumerate(made.rows, 1) if any(made.planted in str(cell) for cell in row))


def _in_property(made: Made, source: random.Random) -> None:
    if source.random() < 0.3:
        made.defined = {"Held": f'"{made.planted}"'}
    else:
        made.properties[source.choice(("title", "subject", "keywords", "description", "category"))] = _sentence(
            made, source
        )


def _in_file_name(made: Made, source: random.Random) -> None:
    plain = made.planted.replace("/", "-").replace(":", "")
    made.name = f"{plain} {made.name}" if source.random() < 0.5 else f"visits_{plain.replace(' ', '_')}.xlsx"


def _in_sheet_name(made: Made, _source: random.Random) -> None:
    made.sheet = made.planted.replace("/", "-").replace(":", "")[:31]


_PUT: dict[str, Callable[[Made, random.Random], None]] = {
    "cell": _in_cell,
    "value": _in_value,
    "list": _in_list,
    "heading": _in_heading,
    "comment": _in_comment,
    "hidden sheet": _in_hidden_sheet,
    "hidden row": _in_hidden_row,
    "property": _in_property,
    "file name": _in_file_name,
    "sheet name": _in_sheet_name,
}
