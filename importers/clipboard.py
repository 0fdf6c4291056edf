"""A copied block as its cells hold it. The text of a clipboard has figures as a sheet shows them: 33.3% for a third.

Beside the text, Excel on Windows gives an XML Spreadsheet 2003 and LibreOffice a page of HTML, both with the figures
themselves. What fits what is shown, cell by cell, is taken; a block that does not fit at all is left as it is shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from importers.values import SCALES

Block = list[list[str]]
Figures = Mapping[tuple[int, int], float]
"""What a cell holds, by row and column of the block, where that is a number and no date."""

WINDOWS_SHEET = 'application/x-qt-windows-mime;value="XML Spreadsheet"'
"""What Qt calls Excel's own format on Windows."""
_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SHOWN = re.compile(
    r"(?P<before>[^\d.]*)(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?P<after>[^\d.]*)"
)
_QUOTED = re.compile(r'"[^"]*"|\[[^]]*\]|\\.|General|Standard', re.IGNORECASE)
_OF_DATES = re.compile(r"[dmyhs]", re.IGNORECASE)
_TAG = re.compile(r'<(?:(?P<row>tr)\b|t[dh]\b(?P<said>(?:[^">]|"[^"]*")*)>)', re.IGNORECASE)
_SAID = re.compile(r'(sdval|sdnum|colspan)=(?:"([^"]*)"|([^\s>]+))')
_NEGATIVE = ("-", "\u2212", "(")
_DIGITS = 15
"""Significant digits a spreadsheet works with; what comes after them is the noise of its sums."""


@dataclass(frozen=True)
class HeldBlock:
    """A block with figures as their cells hold them, and each that was shown rounded: as shown, as held."""

    block: Block
    rounded: tuple[tuple[str, str], ...] = ()


def as_held(block: Block, figures: Figures) -> HeldBlock:
    """The block with every digit its cells hold; as shown where the two do not belong to the same cells."""
    if any(row >= len(block) or column >= len(block[row]) for row, column in figures):
        return HeldBlock(block)
    held, rounded = [list(line) for line in block], []
    for (row, column), figure in figures.items():
        shown = block[row][column]
        text = _with_digits(shown, figure)
        if text is None:
            return HeldBlock(block)
        if text != shown:
            held[row][column] = text
            rounded.append((shown, text))
    return HeldBlock(held, tuple(rounded))


def figures_of(workbook: bytes, page: str) -> Figures:
    """What the cells of a copied block hold, by an XML Spreadsheet or else a page of HTML.

    Nothing where neither tells or what is there cannot be read: the block is then taken as it is shown.
    """
    from xml.etree.ElementTree import ParseError

    try:
        return _of_workbook(workbook.rstrip(b"\0")) or _of_page(page)
    except (ParseError, ValueError):
        return {}


def _with_digits(shown: str, figure: float) -> str | None:
    """What is shown, with all digits of the figure; as it is where it shows no plain figure; None for another one."""
    found = _SHOWN.fullmatch(shown)
    if found is None:
        return shown
    digits = found["digits"].replace(",", "")
    one = 0.01 if "%" in shown else SCALES.get(found["after"].strip().lower(), 1.0)
    is_negative = found["before"].strip().startswith(_NEGATIVE)
    seen = float(digits) * one * (-1 if is_negative else 1)
    if not math.isclose(seen, figure, rel_tol=0, abs_tol=_least(digits) * one * (0.5 + 1e-6)):
        return None
    held = _plain(abs(figure) / one)
    if float(held) == float(digits):
        return shown
    sign = "-" if figure < 0 and not is_negative else ""
    return f"{sign}{found['before']}{held}{found['after']}"


def _least(digits: str) -> float:
    """What one in the last place shown is worth."""
    body, _, power = digits.lower().partition("e")
    return float(10.0 ** (int(power or 0) - len(body.partition(".")[2])))


def _plain(figure: float) -> str:
    text = f"{figure:.{_DIGITS}g}"
    return f"{figure:.{_DIGITS}f}".rstrip("0").rstrip(".") if "e" in text else text


def _of_workbook(data: bytes) -> Figures:
    """The numbers of the first table of an XML Spreadsheet 2003: rows and cells may name their place, from 1."""
    from defusedxml.ElementTree import fromstring

    if not data:
        return {}
    table = fromstring(data).find(f"{_SPACE}Worksheet/{_SPACE}Table")
    figures: dict[tuple[int, int], float] = {}
    row = -1
    for line in table if table is not None else ():
        if line.tag != f"{_SPACE}Row":
            continue
        row, column = int(line.get(f"{_SPACE}Index", row + 2)) - 1, -1
        for cell in line.iter(f"{_SPACE}Cell"):
            column = int(cell.get(f"{_SPACE}Index", column + 2)) - 1
            held = cell.find(f"{_SPACE}Data")
            if held is not None and held.get(f"{_SPACE}Type") == "Number" and held.text:
                figures[row, column] = float(held.text)
            column += int(cell.get(f"{_SPACE}MergeAcross", 0))
    return figures


def _of_page(page: str) -> Figures:
    """`sdval` of the cells of a page, as LibreOffice writes it, unless their format (`sdnum`) is one of dates."""
    figures: dict[tuple[int, int], float] = {}
    row = column = -1
    for tag in _TAG.finditer(page if "sdval=" in page else ""):
        if tag["row"]:
            row, column = row + 1, -1
            continue
        column += 1
        said = {name: quoted or bare for name, quoted, bare in _SAID.findall(tag["said"])}
        if "sdval" in said and not _OF_DATES.search(_QUOTED.sub("", unescape(said.get("sdnum", "")))):
            figures[row, column] = float(said["sdval"])
        column += int(said.get("colspan", 1)) - 1
    return figures
