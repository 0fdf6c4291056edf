"""What calamine does not tell about an .ods: which cells show a percentage or money, and which rows are hidden."""

from __future__ import annotations

import io
import re
import zipfile

from importers.guard import BROKEN_ARCHIVE
from importers.package import PackageFacts, SheetFacts

_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table-column|table)(?=[\s/>])([^>]*)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,7})"')
_NAME = re.compile(rb'table:name="([^"]*)"')
_HIDDEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
_TYPE = re.compile(rb'office:value-type="(percentage|currency)"')
_MOST_REPEATED = 2_000


def scan_ods(data: bytes) -> PackageFacts | None:
    """The facts of every table; None when the document has no content part to look at."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read("content.xml")
    except BROKEN_ARCHIVE:
        return None
    return PackageFacts(_sheets(content), data)


def _sheets(content: bytes) -> dict[str, SheetFacts]:
    sheets: dict[str, SheetFacts] = {}
    facts = SheetFacts()
    row, column, next_row, lines = 0, 0, 0, 0
    for found in _TAG.finditer(content):
        kind, attributes = found[1], found[2]
        repeated = int(again[1]) if (again := _REPEATED.search(attributes)) else 1
        if kind == b"table":
            name = _NAME.search(attributes)
            title = _unescaped(name[1]) if name else ""
            facts = sheets.setdefault(title, SheetFacts())
            row, column, next_row, lines = 0, 0, 0, 0
        elif kind == b"table-row":
            row, column, next_row = next_row, 0, next_row + repeated
            if _HIDDEN.search(attributes):
                facts.hidden_rows += tuple(range(row, row + min(repeated, _MOST_REPEATED)))
        elif kind == b"table-column":
            if _HIDDEN.search(attributes):
                facts.hidden_columns += tuple(range(lines, lines + min(repeated, _MOST_REPEATED)))
            lines += repeated
        else:
            if shown := _TYPE.search(attributes):
                places = facts.percents if shown[1] == b"percentage" else facts.pounds
                places |= {
                    (below, right)
                    for below in range(row, min(next_row, row + _MOST_REPEATED))
                    for right in range(column, column + min(repeated, _MOST_REPEATED))
                }
            column += repeated
    return sheets


def _unescaped(name: bytes) -> str:
    import html

    return html.unescape(name.decode("utf-8", errors="replace"))
