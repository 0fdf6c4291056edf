"""The saved appraisals: name and save one, open one as it was, hold two side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.economics.saved import NOTE, NOW
from desktop.pages.fitting import FittingTable
from desktop.states import TableState
from desktop.widgets import Button, Card, ChoiceField, Field, column, label, row, scrolling
from desktop.widgets.text import announce


class SavedView(QWidget):
    """`save_asked` carries a name; `opened`, `compared` and `removed` the key of the chosen row."""

    save_asked = Signal(str)
    opened = Signal(str)
    compared = Signal(str, str)
    removed = Signal(str)
    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.name = Field("Name of this appraisal", placeholder="Board paper, May")
        self.save = Button("Save this appraisal", "primary")
        self.card = Card("Saved appraisals")
        self.table = FittingTable("Saved appraisals")
        self.empty = label("None is saved yet.", wrap=True)
        self.open_button, self.remove = Button("Open"), Button("Remove", icon="trash")
        self.against, self.compare = ChoiceField("Compare the chosen one with", (NOW,)), Button("Compare")
        self.copy = Button("Copy table", icon="copy")
        self.shown_card = Card("As it was")
        self.shown = FittingTable("The saved appraisal")
        self.sentence = label("", wrap=True)
        self.shown_card.add_action(self.copy)
        self.shown_card.add(self.sentence, self.shown)
        self.shown_card.hide()
        self.card.add(self.table, self.empty, label(NOTE, "small", wrap=True))
        top = row(gap=8)
        top.addWidget(self.name, 1)
        top.addWidget(self.save)
        tools = row(self.open_button, self.remove, gap=8)
        tools.addWidget(self.against, 1)
        tools.addWidget(self.compare)
        top.setAlignment(self.save, Qt.AlignmentFlag.AlignBottom)
        for button in (self.open_button, self.remove, self.compare):
            tools.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        parts = column(top, self.card, tools, self.shown_card, None, gap=8)
        self.setLayout(column(scrolling(parts, margins=(16, 4, 16, 12))))
        self._connect()
        self._chosen("")

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)
        self.name.input.returnPressed.connect(self._save)
        self.open_button.clicked.connect(self._open)
        self.table.opened.connect(self.opened)
        self.table.row_chosen.connect(self._chosen)
        self.compare.clicked.connect(self._compare)
        self.remove.clicked.connect(self._remove)
        self.copy.clicked.connect(self.copy_asked)

    def show_saved(self, state: TableState, names: Sequence[str]) -> None:
        """Show another list."""
        self.table.set_state(state)
        self.table.setVisible(bool(state.rows))
        self.empty.setVisible(not state.rows)
        self.against.set_choices((NOW, *names))
        self._chosen(self.table.current_key)

    def show_below(self, title: str, sentence: str, state: TableState | None, *, may_leave: bool) -> None:
        """Show one opened, or a comparison."""
        self.shown_card.setVisible(True)
        self.shown_card.title.setText(title)
        self.shown_card.setAccessibleName(title)
        self.sentence.setText(sentence)
        self.shown.setVisible(state is not None and bool(state.rows))
        self.shown.set_state(state or TableState((), ()))
        self.copy.setVisible(may_leave)
        announce(self.sentence, f"{title}. {sentence}")

    def put_away(self) -> None:
        """Nothing is opened or compared any more."""
        self.shown_card.hide()

    def say(self, words: str) -> None:
        """Say something over the lower table."""
        self.sentence.setText(words)
        announce(self.sentence, words)

    def _save(self) -> None:
        self.save_asked.emit(self.name.text)

    def _open(self) -> None:
        self.opened.emit(self.table.current_key)

    def _compare(self) -> None:
        self.compared.emit(self.table.current_key, self.against.text)

    def _remove(self) -> None:
        self.removed.emit(self.table.current_key)

    def _chosen(self, key: str) -> None:
        for button in (self.open_button, self.remove, self.compare):
            if key:
                button.enable()
            else:
                button.disable("Choose a saved appraisal first.")
