"""What can be said about chosen values besides their figures: the menu of the grid, as data."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from analysis.vocabulary import Maturity
from desktop.widgets.text import amp


@dataclass(frozen=True)
class Marking:
    """One entry of the menu: its key and words; an empty key is a line between groups."""

    key: str
    words: str = ""


MATURITIES: dict[str, Maturity | None] = {
    "provisional": Maturity.PROVISIONAL,
    "final": Maturity.FINAL,
    "estimated": Maturity.ESTIMATED,
    "by rule": None,
}
MARKINGS = (
    Marking("note", "Write a note\tShift+F2"),
    Marking("set aside", "Set aside, say why"),
    Marking("take back", "Take back into the analysis"),
    Marking(""),
    Marking("provisional", "Mark as provisional"),
    Marking("final", "Mark as final"),
    Marking("estimated", "Mark as estimated"),
    Marking("by rule", "Remove the mark: by the measure's own rule"),
    Marking(""),
    Marking("not collected", "Not collected\tCtrl+0"),
    Marking("clear", "Clear\tDel"),
    Marking("fill down", "Fill down\tCtrl+D"),
    Marking("fill right", "Fill right\tCtrl+R"),
    Marking("copy above", "Copy the value above\tCtrl+'"),
    Marking(""),
    Marking("cut", "Cut\tCtrl+X"),
    Marking("copy", "Copy\tCtrl+C"),
    Marking("copy headed", "Copy with headings"),
    Marking("paste", "Paste\tCtrl+V"),
    Marking("paste table", "Paste as a table with headings: Import"),
    Marking(""),
    Marking("flip", "Flip: swap rows and columns\tCtrl+T"),
    Marking("earlier", "Show 12 earlier months"),
)


class MarkingMenu(QObject):
    """Makes the menu; `chosen` carries the key of an entry."""

    chosen = Signal(str)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.menu = QMenu(owner)
        self.menu.setAccessibleName("What to do with the chosen values")
        for marking in MARKINGS:
            self._add(marking)
        self.menu.triggered.connect(self._triggered)

    def action(self, key: str) -> QAction:
        """The action of an entry."""
        return next(action for action in self.menu.actions() if action.data() == key)

    def _add(self, marking: Marking) -> None:
        if marking.key:
            self.menu.addAction(amp(marking.words)).setData(marking.key)
        else:
            self.menu.addSeparator()

    def _triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
