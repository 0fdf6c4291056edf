"""What calamine does not tell about an .xls: number formats, error cells, hidden lines, from the file's own records.

The container is the compound file of [MS-CFB], the records are those of [MS-XLS] (BIFF8). A file that does not follow
them gives no facts; whether it can be read at all is for the reader to say.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from importers.package import PackageFacts, SheetFacts, shows_money, shows_percent

_FREE = 0xFFFFFFFA
_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF, _DATE_1904 = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x22
_NUMBER, _RK, _FORMULA, _MULTIPLE_RK, _ERROR, _ROW, _COLUMN = 0x203, 0x27E, 0x06, 0xBD, 0x205, 0x208, 0x7D
_NAME, _TEXT_OBJECT, _CONTINUE, _HEADER, _FOOTER = 0x18, 0x1B6, 0x3C, 0x14, 0x15
_VALIDATION, _TEXT_IN_FORMULA = 0x1BE, 0x17
_NARROW_TEXT, _WIDE_TEXT = 30, 31
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
Record = tuple[int, bytes]


def scan_xls(data: bytes) -> PackageFacts | None:
    """The facts of every sheet of an .xls; None when its records do not follow the format."""
    try:
        return facts_of(_stream(data, ("Workbook", "Book")), data)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return None


def texts_beside_cells(data: bytes) -> Iterator[tuple[str, str]]:
    """Place and text of comments and text boxes, defined names, lists to choose from and properties of an .xls."""
    for name in ("\x05SummaryInformation", "\x05DocumentSummaryInformation"):
        yield from (("property", text) for text in _property_texts(_stream_or_none(data, name)))
    stream = _stream_or_none(data, "Workbook") or _stream_or_none(data, "Book")
    kind_before = 0
    for kind, body in _flat_records(stream):
        if kind == _CONTINUE and kind_before == _TEXT_OBJECT and len(body) > 1:
            yield "comment", body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", errors="replace")
        elif kind == _NAME and len(body) > 15:
            wide, text = body[14] & 1, body[15 : 15 + body[3] * (2 if body[14] & 1 else 1)]
            yield "defined name", text.decode("utf-16-le" if wide else "latin-1", errors="replace")
        elif kind in (_HEADER, _FOOTER) and len(body) > 3:
            yield "printed header", body[3:].decode("utf-16-le" if body[2] & 1 else "latin-1", errors="replace")
        elif kind == _VALIDATION:
            yield from (("drop-down list", text) for text in validation_texts(body))
        kind_before = kind


def validation_texts(body: bytes) -> Iterator[str]:
    """The titles and messages of a rule for cells, and the choices of its list where they stand in the rule itself."""
    try:
        start = 4
        for _ in range(4):
            wide = body[start + 2] & 1
            yield _text(body, start, "<H").strip("\x00")
            start += 3 + struct.unpack_from("<H", body, start)[0] * (1 + wide)
        if struct.unpack_from("<H", body, start)[0] and body[start + 4] == _TEXT_IN_FORMULA:
            yield _text(body, start + 5, "<B").replace("\x00", "; ")
    except (struct.error, IndexError, UnicodeDecodeError):
        yield body.decode("latin-1").replace("\x00", "")


def has_workbook(data: bytes) -> bool:
    """Whether the records of an .xls can be followed at all."""
    return bool(_stream_or_none(data, "Workbook") or _stream_or_none(data, "Book"))


def _stream_or_none(data: bytes, name: str) -> bytes:
    try:
        return _stream(data, (name,))
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return b""


def _flat_records(stream: bytes) -> Iterator[Record]:
    start = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _property_texts(stream: bytes) -> Iterator[str]:
    """Texts of a property set (VT_LPSTR, VT_LPWSTR of [MS-OLEPS]), wherever they stand in it."""
    start = 0
    while (start := start + 4) + 8 <= len(stream):
        kind, length = struct.unpack_from("<II", stream, start)
        if kind in (_NARROW_TEXT, _WIDE_TEXT) and 5 <= length <= 10_000:
            size = length * (2 if kind == _WIDE_TEXT else 1)
            raw = stream[start + 8 : start + 8 + size]
            yield raw.decode("utf-16-le" if kind == _WIDE_TEXT else "cp1252", errors="replace").rstrip("\x00")


def facts_of(stream: bytes, data: bytes) -> PackageFacts:
    """The facts in a stream of records. Raises struct.error or ValueError where they are cut short."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    titles: list[tuple[int, str]] = []
    date_1904 = False
    for kind, body in _records(stream, 0):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body, 2, "<H")
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOUNDSHEET:
            titles.append((struct.unpack_from("<I", body)[0], _text(body, 6, "<B")))
        elif kind == _DATE_1904:
            date_1904 = body[:2] == b"\x01\x00"
    percents = {index for index, number in enumerate(formats) if shows_percent(number, codes.get(number, ""))}
    money = {index for index, number in enumerate(formats) if shows_money(number, codes.get(number, ""))} - percents
    sheets = {title: _sheet(stream, start, percents, money) for start, title in titles}
    return PackageFacts(sheets, data, date_1904)


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """The records from a start to the end of that part; parts nested in it (charts) are passed over."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _text(body: bytes, start: int, size: str) -> str:
    length = struct.unpack_from(size, body, start)[0]
    start += struct.calcsize(size)
    wide, start = body[start] & 1, start + 1
    return body[start : start + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1")


def _sheet(stream: bytes, start: int, percents: set[int], money: set[int]) -> SheetFacts:
    facts = SheetFacts()
    hidden_rows: list[int] = []
    hidden_columns: list[int] = []
    for kind, body in _records(stream, start):
        if kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", body)
            _styled(facts, (row, column), style, percents, money)
            if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
                facts.errors[row, column] = _ERRORS.get(body[8], "#VALUE!")
        elif kind == _MULTIPLE_RK:
            row, first = struct.unpack_from("<HH", body)
            for index in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + 6 * index)[0]
                _styled(facts, (row, first + index), style, percents, money)
        elif kind == _ERROR and body[7]:
            row, column = struct.unpack_from("<HH", body)
            facts.errors[row, column] = _ERRORS.get(body[6], "#VALUE!")
        elif kind == _ROW and body[12] & 0x20:
            hidden_rows.append(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMN and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            hidden_columns += range(first, min(last, first + 500) + 1)
    facts.hidden_rows, facts.hidden_columns = tuple(hidden_rows), tuple(hidden_columns)
    return facts


def _styled(facts: SheetFacts, place: tuple[int, int], style: int, percents: set[int], money: set[int]) -> None:
    if style in percents:
        facts.percents.add(place)
    elif style in money:
        facts.pounds.add(place)


def _stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """A stream of a compound file by its name. Raises ValueError when there is none."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    table = _allocation(data, size)
    directory = _chain(data, table, struct.unpack_from("<I", data, 48)[0], size)
    smallest = struct.unpack_from("<I", data, 56)[0]
    root = directory[:128]
    for start in range(0, len(directory) - 127, 128):
        entry = directory[start : start + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[: max(0, length - 2)].decode("utf-16-le") not in names:
            continue
        first, total = struct.unpack_from("<II", entry, 116)
        if total >= smallest:
            return _chain(data, table, first, size)[:total]
        return _small(data, table, root, first, size)[:total]
    text = "no workbook in the file"
    raise ValueError(text)


def _allocation(data: bytes, size: int) -> list[int]:
    sectors = list(struct.unpack_from("<109I", data, 76))
    following, left = struct.unpack_from("<II", data, 68)
    while following < _FREE and left:
        block = struct.unpack_from(f"<{size // 4}I", data, 512 + following * size)
        sectors += block[:-1]
        following, left = block[-1], left - 1
    table: list[int] = []
    for sector in sectors:
        if sector < _FREE:
            table += struct.unpack_from(f"<{size // 4}I", data, 512 + sector * size)
    return table


def _chain(data: bytes, table: list[int], sector: int, size: int, base: int = 512) -> bytes:
    parts: list[bytes] = []
    while sector < _FREE:
        if len(parts) > len(table):
            text = "a chain of sectors without end"
            raise ValueError(text)
        parts.append(data[base + sector * size : base + (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)


def _small(data: bytes, table: list[int], root: bytes, first: int, size: int) -> bytes:
    """A stream short enough to lie in the small sectors of the root."""
    holder = _chain(data, table, struct.unpack_from("<I", root, 116)[0], size)
    small_size = 1 << struct.unpack_from("<H", data, 32)[0]
    packed = _chain(data, table, struct.unpack_from("<I", data, 60)[0], size)
    small_table = list(struct.unpack(f"<{len(packed) // 4}I", packed))
    return _chain(holder, small_table, first, small_size, base=0)
