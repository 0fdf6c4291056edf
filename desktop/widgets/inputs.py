"""Inputs: a field with caption and fault, a combo box with a name, a tick box that shows its tick in every theme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from desktop.theme.look import look
from desktop.theme.marks import Shape
from desktop.theme.shapes import paint_shape
from desktop.widgets.card import column
from desktop.widgets.text import amp, announce, label, set_property

LONGER = 30
"""Characters that fit into the narrowest field of a form."""


class Field(QWidget):
    """A caption over an input, and the words under it when its text will not do. `entered` comes on commit."""

    entered = Signal(str)

    def __init__(self, caption: str, *, placeholder: str = "", text: str = "") -> None:
        super().__init__()
        self.caption = label(caption, "caption")
        self.input = QLineEdit(text)
        self.input.setPlaceholderText(placeholder)
        self.input.setAccessibleName(caption)
        self.input.setProperty("bad", "false")  # before it has a style, which would be put on again for it
        self.caption.setBuddy(self.input)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        self.setLayout(column(self.caption, self.input, self.fault, None, gap=3))
        self.setFocusProxy(self.input)
        self.input.editingFinished.connect(self._finished)
        self.input.textChanged.connect(self._tell_all)
        self._last = text
        self._tell_all(text)

    @property
    def text(self) -> str:
        """What is in the field, without blanks around it."""
        return self.input.text().strip()

    def set_text(self, text: str) -> None:
        """Put text in without telling anyone, and take a fault away."""
        self._last = text
        self.input.setText(text)
        self.input.setCursorPosition(0)
        self.show_fault("")

    @property
    def is_being_typed(self) -> bool:
        """Whether a person is at it with a text that has not been entered yet."""
        return self.input.hasFocus() and self.text != self._last

    def renew(self, text: str) -> None:
        """Put in what came from elsewhere, unless a person is typing: then it is left alone."""
        if not self.is_being_typed:
            self.set_text(text)

    def show_fault(self, words: str) -> None:
        """Say under the field what is wrong and what would be right; an empty text takes it away."""
        set_property(self.input, "bad", "true" if words else "false")
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.input.setAccessibleDescription(words)
        if words:
            announce(self.input, words)

    def _tell_all(self, text: str) -> None:
        """What a short field may cut off can be read under the pointer."""
        self.input.setToolTip(text if len(text) > LONGER else "")

    def _finished(self) -> None:
        if self.text != self._last:
            self._last = self.text
            self.entered.emit(self.text)


class Combo(QComboBox):
    """A combo box with an accessible name that is not its value, and an arrow in every theme."""

    def __init__(self, name: str, choices: Sequence[str] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.addItems(list(choices))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        super().paintEvent(event)
        theme = look().theme
        half = theme.px(4)
        middle = QPointF(self.width() - 14, self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("text2" if self.isEnabled() else "off", 1.5))
        chevron = [QPointF(-half, -half / 2), QPointF(0, half / 2), QPointF(half, -half / 2)]
        painter.drawPolyline(QPolygonF([middle + point for point in chevron]))
        painter.end()


MNEMONIC = Qt.TextFlag.TextShowMnemonic.value
WIDEST = 340
"""Pixels of a tick box at the usual text size beyond which its words are shortened rather than all widened by it."""


class TickBox(QCheckBox):
    """A tick box whose tick is painted, so that no theme loses it; very long words are shortened to fit."""

    def __init__(self, text: str, *, ticked: bool = False) -> None:
        super().__init__(amp(text))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setChecked(ticked)

    def minimumSizeHint(self) -> QSize:
        """All its words, or as much as fits where they are very long."""
        full = super().minimumSizeHint()
        return QSize(min(full.width(), look().theme.px(WIDEST)), full.height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Shorten the words that are painted; the accessible name and the tip hold all of them."""
        super().initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self).width()
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room, MNEMONIC)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is cut off can be read under the pointer."""
        super().resizeEvent(event)
        self.setToolTip(self.accessibleName() if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        super().paintEvent(event)
        if self.checkState() is Qt.CheckState.Unchecked:
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        theme = look().theme
        ink = theme.colour("on_accent" if self.isEnabled() else "off")
        painter = QPainter(self)
        if self.checkState() is Qt.CheckState.PartiallyChecked:
            painter.setPen(QPen(ink, 2))
            painter.drawLine(box.center() - QPointF(3, 0), box.center() + QPointF(3, 0))
        else:
            paint_shape(painter, Shape.FINE, box.center(), box.height() * 0.72, ink)
        painter.end()
