"""The library: what the app brings along, to read and to search. Nothing here changes the file."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.frame.page import Page
from desktop.pages.fitting import DOT, LineCard
from desktop.pages.library.state import Entry, LibraryState, library_state, shelves
from desktop.session import Session
from desktop.states import HeaderState, TableCell, TableState
from desktop.theme.look import look
from desktop.widgets import Card, DataTable, Field, Segmented, column, label, row, scrolling
from resources import load

LARGE_TEXT = 1.3
SIDE_WIDTH = 340


class LibraryPage(Page):
    """Measures, unit costs and roles: a table with what is known of the chosen row beside it; cards at large text."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.shelves = {
            shelf.name: shelf for shelf in shelves(load("measure_library"), load("unit_costs"), load("role_catalogue"))
        }
        self.choice = Segmented(tuple(self.shelves), "Shelf")
        self.search = Field("Search", placeholder="falls, PAM, navigator")
        self.source = label("", "small", wrap=True)
        self.count = label("", "strong")
        self.table = DataTable("Library", TableState((), ()))
        self.detail = Card("Choose a row")
        self.facts = label("", wrap=True, rich=True)
        self.detail.add(self.facts, None)
        self.cards = QWidget()
        self._cards_box = QVBoxLayout(self.cards)
        self._cards_box.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(column(self.cards, None), margins=(0, 0, 8, 0))
        self._state: LibraryState | None = None
        self._built: LibraryState | None = None
        self._lay_out()
        self.choice.chosen.connect(self._show)
        self.search.input.textChanged.connect(self._show)
        self.table.row_chosen.connect(self._row_chosen)
        look().theme_changed.connect(self._fit)
        self._show()

    def _lay_out(self) -> None:
        self._top = row(self.choice, gap=16)
        self._top.addWidget(self.search, 1)
        self._top.addWidget(self.count)
        self._top.setAlignment(self.choice, Qt.AlignmentFlag.AlignBottom)
        self._top.setAlignment(self.count, Qt.AlignmentFlag.AlignBottom)
        self.paper = Card(margins=(1, 1, 1, 1))
        self.paper.body.addWidget(self.table)
        self._side = scrolling(column(self.detail, None), margins=(0, 0, 0, 0))
        self._side.setFixedWidth(SIDE_WIDTH)
        both = row(gap=12)
        both.addWidget(self.paper, 1)
        both.addWidget(self._side)
        both.addWidget(self._area, 1)
        whole = column(self._top, self.source, gap=8, margins=(16, 12, 16, 12))
        whole.addLayout(both, 1)
        self.setLayout(whole)

    def header(self) -> HeaderState:
        """What is on the shelves."""
        return HeaderState("Library", ("what Roleworth brings along", "every entry can be edited once it is in use"))

    def open_with(self, target: object) -> None:
        """Show a shelf by its name."""
        if target in self.shelves:
            self.choice.choose(str(target))

    def _show(self) -> None:
        state = library_state(self.shelves[self.choice.current], self.search.text)
        self._state = state
        self.source.setText(state.source)
        self.count.setText(state.count)
        self.table.set_state(state.table)
        if state.entries:
            self.table.selectRow(0)
        else:
            self._show_entry(None)
        self._fit()

    def _row_chosen(self, key: str) -> None:
        entries = self._state.entries if self._state else ()
        self._show_entry(next((entry for entry in entries if entry.key == key), None))

    def _show_entry(self, entry: Entry | None) -> None:
        self.detail.title.setText(entry.cells[0] if entry else "Nothing holds these words")
        self.detail.title.setWordWrap(True)
        pairs = entry.facts if entry else ()
        self.facts.setText("".join(f"<p><b>{escape(c)}</b><br>{escape(words)}</p>" for c, words in pairs))
        self.facts.setAccessibleName(". ".join(f"{caption}: {words}" for caption, words in pairs))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose table or cards for the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        large = look().theme.scale > LARGE_TEXT
        room = self.width() - SIDE_WIDTH - 60
        fits = not large and self.table.fitted_width() <= max(room, 1)
        self._top.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        self.paper.setVisible(fits)
        self._side.setVisible(fits)
        self._area.setVisible(not fits)
        if not fits and self._built is not self._state:
            self._build()

    def _build(self) -> None:
        while (item := self._cards_box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._built = self._state
        if self._state is None:
            return
        names = [spec.name for spec in self._state.table.columns][1:]
        for entry in self._state.entries:
            pairs = [*zip(names, entry.cells[1:], strict=True), *entry.facts]
            facts = DOT.join(f"{caption}: {words}" for caption, words in pairs)
            self._cards_box.addWidget(LineCard(entry.key, TableCell(entry.cells[0]), facts))
