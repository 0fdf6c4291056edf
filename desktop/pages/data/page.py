"""The Data tab: it turns what a person types, pastes or marks into operations, and shows what became of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from analysis.problems import UserProblem
from analysis.vocabulary import Arm, Series
from db.answers import RoleAnswer
from db.operations.cell_notes import write_cell_note
from db.operations.observations import CellKey, record_observations, set_aside, set_doubt, set_maturity
from desktop.grid.edits import Edit
from desktop.grid.state import Cell
from desktop.grid.tsv import Block
from desktop.pages.data.asking import Asker
from desktop.pages.data.beside import CHANGE, DROP, KEEP, BesideState, beside_state
from desktop.pages.data.columns import ColumnsPage
from desktop.pages.data.drafts import Batch, Drafts, Place, Refused
from desktop.pages.data.kept import KeptColumns
from desktop.pages.data.marking import MATURITIES, MarkingMenu
from desktop.pages.data.placing import place_block, with_way_out
from desktop.pages.data.sending import NOTHING_SAID, Said, Sent, read_history, read_said
from desktop.pages.data.state import DataState, data_state
from desktop.pages.data.view import DataView
from desktop.pages.data.whose import OWN, Whose, as_whose, whose_of
from desktop.pages.data.writing import key_of, label_of, writing_of
from desktop.pages.importing.sources import PastedSource
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.widgets import EmptyPage, column


class DataTab(RoleTab):
    """The entry grid of one role with what stands beside it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view, self.columns = DataView(), ColumnsPage(session)
        self.menu, self.asker = MarkingMenu(self.view.grid), Asker(self.view.reason, self.view.grid)
        self.drafts, self._kept = Drafts(), KeptColumns()
        self._answer: RoleAnswer | None = None
        self._whole: RoleAnswer | None = None
        self._whose = OWN
        self._state: DataState | None = None
        self._said = NOTHING_SAID
        self._flipped, self._earlier = False, 0
        self._settled: list[Batch] = []
        self._later: set[Place] = set()
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
        grid.customContextMenuRequested.connect(self._open_menu)
        view.value.entered.connect(self._typed_above)
        view.value.left.connect(grid.setFocus)
        view.compact_changed.connect(self.details_changed)
        grid.note_asked.connect(self.write_note)
        grid.flip_asked.connect(self.flip)
        view.flip_button.clicked.connect(self.flip)
        view.side.note_button.clicked.connect(self.write_note)
        for bar in view.asks.values():
            bar.answered.connect(self._answered)
        view.whose.chosen.connect(self._show_whose)
        view.columns_button.clicked.connect(self._show_columns)
        view.paste_button.clicked.connect(grid.paste)
        view.marks_button.clicked.connect(self._menu_at_cell)
        view.event_button.clicked.connect(self._to_events)
        view.import_button.clicked.connect(self._to_import)
        self.columns.closed.connect(self._show_values)
        self.columns.defined.connect(partial(self.go.emit, "Library"))
        self._empty.asked.connect(self._show_columns)
        self.menu.chosen.connect(self._mark)

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
        self._whole, self._answer = answer, as_whose(answer, self._whose)
        self.columns.show_answer(answer)
        for batch in self._settled:
            self.drafts = self.drafts.settled(batch)
        self._settled.clear()
        work = partial(read_said, self.session.need_store(), answer.role.id, self._whose)
        self.session.jobs.read(work, self._take_said, label="Read open questions and notes")

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

    def details(self) -> QWidget | None:
        """The side panel, where there is no room for it beside the grid."""
        return self.view.side if self.view.compact else None

    def own_actions(self) -> list[QAction]:
        """The menu of the grid."""
        return self.menu.menu.actions()

    def toggle_own_details(self) -> bool:
        """F4 hides or shows the panel beside the grid, where it stands there."""
        return self.view.toggle_side()

    def settle(self) -> None:
        """Commit what is being typed."""
        self.view.grid.commit_open_editor()

    def place(self) -> Place | None:
        """What the cell under the cursor stands for."""
        at = self.view.grid.currentIndex()
        return self._state.place(at.row(), at.column()) if self._state else None

    def _forget(self) -> None:
        self.drafts, self._said, self._state = Drafts(), NOTHING_SAID, None
        self._settled.clear()
        self._later.clear()
        self._earlier = 0
        self.asker.close()
        self._show_values()

    def _show_whose(self, whose: Whose) -> None:
        """Show another arm's or group's values; what is being typed is committed to where it was typed."""
        if self._whole is None or whose == self._whose:
            return
        self.settle()
        self._forget()
        self._whose = whose
        self.show_answer(self._whole)

    def _take_said(self, said: Said) -> None:
        if self._answer is not None and (said.role_id, said.whose) == (self._answer.role.id, self._whose):
            self._said = said
            self._render()

    def _render(self) -> None:
        if self._answer is None:
            return
        first = self._state is None
        self._state = data_state(
            self._answer,
            self.session.today,
            self._said.doubts,
            self.drafts.cells(),
            notes=self._said.notes,
            earlier_months=self._earlier,
            flipped=self._flipped,
            kept=self._kept,
        )
        self.view.grid.set_state(self._state.grid)
        self.view.key.set_items(self._state.key)
        if self._stack.currentWidget() is not self.columns:
            self._show_values()
        if first and self._state.measures:
            self._go_to(self._answer.series[0].periods[-1] if len(self._answer.series[0]) else None, None)
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

    def _series(self, measure_id: int) -> Series | None:
        return self._answer.series_of(measure_id) if self._answer else None

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
        self.view.show_asking(beside.asking)
        self._ask_history()

    def _beside(self) -> BesideState | None:
        at, state, place = self.view.grid.currentIndex(), self._state, self.place()
        series = self._series(place[1]) if place else None
        if state is None or place is None or series is None or self._answer is None:
            return None
        cell: Cell = state.grid.cells[at.row()][at.column()]
        asked = {place: text for place, text in self._said.doubts.items() if place not in self._later}
        return beside_state(state, series, place, cell, self._answer.role.timeline, asked, self.drafts)

    def _ask_history(self) -> None:
        place = self.place()
        if self._answer is not None and place is not None:
            work = partial(read_history, self.session.need_store(), self._answer.role.id, self._whose, place)
            self.session.jobs.read(work, self._take_history, label="Read the history of a value")

    def _take_history(self, read: tuple[Place, tuple[str, ...]]) -> None:
        if read[0] == self.place():
            self.view.side.show_history(read[1])

    def _edited(self, edits: list[Edit], label: str) -> None:
        if self._state is None:
            return
        places = [(self._state.place(row, across), text) for row, across, text in edits]
        texts = {place: text for place, text in places if place is not None}
        self._submit(Batch(texts, label_of(self._state, texts, label)))

    def _typed_above(self, text: str) -> None:
        place = self.place()
        if place is not None and self._state is not None:
            texts = {place: text}
            self._submit(Batch(texts, label_of(self._state, texts, "")))
            self.view.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pasted(self, block: Block) -> None:
        if self._state is None:
            return
        placed = place_block(self._state, self.view.grid.area, block)
        self.view.say(with_way_out(placed.problem, block) or placed.how)
        if placed.batch is not None:
            self._submit(placed.batch)

    def _submit(self, asked: Batch) -> None:
        """Write a batch if every text of it can be kept; else keep it in the grid, marked, until it is put right."""
        if self._state is None or self._answer is None:
            return
        drafts, batch = self.drafts.take_up(asked)
        read = batch.read({measure.id: measure for measure in self._state.measures})
        if any(typed.fault for typed in read.values()):
            self.drafts = drafts.refuse(Refused(batch, read))
            self._render()
            return
        series = {held.measure.id: held for held in self._answer.series}
        writing = writing_of((self._answer.role.id, self._whose), batch, read, series, self._answer.role.timeline)
        self.drafts = drafts.sent(batch)
        self._render()
        sent = Sent(self, batch)
        self.session.change(
            record_observations,
            sent.done,
            sent.failed,
            entries=writing.entries,
            cleared=writing.cleared,
            label=writing.label,
        )

    def settled(self, batch: Batch, problem: UserProblem | None) -> None:
        """A batch has been written, or could not be: its texts give way to the record."""
        held = self.session.held_answer(self._answer.role.id) if self._answer else None
        if problem is None and held is not self._whole:
            self._settled.append(batch)
            return
        self.drafts = self.drafts.settled(batch)
        self.view.say(problem.sentence() if problem else "")
        self._render()

    def _drop(self) -> None:
        place = self.place()
        if place is not None and self.drafts.refused:
            held = self.drafts.refused_at(place)
            self.drafts = self.drafts.dropped(held.faulty[0] if held else place)
            self._render()

    def _answered(self, answer: str) -> None:
        place = self.place()
        if place is None or self._answer is None:
            return
        if answer.startswith(CHANGE):
            self._typed_above(answer.removeprefix(CHANGE))
        elif answer == KEEP:
            self.asker.ask("Why is this value right?", "Keep the value", self._keep)
        elif answer == DROP:
            self._drop()
        else:
            self._later.add(place)
            self._show_beside()

    def _keep(self, reason: str) -> None:
        self.session.change(set_doubt, keys=self._keys(), doubt=None, reason=reason)

    def _set_aside(self, reason: str) -> None:
        self.session.change(set_aside, keys=self._keys(), reason=reason)

    def _keys(self) -> list[CellKey]:
        if self._answer is None or self._state is None:
            return []
        places = [self._state.place(row, across) for row, across in self.view.grid.area]
        return [key_of(self._answer.role.id, place, self._whose) for place in places if place is not None]

    def _mark(self, what: str) -> None:
        grid = self.view.grid
        gestures = {
            "not collected": grid.mark_not_collected,
            "clear": grid.clear_area,
            "fill down": grid.fill_down,
            "fill right": grid.fill_right,
            "copy above": grid.copy_above,
            "cut": grid.cut,
            "copy": grid.copy,
            "paste": grid.paste,
            "paste table": self._paste_as_table,
            "earlier": self._show_earlier,
            "note": self.write_note,
            "flip": self.flip,
        }
        if what in gestures:
            gestures[what]()
        elif what in MATURITIES:
            self.session.change(set_maturity, keys=self._keys(), maturity=MATURITIES[what])
        elif what == "take back":
            self.session.change(set_aside, keys=self._keys(), reason=None)
        else:
            self.asker.ask("Why is it set aside? It stays in the record.", "Set aside", self._set_aside)

    def write_note(self) -> None:
        """Ask for the note on the cell under the cursor; an empty one removes it."""
        place = self.place()
        if place is None or self._state is None or self._answer is None:
            return
        key = key_of(self._answer.role.id, place, self._whose)
        question = f"Note on {self._state.name(place)}"
        write = partial(self._keep_note, key)
        self.asker.ask(question, "Keep the note", write, text=self._said.notes.get(place, ""), may_be_empty=True)

    def _keep_note(self, key: CellKey, text: str) -> None:
        self.session.change(write_cell_note, key=key, text=text)

    def flip(self) -> None:
        """Swap rows and columns; the cursor stays on its cell."""
        self.settle()
        place = self.place()
        self._flipped = not self._flipped
        self._render()
        if place is not None:
            self._go_to(*place)
            self.view.grid.scrollTo(self.view.grid.currentIndex())

    def _open_menu(self, at: QPoint) -> None:
        self.menu.menu.popup(self.view.grid.viewport().mapToGlobal(at))

    def _menu_at_cell(self) -> None:
        grid = self.view.grid
        self._open_menu(grid.visualRect(grid.currentIndex()).bottomLeft())

    def _show_earlier(self) -> None:
        self._earlier += 12
        self._render()

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
        self.go.emit("Import", PastedSource(QGuiApplication.clipboard().text()))

    def _to_import(self) -> None:
        self.go.emit("Import", self.session.role_id)
