"""Spreadsheets made by chance from a seed: clean ones full of things that look like identifiers, or with one planted.

Nothing is a real person's. NHS numbers carry a right check digit, telephone numbers are of ranges in use; names are
drawn from a list of their own (`planted_words.json`), part of which the guard's lists do not hold.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from analysis.identifiers import issued_nhs_number

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
_WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_name("planted_words.json").read_text(encoding="utf-8"))
_FORENAMES, _SURNAMES = _WORDS["forenames"], _WORDS["surnames"]
_ORGANISATIONS, _MEASURES, _MONTHS = _WORDS["organisations"], _WORDS["measures"], _WORDS["months"]
_OUTWARD = (
    "LS1",
    "LS27",
    "BD18",
    "M14",
    "SW1A",
    "EC2M",
    "B33",
    "CF10",
    "G12",
    "NE4",
    "OX3",
    "TR27",
    "HU5",
    "W1D",
    "S11",
)


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


def nhs_number(source: random.Random) -> str:
    """Ten digits with a right check digit, of a range in use."""
    while True:
        nine = source.choice((f"{source.randint(400, 499)}", f"{source.randint(600, 799)}", "999"))
        nine += f"{source.randrange(10**6):06d}"
        for check in range(10):
            if issued_nhs_number(f"{nine}{check}"):
                return f"{nine}{check}"


def _nhs(source: random.Random) -> str:
    number = nhs_number(source)
    return source.choice(
        (number, f"{number[:3]} {number[3:6]} {number[6:]}", f"{number[:3]}-{number[3:6]}-{number[6:]}")
    )


def _nino(source: random.Random) -> str:
    pair = source.choice(("AB", "CE", "JK", "PW", "SX", "YL", "HM", "RA"))
    digits = f"{source.randrange(10**6):06d}"
    end = source.choice("ABCD")
    return source.choice((f"{pair}{digits}{end}", f"{pair} {digits[:2]} {digits[2:4]} {digits[4:]} {end}"))


def _email(source: random.Random) -> str:
    name = f"{source.choice(_FORENAMES)}.{source.choice(_SURNAMES)}".replace("'", "").lower()
    host = source.choice(("gmail.com", "btinternet.com", "nhs.net", "x.org.uk"))
    return f"{name}{source.choice(('', '7', '1953'))}@{host}"


def _phone(source: random.Random) -> str:
    """A number that could be dialled: one that could not is drawn again."""
    import phonenumbers

    while not phonenumbers.is_valid_number(phonenumbers.parse(shown := _any_phone(source), "GB")):
        pass
    return shown


def _any_phone(source: random.Random) -> str:
    rest = f"{source.randrange(10**6):06d}"
    return source.choice(
        (
            f"07{source.choice(('911', '700', '725', '812', '966'))} {source.randrange(200000, 899999)}",
            f"0113 2{source.randrange(40, 99)} {source.randrange(1000, 9999)}",
            f"+44 7911 {rest}",
            f"020 7{source.randrange(200, 899)} {source.randrange(1000, 9999)}",
            f"(01274) {source.randrange(200000, 799999)}",
        )
    )


def _postcode(source: random.Random) -> str:
    area = source.choice(_OUTWARD)
    return f"{area}{source.choice((' ', ' ', ''))}{source.randrange(10)}{source.choice(('AB', 'XY', 'QT', 'LW', 'HJ'))}"


def _birth(source: random.Random) -> str:
    day = date(1925, 1, 1) + timedelta(days=source.randrange(32_000))
    shown = source.choice((f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"{day.day} {day:%B %Y}", day.isoformat()))
    return f"{source.choice(('DOB', 'DOB:', 'D.O.B.', 'date of birth', 'born'))} {shown}"


def _person_id(source: random.Random) -> str:
    label = source.choice(
        ("MRN", "hospital no", "Hospital number:", "EMIS no.", "patient ID", "SystmOne no", "client ref")
    )
    return f"{label} {source.choice(('', 'K', 'RX'))}{source.randrange(10**5, 10**7)}"


def _name(source: random.Random) -> str:
    first, last = source.choice(_FORENAMES), source.choice(_SURNAMES)
    title = source.choice(("Mrs", "Mr", "Miss", "Ms"))
    return source.choice((f"{first} {last}", f"{title} {last}", f"{title} {first} {last}", f"{last.upper()}, {first}"))


PLANTS: dict[str, Callable[[random.Random], str]] = {
    "nhs_number": _nhs,
    "nino": _nino,
    "email": _email,
    "phone": _phone,
    "postcode": _postcode,
    "birth": _birth,
    "person_id": _person_id,
    "name": _name,
}
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
    rows = _table(source)
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
    made.rows = _small_table(source) if made.place == "value" else made.rows
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


def _periods(source: random.Random, count: int) -> list[str]:
    year, month = source.randint(2015, 2022), source.randrange(12)
    return [f"{_MONTHS[(month + n) % 12]}-{(year + (month + n) // 12) % 100}" for n in range(count)]


def _small_table(source: random.Random) -> list[list[object]]:
    body = [[period, source.randint(0, 400)] for period in _periods(source, 12)]
    return [["Month", source.choice(_MEASURES)], *(list(row) for row in body)]


def _table(source: random.Random) -> list[list[object]]:
    return source.choice((_small_table, _by_organisation, _across, _ledger, _directory, _districts, _completeness))(
        source
    )


def _amount(source: random.Random) -> object:
    """A count or a sum of money up to ten digits, as a number or as text with commas."""
    size = source.choice((100, 10_000, 10**6, 10**8, 10**9, 10**10))
    number = source.randrange(size // 10, size)
    return source.choice((number, float(number), f"{number:,}", f"£{number:,}"))


def _by_organisation(source: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [
        ["ODS code", source.choice(("Practice", "Organisation name", "Ward", "Provider")), "Month"]
    ]
    rows[0] += [source.choice(_MEASURES), source.choice(("Spend £", "Population", "Cost", "List size"))]
    for name in source.sample(_ORGANISATIONS, 8):
        for period in _periods(source, 3):
            code = source.choice((f"E{source.randrange(10**8):08d}", f"Y{source.randrange(10**5):05d}", "RJ1", "5QT"))
            rows.append([code, name, period, source.randint(0, 400), _amount(source)])
    return rows + _footer(source)


def _across(source: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [["Line", *_periods(source, 12)]]
    for measure in source.sample(_MEASURES, 4):
        size = source.choice((100, 10**6, 9 * 10**9))
        rows.append([measure, *(source.randrange(size, size * 2) for _ in range(12))])
    return rows + _footer(source)


def _ledger(source: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [["Cost centre", "Subjective", "Description", "Date", "Invoice", "Amount"]]
    for at in range(30):
        day = datetime(2022, 4, 1) + timedelta(days=9 * at)  # noqa: DTZ001 - as openpyxl takes it
        what = source.choice(
            ("Agency nursing", "Travel", "Preston depot", "Kelly Services Ltd", "Mobile phones", "NHS Supply Chain")
        )
        invoice = source.choice((f"INV{source.randrange(10**7)}", str(source.randrange(10**6, 10**7)), f"PO {at}/22"))
        rows.append([f"E{100 + at % 5}", 5100 + at % 3, what, day, invoice, source.randrange(10**6) / 100])
    return rows


def _directory(source: random.Random) -> list[list[object]]:
    """Sites with their postcodes and telephone numbers beside their figures."""
    rows: list[list[object]] = [["Practice name", "Practice postcode", "Practice telephone", "Month", "Referrals"]]
    for name in source.sample(_ORGANISATIONS, 6):
        where, line = _postcode(source), _phone(source)
        rows += [[name, where, line, period, source.randint(0, 90)] for period in _periods(source, 4)]
    return rows + _footer(source)


def _districts(source: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [["Postcode district", "LSOA", "Age band", "Sex", "Month", "Number of patients"]]
    for period in _periods(source, 8):
        for district in ("LS6", "BD18", "M14", "SW1A"):
            rows.append([district, f"E0100{source.randrange(10**4):04d}", "65-74", "F", period, source.randint(0, 99)])
    return rows


def _completeness(source: random.Random) -> list[list[object]]:
    """How complete the fields of a record are: the words for identifiers, with percentages beside them."""
    fields = ("NHS number", "Surname", "Date of birth", "Postcode", "Ethnicity", "GP practice", "Telephone", "E-mail")
    periods = _periods(source, 6)
    return [["Field, % complete", *periods], *([name, *[source.uniform(80, 100) for _ in periods]] for name in fields)]


def _footer(source: random.Random) -> list[list[object]]:
    if source.random() < 0.4:
        return []
    lines: tuple[list[object], ...] = (
        ["Contact: Jo Birchwood, 0113 254 6000, enquiries@stats.gov.uk"],
        ["Responsible statistician: Margaret Thompson"],
        ["Published by Health Statistics, Quarry House, Leeds LS2 7UE"],
        ["E-mail:", "jo.birchwood@nhs.net"],
        ["Notes: 1. Figures are provisional. 2. Preston and Lincoln joined in 2019."],
        ["Source: 0300 123 4567 or www.example.org"],
        ["Copyright © 2023, Lancaster"],
    )
    return [[""], *[list(line) for line in source.sample(lines, 2)]]
