"""Editing of one cell: the editor's keys end an entry and move on, as in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.grid.model import AnyIndex
from desktop.theme.look import look

_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_ENDING: dict[Qt.Key, str] = {
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Tab: "tab",
    Qt.Key.Key_Backtab: "backtab",
    Qt.Key.Key_F6: "leave",
}
_ARROWS: dict[Qt.Key, str] = {
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Up: "above",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
}


@dataclass(frozen=True)
class Entry:
    """A text that is being typed, where in it the cursor stands, and whether arrows would end it."""

    text: str
    at: int
    typing: bool


class CellDelegate(QStyledItemDelegate):
    """Makes the editor of a cell; the grid paints itself. `ended` names the move that follows a committed entry.

    `filled` carries a text that belongs into every chosen cell.
    """

    ended = Signal(str)
    filled = Signal(str)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.editor: QLineEdit | None = None
        self.typing = False
        self.closeEditor.connect(self._forget)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """The editor of a cell."""
        editor = QLineEdit(parent)
        editor.setObjectName("cell")
        editor.setFont(look().theme.font("body"))
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Begin with the cell's text; what a person has typed since is left alone when the data change."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.deselect()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Ask for the text of the editor."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Lay the editor over its cell."""
        editor.setGeometry(option.rect)

    @property
    def entry(self) -> Entry | None:
        """What is being typed; None where no editor is open."""
        editor = self.editor
        return Entry(editor.text(), editor.cursorPosition(), self.typing) if editor is not None else None

    def go_on(self, entry: Entry) -> None:
        """Go on with an entry in an editor that was opened anew."""
        self.typing = entry.typing
        if self.editor is not None:
            self.editor.setCursorPosition(entry.at)

    def finish(self) -> None:
        """Commit an open editor and close it."""
        editor = self.editor
        if editor is not None:
            self.editor = None
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for what concerns this object; let the rest pass."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key is Qt.Key.Key_F2 and not event.modifiers():
                self.typing = not self.typing
                return True
            move = _ENDING.get(key) or (_ARROWS.get(key) if self.typing else None)
            if move == "enter" and event.modifiers() & _SHIFT:
                move = "up"
            if move == "enter" and event.modifiers() & _CTRL and self.editor is not None:
                self.filled.emit(self.editor.text().strip())
                move = "stay"
            if move:
                self.finish()
                self.ended.emit(move)
                return True
        return super().eventFilter(watched, event)

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        """Let go of an editor that goes with its cell: where rows or columns are others, nobody closes it first."""
        if editor is self.editor:
            self._forget()
        super().destroyEditor(editor, index)

    def _forget(self) -> None:
        """The editor has been closed, by whatever way: it is not to be committed again."""
        self.editor = None
