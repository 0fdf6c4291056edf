"""Texts of a file that are never read as cells and may still name people: comments, properties, text boxes.

Only what a search for people needs: the texts with the place they stand in. Nothing of them is kept.
"""

from __future__ import annotations

import html
import io
import re
import struct
import zipfile
from collections.abc import Iterator
from itertools import islice

from importers.biff import has_workbook, texts_beside_cells
from importers.binary_workbook import comments_in, names_in_workbook, sheet_parts, texts_after_cells
from importers.guard import BROKEN_ARCHIVE, Contents
from importers.package import sheet_of_parts
from importers.privacy import UNSEARCHED, Passage

_MOST_OF_A_PART = 20_000_000
_MOST_PASSAGES = 20_000
_TEXT_RUN = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
_ELEMENT = re.compile(rb"<((?:\w+:)?[\w-]+)\b[^>]*>([^<]+)</")
_COMMENT = re.compile(
    rb'<(?:\w+:)?(?:comment|threadedComment)\b[^>]*?\bref="([A-Z]+\d+)"(.*?)</(?:\w+:)?(?:comment|threadedComment)>',
    re.DOTALL,
)
_AUTHOR = re.compile(rb"<(?:\w+:)?author>([^<]*)<")
_DEFINED = re.compile(rb'<(?:\w+:)?definedName\b[^>]*?\bname="([^"]*)"[^>]*>([^<]*)<')
_CACHED = re.compile(rb'<(?:\w+:)?(?:s|n)\b[^>]*?\bv="([^"]+)"')
_CACHED_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
_HEADER_FOOTER = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]+)<")
_CHOICES = re.compile(rb'<(?:\w+:)?formula1>(?:&quot;|")([^<]+?)(?:&quot;|")<')
_MESSAGES = re.compile(rb'\b(?:prompt|promptTitle|error|errorTitle)="([^"]+)"')
_ANNOTATION = re.compile(rb"<office:annotation\b(.*?)</office:annotation>", re.DOTALL)
_ODS_CHOICES = re.compile(rb'\btable:condition="[^"]*?cell-content-is-in-list\(([^"]*)\)"')
_ODS_MESSAGE = re.compile(rb"<table:(?:help|error)-message\b(.*?)</table:(?:help|error)-message>", re.DOTALL)
_NAMED_RANGE = re.compile(rb'<table:named-(?:range|expression)\b[^>]*?table:name="([^"]*)"')
_PARAGRAPH = re.compile(rb"<text:p\b[^>]*>(.*?)</text:p>", re.DOTALL)
_TAGS = re.compile(rb"<[^>]+>")
_NARROW, _WIDE = re.compile(rb"[\x20-\x7e\xa0-\xff]{5,}"), re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){5,}")
_AUTHOR_FIELDS = {"creator", "lastModifiedBy", "initial-creator", "manager", "company", "printed-by", "editor"}
_PLAIN_FIELDS = {
    "created",
    "modified",
    "creation-date",
    "date",
    "generator",
    "Application",
    "AppVersion",
    "TotalTime",
    "editing-duration",
}
_MENTION = re.compile(r"@[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")
_AROUND = Passage(UNSEARCHED, "", "What stands around the cells (comments, names, properties)")
_PICTURES = ("xl/media/", "xl/theme/", "xl/calcChain")
_CELLS_OF_A_BOOK = ("xl/worksheets/", "xl/sharedStrings")
_FORMAT_CODE = re.compile(r'&(?:[LCRPNDTAFGZ]|"[^"]*"|\d+)')


def passages(contents: Contents) -> tuple[Passage, ...]:
    """Every text around the cells of a workbook, and what could not be looked through; none for a text file."""
    if contents.kind == "text":
        return ()
    if contents.kind == "xls":
        return tuple(_of_compound(contents.data))
    try:
        with zipfile.ZipFile(io.BytesIO(contents.data)) as archive:
            every = _of_document(archive) if contents.kind == "ods" else _of_package(archive)
            found = tuple(islice((one for one in every if one.text or one.place == UNSEARCHED), _MOST_PASSAGES + 1))
    except BROKEN_ARCHIVE:
        return (_AROUND,)
    return found if len(found) <= _MOST_PASSAGES else (*found[:_MOST_PASSAGES], _AROUND)


