"""A page that scrolls down, alone or as a part of a page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

Margins = tuple[int, int, int, int]
_OFF, _AS_NEEDED = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own word for a widget as large as it likes, which PySide6 does not pass on."""
DEEPEST = 8
"""Sizes tried within one another before a bar is kept: a page may be short enough with it and too high without."""


class Scrolled(QScrollArea):
    """Scrolls down only, never sideways; or, where the page around it scrolls, stands in it whole."""

    def __init__(self, content: QLayout, *, margins: Margins = (16, 12, 16, 12)) -> None:
        super().__init__()
        self._whole = self._kept = False
        self._depth, self._at = 0, QSize()
        inner = QWidget()
        inner.setObjectName("column")
        content.setContentsMargins(*margins)
        inner.setLayout(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def set_whole(self, whole: bool) -> None:
        """As high as what it holds, so that two bars never stand beside each other; or scroll by itself again."""
        if whole != self._whole:
            self._whole = whole
            self._kept = False
            self.setVerticalScrollBarPolicy(_OFF if whole else _AS_NEEDED)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height needed at the new width."""
        super().resizeEvent(event)
        self._fit()
        if self._at != self.size():
            self._at = self.size()
            if self._kept:
                self._kept = False
                self.setVerticalScrollBarPolicy(_AS_NEEDED)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it holds has grown or shrunk. A bar whose own width decides whether it is needed stays."""
        if watched is not self.widget() or event.type() not in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            return super().eventFilter(watched, event)
        if self._depth >= DEEPEST:
            if not (self._whole or self._kept):
                self._kept = True
                self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
            return False
        self._depth += 1
        done = super().eventFilter(watched, event)
        self._depth -= 1
        if self._whole and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        inner = self.widget()
        box = inner.layout() if inner is not None else None
        if not self._whole or box is None:
            self.setMinimumHeight(0)
        elif box.hasHeightForWidth():
            needed = box.totalHeightForWidth(self.viewport().width())
            self.setMinimumHeight(max(needed, box.totalMinimumSize().height()))
        else:
            self.setMinimumHeight(box.totalSizeHint().height())
