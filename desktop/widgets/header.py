"""The header of a page: name, facts, what can be done, and the tabs of a role."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.states import HeaderState
from desktop.theme.look import look
from desktop.widgets.tabs import Tabs
from desktop.widgets.text import ShortenedLabel

DOT = "  ·  "
LEAST_TITLE = 160


class FactsLine(QLabel):
    """As many whole facts as there is room for, joined by a raised dot; all of them in the tooltip. None is cut."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "facts")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._facts: tuple[str, ...] = ()

    def set_facts(self, facts: Sequence[str]) -> None:
        """Show other facts."""
        self._facts = tuple(facts)
        self.setToolTip(DOT.join(facts))
        self.setAccessibleName(DOT.join(facts))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        measure = QFontMetrics(look().theme.font("body"))
        count = len(self._facts)
        while count and measure.horizontalAdvance(DOT.join(self._facts[:count])) > self.width():
            count -= 1
        self.setText(DOT.join(self._facts[:count]))


class PageHeader(QFrame):
    """Title and facts at left, the frame's own tools at right, tabs or a page's own widget underneath.

    It belongs to the window; pages describe it with a `HeaderState` and lend it buttons.
    """

    def __init__(self, tools: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.setObjectName("header")
        self.title = ShortenedLabel("h1", LEAST_TITLE)
        self.facts = FactsLine()
        self.tabs = Tabs()
        self._lent: list[QWidget] = []
        self._under: QWidget | None = None
        self._shelf = QWidget(self)
        self._shelf.hide()
        self._top = QHBoxLayout()
        self._top.setContentsMargins(20, 8, 16, 8)
        self._top.setSpacing(8)
        self._top.addWidget(self.title)
        self._top.addSpacing(4)
        self._top.addWidget(self.facts, 1)
        for tool in tools:
            self._top.addWidget(tool)
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(0)
        self._all.addLayout(self._top)
        self._all.addWidget(self.tabs)
        self.tabs.setContentsMargins(16, 0, 16, 0)

    def set_state(self, state: HeaderState) -> None:
        """Say something else."""
        self.title.setText(state.title)
        self.title.setToolTip(state.title)
        self.facts.set_facts(state.facts)
        self.tabs.set_names(state.tabs)
        self.tabs.setVisible(bool(state.tabs))
        self.tabs.show_tab(state.tab)
        self._top.setContentsMargins(20, 8, 16, 0 if state.tabs else 8)

    def lend(self, buttons: Sequence[QWidget], under: QWidget | None = None) -> None:
        """Show a page's own buttons at the far right and its own widget under the title.

        Those of the page before go on a hidden shelf: without a parent, a button that its page shows would become a
        window of its own and take the focus.
        """
        for widget in [*self._lent, *([self._under] if self._under else [])]:
            widget.setParent(self._shelf)
        self._lent, self._under = list(buttons), under
        for button in self._lent:
            self._top.addWidget(button)
            button.show()
        if under is not None:
            under.setContentsMargins(16, 0, 16, 0)
            self._all.addWidget(under)
            under.show()
