"""Writes the smallest .xls, .xlsb and .ods files a test needs, byte by byte: no library here writes them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from importers.grids import Cell

Row = Sequence[Cell]
SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def short_text(text: str, size: str) -> bytes:
    return struct.pack(size, len(text)) + b"\x01" + text.encode("utf-16-le")


def workbook_stream(
    name: str, rows: Sequence[Row], formats: Sequence[str], comment: str = "", choices: Sequence[str] = ()
) -> bytes:
    """A BIFF8 stream of one sheet; `formats[c]` is the number format of column c. A comment is a text object.

    `choices` are those of a drop-down list.
    """
    bof = struct.pack("<HHHHII", 0x600, 0x05, 0x0DBB, 0x07CC, 0, 6)
    head = record(0x809, bof) + record(0x42, struct.pack("<H", 1200)) + record(0x22, b"\x00\x00")
    for number, code in enumerate(formats):
        head += record(0x41E, struct.pack("<H", 164 + number) + short_text(code, "<H"))
    for number in range(len(formats)):
        head += record(0xE0, struct.pack("<HHH", 0, 164 + number, 0) + bytes(14))
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    width = max(map(len, rows))
    sheet += record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            place = struct.pack("<HHH", r, c, c)
            if isinstance(cell, str):
                sheet += record(0x204, place + short_text(cell, "<H"))
            else:
                sheet += record(0x203, place + struct.pack("<d", float(cell)))  # type: ignore[arg-type]  # numbers only
    if comment:
        sheet += record(0x1B6, bytes(18)) + record(0x3C, b"\x01" + comment.encode("utf-16-le"))
    if choices:
        text = "\0".join(choices)
        formula = struct.pack("<BBB", 0x17, len(text), 0) + text.encode("latin-1")
        nothing = short_text("\0", "<H") * 4
        sheet += record(0x1BE, struct.pack("<I", 3) + nothing + struct.pack("<HH", len(formula), 0) + formula)
    sheet += record(0x0A)
    bound = 4 + 8 + len(name) * 2
    start = len(head) + bound + 4
    return head + record(0x85, struct.pack("<IBB", start, 0, 0) + short_text(name, "<B")) + record(0x0A) + sheet


def write_xls(
    path: Path,
    name: str,
    rows: Sequence[Row],
    formats: Sequence[str],
    comment: str = "",
    title: str = "",
    choices: Sequence[str] = (),
) -> None:
    """A compound file with its streams in sectors from 2 on: sector 0 the allocation table, sector 1 the directory.

    A title is a text in the stream of the document's properties.
    """
    stream = workbook_stream(name, rows, formats, comment, choices).ljust(4096, b"\0")
    stream = stream.ljust(-(-len(stream) // SECTOR) * SECTOR, b"\0")
    count = len(stream) // SECTOR
    table = [TABLE, END, *range(3, 2 + count), END]
    extra = b""
    if title:
        text = title.encode("cp1252") + b"\0"
        extra = (bytes(48) + struct.pack("<II", 30, len(text)) + text).ljust(4096, b"\0")
        table += [*range(3 + count, 2 + count + len(extra) // SECTOR), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    directory = entry("Root Entry", 5, END, 0, 1) + entry("Workbook", 2, 2, len(stream), 0xFFFFFFFF)
    if title:
        directory += entry("\x05SummaryInformation", 2, 2 + count, len(extra), 0xFFFFFFFF)
    body = struct.pack(f"<{len(table)}I", *table) + directory.ljust(SECTOR, b"\0") + stream + extra
    path.write_bytes(head + body)


def entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    fixed = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + struct.pack("<III", FREE, FREE, child)
    return (fixed + bytes(36) + struct.pack("<IQ", start, size)).ljust(128, b"\0")


def write_ods(
    path: Path,
    name: str,
    rows: Sequence[Row],
    kinds: Sequence[str],
    comment: str = "",
    title: str = "",
    choices: Sequence[str] = (),
) -> None:
    """A document of one table; `kinds[c]` is the value type of the numbers in column c. A comment stands in A1."""
    lines = []
    for row in rows:
        cells = [
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, str)
            else f'<table:table-cell office:value-type="{kind}" office:value="{cell}"/>'
            for cell, kind in zip(row, kinds, strict=True)
        ]
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    if comment:
        note = f"<office:annotation><dc:creator>An Analyst</dc:creator><text:p>{comment}</text:p></office:annotation>"
        lines[0] = lines[0].replace("<text:p>", f"{note}<text:p>", 1)
    spaces = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{short}="{spaces}{short}:1.0"' for short in ("office", "table", "text"))
    names += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    listed = ";".join(f"&quot;{choice}&quot;" for choice in choices)
    rule = f'<table:content-validation table:condition="of:cell-content-is-in-list({listed})"/>' if choices else ""
    body = f'{rule}<table:table table:name="{name}">{"".join(lines)}</table:table>'
    sheet = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    content = f"<office:document-content {names}>{sheet}</office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
        if title:
            archive.writestr("meta.xml", f"<office:meta {names}><dc:title>{title}</dc:title></office:meta>")


def xlsb_record(kind: int, body: bytes = b"") -> bytes:
    """A record of [MS-XLSB]: number and length in seven bits a byte."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, left = b"", len(body)
    while True:
        left, low = left >> 7, left & 0x7F
        length += bytes([low | (0x80 if left else 0)])
        if not left:
            return number + length + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def write_xlsb(
    path: Path,
    name: str,
    rows: Sequence[Row],
    formats: Sequence[str],
    comment: str = "",
    title: str = "",
    choices: Sequence[str] = (),
) -> None:
    """A binary workbook of one sheet; `formats[c]` is the number format of column c. A comment stands in B3."""
    codes = b"".join(xlsb_record(44, struct.pack("<H", 164 + at) + wide(code)) for at, code in enumerate(formats))
    styles = b"".join(xlsb_record(47, struct.pack("<HH", 0, 164 + at) + bytes(12)) for at in range(len(formats)))
    cells = xlsb_record(129) + xlsb_record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(formats) - 1))
    cells += xlsb_record(145)
    for at, row in enumerate(rows):
        cells += xlsb_record(0, struct.pack("<IIH", at, 0, 300) + bytes(7))
        for c, cell in enumerate(row):
            head = struct.pack("<II", c, c)
            if isinstance(cell, str):
                cells += xlsb_record(6, head + wide(cell))
            else:
                cells += xlsb_record(5, head + struct.pack("<d", float(cell)))  # type: ignore[arg-type]  # numbers only
    lists = xlsb_record(64, bytes(16) + wide(",".join(choices))) if choices else b""
    workbook = (
        xlsb_record(131) + xlsb_record(143) + xlsb_record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(name))
    )
    relation = '<Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.bin"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr("xl/workbook.bin", workbook + xlsb_record(144) + xlsb_record(132))
        archive.writestr("xl/worksheets/sheet1.bin", cells + xlsb_record(146) + lists + xlsb_record(130))
        count = struct.pack("<I", len(formats))
        known = xlsb_record(615, count) + codes + xlsb_record(616)
        archive.writestr("xl/styles.bin", known + xlsb_record(617, count) + styles + xlsb_record(618))
        if comment:
            place = xlsb_record(635, struct.pack("<IIIII", 0, 2, 2, 1, 1))
            said = xlsb_record(637, b"\x00" + wide(f"An Analyst:\n{comment}"))
            archive.writestr("xl/comments1.bin", xlsb_record(632, wide("An Analyst")) + place + said)
        if title:
            archive.writestr(
                "docProps/core.xml", f"<cp:coreProperties><dc:title>{title}</dc:title></cp:coreProperties>"
            )
