"""The entry grid as the Data tab uses it: a pasted block, Esc and the flip are handed to the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from desktop.grid.clipboard import copied
from desktop.grid.cursor import KeyTable
from desktop.grid.edits import Area, copied_with_headings
from desktop.grid.state import GridState
from desktop.grid.view import EntryGrid
from exporters.block_text import to_tsv


class DataGrid(EntryGrid):
    """`block_pasted` carries what was `Copied`; `escaped` comes when Esc is pressed with no editor open.

    `note_asked` and `flip_asked` are the keys for a note and for swapping rows and columns.
    """

    block_pasted = Signal(object)
    escaped = Signal()
    note_asked = Signal()
    flip_asked = Signal()

    def __init__(self) -> None:
        super().__init__(GridState((), (), ()))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _key_table(self) -> KeyTable:
        shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        own: KeyTable = {
            (Qt.Key.Key_F2, shift): self.note_asked.emit,
            (Qt.Key.Key_T, ctrl): self.flip_asked.emit,
        }
        return super()._key_table() | own

    def paste(self) -> None:
        """Hand the clipboard's block to the page, which knows what its headings name."""
        block = copied()
        if block.shown:
            self.block_pasted.emit(block)

    def copy_with_headings(self) -> None:
        """Copy the chosen block with its periods and the names of its measures."""
        QGuiApplication.clipboard().setText(to_tsv(copied_with_headings(self.shown, self.area)))

    def choose(self, area: Area) -> None:
        """Choose a block; the cursor goes to its first cell."""
        self._cursor.move(area.top, area.left)
        self._cursor.choose(area)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a refused entry; the rest is a spreadsheet's."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
