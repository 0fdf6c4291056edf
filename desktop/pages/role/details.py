"""F4 in a tab of a role: source, history and notes of what has the focus, and the way to how it is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from db.store import Store
from desktop.jobs import Progress
from desktop.pages.role.subject import NO_NOTES, NOBODY, Subject, Told, read_told
from desktop.pages.role.tab import RoleTab
from desktop.widgets import Button, Card, column, label, row, scrolling

HOW = "How is this made?"


class DetailsPanel(QWidget):
    """Shows a `Subject` and what was read of it. `wanted` when it comes into view, `how_asked` for the explanation."""

    wanted = Signal()
    how_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Details of what has the focus")
        self.title = label("", "strong", wrap=True)
        self.how = Button(HOW, "link")
        self.facts, self.history, self.notes = (label("", "small", wrap=True) for _ in range(3))
        inner = column(self.title, gap=8)
        for name, words in (("Source", self.facts), ("History", self.history), ("Notes", self.notes)):
            card = Card(name, gap=4)
            card.add(words)
            if words is self.facts:
                card.add(row(self.how, None))
            inner.addWidget(card)
        inner.addStretch(1)
        whole = column(gap=0)
        whole.addWidget(scrolling(inner, margins=(0, 0, 0, 0)), 1)
        self.setLayout(whole)
        self.how.clicked.connect(self._how)

    def show_subject(self, subject: Subject | None) -> None:
        """Show another subject; its history is read after it."""
        self.title.setText(subject.title if subject else "Nothing that has details has the focus.")
        facts = subject.facts if subject else ()
        self.facts.setText("\n".join(f"{caption}: {words}" for caption, words in facts) or "Typed here.")
        self.how.setVisible(subject is not None and subject.how)
        self.how.setAccessibleName(f"{HOW} {subject.title}" if subject else HOW)
        self.show_told(Told((), ()))

    def show_told(self, told: Told) -> None:
        """Show what was read of the subject."""
        self.history.setText("\n".join(told.history) or NOBODY)
        self.notes.setText("\n".join(told.notes) or NO_NOTES)
        for words in (self.facts, self.history, self.notes):
            words.setAccessibleName(words.text())

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what has the focus now."""
        super().showEvent(event)
        self.wanted.emit()

    def _how(self) -> None:
        self.how_asked.emit()


class FocusDetails(QObject):
    """Follows the focus through a tab and fills the panel while it is in view; `subject` says what the focus is on."""

    def __init__(self, tab: RoleTab, subject: Callable[[QWidget | None], Subject | None]) -> None:
        super().__init__(tab)
        self._tab, self._subject_of = tab, subject
        self._shown: Subject | None = None
        self.panel = DetailsPanel()
        self.panel.wanted.connect(self.refresh)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a widget needs one
        app.focusChanged.connect(self._focus_moved)

    def refresh(self) -> None:
        """Show what has the focus, and read its history; the same again is read again, for it may have changed."""
        if not self.panel.isVisible():
            return
        subject = self._subject_of(self._tab.focusWidget())
        if subject is None or self._shown is None or subject.title != self._shown.title:
            self.panel.show_subject(subject)
        self._shown = subject
        store = self._tab.session.store
        if subject is not None and store is not None:
            work = partial(_read, store, subject)
            self._tab.session.jobs.read(work, self._take, label="Read the details", newest=True)

    def _take(self, read: tuple[str, Told]) -> None:
        if self._shown is not None and read[0] == self._shown.title:
            self.panel.show_subject(self._shown)
            self.panel.show_told(read[1])

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """The focus in the panel itself leaves the subject as it is."""
        if now is not None and self._tab.isAncestorOf(now):
            self.refresh()


def _read(store: Store, subject: Subject, _progress: Progress) -> tuple[str, Told]:
    return subject.title, read_told(store, subject)
