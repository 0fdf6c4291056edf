"""Adding an event, or limits recalculated, in the page: date, what happened, what kind. Errors stand at the field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from analysis.problems import UserProblem
from analysis.vocabulary import EventKind
from desktop.pages.impact.event_state import KINDS, NewEvent, read_event
from desktop.widgets import Button, Card, CardFlow, Combo, Field, column, label, row


class EventForm(Card):
    """Hidden until asked for; Esc puts it away. `given` carries a `NewEvent` whose fields were understood."""

    given = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__("Add an event")
        self.when = Field("When", placeholder="4 Dec 2023")
        self.title_field = Field("What happened", placeholder="Winter scheme started")
        self.kind = Combo("Kind of event", tuple(KINDS))
        kind = label("Kind", "caption")
        kind.setBuddy(self.kind)
        holder = Card(margins=(0, 0, 0, 0))
        holder.setObjectName("flat")
        box = holder.layout()
        assert isinstance(box, QVBoxLayout)  # noqa: S101 - a card is a column
        box.addLayout(column(kind, self.kind, None, gap=3))
        self.fields = CardFlow((self.when, self.title_field, holder), least=200, most_columns=3)
        self.add_button = Button("Add event", "primary")
        self.cancel = Button("Cancel")
        self.add_button.clicked.connect(self._add)
        self.cancel.clicked.connect(self._leave)
        self.add(self.fields, row(self.add_button, self.cancel, None))
        self.hide()

    def open_at(self, when: str, kind: EventKind) -> None:
        """Show the form with a date and a kind filled in, the focus in the first empty field."""
        self.when.set_text(when)
        self.title_field.set_text("")
        self.kind.setCurrentText(next(words for words, held in KINDS.items() if held is kind))
        self.show()
        (self.title_field if when else self.when).input.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: UserProblem) -> None:
        """Say beside the field what the file would not take."""
        self.title_field.show_fault(problem.sentence())

    def _add(self) -> None:
        found = read_event(self.when.text, self.title_field.text, self.kind.currentText())
        self.when.show_fault(found.when_fault)
        self.title_field.show_fault(found.title_fault)
        if isinstance(found.event, NewEvent):
            self.given.emit(found.event)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the form away, Enter adds."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add()
        else:
            super().keyPressEvent(event)
