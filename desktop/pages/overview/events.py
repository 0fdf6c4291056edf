"""Dated events of a role: the list, and the form that adds or changes one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from analysis.problems import UserProblem
from analysis.vocabulary import EventKind
from desktop.pages.overview.state import EventState
from desktop.pages.reading import date_text, read_date
from desktop.widgets import Button, Card, Combo, Field, column, label, row
from importers.free_text import refuse_identifiers

KINDS = {kind.value.capitalize(): kind for kind in EventKind}


class EventLine(QWidget):
    """One event with what can be done to it."""

    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self, state: EventState) -> None:
        super().__init__()
        self.event_id = state.id
        self.change, self.remove = Button("Change", "link"), Button("Remove", "link")
        self.change.setAccessibleName(f"Change {state.title}")
        self.remove.setAccessibleName(f"Remove {state.title}")
        words = column(
            label(state.title, "strong", wrap=True), label(f"{state.words} · {state.kind}", "small", wrap=True)
        )
        whole = row(gap=8)
        whole.addLayout(words, 1)
        if state.id < 0:
            self.change.hide()
            self.remove.hide()
        whole.addWidget(self.change)
        whole.addWidget(self.remove)
        self.setLayout(whole)
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)

    def _change(self) -> None:
        self.chosen.emit(self.event_id)

    def _remove(self) -> None:
        self.removed.emit(self.event_id)


class EventsCard(Card):
    """`added` carries the columns of a new event, `changed` an id and columns, `removed` an id."""

    added = Signal(dict)
    changed = Signal(int, dict)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__("Events that can move the figures")
        self._states: dict[int, EventState] = {}
        self._editing: int | None = None
        self.lines: list[EventLine] = []
        self.nothing = label(
            "None recorded. A new clinic, a scheme, a changed form: each can look like an effect.", "small", wrap=True
        )
        self._list = column(gap=6)
        self.when = Field("Date", placeholder="4 Dec 2023")
        self.until = Field("Until, if longer than a day", placeholder="None")
        self.what = Field("What happened", placeholder="Second urgent-care hub opened")
        self.kind = Combo("Kind of event", list(KINDS))
        self.kind.setCurrentText("Other")
        self.do, self.cancel = Button("Add event"), Button("Cancel", "link")
        kind = column(label("Kind", "caption"), self.kind, gap=3)
        self.add(self.nothing, self._list, row(self.when, self.until), self.what, kind)
        self.add(row(self.do, self.cancel, None))
        self.cancel.hide()
        self.do.clicked.connect(self._offer)
        self.cancel.clicked.connect(self._empty)

    def show_events(self, events: tuple[EventState, ...]) -> None:
        """Show the events there are now."""
        self.nothing.setVisible(not events)
        if list(events) == list(self._states.values()):
            return
        for old in self.lines:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._states = {event.id: event for event in events}
        self.lines = [EventLine(event) for event in events]
        for line in self.lines:
            line.chosen.connect(self._edit)
            line.removed.connect(self.removed)
            self._list.addWidget(line)

    def _edit(self, event_id: int) -> None:
        event = self._states[event_id]
        self._editing = event_id
        self.when.set_text(date_text(event.when))
        self.until.set_text(date_text(event.until))
        self.what.set_text(event.title)
        self.kind.setCurrentText(event.kind.capitalize())
        self._name("Save change")
        self.when.setFocus()

    def _empty(self) -> None:
        self._editing = None
        for field in (self.when, self.until, self.what):
            field.set_text("")
        self.kind.setCurrentText("Other")
        self._name("Add event")

    def _name(self, doing: str) -> None:
        self.do.setText(doing)
        self.do.setAccessibleName(doing)
        self.cancel.setVisible(self._editing is not None)

    def _offer(self) -> None:
        facts = self._read()
        if facts is None:
            return
        editing = self._editing
        self._empty()
        if editing is None:
            self.added.emit(facts)
        else:
            self.changed.emit(editing, facts)

    def _read(self) -> dict[str, Any] | None:
        """The columns typed, or None with the fault shown at its field."""
        found: dict[str, Any] = {}
        for name, field in (("happened_on", self.when), ("ended_on", self.until)):
            try:
                found[name] = read_date(field.text)
                field.show_fault("")
            except UserProblem as problem:
                field.show_fault(problem.sentence())
                return None
        begin, end = found["happened_on"], found["ended_on"]
        self.when.show_fault("" if begin else "Give the day it happened.")
        self.until.show_fault("It cannot end before it starts." if begin and end and end < begin else "")
        self.what.show_fault("" if self.what.text else "Say what happened.")
        if begin is None or not self.what.text or (end and end < begin):
            return None
        try:
            refuse_identifiers(self.what.text)
        except UserProblem as problem:
            self.what.show_fault(problem.sentence())
            return None
        return {**found, "title": self.what.text, "kind": KINDS[self.kind.currentText()]}
