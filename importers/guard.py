"""Looks at a file's bytes before any library does: what it is, whether it is whole, whether it is safe to open.

Every refusal is a `UserProblem` that says what the file is, what is wrong and what to do next. Nothing is unpacked to
disk, and only as much is unpacked in memory as the declared sizes allow.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from analysis.problems import UserProblem
from importers.grids import Remark

MAX_FILE = 150_000_000
MAX_UNPACKED = 500_000_000
MAX_MEMBERS = 2_000
MAX_RATIO = 200
RATIO_COUNTS_FROM = 20_000_000
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""Everything the zip library raises for an archive that is not whole, or says of itself what is not so."""

NOTHING_SAVED = "Nothing has been saved."

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a word-processor document"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
)
_EXTENSIONS: dict[str, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xlsb": (".xlsb",),
    "ods": (".ods",),
    "xls": (".xls",),
    "text": (".csv", ".tsv", ".txt", ".tab", ".psv"),
}
_KIND_NAMES = {
    "xlsx": "an Excel workbook",
    "xlsb": "a binary Excel workbook",
    "ods": "an OpenDocument spreadsheet",
    "xls": "an older Excel workbook",
    "text": "a text (CSV) file",
}


@dataclass(frozen=True)
class Contents:
    """A file that may be read: its bytes, what they are, and remarks for the person."""

    name: str
    kind: str
    data: bytes
    sha256: str
    remarks: tuple[Remark, ...] = field(default=())


def refuse(name: str, what: str, then: str) -> UserProblem:
    """A refusal in the house's shape."""
    return UserProblem(f"{name} {what}", f"{then} {NOTHING_SAVED}")


def open_file(path: Path) -> Contents:
    """Read a file once, find out by its bytes what it is, and refuse what must not be opened."""
    data = _bytes_of(path)
    kind = _kind(path.name, data)
    remarks = list(_CHECKS[kind](path.name, data))
    if path.suffix.lower() not in _EXTENSIONS[kind]:
        said = path.suffix or "no extension"
        text = f"This is {_KIND_NAMES[kind]} although its extension is {said}; it was read as what it is."
        remarks.insert(0, Remark("note", text))
    return Contents(path.name, kind, data, hashlib.sha256(data).hexdigest(), tuple(remarks))


def _bytes_of(path: Path) -> bytes:
    name = path.name
    try:
        if path.is_dir():
            raise refuse(name, "is a folder, not a file.", "Choose a file inside it.")
        size = path.stat().st_size
        if size > MAX_FILE:
            text = (
                f"is too large: {size // 1_000_000:,} MB, and the most that can be read is {MAX_FILE // 1_000_000} MB."
            )
            raise refuse(name, text, "Save only the sheet you need as a file of its own.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise refuse(name, "is no longer where it was.", "Find it again and choose it once more.") from None
    except PermissionError:
        text = "cannot be opened: you have no permission to read it, or another program holds it."
        raise refuse(name, text, "Close it there, or copy it to a folder of your own, and try again.") from None
    except OSError:
        text = "could not be read from its disk or network folder."
        raise refuse(name, text, "Copy it to this computer and try again.") from None
    if not data.strip(b" \t\r\n\x00") and len(data) < 4096:
        raise refuse(name, "is an empty file: there is nothing in it.", "Save or download it again.")
    return data


def _kind(name: str, data: bytes) -> str:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"PK"):
        return _zip_kind(name, data)
    if data.startswith(_OLE):
        return "xls"
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")) or b"<table" in start[:2048]:
        text = "is a web page, not a spreadsheet, whatever its extension says."
        raise refuse(name, text, "Open it in Excel, choose Save as, and save it as an Excel workbook or CSV.")
    for magic, what in _OTHER_KINDS:
        if data.startswith(magic):
            raise refuse(name, f"is not a spreadsheet: it is {what}.", "Choose an Excel workbook or a CSV file.")
    if start.startswith(b"<?xml"):
        text = "is an XML document, not a spreadsheet."
        raise refuse(name, text, "Open it in Excel, choose Save as, and save it as an Excel workbook or CSV.")
    if _looks_binary(data):
        text = "is not a spreadsheet: its contents are neither an Excel workbook nor text."
        raise refuse(name, text, "Check that it is the right file and download or save it again.")
    return "text"


