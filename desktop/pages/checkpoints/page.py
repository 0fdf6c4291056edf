"""Ctrl+S: a name for where the record stands now, the list of such names, and the way back to one after a question."""

from __future__ import annotations

from analysis.problems import UserProblem
from db.operations.changed import Changed
from db.operations.marks import go_back, mark
from db.queries.checkpoints import HeldCheckpoint, checkpoints
from desktop.frame.page import Page
from desktop.jobs import Progress
from desktop.pages.checkpoints.state import COLUMNS, GO_BACK, STAY, can_go, question, table_of, usual_name
from desktop.pages.fitting import FittingTable
from desktop.session import Session
from desktop.states import HeaderState, TableState
from desktop.widgets import AskingBar, Button, Card, Field, column, label, row, scrolling
from importers.free_text import refuse_identifiers


class CheckpointsPage(Page):
    """Reached by Ctrl+S. Everything is saved at all times; a checkpoint only names a moment, so that it is found."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._held: tuple[HeldCheckpoint, ...] = ()
        self.name = Field("Name of the checkpoint", placeholder="Figures agreed with finance")
        self.make = Button("Make a checkpoint", "primary")
        self.said = label("", "small", wrap=True)
        self.table = FittingTable("Checkpoints", TableState(COLUMNS, ()))
        self.table.table.counts_people = False
        self.none = label("This file has no checkpoint yet.", "small", wrap=True)
        self.back = Button("Go back to this checkpoint", icon="clock-counter-clockwise")
        self.asking = AskingBar()
        self.asking.hide()
        making = Card("Make a checkpoint")
        about = "Everything is saved as you go. A checkpoint names this moment, so that you can come back to it."
        making.add(label(about, "small", wrap=True), self.name, row(self.make, None), self.said)
        listed = Card("Checkpoints of this file")
        listed.add(self.none, self.table, row(self.back, None), self.asking)
        self.setLayout(column(scrolling(column(making, listed, None, gap=12, margins=(16, 12, 16, 12))), gap=0))
        self.make.clicked.connect(self._make)
        self.name.input.returnPressed.connect(self._make)
        self.back.clicked.connect(self._ask)
        self.table.row_chosen.connect(self._chosen)
        self.table.opened.connect(self._ask)
        self.asking.answered.connect(self._answered)
        session.refreshed.connect(self._changed)
        session.opened.connect(self._changed)

    def header(self) -> HeaderState:
        """The title."""
        return HeaderState("Checkpoints", (self._session.need_store().path.name,) if self._session.store else ())

    def entered(self) -> None:
        """Offer a name, ready to be typed over."""
        self.said.setText("")
        self.name.set_text(usual_name(self._session.today))
        self.name.input.setFocus()
        self.name.input.selectAll()
        self._read()

    @property
    def chosen(self) -> HeldCheckpoint | None:
        """The checkpoint that is chosen in the list."""
        return next((held for held in self._held if str(held.id) == self.table.current_key), None)

    def _changed(self) -> None:
        """A list that nobody looks at is read when it is entered."""
        if not self.is_put_away:
            self._read()

    def _read(self) -> None:
        store = self._session.store
        self.make.setEnabled(store is not None and not store.read_only)
        if store is None:
            self._take(())
            return

        def work(_progress: Progress) -> tuple[HeldCheckpoint, ...]:
            return checkpoints(store)

        self._session.jobs.read(work, self._take, label="Read the checkpoints", newest=True)

    def _take(self, held: tuple[HeldCheckpoint, ...]) -> None:
        self._held = held
        self.table.set_state(table_of(held))
        self.none.setVisible(not held)
        self.table.setVisible(bool(held))
        self.asking.hide()
        self._chosen()
        self.header_changed.emit()

    def _chosen(self, _key: str = "") -> None:
        store = self._session.store
        self.asking.hide()
        self.back.setVisible(bool(self._held))
        self.back.setEnabled(can_go(self.chosen) and store is not None and not store.read_only)

    def _make(self) -> None:
        try:
            name = refuse_identifiers(self.name.text)
        except UserProblem as problem:
            self.name.show_fault(problem.sentence())
            return
        self._session.change(mark, self._made, self._refused, name=name)

    def _made(self, changed: Changed) -> None:
        self.name.show_fault("")
        self.said.setText(f"“{changed.label}” is in the list.")

    def _refused(self, problem: UserProblem) -> None:
        self.name.show_fault(problem.sentence())

    def _ask(self, _key: object = None) -> None:
        held = self.chosen
        if held is not None and can_go(held):
            asked, safe = question(held)
            self.asking.ask(asked, safe, (GO_BACK, STAY))
            self.asking.show()
            self.asking.buttons[1].setFocus()

    def _answered(self, answer: str) -> None:
        held = self.chosen
        self.asking.hide()
        if answer == GO_BACK and held is not None:
            self._session.change(go_back, self._went, step_id=held.id)
        else:
            self.back.setFocus()

    def _went(self, changed: Changed) -> None:
        self.said.setText(f"{changed.label}.")
