"""Cost or benefit lines: the table, its buttons, and the form under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QWidget

from desktop.pages.facts_form import FactsForm, FieldSpec
from desktop.pages.fitting import FittingTable
from desktop.states import TableState
from desktop.widgets import Button, Card, column, label, row, scrolling

TextsOf = Callable[[str], Mapping[str, str]]


class LinesView(QWidget):
    """`given` carries the line's key (empty if new) and its texts, `removed` the key. Enter changes, Del removes."""

    given = Signal(str, object)
    removed = Signal(str)

    def __init__(
        self,
        name: str,
        one: str,
        note: str,
        specs: Sequence[FieldSpec],
        texts: TextsOf,
        *,
        below: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(name)
        self._one, self._texts, self._key = one, texts, ""
        self._warned: Mapping[str, str] = {}
        self.card = Card(name)
        self.table = FittingTable(name)
        self._one_of = f"an {one}" if one[0] in "aeiou" else f"a {one}"
        self.empty = label(f"No {one} is entered yet.", wrap=True)
        self.note = label(note, "small", wrap=True)
        self.add_button = Button(f"Add {self._one_of}", icon="plus")
        self.change_button = Button("Change", icon="pencil-simple")
        self.remove_button = Button("Remove", icon="trash")
        self.form = FactsForm(specs)
        self.card.add(self.table, self.empty, self.note)
        tools = row(self.add_button, self.change_button, self.remove_button, None)
        parts: list[QWidget | QLayout] = [tools, self.form, self.card, *([below] if below is not None else [])]
        self.setLayout(column(scrolling(column(*parts, None, gap=8), margins=(16, 4, 16, 12))))
        self.add_button.clicked.connect(self._add)
        self.change_button.clicked.connect(self._change)
        self.remove_button.clicked.connect(self._remove)
        self.table.opened.connect(self._opened)
        self.table.row_chosen.connect(self._chosen)
        self.form.given.connect(self._given)
        self.form.left.connect(self._left)

    def show_table(self, state: TableState) -> None:
        """Show other lines."""
        self.table.set_state(state)
        self.table.setVisible(bool(state.rows))
        self.empty.setVisible(not state.rows)
        self._chosen(self.table.current_key)

    def say(self, note: str) -> None:
        """Say something else under the lines."""
        self.note.setText(note)

    def add_line(self, texts: Mapping[str, str] | None = None) -> None:
        """Open the form for a new line, filled in as far as it is known."""
        self._open("", f"A new {self._one}", texts or self._texts(""))

    def holds_back(self, warnings: Mapping[str, str]) -> bool:
        """Whether a line is held back to warn of it: once, beside the fields; saving again keeps it."""
        if not warnings or warnings == self._warned:
            return False
        self._warned = warnings
        self.form.show_faults(warnings)
        return True

    def settle(self) -> None:
        """Put the form away once its line is recorded."""
        self.form.hide()
        self._left()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes the chosen line."""
        if event.key() == Qt.Key.Key_Delete and self.table.current_key:
            self._remove()
        else:
            super().keyPressEvent(event)

    def _open(self, key: str, title: str, texts: Mapping[str, str]) -> None:
        self._key, self._warned = key, {}
        self.form.open_with(title, texts)

    def _opened(self, key: str) -> None:
        self._open(key, f"Change this {self._one}", self._texts(key))

    def _change(self) -> None:
        self._opened(self.table.current_key)

    def _add(self) -> None:
        self.add_line()

    def _remove(self) -> None:
        self.removed.emit(self.table.current_key)

    def _chosen(self, key: str) -> None:
        for button in (self.change_button, self.remove_button):
            if key:
                button.enable()
            else:
                button.disable(f"Choose {self._one_of} first.")

    def _given(self, texts: object) -> None:
        self.given.emit(self._key, texts)

    def _left(self) -> None:
        (self.table.table if not self.table.shows_cards else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)
