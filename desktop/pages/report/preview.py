"""The page as it will be printed, on white paper in every theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.printing.pages import A4, pictures
from desktop.widgets.text import label
from exporters.page import Page

WHOLE, WIDTH = "Whole page", "Fit width"


class Preview(QScrollArea):
    """Shows every sheet of a page, whole or as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Preview of the page")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page: Page | None = None
        self._why = ""
        self._fit = WIDTH
        self._drawn = 0
        self._inner = QWidget()
        self._inner.setObjectName("column")
        self._box = QVBoxLayout(self._inner)
        self._box.setContentsMargins(12, 8, 12, 8)
        self._box.setSpacing(10)
        self.setWidget(self._inner)

    def set_page(self, page: Page | None, why: str = "") -> None:
        """Show another page, or why there is none."""
        self._page, self._why, self._drawn = page, why, 0
        self.setAccessibleDescription(spoken(page) if page else why)
        self._draw()

    def set_fit(self, fit: str) -> None:
        """Show the whole page, or fill the width."""
        self._fit, self._drawn = fit, 0
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size."""
        super().resizeEvent(event)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was changed while nobody looked, before it is painted."""
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        if not self.isVisible():
            return
        width = self.viewport().width() - 40
        if self._fit == WHOLE:
            width = min(width, round((self.viewport().height() - 24) * A4[0] / A4[1]))
        if width == self._drawn or width < 80:
            return
        self._drawn = width
        while (item := self._box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        ratio = self.devicePixelRatioF()
        for image in pictures(self._page, round(width * ratio)) if self._page else ():
            sheet = _sheet(image, ratio)
            self._box.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
            sheet.show()
        if self._page is None and self._why:
            words = label(self._why, wrap=True)
            self._box.addWidget(words)
            words.show()
        self._box.addStretch(1)


def _sheet(image: QImage, ratio: float) -> QLabel:
    image.setDevicePixelRatio(ratio)
    shown = QLabel()
    shown.setObjectName("paper")
    shown.setPixmap(QPixmap.fromImage(image))
    shown.setFixedSize(shown.pixmap().deviceIndependentSize().toSize())
    return shown


def spoken(page: Page | None) -> str:
    """The words of the page in order, for a screen reader."""
    if page is None:
        return "There is no page yet"
    texts = [getattr(block, "text", "") or getattr(block, "alt_text", "") for block in page.blocks]
    return " ".join(text if text[-1] in ".?!" else f"{text}." for text in texts if text)
