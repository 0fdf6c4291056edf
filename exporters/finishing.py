"""The last step on the file: its language, and titles as Excel's own Heading 1. Everything else stays as written."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

LANGUAGE = "en-GB"
HEADING = "Heading 1"
HEADING_ID = 16
CORE, STYLES = "docProps/core.xml", "xl/styles.xml"

_TITLE_CELL = re.compile(r'<c r="A1"[^>]* s="(\d+)"')


def finish(path: Path) -> None:
    """Rewrite the file with its language set and its titles marked."""
    with zipfile.ZipFile(path) as held:
        parts = [(info, held.read(info)) for info in held.infolist()]
    styles = _title_styles(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for info, content in parts:
            made.writestr(info, _changed(info.filename, content, styles), zipfile.ZIP_DEFLATED)


def _title_styles(parts: list[tuple[zipfile.ZipInfo, bytes]]) -> set[int]:
    """The cell formats that titles in A1 use."""
    pages = [content.decode("utf-8") for info, content in parts if info.filename.startswith("xl/worksheets/sheet")]
    return {int(found[1]) for page in pages if (found := _TITLE_CELL.search(page))}


def _changed(name: str, content: bytes, styles: set[int]) -> bytes:
    if name == CORE:
        return with_language(content.decode("utf-8")).encode("utf-8")
    if name == STYLES:
        return with_heading(content.decode("utf-8"), styles).encode("utf-8")
    return content


def with_language(core: str) -> str:
    """The core properties with the language; properties may stand in any order."""
    if "<dc:language>" in core:
        return core
    return core.replace("</cp:coreProperties>", f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>")


def with_heading(styles: str, titles: set[int]) -> str:
    """The styles with Heading 1 added as a named style, and the title formats resting on it."""
    formats = re.search(r"<cellXfs count=\"\d+\">(.*?)</cellXfs>", styles, re.DOTALL)
    bases = re.search(r"<cellStyleXfs count=\"(\d+)\">(.*?)</cellStyleXfs>", styles, re.DOTALL)
    names = re.search(r"<cellStyles count=\"(\d+)\">(.*?)</cellStyles>", styles, re.DOTALL)
    if not (titles and formats and bases and names):
        return styles
    entries = re.findall(r"<xf [^>]*?/>|<xf [^>]*?>.*?</xf>", formats[1], re.DOTALL)
    number = int(bases[1])
    base = re.sub(r' xfId="\d+"', "", entries[min(titles)])
    for title in titles:
        entries[title] = re.sub(r'xfId="\d+"', f'xfId="{number}"', entries[title])
    named = f'<cellStyle name="{HEADING}" xfId="{number}" builtinId="{HEADING_ID}"/>'
    return (
        styles.replace(formats[0], f'<cellXfs count="{len(entries)}">{"".join(entries)}</cellXfs>')
        .replace(bases[0], f'<cellStyleXfs count="{number + 1}">{bases[2]}{base}</cellStyleXfs>')
        .replace(names[0], f'<cellStyles count="{int(names[1]) + 1}">{names[2]}{named}</cellStyles>')
    )
