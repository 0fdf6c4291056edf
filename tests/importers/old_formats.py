"""Writes the smallest .xls and .ods files a test needs, byte by byte: no library here writes them."""

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


def workbook_stream(name: str, rows: Sequence[Row], formats: Sequence[str]) -> bytes:
    """A BIFF8 stream of one sheet; `formats[c]` is the number format of column c."""
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
    sheet += record(0x0A)
    bound = 4 + 8 + len(name) * 2
    start = len(head) + bound + 4
    return head + record(0x85, struct.pack("<IBB", start, 0, 0) + short_text(name, "<B")) + record(0x0A) + sheet


def write_xls(path: Path, name: str, rows: Sequence[Row], formats: Sequence[str]) -> None:
    """A compound file with the stream in sectors from 2 on: sector 0 the allocation table, sector 1 the directory."""
    stream = workbook_stream(name, rows, formats).ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    table = [TABLE, END, *range(3, 2 + count), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    directory = entry("Root Entry", 5, END, 0, 1) + entry("Workbook", 2, 2, len(stream), 0xFFFFFFFF)
    body = struct.pack(f"<{len(table)}I", *table) + directory.ljust(SECTOR, b"\0") + stream.ljust(count * SECTOR, b"\0")
    path.write_bytes(head + body)


def entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    fixed = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + struct.pack("<III", FREE, FREE, child)
    return (fixed + bytes(36) + struct.pack("<IQ", start, size)).ljust(128, b"\0")


def write_ods(path: Path, name: str, rows: Sequence[Row], kinds: Sequence[str]) -> None:
    """A document of one table; `kinds[c]` is the value type of the numbers in column c."""
    lines = []
    for row in rows:
        cells = [
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, str)
            else f'<table:table-cell office:value-type="{kind}" office:value="{cell}"/>'
            for cell, kind in zip(row, kinds, strict=True)
        ]
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    spaces = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{short}="{spaces}{short}:1.0"' for short in ("office", "table", "text"))
    body = f'<table:table table:name="{name}">{"".join(lines)}</table:table>'
    sheet = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    content = f"<office:document-content {names}>{sheet}</office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
