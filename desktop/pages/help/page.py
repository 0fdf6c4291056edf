"""Help: pages at the left, the text at the right, a search over all of it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QWidget

from desktop.actions import COMMANDS
from desktop.frame.page import Page
from desktop.pages.help.reading import HelpText
from desktop.pages.help.state import HelpPageState, Passage, found, help_pages
from desktop.session import Session
from desktop.states import HeaderState
from desktop.theme.look import look
from desktop.widgets import Card, Field, column, label, row
from desktop.widgets.text import announce
from resources import help_texts

LARGE_TEXT = 1.3
LIST_WIDTH, ROW_HEIGHT = 300, 28
PassageRow = Qt.ItemDataRole.UserRole
BACK = "F6 or Esc: back to where you were"


class HelpPage(Page):
    """F1. `open_with` shows a page by its key (`cautions`), or a `(key, heading)` with the heading at the top."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        keys = [(command.group, command.shortcut, command.text) for command in COMMANDS]
        self.pages = help_pages(help_texts(), keys)
        self._by_key = {page.key: page for page in self.pages}
        self.search = Field("Search the help", placeholder="interval, provisional, break-even")
        self.search.input.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName("Help pages")
        self.list.currentItemChanged.connect(self._chosen)
        self.none = label("No passage holds these words. Try fewer of them.", "small", wrap=True)
        self.none.hide()
        self.text = HelpText()
        self.text.followed.connect(self._follow)
        self._shown, self._heading = self.pages[0], ""
        self._lay_out()
        self._filter("")
        self._stale = False
        look().theme_changed.connect(self._retheme)
        self._restyle()

    def _lay_out(self) -> None:
        paper = Card(margins=(16, 12, 8, 12))
        paper.body.addWidget(self.text)
        self._side = Card(margins=(10, 10, 10, 10))
        self._side.add(self.search, self.none)
        self._side.body.addWidget(self.list, 1)
        self._side.add(label(BACK, "small", wrap=True))
        self._both = row(self._side, gap=12, margins=(16, 12, 16, 12))
        self._both.addWidget(paper, 1)
        self.setLayout(column(self._both, gap=0))

    def first(self) -> QWidget | None:
        """The text, which the arrow keys move through."""
        return self.text

    def header(self) -> HeaderState:
        """The title of the page shown."""
        return HeaderState("Help", (self._shown.title,))

    def open_with(self, target: object) -> None:
        """Show the page of a key, or a `(key, heading)` with the heading in view."""
        key, heading = target if isinstance(target, tuple) else (target, "")
        if (wanted := self._by_key.get(str(key))) is not None:
            self.search.set_text("")
            self._filter("")
            self._show(wanted, str(heading))
            with QSignalBlocker(self.list):
                self.list.setCurrentRow(self.pages.index(wanted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F6 and Esc lead back to where the help was asked for."""
        if event.key() in (Qt.Key.Key_F6, Qt.Key.Key_Escape):
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _follow(self, key: str, heading: str) -> None:
        self.open_with((key, heading))

    def _filter(self, text: str) -> None:
        kept = found(self.pages, text)
        with QSignalBlocker(self.list):
            self.list.clear()
            for passage in kept:
                self.list.addItem(_item(passage, whole=not text.strip()))
        self.none.setVisible(not kept)
        if not kept:
            announce(self.search.input, self.none.text())
        elif text.strip():
            self.list.setCurrentRow(0)
        else:
            self.list.setCurrentRow(self.pages.index(self._shown))

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            passage: Passage = item.data(PassageRow)
            page = self._by_key[passage.page]
            self._show(page, "" if passage.heading == page.title else passage.heading)

    def _show(self, page: HelpPageState, heading: str) -> None:
        if page is not self._shown or not heading:
            self.text.show_text(page.text)
        self._shown, self._heading = page, heading
        self.text.go_to(heading)
        self.text.setAccessibleDescription(f"{page.title}: {heading}" if heading else page.title)
        self.header_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the list beside or over the text."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Come into view in the theme that is on."""
        super().showEvent(event)
        if self._stale:
            self._retheme()

    def _retheme(self) -> None:
        """In the theme that is on: at once if it is seen, else when it is shown; its pictures take their time."""
        self._stale = not self.isVisible()
        if not self._stale:
            self._restyle()

    def _restyle(self) -> None:
        page, heading = self._shown, self._heading
        self.text.show_text(page.text)
        self._filter(self.search.text)
        self._fit()
        self._show(page, heading)

    def _fit(self) -> None:
        large = look().theme.scale > LARGE_TEXT
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        self._side.setMaximumWidth(16777215 if large else look().theme.px(LIST_WIDTH))
        self._side.setMinimumWidth(1 if large else look().theme.px(LIST_WIDTH) - 40)
        self.list.setMaximumHeight(look().theme.px(3 * ROW_HEIGHT + 4) if large else 16777215)


def _item(passage: Passage, *, whole: bool) -> QListWidgetItem:
    """A line of the list: a page by its title, or a passage by its heading over the title of its page."""
    one_line = whole or passage.heading == passage.title
    item = QListWidgetItem(passage.title if one_line else f"{passage.heading}\n{passage.title}")
    item.setData(PassageRow, passage)
    item.setSizeHint(QSize(0, look().theme.px(ROW_HEIGHT if one_line else 2 * ROW_HEIGHT - 12)))
    return item