def _of_package(archive: zipfile.ZipFile) -> Iterator[Passage]:
    sheets = _sheets(archive)
    for member in archive.infolist():
        name = member.filename
        if member.is_dir() or name.startswith(_PICTURES):
            continue
        if member.file_size > _MOST_OF_A_PART:
            if name.startswith("xl/") and not name.startswith(_CELLS_OF_A_BOOK):
                yield Passage(UNSEARCHED, "", f"A part of the file ({name})")
            continue
        sheet = sheets.get(name, "")
        if name.startswith("docProps/") and name.endswith(".xml"):
            yield from _properties(archive.read(member))
        elif name.endswith(".xml") and re.search(
            r"(?:^|/)(?:comments?|threadedComments?)\d*\.xml$", name, re.IGNORECASE
        ):
            yield from _comments(archive.read(member), sheet)
        elif name.endswith(".bin"):
            yield from _of_binary_part(name, archive.read(member), sheet)
        elif name == "xl/workbook.xml":
            yield from _defined_names(archive.read(member))
        elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield from _around_a_sheet(archive.read(member), sheet)
        elif what := next((words for start, words in _OTHER_PARTS.items() if name.startswith(start)), None):
            body = archive.read(member)
            for pattern in (_TEXT_RUN, _CACHED, _CACHED_VALUE):
                yield from (Passage(what[0], text, what[1], sheet) for text in _distinct(pattern, body))


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The title of the sheet that each part belongs to; empty where the workbook does not say."""
    if "xl/workbook.bin" not in archive.namelist():
        return sheet_of_parts(archive)
    try:
        return sheet_parts(archive)
    except (KeyError, struct.error):
        return {}


def _of_binary_part(name: str, body: bytes, sheet: str) -> Iterator[Passage]:
    """Texts in the parts of an .xlsb; a part cut short gives those before the cut."""
    where = f" of sheet {sheet}" if sheet else ""
    try:
        if "comments" in name:
            for cell, text in comments_in(body):
                yield Passage("comment", _MENTION.sub("", text), f"The comment on {cell}{where}", sheet, cell)
        elif name == "xl/workbook.bin":
            for text in names_in_workbook(body):
                yield Passage("defined name", text.replace("_", " "), "A defined name")
        elif name.startswith("xl/worksheets/"):
            for text in texts_after_cells(body):
                plain = _FORMAT_CODE.sub(" ", text).strip().replace(",", "; ")
                yield Passage("printed header", plain, f"The printed header or a list{where}", sheet, of_author=True)
        elif name.startswith("xl/pivotCache/"):
            yield from (Passage("pivot table", text, "The hidden data behind a pivot table") for text in _runs(body))
    except (struct.error, IndexError):
        return


_OTHER_PARTS = {
    "xl/drawings/": ("text box", "A text box"),
    "xl/charts/": ("chart", "A chart"),
    "xl/pivotCache/": ("pivot table", "The hidden data behind a pivot table"),
    "xl/externalLinks/": ("linked workbook", "The stored copy of a linked workbook"),
}


def _distinct(pattern: re.Pattern[bytes], body: bytes) -> list[str]:
    return [_text(value) for value in dict.fromkeys(pattern.findall(body)) if len(value) >= 5]


def _text(value: bytes) -> str:
    return html.unescape(value.decode("utf-8", errors="replace"))


def _properties(body: bytes) -> Iterator[Passage]:
    """Title, subject, keywords and custom properties; the author's own name and address are expected in theirs."""
    for tag, value in _ELEMENT.findall(body):
        field = tag.decode().rpartition(":")[2]
        if field not in _PLAIN_FIELDS:
            yield Passage("property", _text(value), "A property of the file", of_author=field in _AUTHOR_FIELDS)
    for name in re.findall(rb'<(?:\w+:)?property\b[^>]*?\bname="([^"]*)"', body):
        yield Passage("property", _text(name), "A property of the file")


