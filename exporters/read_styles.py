"""The formats of a workbook read back: what each makes of a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from exporters.read_back import MAIN

_DATES_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAYS = re.compile(r"[dmyDMY]")


@dataclass(frozen=True)
class Look:
    """One format: the named style it rests on, its colour (RRGGBB, "" for the usual one), whether it fills, wraps and
    shows numbers as dates."""

    style: str
    colour: str
    fills: bool
    wraps: bool
    is_date: bool


def looks_of(xml: bytes) -> list[Look]:
    """Every format of the cells, in their order."""
    root = fromstring(xml)  # noqa: S314 - our own file, made a moment ago
    colours = [_colour(one) for one in _all(root, "fonts/font")]
    fills = [_fills(one) for one in _all(root, "fills/fill")]
    formats = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in _all(root, "numFmts/numFmt")}
    names = {int(one.get("xfId", "0")): one.get("name", "") for one in _all(root, "cellStyles/cellStyle")}
    return [_look(one, colours, fills, formats, names) for one in _all(root, "cellXfs/xf")]


def _all(root: Element, path: str) -> list[Element]:
    return root.findall("/".join(f"{MAIN}{part}" for part in path.split("/")))


def _colour(font: Element) -> str:
    held = font.find(f"{MAIN}color")
    return "" if held is None else held.get("rgb", "")[-6:]


def _fills(fill: Element) -> bool:
    pattern = fill.find(f"{MAIN}patternFill")
    return pattern is None or pattern.get("patternType", "none") != "none"


def _look(one: Element, colours: list[str], fills: list[bool], formats: dict[int, str], names: dict[int, str]) -> Look:
    alignment = one.find(f"{MAIN}alignment")
    number = int(one.get("numFmtId", "0"))
    return Look(
        style=names.get(int(one.get("xfId", "0")), ""),
        colour=colours[int(one.get("fontId", "0"))],
        fills=fills[int(one.get("fillId", "0"))],
        wraps=alignment is not None and alignment.get("wrapText") == "1",
        is_date=number in _DATES_BUILT_IN or bool(_DAYS.search(_IN_QUOTES.sub("", formats.get(number, "")))),
    )
