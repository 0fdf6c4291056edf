"""The tabs of a role: underlined, never jumping when the chosen one turns bold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from desktop.theme.look import look
from desktop.widgets.text import amp


class Tabs(QTabBar):
    """A tab bar that reserves the bold width; `chosen` carries the name a person chose."""

    chosen = Signal(str)

    def __init__(self, names: Sequence[str] = (), name: str = "Views of the role") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.names: tuple[str, ...] = ()
        self.set_names(names)
        self.currentChanged.connect(self._changed)

    def set_names(self, names: Sequence[str]) -> None:
        """Show these tabs; the same names leave everything as it is."""
        if tuple(names) == self.names:
            return
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        self.names = tuple(names)
        for name in names:
            self.setAccessibleTabName(self.addTab(amp(name)), name)
        self.blockSignals(False)
        self.updateGeometry()

    def show_tab(self, name: str) -> None:
        """Make a tab the current one without emitting `chosen`."""
        if name in self.names:
            self.blockSignals(True)
            self.setCurrentIndex(self.names.index(name))
            self.blockSignals(False)
            self.update()

    def tabSizeHint(self, index: int) -> QSize:
        """The width of the name in bold."""
        measure = QFontMetrics(look().theme.font("strong"))
        return QSize(measure.horizontalAdvance(self.names[index]) + 28, measure.height() + 18)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """No tab is ever cut."""
        return self.tabSizeHint(index)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the style changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        super().paintEvent(event)
        if not self.hasFocus() or self.currentIndex() < 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().theme.pen("focus", 2))
        painter.drawRoundedRect(QRectF(self.tabRect(self.currentIndex())).adjusted(3, 3, -3, -5), 4, 4)
        painter.end()

    def _changed(self, index: int) -> None:
        if 0 <= index < len(self.names):
            self.chosen.emit(self.names[index])
