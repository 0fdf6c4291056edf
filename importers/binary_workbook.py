"""What calamine does not tell about an .xlsb: number formats, errors, hidden lines, and the texts around the cells.

The parts of the package are streams of records as [MS-XLSB] has them: a number, a length, a body. A part that does not
follow them gives no facts; whether the file can be read at all is for the reader to say.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from importers.addresses import address
from importers.package import PackageFacts, SheetFacts, shows_money, shows_percent

_ROW, _CELL_ERROR, _FORMULA_ERROR, _NAME, _FORMAT, _XF, _COLUMN = 0, 3, 11, 39, 44, 47, 60
_CELLS = range(1, 12)
_SHEET_END, _WORKBOOK, _SHEET, _XFS, _XFS_END = 146, 153, 156, 617, 618
_AUTHOR, _COMMENT, _COMMENT_TEXT = 632, 635, 637
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_READABLE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){5,}")
Record = tuple[int, bytes]


def scan_xlsb(data: bytes) -> PackageFacts | None:
    """The facts of every sheet of an .xlsb; None when its records do not follow the format."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            workbook = archive.read("xl/workbook.bin")
            styles = archive.read("xl/styles.bin") if "xl/styles.bin" in names else b""
            percents, money = _styles(styles)
            parts = sheet_parts(archive)
            sheets = {title: _sheet(archive.read(part), percents, money) for part, title in parts.items()}
    except (zipfile.BadZipFile, KeyError, struct.error, IndexError, ValueError):
        return None
    is_1904 = any(kind == _WORKBOOK and body and body[0] & 1 for kind, body in _records(workbook))
    return PackageFacts(sheets, data, is_1904)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The title of the sheet in each worksheet part, in the order of the workbook.

    Raises KeyError where a part is missing, struct.error where a record is cut short.
    """
    targets = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.bin.rels")):
        found = dict(_ATTRIBUTE.findall(tag))
        target = found.get(b"Target", b"").decode()
        targets[found.get(b"Id", b"").decode()] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    parts = {}
    for kind, body in _records(archive.read("xl/workbook.bin")):
        if kind == _SHEET:
            key, after = _text(body, 8)
            if "worksheets/" in (part := targets.get(key, "")):
                parts[part] = _text(body, after)[0]
    return parts


def comments_in(part: bytes) -> Iterator[tuple[str, str]]:
    """Address and text of every comment in a part of comments, without the author's name that Excel writes first."""
    authors: list[str] = []
    cell = ""
    for kind, body in _records(part):
        if kind == _AUTHOR:
            authors.append(_text(body, 0)[0])
        elif kind == _COMMENT:
            row, _, column = struct.unpack_from("<III", body, 4)
            cell = address(row, column)
        elif kind == _COMMENT_TEXT:
            text = _text(body, 1)[0]
            for author in authors:
                text = text.removeprefix(f"{author}:").strip()
            yield cell, text


def names_in_workbook(part: bytes) -> Iterator[str]:
    """The defined names of a workbook part."""
    yield from (_text(body, 9)[0] for kind, body in _records(part) if kind == _NAME)


def texts_after_cells(part: bytes) -> Iterator[str]:
    """Readable runs behind the cells of a sheet: printed headers and footers, choices of drop-down lists."""
    bodies = iter(_records(part))
    for kind, _ in bodies:
        if kind == _SHEET_END:
            break
    for _, body in bodies:
        yield from (run.decode("utf-16-le") for run in _READABLE.findall(body))


def _records(stream: bytes) -> Iterator[Record]:
    """Number and body of each record; the stream ends where a record is cut short."""
    start = 0
    while start + 2 <= len(stream):
        kind, start = stream[start], start + 1
        if kind & 0x80:
            kind, start = (kind & 0x7F) | (stream[start] & 0x7F) << 7, start + 1
        length = shift = 0
        while start < len(stream):
            byte, start = stream[start], start + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if start + length > len(stream):
            return
        yield kind, stream[start : start + length]
        start += length


def _text(body: bytes, start: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (count,) = struct.unpack_from("<I", body, start)
    end = start + 4 + 2 * count
    return body[start + 4 : end].decode("utf-16-le", errors="replace"), end


def _styles(part: bytes) -> tuple[set[int], set[int]]:
    """Style numbers of cells that show a percentage, and those that show money."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside = False
    for kind, body in _records(part):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body, 2)[0]
        elif kind in (_XFS, _XFS_END):
            inside = kind == _XFS
        elif kind == _XF and inside:
            formats.append(struct.unpack_from("<H", body, 2)[0])
    percents = {at for at, number in enumerate(formats) if shows_percent(number, codes.get(number, ""))}
    money = {at for at, number in enumerate(formats) if shows_money(number, codes.get(number, ""))}
    return percents, money - percents


def _sheet(part: bytes, percents: set[int], money: set[int]) -> SheetFacts:
    facts, row = SheetFacts(), 0
    for kind, body in _records(part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
            if len(body) > 11 and body[11] & _HIDDEN_ROW:
                facts.hidden_rows += (row,)
        elif kind in _CELLS:
            column, style = struct.unpack_from("<II", body)
            if (style := style & 0xFFFFFF) in percents:
                facts.percents.add((row, column))
            elif style in money:
                facts.pounds.add((row, column))
            if kind in (_CELL_ERROR, _FORMULA_ERROR):
                facts.errors[row, column] = _ERRORS.get(body[8], "#VALUE!")
        elif kind == _COLUMN and struct.unpack_from("<H", body, 16)[0] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<II", body)
            facts.hidden_columns += tuple(range(first, min(last, first + 500) + 1))
        elif kind == _SHEET_END:
            break
    return facts
