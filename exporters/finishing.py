"""What XlsxWriter does not say of a workbook: its language, and that titles are Excel's own Heading 1."""

from __future__ import annotations

import re

LANGUAGE = "en-GB"
HEADING = "Heading 1"
HEADING_ID = 16


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
