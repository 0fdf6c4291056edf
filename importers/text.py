"""Reads text files: encoding, delimiter and decimal mark found from the bytes, every doubt said."""

from __future__ import annotations

import csv
import re
from collections import Counter

from importers.grids import Book, Cell, Grid, Remark
from importers.guard import Contents, refuse

SHEET = "(csv)"
_DELIMITERS = ",;\t|"
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}
_QUOTED_LINES_ALLOWED = 20
_DECIMAL_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,4}")
_DECIMAL_POINT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+")


def read_text(contents: Contents) -> Book:
    """The file as one sheet named `(csv)`."""
    remarks = list(contents.remarks)
    text, encoding, doubts = decode(contents.data)
    remarks += doubts
    if encoding == "cp1252":
        remarks.append(Remark("note", "The text is in Windows-1252 encoding, and was read as such."))
    remarks += _nul_remarks(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text or "\x07" in text:
        text = text.translate(_CONTROL)
    delimiter = find_delimiter(text)
    rows, quote_remarks = _rows(text, delimiter)
    if not any(cell for row in rows for cell in row):
        raise refuse(contents.name, "is an empty file: it holds no data.", "Save or download it again.")
    remarks += quote_remarks
    remarks += _ragged(rows)
    if len(rows) > 20_000:
        remarks.append(Remark("note", f"The file has {len(rows) - 1:,} rows."))
    grid = Grid(SHEET, rows)
    return Book(
        contents.name,
        "csv",
        contents.sha256,
        len(contents.data),
        [grid],
        encoding=encoding,
        delimiter=delimiter,
        decimal_comma=delimiter == ";" and _has_decimal_comma(rows),
        remarks=remarks,
    )


def decode(data: bytes) -> tuple[str, str, list[Remark]]:
    """Text, the encoding used and doubts: a byte order mark decides, else UTF-8, else Windows-1252."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, errors="replace").lstrip("\ufeff"), name, []
    half = data[:2000]
    if len(half) > 3 and half[1::2].count(0) > len(half) * 0.4:
        return data.decode("utf-16-le", errors="replace"), "utf-16-le", []
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return _not_utf8(data)


def _not_utf8(data: bytes) -> tuple[str, str, list[Remark]]:
    lines = data.split(b"\n")
    as_utf8 = [_strict(line) for line in lines]
    if any(line is not None and not line.isascii() for line in as_utf8):
        text = "\n".join(
            line if line is not None else raw.decode("cp1252", errors="replace")
            for line, raw in zip(as_utf8, lines, strict=True)
        )
        rows = [str(index + 1) for index, line in enumerate(as_utf8) if line is None]
        said = f"Some characters are in another encoding than the rest (row {', '.join(rows[:5])}); check them."
        return text, "utf-8", [Remark("check", said)]
    return data.decode("cp1252", errors="replace"), "cp1252", []


def _strict(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _nul_remarks(text: str) -> list[Remark]:
    if "\x00" not in text:
        return []
    rows = [index for index, line in enumerate(text.split("\n"), 1) if "\x00" in line]
    return [
        Remark("check", f"There are NUL characters in row {row}; they were left out. Check its values.", "", f"A{row}")
        for row in rows[:20]
    ]


def find_delimiter(text: str) -> str:
    """The delimiter with the most constant number of fields over the 50 fullest lines."""
    lines = [line for line in text[:200_000].split("\n")[:2000] if line.strip()]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = sorted((_outside_quotes(line, delimiter) for line in lines), reverse=True)[:50]
        common, times = Counter(counts).most_common(1)[0] if counts else (0, 0)
        score = times / len(counts) * (1 + min(common, 20) / 40) if common else 0.0
        if not common and counts and counts[0]:
            score = 0.1
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _outside_quotes(line: str, delimiter: str) -> int:
    if '"' not in line:
        return line.count(delimiter)
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def _rows(text: str, delimiter: str) -> tuple[list[list[Cell]], list[Remark]]:
    """Rows by RFC 4180; a quotation mark that never closes is read as an ordinary character, and said."""
    csv.field_size_limit(10_000_000)
    if '"' in text:
        bad = _unbalanced(text)
        if bad is not None:
            said = f"A quotation mark opened in row {bad} is never closed, so the rows below it could run together."
            rows = list(csv.reader(text.split("\n"), delimiter=delimiter, quoting=csv.QUOTE_NONE))
            return [list(row) for row in rows], [
                Remark("ask", said, "Each line was read as a row of its own; check that this is right.", f"A{bad}")
            ]
        return [list(row) for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter)], []
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [list(line.split(delimiter)) for line in lines], []


def _unbalanced(text: str) -> int | None:
    """Row of a quoted field that runs over more than 20 lines or to the end of the file."""
    opened = 0
    inside = False
    row = 1
    for number, line in enumerate(text.split("\n"), 1):
        if line.count('"') % 2:
            inside = not inside
            opened = number if inside else opened
            row = number if inside else row
        if inside and number - opened > _QUOTED_LINES_ALLOWED:
            return row
    return row if inside else None


def _ragged(rows: list[list[Cell]]) -> list[Remark]:
    filled = [(index, len(row)) for index, row in enumerate(rows[:50_000]) if any(row)]
    if len(filled) < 2:
        return []
    usual = Counter(width for _, width in filled).most_common(1)[0][0]
    header = filled[0][1]
    wide = [index for index, width in filled if width > max(usual, header) and any(rows[index][max(usual, header) :])]
    return [
        Remark(
            "check",
            f"There are {len(rows[index])} columns in row {index + 1} but {max(usual, header)} in the others; "
            "the extra cells are not used.",
            "",
            f"A{index + 1}",
        )
        for index in wide[:20]
    ]


def _has_decimal_comma(rows: list[list[Cell]]) -> bool:
    cells = [str(cell).strip() for row in rows[:500] for cell in row]
    commas = sum(1 for cell in cells if _DECIMAL_COMMA.fullmatch(cell))
    points = sum(1 for cell in cells if _DECIMAL_POINT.fullmatch(cell) and not _DECIMAL_COMMA.fullmatch(cell))
    return commas > points