def _looks_binary(data: bytes) -> bool:
    """Control characters beyond those of text make up more than a few in a hundred, and it is not UTF-16."""
    sample = data[:65536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    odd = sum(sample.count(bytes([code])) for code in range(32) if code not in (0, 7, 8, 9, 10, 11, 12, 13, 26, 27))
    if odd > len(sample) * 0.02:
        return True
    return sample.count(0) > len(sample) * 0.1 and not _is_bare_utf16(sample)


def _is_bare_utf16(sample: bytes) -> bool:
    """UTF-16 without a mark: every second byte of plain text is zero."""
    half = len(sample) // 2
    return half > 0 and max(sample[0::2].count(0), sample[1::2].count(0)) > half * 0.9


def _zip_kind(name: str, data: bytes) -> str:
    members = _members(name, data)
    names = {member.filename for member in members}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(part.startswith("xl/worksheets/") for part in names):
        return "xlsx"
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "ods"
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise refuse(name, "is not a spreadsheet: it is a Word or PowerPoint document.", "Choose an Excel or CSV file.")
    raise refuse(name, "is a zip archive, not a spreadsheet.", "Unpack it and choose the workbook inside.")


def _members(name: str, data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except BROKEN_ARCHIVE:
        raise damaged(name) from None


def damaged(name: str) -> UserProblem:
    """The refusal of a file that cannot be read to its end."""
    text = "is damaged or incomplete and cannot be read."
    return refuse(name, text, "Please download or save it again, then choose it once more.")


def too_large(name: str, why: str) -> UserProblem:
    """The refusal of a file that would need more memory or time than is allowed."""
    text = f"is too large to read safely: {why}."
    return refuse(name, text, "Save only the rows and sheets you need as a new workbook or CSV file.")


def not_allowed(name: str) -> UserProblem:
    """The refusal of a document type declaration, which no spreadsheet program writes."""
    text = "is damaged or unsafe: it holds XML declarations that are not allowed in a workbook."
    return refuse(name, text, "Ask whoever sent it for a copy saved again by Excel.")


def _check_zip(name: str, data: bytes) -> list[Remark]:
    members = _members(name, data)
    _check_sizes(name, members)
    names = {member.filename.lower() for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise _password(name)
    _check_xml(name, data, members)
    found = []
    if any("vbaproject" in part for part in names):
        found.append(Remark("note", "The file holds macros; they were ignored and never run."))
    if any("externallinks/" in part for part in names):
        found.append(Remark("note", "The file links to other workbooks; the links were not followed."))
    return found


def _check_sizes(name: str, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise too_large(name, f"it is made of {len(members):,} parts")
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED:
        raise too_large(name, f"it unpacks to {total // 1_000_000:,} MB")
    for member in members:
        if member.file_size > RATIO_COUNTS_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise too_large(name, f"a part of it unpacks to {member.file_size // 1_000_000:,} MB from almost nothing")


def _check_xml(name: str, data: bytes, members: list[zipfile.ZipInfo]) -> None:
    """A DOCTYPE stands before the root element, so the start of each part is enough."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")) and not member.is_dir():
                    with archive.open(member) as part:
                        start = part.read(16_384)
                    if b"<!DOCTYPE" in start.upper() or b"<!ENTITY" in start.upper():
                        raise not_allowed(name)
    except BROKEN_ARCHIVE:
        raise damaged(name) from None


def _password(name: str) -> UserProblem:
    text = "is protected with a password, so it cannot be read."
    return refuse(name, text, "Open it in Excel, remove the password, save it and choose it again.")


def _check_ole(name: str, data: bytes) -> list[Remark]:
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise _password(name)
    if "WordDocument".encode("utf-16-le") in data:
        raise refuse(name, "is not a spreadsheet: it is a Word document.", "Choose an Excel or CSV file.")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        return [Remark("note", "The file holds macros; they were ignored and never run.")]
    return []


def _check_text(name: str, data: bytes) -> list[Remark]:  # noqa: ARG001 - one shape for every kind
    return []


password_problem = _password
_CHECKS = {
    "xlsx": _check_zip,
    "xlsb": _check_zip,
    "ods": _check_zip,
    "xls": _check_ole,
    "text": _check_text,
}