def _comments(body: bytes, sheet: str) -> Iterator[Passage]:
    authors = [_text(name) for name in _AUTHOR.findall(body)]
    for ref, inner in _COMMENT.findall(body):
        text = "".join(
            _text(run) for run in re.findall(rb"<(?:\w+:)?(?:t|text)(?:\s[^>]*)?>([^<]*)(?=<)", inner)
        ).strip()
        for author in authors:
            text = text.removeprefix(f"{author}:").strip()
        where = f" of sheet {sheet}" if sheet else ""
        cell = ref.decode()
        yield Passage("comment", _MENTION.sub("", text), f"The comment on {cell}{where}", sheet, cell)


def _defined_names(body: bytes) -> Iterator[Passage]:
    for name, value in _DEFINED.findall(body):
        yield Passage("defined name", _text(name).replace("_", " "), "A defined name")
        constant = _text(value).strip()
        if constant.startswith('"') or constant.replace(".", "").isdecimal():
            yield Passage("defined name", constant.strip('"'), "A defined name")


def _around_a_sheet(body: bytes, sheet: str) -> Iterator[Passage]:
    """Printed headers and footers, and the choices of drop-down lists."""
    where = f" of sheet {sheet}" if sheet else ""
    tail = body[body.rfind(b"</sheetData>") :]
    for value in _HEADER_FOOTER.findall(tail):
        yield Passage(
            "printed header",
            _FORMAT_CODE.sub(" ", _text(value)).strip(),
            f"The printed header{where}",
            sheet,
            of_author=True,
        )
    for value in _CHOICES.findall(tail):
        yield Passage("drop-down list", _text(value).replace(",", "; "), f"A drop-down list{where}", sheet)
    for value in _MESSAGES.findall(tail):
        yield Passage("drop-down list", _text(value), f"The message of a drop-down list{where}", sheet)


def _of_document(archive: zipfile.ZipFile) -> Iterator[Passage]:
    names = set(archive.namelist())
    if "meta.xml" in names:
        yield from _document_properties(archive.read("meta.xml"))
    content = archive.read("content.xml") if "content.xml" in names else b""
    for inner in _ANNOTATION.findall(content) if b"<office:annotation" in content else ():
        texts = (_text(_TAGS.sub(b"", part)) for part in _PARAGRAPH.findall(inner))
        yield Passage("comment", " ".join(texts), "A comment")
    for choices in _ODS_CHOICES.findall(content):
        yield Passage("drop-down list", _text(choices).replace('"', "").replace(";", "; "), "A drop-down list")
    for message in _ODS_MESSAGE.findall(content):
        for part in _PARAGRAPH.findall(message):
            yield Passage("drop-down list", _text(_TAGS.sub(b"", part)), "The message of a drop-down list")
    for name in _NAMED_RANGE.findall(content):
        yield Passage("defined name", _text(name).replace("_", " "), "A defined name")
    if "styles.xml" in names:
        for part in _PARAGRAPH.findall(archive.read("styles.xml")):
            yield Passage("printed header", _text(_TAGS.sub(b"", part)), "The printed header", of_author=True)


def _document_properties(body: bytes) -> Iterator[Passage]:
    yield from _properties(body)
    for name, value in re.findall(rb'<meta:user-defined\b[^>]*?meta:name="([^"]*)"[^>]*>([^<]*)<', body):
        yield Passage("property", f"{_text(name)}: {_text(value)}", "A property of the file")


_WORDS_OF_PLACES = {
    "comment": "A comment",
    "defined name": "A defined name",
    "drop-down list": "A drop-down list",
    "printed header": "The printed header",
}


def _of_compound(data: bytes) -> Iterator[Passage]:
    if not has_workbook(data):
        yield _AROUND
    for place, text in texts_beside_cells(data):
        yield Passage(
            place, text, _WORDS_OF_PLACES.get(place, "A property of the file"), of_author=place == "printed header"
        )


def _runs(data: bytes) -> Iterator[str]:
    """Readable runs of five characters or more in bytes of no known form."""
    yield from (found.decode("latin-1") for found in _NARROW.findall(data))
    yield from (found.decode("utf-16-le") for found in _WIDE.findall(data))
