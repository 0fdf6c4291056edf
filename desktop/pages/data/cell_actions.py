"""What a person does to chosen cells besides typing: marks, set aside, notes, and the menu that holds it all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal

from analysis.wording import plural
from db.operations.cell_notes import write_cell_note
from db.operations.changed import Changed
from db.operations.observations import CellKey, set_aside, set_doubt, set_maturity
from desktop.pages.data.asking import Asker
from desktop.pages.data.drafts import Place
from desktop.pages.data.grid import DataGrid
from desktop.pages.data.marking import MATURITIES, MarkingMenu
from desktop.pages.data.state import DataState
from desktop.pages.data.view import DataView
from desktop.pages.data.writing import key_of
from desktop.session import Session


class CellActions(QObject):
    """Does what the menu of the grid holds; `shown` says what the grid shows. `asked` carries what only the tab can do:
    `paste table`, `earlier`, `flip`. `done` carries the name of the step that marked values, and how many in words.
    """

    asked = Signal(str)
    done = Signal(str, str)

    def __init__(self, session: Session, view: DataView, shown: Callable[[], DataState | None]) -> None:
        super().__init__(view)
        self._session, self._view, self._shown = session, view, shown
        self.menu, self.asker = MarkingMenu(view.grid), Asker(view.reason, view.grid)
        self.menu.chosen.connect(self._chosen)
        view.grid.customContextMenuRequested.connect(self._open)
        view.grid.note_asked.connect(self.write_note)
        view.side.note_button.clicked.connect(self.write_note)
        view.marks_button.clicked.connect(self._open_at_cell)

    @property
    def place(self) -> Place | None:
        """What the cell under the cursor stands for."""
        at, state = self._view.grid.currentIndex(), self._shown()
        return state.place(at.row(), at.column()) if state else None

    def keep(self) -> None:
        """Ask why an unusual value is right."""
        self.asker.ask("Why is this value right?", "Keep the value", self._keep)

    def write_note(self) -> None:
        """Ask for the note on the cell under the cursor; an empty one removes it."""
        place, state = self.place, self._shown()
        if place is None or state is None:
            return
        key = key_of(state.recorded.role_id, place, state.recorded.whose)
        question = f"Note on {state.name(place)}"
        write = partial(self._keep_note, key)
        text = state.recorded.notes.get(place, "")
        self.asker.ask(question, "Keep the note", write, text=text, may_be_empty=True)

    def _chosen(self, what: str) -> None:
        gestures = _gestures(self._view.grid) | {"note": self.write_note}
        if what in gestures:
            gestures[what]()
        elif what in MATURITIES:
            self._mark(set_maturity, maturity=MATURITIES[what])
        elif what == "take back":
            self._mark(set_aside, reason=None)
        elif what == "set aside":
            self.asker.ask("Why is it set aside? It stays in the record.", "Set aside", self._set_aside)
        else:
            self.asked.emit(what)

    def _keys(self) -> list[CellKey]:
        state = self._shown()
        if state is None:
            return []
        held = state.recorded
        places = [state.place(row, across) for row, across in self._view.grid.area]
        return [key_of(held.role_id, place, held.whose) for place in places if place is not None]

    def _keep(self, reason: str) -> None:
        self._mark(set_doubt, doubt=None, reason=reason)

    def _set_aside(self, reason: str) -> None:
        self._mark(set_aside, reason=reason)

    def _mark(self, operation: Callable[..., Changed], **arguments: Any) -> None:  # noqa: ANN401 - what it takes
        keys = self._keys()
        self._session.change(operation, partial(self._marked, len(keys)), keys=keys, **arguments)

    def _marked(self, count: int, changed: Changed) -> None:
        many = f": {plural(count, 'cell')}" if count > 1 else ""
        self.done.emit(changed.label, f"{changed.label}{many}. Undo takes it back.")

    def _keep_note(self, key: CellKey, text: str) -> None:
        self._session.change(write_cell_note, key=key, text=text)

    def _open(self, at: QPoint) -> None:
        self.menu.menu.popup(self._view.grid.viewport().mapToGlobal(at))

    def _open_at_cell(self) -> None:
        grid = self._view.grid
        self._open(grid.visualRect(grid.currentIndex()).bottomLeft())


def _gestures(grid: DataGrid) -> dict[str, Callable[[], None]]:
    return {
        "not collected": grid.mark_not_collected,
        "clear": grid.clear_area,
        "fill down": grid.fill_down,
        "fill right": grid.fill_right,
        "copy above": grid.copy_above,
        "cut": grid.cut,
        "copy": grid.copy,
        "copy headed": grid.copy_with_headings,
        "paste": grid.paste,
    }
