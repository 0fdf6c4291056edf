"""Theme tokens: colours, type and sizes as one frozen value.

Painters ask a `Theme`; they never name a colour or a font of their own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPen

THEME_NAMES = ("light", "dark", "high contrast")

_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "win32": ("Segoe UI",),
    "linux": ("Inter", "Noto Sans", "DejaVu Sans"),
}
# For each token its size in points, and whether it is bold.
_TYPE: Mapping[str, tuple[float, bool]] = {
    "hero": (20, True),
    "figure": (16, True),
    "h1": (15, True),
    "count": (13, True),
    "h2": (11, True),
    "body": (10, False),
    "strong": (10, True),
    "column": (9.5, True),
    "small": (9, False),
    "caption": (9, True),
}


@cache
def _families() -> tuple[str, ...]:
    if named := _FAMILIES.get(sys.platform):
        return named
    return (QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family(),)


@cache
def _made_font(points: float, bold: bool, italic: bool, struck: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(_families()))
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setItalic(italic)
    font.setStrikeOut(struck)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@dataclass(frozen=True)
class Theme:
    """One look of the whole application: a column of colours and a text scale (1.0 is 100 %)."""

    name: str
    colours: Mapping[str, str]
    scale: float = 1.0

    @property
    def is_dark(self) -> bool:
        """True where the paper is dark, so that the system can be told."""
        return self.name != "light"

    @property
    def is_high_contrast(self) -> bool:
        """True where edges and rings carry what tints carry elsewhere."""
        return self.name == "high contrast"

    def hex(self, token: str) -> str:
        """The colour of a token as `#RRGGBB`."""
        return self.colours[token]

    def colour(self, token: str) -> QColor:
        """The colour of a token."""
        return QColor(self.colours[token])

    def points(self, token: str) -> float:
        """The size of a type token in points, text scale included."""
        return _TYPE[token][0] * self.scale

    def font(self, token: str, *, bold: bool | None = None, italic: bool = False, struck: bool = False) -> QFont:
        """The font of a type token, with tabular figures."""
        weight = _TYPE[token][1] if bold is None else bold
        return QFont(_made_font(self.points(token), weight, italic, struck))

    def pen(self, token: str, width: float = 1.0, dash: Sequence[float] = ()) -> QPen:
        """A flat-ended pen; `dash` counts in pen widths."""
        pen = QPen(self.colour(token), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dash:
            pen.setDashPattern(list(dash))
        return pen

    def px(self, length: float) -> int:
        """A length that grows with the text: icons, rows, the rail."""
        return round(length * self.scale)


@cache
def _columns() -> Mapping[str, Mapping[str, str]]:
    data = json.loads(files("resources").joinpath("colours.json").read_text(encoding="utf-8"))
    tokens: dict[str, list[str]] = data["tokens"]
    return {
        name: MappingProxyType({token: row[at] for token, row in tokens.items()})
        for at, name in enumerate(data["themes"])
    }


@cache
def theme_named(name: str, scale: float = 1.0) -> Theme:
    """The theme of a name in `THEME_NAMES` at a text scale."""
    return Theme(name, _columns()[name], scale)
