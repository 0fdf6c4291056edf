"""The menu of the chart: everything its keys do, and what has no key. Qt names each action with its key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.widgets.text import amp


@dataclass(frozen=True)
class Entry:
    """One entry: its key and words; an empty key is a line between groups."""

    key: str
    words: str = ""


ENTRIES = (
    Entry("table", "Table or chart\tT"),
    Entry("copy", "Copy picture, table and sentence\tC"),
    Entry("png", "Save as a picture (PNG)"),
    Entry("svg", "Save as a drawing (SVG)"),
    Entry(""),
    Entry("event", "Add an event\tA"),
    Entry("baseline", "Set the baseline, or start limits again\tB"),
    Entry("setting", "Comparators, targets, limits"),
    Entry(""),
    Entry("together", "All measures together"),
    Entry("how", "How is this made?"),
)


class ChartMenu(QObject):
    """Makes the menu; `chosen` carries the key of an entry."""

    chosen = Signal(str)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.menu = QMenu(owner)
        self.menu.setAccessibleName("The chart")
        for entry in ENTRIES:
            if entry.key:
                self.menu.addAction(amp(entry.words)).setData(entry.key)
            else:
                self.menu.addSeparator()
        self.menu.triggered.connect(self._triggered)

    def choose(self, key: str) -> None:
        """Do what an entry does."""
        next(action for action in self.menu.actions() if action.data() == key).trigger()

    def open_at(self, at: QPoint) -> None:
        """Open it at a place of the screen."""
        self.menu.popup(at)

    def _triggered(self, action: object) -> None:
        self.chosen.emit(str(action.data()))  # type: ignore[attr-defined]  # a QAction
