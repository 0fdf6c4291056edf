"""Ctrl+K: find a role, a measure or an action by any of its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.theme.look import look
from desktop.widgets.text import announce, label

SHOWN = 9
"""Lines shown at most, before the list scrolls."""
LEFT_BELOW = 44
"""Pixels left free under it."""
_WORD_STARTS = re.compile(r"(?<!\w).")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: `group` says what it is, `key` its shortcut, `target` what to open."""

    id: str
    text: str
    group: str
    key: str = ""
    target: object = None

    @property
    def line(self) -> str:
        """The entry as one line."""
        tail = f"   {self.key}" if self.key else ""
        return f"{self.text}   ·   {self.group}{tail}"


def own_entry(action: QAction) -> Entry:
    """An action of the page in front as an entry."""
    words, _, key = action.text().replace("&&", "&").partition("\t")
    return Entry("own", words, "Here", key, action)


def matching(entries: Sequence[Entry], wanted: str) -> list[Entry]:
    """Entries that hold what is wanted, the closest first.

    First those that begin with the first word, then those in which every word begins a word, then those that hold
    every word, then those in which the letters of every word follow one another from the start of a word (`emadm`:
    Emergency admissions).
    """
    words = wanted.casefold().split()
    if not words:
        return list(entries)
    ranked = [(_rank(f"{entry.text} {entry.group}".casefold(), words), at) for at, entry in enumerate(entries)]
    return [entries[at] for rank, at in sorted(ranked) if rank < len(_TESTS)]


def _rank(text: str, words: Sequence[str]) -> int:
    return next((rank for rank, test in enumerate(_TESTS) if test(text, words)), len(_TESTS))


def _begins(text: str, words: Sequence[str]) -> bool:
    return text.startswith(words[0]) and _holds(text, words)


def _starts_words(text: str, words: Sequence[str]) -> bool:
    return all(text.startswith(word) or f" {word}" in text for word in words)


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _follows(text: str, words: Sequence[str]) -> bool:
    starts = [found.start() for found in _WORD_STARTS.finditer(text)]
    return all(_runs_through(text, starts, word) for word in words)


def _runs_through(text: str, starts: Sequence[int], letters: str) -> bool:
    """Whether letters follow one another from a start of a word: the first start will do, since all is after it."""
    at = next((start for start in starts if text[start] == letters[0]), len(text))
    rest = iter(text[at:])
    return all(letter in rest for letter in letters)


_TESTS = (_begins, _starts_words, _holds, _follows)


class Palette(QFrame):
    """A box over the window that closes by itself. `chosen` carries the `Entry`."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, entries: Callable[[], Sequence[Entry]]) -> None:
        super().__init__(window)
        self.setObjectName("popup")
        self.setAccessibleName("Find a role, measure or action")
        self._entries = entries
        self._all: Sequence[Entry] = ()
        self._found: list[Entry] = []
        self._back: QWidget | None = None
        self.input = QLineEdit()
        self.input.setPlaceholderText("Find a role, measure or action")
        self.input.setAccessibleName("Find a role, measure or action")
        self.list = QListWidget()
        self.list.setAccessibleName("Found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.none = label("Nothing holds these letters. Try fewer of them.", "small", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self.input)
        box.addWidget(self.none)
        box.addWidget(self.list)
        self.input.textChanged.connect(self._filter)
        self.input.returnPressed.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.input.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it under the middle of the header, with everything that can be done now."""
        window = self.window()
        self._back = window.focusWidget()
        self._all = self._entries()
        width = min(look().theme.px(560), window.width() - 80)
        self.setGeometry((window.width() - width) // 2, 56, width, self.height())
        self.input.clear()
        self._filter("")
        self.show()
        self.raise_()
        self.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_quietly(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._back is not None and isValid(self._back):
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._back = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for what concerns this object; let the rest pass."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self._found:
                self.list.setCurrentRow((self.list.currentRow() + step) % len(self._found))
                announce(self.input, self._found[self.list.currentRow()].line)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_quietly()
                return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _filter(self, wanted: str) -> None:
        self._found = matching(self._all, wanted)
        self.list.clear()
        for entry in self._found:
            item = QListWidgetItem(entry.line)
            item.setSizeHint(QSize(0, look().theme.px(28)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.none.setVisible(not self._found)
        self.list.setVisible(bool(self._found))
        lines = min(max(len(self._found), 2), SHOWN)
        self.resize(self.width(), min(look().theme.px(58 + 30 * lines), self.window().height() - self.y() - LEFT_BELOW))
        if not self._found:
            announce(self.input, self.none.text())

    def _choose(self) -> None:
        at = self.list.currentRow()
        if not 0 <= at < len(self._found):
            return
        entry = self._found[at]
        self.close_quietly()
        self.chosen.emit(entry)
