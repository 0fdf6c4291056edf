"""Help: pages at the left, the text at the right, a search over all of it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QTextBrowser

from desktop.actions import COMMANDS
from desktop.frame.page import Page
from desktop.pages.help.state import HelpPageState, found, help_pages
from desktop.problem_codes import entries_text, families
from desktop.session import Session
from desktop.states import HeaderState
from desktop.theme.look import look
from desktop.widgets import Card, Field, column, label, row
from resources import help_texts

LARGE_TEXT = 1.3
LIST_WIDTH, ROW_HEIGHT = 300, 28
KeyRow = Qt.ItemDataRole.UserRole


class HelpPage(Page):
    """F1. `open_with` shows a page by its key: `cautions`, `evidence-levels`, `keys`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        keys = [(command.group, command.shortcut, command.text) for command in COMMANDS if command.shortcut]
        self.pages = help_pages(help_texts(), keys, entries_text(families()))
        self.search = Field("Search the help", placeholder="interval, provisional, break-even")
        self.search.input.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName("Help pages")
        self.list.currentItemChanged.connect(self._chosen)
        self.none = label("No page holds these words.", "small", wrap=True)
        self.none.hide()
        self.text = QTextBrowser()
        self.text.setAccessibleName("Help text")
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        paper = Card(margins=(16, 12, 8, 12))
        paper.body.addWidget(self.text)
        self._side = Card(margins=(10, 10, 10, 10))
        self._side.add(self.search, self.none)
        self._side.body.addWidget(self.list, 1)
        self._both = row(self._side, gap=12, margins=(16, 12, 16, 12))
        self._both.addWidget(paper, 1)
        self.setLayout(column(self._both, gap=0))
        self._shown = self.pages[0]
        self._filter("")
        look().theme_changed.connect(self._restyle)
        self._restyle()

    def header(self) -> HeaderState:
        """The title of the page shown."""
        return HeaderState("Help", (self._shown.title,))

    def open_with(self, target: object) -> None:
        """Show the page of a key, or a `(key, words)` with the words in view."""
        key, words = target if isinstance(target, tuple) else (target, "")
        wanted = next((page for page in self.pages if page.key == key), None)
        if wanted is not None:
            self.search.set_text("")
            self._filter("")
            self.list.setCurrentRow(self.pages.index(wanted))
            if words:
                self.text.moveCursor(QTextCursor.MoveOperation.Start)
                self.text.find(str(words))

    def _filter(self, text: str) -> None:
        kept = found(self.pages, text)
        with QSignalBlocker(self.list):
            self.list.clear()
            for page in kept:
                item = QListWidgetItem(page.title)
                item.setData(KeyRow, page.key)
                item.setSizeHint(QSize(0, look().theme.px(ROW_HEIGHT)))
                self.list.addItem(item)
        self.none.setVisible(not kept)
        if kept:
            self.list.setCurrentRow(kept.index(self._shown) if self._shown in kept else 0)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(next(page for page in self.pages if page.key == item.data(KeyRow)))

    def _show(self, page: HelpPageState) -> None:
        self._shown = page
        self.text.setMarkdown(page.text)
        self.text.setAccessibleDescription(page.title)
        self.header_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the list beside or over the text."""
        super().resizeEvent(event)
        self._fit()

    def _restyle(self) -> None:
        self.text.document().setDefaultFont(look().theme.font("body"))
        self.text.setMarkdown(self._shown.text)
        self._filter(self.search.text)
        self._fit()

    def _fit(self) -> None:
        large = look().theme.scale > LARGE_TEXT
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        self._side.setMaximumWidth(16777215 if large else look().theme.px(LIST_WIDTH))
        self._side.setMinimumWidth(1 if large else look().theme.px(LIST_WIDTH) - 40)
        self.list.setMaximumHeight(look().theme.px(3 * ROW_HEIGHT + 4) if large else 16777215)
