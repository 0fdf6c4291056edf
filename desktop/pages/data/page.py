"""The Data tab: the grid of a role's values, whose they are, and what stands beside the cell under the cursor."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from analysis.vocabulary import Arm
from db.answers import RoleAnswer
from desktop.grid.clipboard import Copied, copied
from desktop.grid.edits import Edit
from desktop.grid.state import Cell
from desktop.pages.data.beside import CHANGE, DROP, KEEP, Asking, BesideState, beside_state, doubt_asked
from desktop.pages.data.cell_actions import CellActions
from desktop.pages.data.columns import ColumnsPage
from desktop.pages.data.drafts import Place
from desktop.pages.data.entries import Entries
from desktop.pages.data.placing import place_copied, place_edits
from desktop.pages.data.record import Wanted, read_history, read_record
from desktop.pages.data.recorded import Recorded
from desktop.pages.data.state import DataState, data_state
from desktop.pages.data.view import DataView
from desktop.pages.data.whose import OWN, Whose, whose_of
from desktop.pages.importing.sources import PastedSource
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.widgets import EmptyPage, column


class DataTab(RoleTab):
    """The entry grid of one role with what stands beside it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view, self.columns = DataView(), ColumnsPage(session)
        self.entries = Entries(session, self)
        self.cells = CellActions(session, self.view, self._shown)
        self._answer: RoleAnswer | None = None
        self._whose = OWN
        self._recorded: Recorded | None = None
        self._state: DataState | None = None
        self._flipped, self._earlier, self._to_earliest = False, 0, False
        self._later: set[Place] = set()
        self._typed: Place | None = None
        self._asked_of: Place | None = None
        self._wanted: object = None
        self._empty = EmptyPage("This role has no measures yet, so there is nothing to enter.", "Choose measures")
        self._stack = QStackedWidget()
        for part in (self.view, self.columns, self._empty):
            self._stack.addWidget(part)
        self.setLayout(column(self._stack, gap=0))
        self._connect()

    def _connect(self) -> None:
        view, grid = self.view, self.view.grid
        grid.edits_asked.connect(self._edited)
        grid.block_pasted.connect(self._pasted)
        grid.cell_changed.connect(self._moved)
        grid.escaped.connect(self._drop)
        view.value.entered.connect(self._typed_above)
        view.value.left.connect(grid.setFocus)
        view.compact_changed.connect(self.details_changed)
        grid.flip_asked.connect(self.flip)
        view.flip_button.clicked.connect(self.flip)
        for bar in view.asks.values():
            bar.answered.connect(self._answered)
        view.whose.chosen.connect(self._show_whose)
        view.columns_button.clicked.connect(self._show_columns)
        view.paste_button.clicked.connect(grid.paste)
        view.event_button.clicked.connect(self._to_events)
        view.import_button.clicked.connect(self._to_import)
        self.columns.closed.connect(self._show_values)
        self.columns.defined.connect(partial(self.go.emit, "Library"))
        self._empty.asked.connect(self._show_columns)
        self.cells.asked.connect(self._asked)
        self.cells.done.connect(self.entries.tell)
        self.entries.changed.connect(self._render)
        self.entries.said.connect(view.say)
        self.entries.laid.connect(self._choose)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's newest answer, once its open questions have been read too."""
        if self._answer is None or self._answer.role.id != answer.role.id:
            self._whose = OWN
            self._forget()
        choices = whose_of(answer)
        if self._whose not in choices:
            self._whose = OWN
            self._forget()
        self.view.whose.show_choices(choices, self._whose)
        self._answer = answer
        self.columns.show_answer(answer)
        self._read()

    def _read(self) -> None:
        """Read the record anew, off this thread; drafts that it holds by now give way to it when it comes."""
        answer = self._answer
        if answer is None:
            return
        newest = self.session.held_answer(answer.role.id) is answer
        as_of = self.session.writes if newest else 0
        wanted = Wanted(answer, self._whose, self.session.today, as_of, self._earlier, self._recorded)
        work = partial(read_record, self.session.need_store(), wanted)
        self.session.jobs.read(work, self._take_record, label="Read open questions and notes", newest=True)

    def _take_record(self, read: tuple[Wanted, Recorded]) -> None:
        wanted, held = read
        same = (wanted.whose, wanted.earlier_months) == (self._whose, self._earlier)
        if same and wanted.answer is self._answer:
            self._recorded = held
            self.entries.covered(wanted.as_of)
            self._render()

    def focus_on(self, target: object) -> None:
        """Bring a measure (by id), or a period, arm or group of one, to the cursor; `columns` opens the measures.

        What is asked for before the figures are there waits for them.
        """
        if target == "columns":
            self._show_columns()
        elif isinstance(target, tuple) and isinstance(target[0], Arm | Whose):
            self._show_whose(Whose(target[0]) if isinstance(target[0], Arm) else target[0])
            self._go_to(None, target[1])
        elif self._state is None:
            self._wanted = target
        else:
            self._show_values()
            period, measure_id = target if isinstance(target, tuple) else (target, target)
            self._go_to(period, measure_id)

    def first(self) -> QWidget | None:
        """The grid, so that what is typed goes into it at once."""
        return self.view.grid if self._stack.currentWidget() is self.view else None

    def details(self) -> QWidget | None:
        """The side panel, where there is no room for it beside the grid."""
        return self.view.side if self.view.compact else None

    def own_actions(self) -> list[QAction]:
        """The menu of the grid, where it is shown."""
        return self.cells.menu.menu.actions() if self._stack.currentWidget() is self.view else []

    def toggle_own_details(self) -> bool:
        """F4 hides or shows the panel beside the grid, where it stands there."""
        return self.view.toggle_side()

    def settle(self) -> None:
        """Commit what is being typed."""
        self.view.grid.commit_open_editor()
        self.entries.finish()

    def place(self) -> Place | None:
        """What the cell under the cursor stands for."""
        return self.cells.place

    def _shown(self) -> DataState | None:
        return self._state

    def _forget(self) -> None:
        self.entries.forget()
        self._recorded = self._state = None
        self._later.clear()
        self._typed = None
        self._earlier = 0
        self.cells.asker.close()
        self._show_values()

    def _show_whose(self, whose: Whose) -> None:
        """Show another arm's or group's values; what is being typed is committed to where it was typed."""
        if self._answer is None or whose == self._whose:
            return
        self.settle()
        self._forget()
        self._whose = whose
        self.show_answer(self._answer)

    def _render(self) -> None:
        if self._recorded is None:
            return
        first, place, months = self._state is None, self.place(), len(self._state.periods) if self._state else 0
        self._state = data_state(self._recorded, self.entries.drafts.layers(), flipped=self._flipped)
        self.view.grid.set_state(self._state.grid, self._state.where(place) if place else None)
        if self._to_earliest and len(self._state.periods) > months:
            self._to_earliest = False
            self.view.grid.scrollToTop()
        self.view.key.set_items(self._state.key)
        if self._stack.currentWidget() is not self.columns:
            self._show_values()
        if first and self._state.measures:
            self._go_to(next(iter(self._recorded.columns[0].series.periods[-1:]), None), None)
            self.view.grid.scrollTo(self.view.grid.currentIndex())
        if (wanted := self._wanted) is not None:
            self._wanted = None
            self.focus_on(wanted)
        self._show_beside()

    def _go_to(self, period: object, measure_id: object) -> None:
        """Put the cursor on a measure's cell of a period; what is neither leaves the cursor where it is."""
        state, grid = self._state, self.view.grid
        if state is None or not state.measures:
            return
        grid.setCurrentIndex(grid.model().index(*state.nearest(period, measure_id, self.place())))

    def _moved(self, _row: int, _column: int) -> None:
        self._later.clear()
        self._show_beside()

    def _show_beside(self) -> None:
        beside = self._beside()
        self.view.value.setEnabled(beside is not None)
        if beside is None:
            self.view.show_asking(None)
            return
        self.view.value.show_cell(beside.title, beside.edited, beside.source)
        self.view.side.show_cell(beside)
        self._show_asking(beside.asking)
        self._ask_history()

    def _show_asking(self, asking: Asking | None) -> None:
        """Ask about the cell under the cursor, or else about the value typed last: Enter has left it by now."""
        self._asked_of, typed, held = self.place(), self._typed, self._recorded
        series = held.series_of(typed[1]) if asking is None and held and typed else None
        if held is not None and typed is not None and series is not None and typed not in self._later:
            asking, self._asked_of = doubt_asked(series, typed, held.timeline, held.doubts), typed
        self.view.show_asking(asking)

    def _choose(self, places: Collection[Place]) -> None:
        """Choose a block that was laid down."""
        if self._state is not None:
            self.view.grid.choose(self._state.area(places))

    def _beside(self) -> BesideState | None:
        at, state, place = self.view.grid.currentIndex(), self._state, self.place()
        series = state.recorded.series_of(place[1]) if state and place else None
        if state is None or place is None or series is None:
            return None
        cell: Cell = state.grid.cells[at.row()][at.column()]
        asked = {place: text for place, text in state.recorded.doubts.items() if place not in self._later}
        return beside_state(state, series, place, cell, state.recorded.timeline, asked, self.entries.drafts)

    def _ask_history(self) -> None:
        place, held = self.place(), self._recorded
        if held is not None and place is not None:
            work = partial(read_history, self.session.need_store(), held.role_id, held.whose, place)
            self.session.jobs.read(work, self._take_history, label="Read the history of a value", newest=True)

    def _take_history(self, read: tuple[Place, tuple[str, ...]]) -> None:
        if read[0] == self.place():
            self.view.side.show_history(read[1])

    def _edited(self, edits: list[Edit], label: str) -> None:
        if self._state is not None and self._recorded is not None:
            (row, across, _), *more = edits
            self._typed = None if more else self._state.place(row, across)
            self.entries.put(self._recorded, partial(place_edits, self._state, edits, label), len(edits))

    def _typed_above(self, text: str) -> None:
        at = self.view.grid.currentIndex()
        self._edited([(at.row(), at.column(), text)], "")
        self.view.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pasted(self, block: Copied) -> None:
        if self._state is not None and self._recorded is not None:
            place = partial(place_copied, self._state, self.view.grid.area, block)
            self.entries.put(self._recorded, place, len(block.shown) * len(block.shown[0]))

    def _drop(self) -> None:
        place = self.place()
        if place is not None:
            self.entries.drop(place)

    def _answered(self, answer: str) -> None:
        place = self._asked_of
        if place is None or self._state is None:
            return
        if answer.startswith(CHANGE):
            self._edited([(*self._state.nearest(*place, place), answer.removeprefix(CHANGE))], "")
            self.view.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif answer == KEEP:
            self._go_to(*place)
            self.cells.keep()
        elif answer == DROP:
            self._drop()
        else:
            self._later.add(place)
            self._typed = None
            self._show_beside()

    def _asked(self, what: str) -> None:
        answers = {"paste table": self._paste_as_table, "earlier": self._show_earlier, "flip": self.flip}
        answers[what]()

    def flip(self) -> None:
        """Swap rows and columns; the cursor stays on its cell."""
        self.settle()
        self._flipped = not self._flipped
        self._render()
        self.view.grid.scrollTo(self.view.grid.currentIndex())

    def _show_earlier(self) -> None:
        self._earlier += 12
        self._to_earliest = True
        self._read()

    def _show_columns(self) -> None:
        self.settle()
        self._stack.setCurrentWidget(self.columns)
        self.columns.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_values(self) -> None:
        empty = self._state is not None and not self._state.measures
        self._stack.setCurrentWidget(self._empty if empty else self.view)

    def _to_events(self) -> None:
        self.tab_asked.emit("Overview", "events")

    def _paste_as_table(self) -> None:
        self.go.emit("Import", PastedSource(copied().whole))

    def _to_import(self) -> None:
        self.go.emit("Import", self.session.role_id)
