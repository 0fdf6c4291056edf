"""F4: the source, history and notes of what is under the cursor, beside the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.theme.look import look
from desktop.widgets.buttons import Button
from desktop.widgets.card import column, row
from desktop.widgets.text import label


class DetailsDock(QFrame):
    """A panel at the right whose content the page in front lends; closed until asked for."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dock")
        self.setAccessibleName("Details")
        self._nothing = label("Nothing to show here yet.", "small", wrap=True)
        self._lent: QWidget | None = None
        self._close = Button("Close", "link")
        self._close.clicked.connect(self._clicked)
        self._box = column(row(label("Details", "h2"), None, self._close), gap=8, margins=(12, 10, 12, 10))
        self._box.addWidget(self._nothing)
        self._box.addStretch(1)
        self.setLayout(self._box)
        look().theme_changed.connect(self._widen)
        self._widen()
        self.hide()

    def lend(self, content: QWidget | None) -> None:
        """Show a page's details in place of those of the last."""
        if content is self._lent:
            return
        if self._lent is not None and self._lent.parentWidget() is self:
            self._lent.hide()
            self._lent.setParent(None)
        self._lent = content
        self._nothing.setVisible(content is None)
        if content is not None:
            self._box.insertWidget(1, content, 100)
            content.show()

    def _widen(self) -> None:
        self.setFixedWidth(min(look().theme.px(300), 480))

    def _clicked(self) -> None:
        self.hide()
        self.closed.emit()
