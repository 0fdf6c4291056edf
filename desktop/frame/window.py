"""The main window: rail, header, pages made when first shown, facts at the foot. It knows no page by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from desktop.actions import ActionBook
from desktop.frame.details import DetailsDock
from desktop.frame.helping import HELP, Helping
from desktop.frame.leaving import Leaving
from desktop.frame.looks import answer_look_commands
from desktop.frame.page import Page
from desktop.frame.palette import Entry, Palette, own_entry
from desktop.frame.problems import ProblemPanel
from desktop.frame.rail import RAIL, Rail
from desktop.jobs import Jobs
from desktop.states import Fact
from desktop.theme.icons import icon_shelf
from desktop.theme.look import look
from desktop.widgets.buttons import Button
from desktop.widgets.card import column, row
from desktop.widgets.header import PageHeader
from desktop.widgets.status import FactsBar

APP_NAME = "Roleworth"
SMALLEST = (1024, 480)
"""A screen of 1366 x 768 at 125 % leaves a window 1093 x 540: a higher least size would hide its foot."""
LARGE_TEXT = 1.3
LAYOUT_TURNS = 4
"""A text that wraps asks for its height once it has its width, and what stands around it asks in its turn."""
FIND = "Find a role, measure or action"

PageFactory = Callable[[], Page]
Finder = Callable[[], Sequence[Entry]]


def _no_entries() -> Sequence[Entry]:
    return ()


def dropped_files(mime: QMimeData) -> list[str]:
    """The local files that are being dragged."""
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]


class MainWindow(QMainWindow):
    """The one window. `pages` makes each page when it is first shown; `find` adds roles and measures to Ctrl+K."""

    painted = Signal()
    asked = Signal(str, object)
    dropped = Signal(object)
    closing = Signal()

    def __init__(self, pages: Mapping[str, PageFactory], jobs: Jobs, find: Finder = _no_entries) -> None:
        super().__init__()
        look()
        self.setObjectName("window")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # its words are English: turned round, <5 reads 5>
        self._factories, self._find = pages, find
        self._made: dict[str, Page] = {}
        self._was_painted = self._from_rail = False
        self.jobs = jobs
        self.book = ActionBook(self)
        self.rail = Rail([item for item in RAIL if item[0] in pages])
        self.undo_button = Button("Undo", "quiet", icon="arrow-u-up-left")
        self.redo_button = Button("Redo", "quiet", icon="arrow-u-up-right")
        self.find_button = Button(FIND, icon="magnifying-glass")
        self.header = PageHeader((self.undo_button, self.redo_button, self.find_button))
        self.problems = ProblemPanel()
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self.details = DetailsDock()
        self.facts = FactsBar()
        self.palette_box = Palette(self, self._entries)
        self.helping = Helping(self, self.show_page)
        self._leaving = Leaving(self, jobs, self.problems)
        self._lay_out()
        self._connect()
        self.set_file("")

    def _lay_out(self) -> None:
        pages = column(self.problems, gap=0)
        pages.addWidget(self.stack, 1)
        body = row(gap=0)
        body.addLayout(pages, 1)
        body.addWidget(self.details)
        right = column(self.header, gap=0)
        right.addLayout(body, 1)
        right.addWidget(self.facts)
        whole = row(self.rail, gap=0)
        whole.addLayout(right, 1)
        centre = QWidget()
        centre.setObjectName("page")
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        look().dressing.hold(self, centre, self.stack)
        parts = (self.rail, self.header, self.problems, self.details, self.facts, self.palette_box)
        look().dressing.add(*parts)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self.rail.chosen.connect(self._rail_chosen)
        self.header.tabs.chosen.connect(self._tab_chosen)
        self.palette_box.chosen.connect(self._found)
        self.jobs.problem.connect(self.problems.show_problem)
        self.jobs.crashed.connect(self.problems.show_crash)
        self.problems.meaning_asked.connect(self._show_meaning)
        self.book.changed.connect(self._show_history)
        look().theme_changed.connect(self._restyle)
        self.book.on("find", self.palette_box.open)
        self.book.on("details", self.toggle_details)
        self.book.on("tab-next", partial(self._step_tab, 1))
        self.book.on("tab-previous", partial(self._step_tab, -1))
        for name in (name for name, _ in RAIL if name in self._factories):
            self.book.action(f"go-{name.lower()}").setData(name)
            self.book.on(f"go-{name.lower()}", self._go if name != HELP else self._help)
        self.undo_button.clicked.connect(self.book.action("undo").trigger)
        self.redo_button.clicked.connect(self.book.action("redo").trigger)
        self.find_button.clicked.connect(self.palette_box.open)
        answer_look_commands(self.book)
        self._show_history()
        self._restyle()

    @property
    def page(self) -> Page | None:
        """The page in front."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def show_page(self, name: str, target: object = None) -> None:
        """Bring a page to the front, making it if it is not there yet; `target` is what it should show."""
        if self.page is not None:
            if name == HELP:
                self.helping.remember(self.here()[0])
            self.page.settle()
        page = self._made.get(name) or self._make(name)
        if target is not None:
            page.open_with(target)
        self.stack.setCurrentWidget(page)
        self.rail.show_chosen(name)
        self._show_header()
        self.header.lend(page.header_buttons(), page.under_header())
        self.details.lend(page.details())
        self._focus_page(page)
        page.entered()

    def set_file(self, name: str) -> None:
        """Name the open file in the title bar; an empty name means that none is open."""
        self.setWindowTitle(f"{name} – {APP_NAME}" if name else APP_NAME)
        self.setAccessibleName(self.windowTitle())

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show the facts of the status bar."""
        self.facts.set_facts(facts)

    def set_history(self, undo: str | None, redo: str | None) -> None:
        """Name what can be undone and redone (`Paste of 24 values`); None: nothing."""
        for command, label in (("undo", undo), ("redo", redo)):
            verb = command.capitalize()
            self.book.say(command, f"{verb}: {label}" if label else verb)
            self.book.have(command, bool(label))

    def toggle_details(self) -> None:
        """Open or close the details of what is under the cursor."""
        if self.page is None or not self.page.toggle_own_details():
            self.details.setVisible(not self.details.isVisible())

    def _rail_chosen(self, name: str) -> None:
        self._from_rail = True
        self.show_page(name)
        self._from_rail = False

    def _focus_page(self, page: Page) -> None:
        """Put the focus into the page, unless a person chose it in the rail and goes on working there."""
        holder = QApplication.focusWidget()
        if holder is None or not (self._from_rail and self.rail.isAncestorOf(holder)):
            (page.first() or page).setFocus()

    def _make(self, name: str) -> Page:
        page = self._factories[name]()
        self._made[name] = page
        page.header_changed.connect(self._show_header)
        page.details_changed.connect(self._show_details)
        page.go.connect(self.show_page)
        page.back_asked.connect(self.helping.back)
        self.stack.addWidget(page)
        page.dress()
        return page

    def _show_header(self) -> None:
        if self.page is not None:
            self.header.set_state(self.page.header())

    def _show_details(self) -> None:
        if self.page is not None:
            self.details.lend(self.page.details())

    def _tab_chosen(self, name: str) -> None:
        if self.page is not None:
            self.page.settle()
            self.page.open_tab(name)
            self._show_header()

    def _step_tab(self, step: int) -> None:
        """Ctrl+Page Down and Ctrl+Page Up go through the tabs of a role, as through the sheets of a workbook."""
        page = self.page
        tabs = page.header().tabs if page is not None else ()
        if page is not None and tabs:
            self._tab_chosen(tabs[(tabs.index(page.header().tab) + step) % len(tabs)])
            (page.first() or page).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _entries(self) -> list[Entry]:
        found, words = list(self._find()), self.book.words
        own = [own_entry(action) for action in (self.page.own_actions() if self.page else ()) if action.isEnabled()]
        book = [Entry(c.id, words(c.id), c.group, c.shortcut) for c in self.book.available() if c.id != "find"]
        return found + [entry for entry in own if entry.text] + book

    def _found(self, entry: Entry) -> None:
        if isinstance(entry.target, QAction):
            entry.target.trigger()
        elif entry.target is None:
            self.book.run(entry.id)
        else:
            self.asked.emit(entry.id, entry.target)

    def _show_meaning(self, code: str) -> None:
        if HELP in self._factories:
            self.show_page(HELP, ("messages", code))

    def here(self) -> tuple[str, str]:
        """The names of the page and tab in front."""
        name = next((name for name, page in self._made.items() if page is self.page), "")
        return name, self.page.header().tab if self.page is not None else ""

    def _help(self) -> None:
        self.helping.open_for(*self.here())

    def _go(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show_page(str(action.data()))

    def _show_history(self) -> None:
        for button, command in ((self.undo_button, "undo"), (self.redo_button, "redo")):
            action = self.book.action(command)
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())
            button.setAccessibleName(self.book.words(command))

    def _restyle(self) -> None:
        """At large text the long search button becomes a short one."""
        large = look().theme.scale > LARGE_TEXT
        self.find_button.setText("\u2009Find" if large else f"\u2009{FIND}   Ctrl+K")

    def event(self, event: QEvent) -> bool:
        """Before anything is painted, lay out what waits for it: nobody sees a page that moves into its place."""
        if event.type() == QEvent.Type.UpdateRequest:
            for _ in range(LAYOUT_TURNS):
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        self.painted.emit()
        icon_shelf().open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on the files that were dropped."""
        if paths := dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Settle what is open before closing; a window that is gone from sight may wait for the last read."""
        if not self._leaving.may_go(self._settle):
            event.ignore()
            return
        self.hide()
        self.jobs.close()
        super().closeEvent(event)

    def _settle(self) -> None:
        for page in self._made.values():
            page.settle()
        self.closing.emit()
