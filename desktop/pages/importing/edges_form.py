"""The edges of a table as five fields, so that the keyboard sets what the mouse can drag."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from analysis.problems import UserProblem
from desktop.pages.importing.sheet_view import COLUMNS, moved
from desktop.theme.look import look
from desktop.widgets import Button, Field, column, label, row
from importers.addresses import column_letters, column_number
from importers.edges import Edges

EDGES = {
    "header_row": "Header row",
    "first_row": "First row",
    "last_row": "Last row",
    "first_column": "First column",
    "last_column": "Last column",
}


SPOKEN = {
    "header_row": "The upper row of the headings",
    "first_row": "The first row of figures under the headings",
    "last_row": "The last row of figures",
}


class EdgesForm(QWidget):
    """Fields in Excel's own numbers and letters; Up and Down move an edge by one.

    `moved` carries the edges while they change, `used` when the sheet should be read within them, `reset` when the
    table should be looked for again.
    """

    moved = Signal(object)
    used = Signal(object)
    reset = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.frame: Edges | None = None
        self.fields = {name: Field(caption) for name, caption in EDGES.items()}
        self.use = Button("Read with these edges")
        self.again = Button("Find the table again", "link")
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        for name, field in self.fields.items():
            field.setObjectName(name)
            field.input.setAccessibleDescription(SPOKEN.get(name, ""))
            field.input.installEventFilter(self)
            field.input.textEdited.connect(self._typed)
            field.input.returnPressed.connect(self._use)
        words = "Not the right table? Drag its edges on the sheet, or set them here."
        fields, buttons = row(*self.fields.values(), gap=8), row(self.use, self.again, None)
        self.setLayout(column(label(words, "small", wrap=True), fields, self.fault, buttons, gap=6))
        self.use.clicked.connect(self._use)
        self.again.clicked.connect(self.reset)
        look().theme_changed.connect(self.updateGeometry)

    def show_frame(self, frame: Edges | None, *, by_hand: bool) -> None:
        """Show the edges of the table; `by_hand` when a person has set them."""
        self.frame = frame
        self.setEnabled(frame is not None)
        self.again.setVisible(by_hand)
        self.fault.hide()
        for name, field in self.fields.items():
            field.set_text("" if frame is None else edge_text(frame, name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move the edge of the field that has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.frame is not None:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            name = next((name for name, field in self.fields.items() if field.input is watched), "")
            if step and name:
                self.frame = moved(self.frame, name, getattr(self.frame, name) + step)
                self.fields[name].set_text(edge_text(self.frame, name))
                self.moved.emit(self.frame)
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        if (frame := self._read()) is not None:
            self.frame = frame
            self.moved.emit(frame)

    def _read(self) -> Edges | None:
        """The edges as typed; None where they enclose nothing, which is said."""
        if self.frame is None:
            return None
        try:
            places = [edge_of(name, field.text) for name, field in self.fields.items()]
            edges = Edges(self.frame.sheet, *places)
            edges.check()
        except UserProblem as problem:
            self.fault.setText(problem.sentence())
            self.fault.show()
            return None
        self.fault.hide()
        return edges

    def _use(self) -> None:
        if (frame := self._read()) is not None:
            self.used.emit(frame)


def edge_text(frame: Edges, name: str) -> str:
    """An edge as Excel names it: row 5, column B."""
    at: int = getattr(frame, name)
    return column_letters(at) if name in COLUMNS else str(at + 1)


def edge_of(name: str, text: str) -> int:
    """An edge from what was typed. Raises UserProblem for a text that is no row or column."""
    if name in COLUMNS:
        if not text.isascii() or not text.isalpha() or len(text) > 3:
            raise UserProblem(f"'{text}' is no column.", "Write its letters, such as B.")
        return column_number(text.upper())
    if not text.isdecimal() or not 0 < int(text) <= 2_000_000:
        raise UserProblem(f"'{text}' is no row.", "Write its number, such as 5.")
    return int(text) - 1
