"""What calamine does not tell about an .xlsx: error cells, formulas without results, number formats, hidden lines.

One pass over the package's own XML with byte searches; the workbook is not loaded a second time.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from importers.addresses import column_letters, column_number
from importers.grids import Place

MAX_AREA = 20_000_000
_ERROR = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*?\bt="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)
_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>/]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb"<col\b([^>]*)/?>")
_ROW_NUMBER = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_CELL_LETTERS = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)')
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_TWO_LETTERS = re.compile(rb' r="[A-Z]{2}')
_SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_NUMBER_FORMAT = re.compile(rb"<numFmt\b[^>]*>")
_CELL_FORMATS = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_FORMAT_ENTRY = re.compile(rb"<xf\b[^>]*>")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_BUILT_IN_PERCENT = {9, 10}
_BUILT_IN_MONEY = {5, 6, 7, 8, 42, 44}


@dataclass
class SheetFacts:
    """Beside the values of one sheet."""

    errors: dict[Place, str] = field(default_factory=dict)
    unstored: set[Place] = field(default_factory=set)
    percents: set[Place] = field(default_factory=set)
    pounds: set[Place] = field(default_factory=set)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    far_cells: int = 0


@dataclass
class PackageFacts:
    """Beside the values of a whole package. `data` is the package to read: the file's own bytes, or a copy without
    the cells that lie far from every table."""

    sheets: dict[str, SheetFacts]
    data: bytes
    date_1904: bool = False
    has_escapes: bool = True


def scan_package(data: bytes) -> PackageFacts:
    """Scan every worksheet of an .xlsx package.

    Raises KeyError when a part that the workbook names is missing, and the errors of zipfile for a broken one.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        workbook = archive.read("xl/workbook.xml")
        styles = _formats(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else ({}, {})
        sheets: dict[str, SheetFacts] = {}
        changed: dict[str, bytes] = {}
        escaped = "xl/sharedStrings.xml" in names and _has_escapes(archive.read("xl/sharedStrings.xml"))
        for title, part in _sheet_parts(archive, workbook):
            body = archive.read(part)
            trimmed, far = _without_far_cells(body)
            if far:
                changed[part] = trimmed
            sheets[title] = _facts(trimmed, *styles)
            sheets[title].far_cells = far
            escaped = escaped or _has_escapes(body)
        smaller = _rewritten(archive, changed) if changed else data
    return PackageFacts(sheets, smaller, b'date1904="1"' in workbook or b'date1904="true"' in workbook, escaped)


def _has_escapes(part: bytes) -> bool:
    """Whether texts may hold characters written as `_x0000_` or `&#7;`, or raw control characters."""
    return b"_x" in part or b"&#" in part or len(part.translate(None, _CONTROLS)) < len(part)


def _attributes(tag: bytes) -> dict[str, str]:
    return {key.decode(): _unescaped(value) for key, value in _ATTRIBUTE.findall(tag)}


def _unescaped(value: bytes) -> str:
    text = value.decode("utf-8", errors="replace")
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(code, sign)
    return text


def _sheet_parts(archive: zipfile.ZipFile, workbook: bytes) -> list[tuple[str, str]]:
    """Title and part of every worksheet; chart sheets are left out."""
    relations = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        found = _attributes(tag)
        relations[found.get("Id", "")] = found.get("Target", "")
    parts = []
    for tag in _SHEET_TAG.findall(workbook):
        found = _attributes(tag)
        target = relations.get(next((value for key, value in found.items() if key.endswith(":id")), ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "worksheets/" in part:
            parts.append((found.get("name", ""), part))
    return parts


def sheet_of_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Title of the sheet that each worksheet part, and each part a sheet names (comments, drawings), belongs to.

    Empty where the workbook does not say; raises the errors of zipfile for a broken part.
    """
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    titles: dict[str, str] = {}
    for title, part in _sheet_parts(archive, archive.read("xl/workbook.xml")):
        titles[part] = title
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        for tag in _RELATION.findall(archive.read(relations)) if relations in names else ():
            target = _attributes(tag).get("Target", "")
            plain = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            titles[re.sub(r"[^/]+/\.\./", "", plain)] = title
    return titles


def _formats(styles: bytes) -> tuple[dict[bytes, bool], dict[bytes, bool]]:
    """Style numbers (as written in a cell's `s`) that show a percentage, and those that show money."""
    codes = {}
    for tag in _NUMBER_FORMAT.findall(styles):
        found = _attributes(tag)
        codes[int(found.get("numFmtId", "0"))] = found.get("formatCode", "")
    block = _CELL_FORMATS.search(styles)
    percents: dict[bytes, bool] = {}
    money: dict[bytes, bool] = {}
    for index, tag in enumerate(_FORMAT_ENTRY.findall(block.group(0)) if block else []):
        number = int(_attributes(tag).get("numFmtId", "0"))
        code = codes.get(number, "")
        if shows_percent(number, code):
            percents[str(index).encode()] = True
        elif shows_money(number, code):
            money[str(index).encode()] = True
    return percents, money


def shows_percent(number: int, code: str) -> bool:
    """Whether a number format, by its number or its code, shows a percentage. A % in quotation marks does not."""
    return number in _BUILT_IN_PERCENT or "%" in _QUOTED.sub("", code)


def shows_money(number: int, code: str) -> bool:
    """Whether a number format shows money; a £ may stand in quotation marks."""
    return number in _BUILT_IN_MONEY or "£" in code


def _facts(body: bytes, percents: dict[bytes, bool], money: dict[bytes, bool]) -> SheetFacts:
    facts = SheetFacts()
    if b't="e"' in body:
        for letters, row, said in _ERROR.findall(body):
            facts.errors[_place(letters, row)] = said.decode("utf-8", errors="replace")
    if b"<f" in body:
        facts.unstored = {_place(letters, row) for letters, row in _FORMULA.findall(body)} - set(facts.errors)
    facts.percents = _styled(body, percents)
    facts.pounds = _styled(body, money)
    if b'hidden="' in body:
        facts.hidden_rows = tuple(int(row) - 1 for row in _HIDDEN_ROW.findall(body))
        facts.hidden_columns = _hidden_columns(body)
    return facts


def _styled(body: bytes, styles: dict[bytes, bool]) -> set[Place]:
    if not styles:
        return set()
    numbers = b"|".join(styles)
    pattern = re.compile(rb'<c r="([A-Z]+)(\d+)"(?: \w+="[^"]*")*? s="(?:' + numbers + rb')"[^>/]*>')
    return {_place(letters, row) for letters, row in pattern.findall(body)}


def _hidden_columns(body: bytes) -> tuple[int, ...]:
    found: list[int] = []
    for tag in _HIDDEN_COLUMN.findall(body):
        if b'hidden="1"' in tag or b'hidden="true"' in tag:
            attributes = _attributes(tag)
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            found += range(first - 1, min(last, first + 500))
    return tuple(found)


def _place(letters: bytes, row: bytes) -> Place:
    return int(row) - 1, column_number(letters.decode())


def _without_far_cells(body: bytes) -> tuple[bytes, int]:
    """The sheet without cells far from the main cluster, when its used area is more than a dense reader can hold."""
    last = max((int(row) for row in _ROW_NUMBER.findall(body)), default=0)
    if last * 16_384 <= MAX_AREA or (last * 26 <= MAX_AREA and not _TWO_LETTERS.search(body)):
        return body, 0
    widest = max(set(_CELL_LETTERS.findall(body)), key=lambda letters: (len(letters), letters), default=b"A")
    if last * (column_number(widest.decode()) + 1) <= MAX_AREA:
        return body, 0
    last_row, last_column = _cluster_edges(body)
    removed = 0

    def keep(found: re.Match[bytes]) -> bytes:
        nonlocal removed
        if int(found.group(2)) - 1 <= last_row and column_number(found.group(1).decode()) <= last_column:
            return found.group(0)
        removed += 1
        return b""

    return _CELL.sub(keep, body), removed


def _cluster_edges(body: bytes) -> tuple[int, int]:
    """Last row and column before a gap of more than 1,000 empty rows, and 200 empty columns."""
    places = [_place(found.group(1), found.group(2)) for found in _CELL.finditer(body)]
    return (
        _before_gap(sorted({row for row, _ in places}), 1_000),
        _before_gap(sorted({column for _, column in places}), 200),
    )


def _before_gap(numbers: list[int], gap: int) -> int:
    last = numbers[0] if numbers else 0
    for number in numbers:
        if number - last > gap:
            break
        last = number
    return last


def _rewritten(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for member in archive.infolist():
            copy.writestr(member.filename, changed.get(member.filename) or archive.read(member))
    return out.getvalue()


def used_area(rows: int, columns: int) -> str:
    """`A1:B12` for a sheet of so many rows and columns."""
    return f"A1:{column_letters(max(columns - 1, 0))}{max(rows, 1)}"
