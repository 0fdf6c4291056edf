"""Card paper, rules, and the three ways widgets are put together."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.widgets.scrolled import Margins, Scrolled
from desktop.widgets.text import label

# A widget, a nested layout, a gap in pixels, or None for stretch.
Part = QWidget | QLayout | int | None


def _fill(box: QBoxLayout, parts: tuple[Part, ...]) -> None:
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)


def row(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts side by side: widgets, layouts, gaps (int) and stretch (None)."""
    box = QHBoxLayout()
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    _fill(box, parts)
    return box


def column(*parts: Part, gap: int = 4, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts one under the other: widgets, layouts, gaps (int) and stretch (None)."""
    box = QVBoxLayout()
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    _fill(box, parts)
    return box


def rule(*, upright: bool = False) -> QFrame:
    """A hairline: decoration only."""
    line = QFrame()
    line.setObjectName("rule")
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


class Card(QFrame):
    """White paper with a hairline edge: a heading with small facts, a body, and at most one action at the right."""

    def __init__(self, title: str = "", facts: str = "", *, gap: int = 6, margins: Margins = (12, 10, 12, 10)) -> None:
        super().__init__()
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(gap)
        self.head = row(gap=8)
        self.title = label(title, "h2", wrap=False)
        self.facts = label(facts, "small")
        if title:
            _fill(self.head, (self.title, self.facts, None))
            self.body.addLayout(self.head)
            self.setAccessibleName(title)

    def add(self, *parts: Part) -> None:
        """Put parts under what is there."""
        _fill(self.body, parts)

    def add_action(self, widget: QWidget) -> None:
        """Put a button or chip at the right end of the heading."""
        self.head.addWidget(widget)


def scrolling(content: QLayout, *, margins: Margins = (16, 12, 16, 12)) -> Scrolled:
    """A page that scrolls down only, never sideways."""
    return Scrolled(content, margins=margins)
