"""Typing unit costs and bringing in a workbook of them, on the shelf. Every change is one undoable step."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from analysis.economics.unit_costs import UnitCostFacts
from db.operations.changed import Changed
from db.operations.unit_costs import keep_unit_cost, keep_unit_costs, remove_unit_cost
from desktop.asking import What, ask_open
from desktop.pages.facts_form import FactsForm
from desktop.pages.library.own_editing import OwnEditing
from desktop.pages.library.state import CHANGE_COST, OWN_FIGURE, REMOVE_COST, Entry
from desktop.pages.library.unit_costs import brought_words, unit_cost_facts, unit_cost_texts
from desktop.pages.library.view import LibraryView
from importers.unit_costs import UnitCostsFound, read_unit_costs_in_child

SHEETS = "Spreadsheets (*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv)"


class CostEditing(OwnEditing[UnitCostFacts]):
    """What can be done with unit costs."""

    own, change, remove = OWN_FIGURE, CHANGE_COST, REMOVE_COST
    removal = remove_unit_cost

    _key = ""

    def _listen(self) -> None:
        self._view.cost_form.given.connect(self._keep)
        self._view.bring_asked.connect(self._ask_workbook)

    def add(self) -> None:
        """Open the form for a new one."""
        self._key = ""
        self._view.open_cost("A unit cost of your own", {})

    def _open(self, entry: Entry) -> None:
        self._key = entry.key
        self._view.open_cost(f"{entry.cells[0]}, your own figure", unit_cost_texts(self._held[entry.key]))

    def _keep(self, texts: Mapping[str, str]) -> None:
        facts, faults = unit_cost_facts(texts)
        self._view.cost_form.show_faults(faults)
        if not faults:
            self._session.change(keep_unit_cost, self._said, self._not_kept, key=self._key, **facts)

    def _form(self) -> FactsForm:
        return self._view.cost_form

    def _ask_workbook(self) -> None:
        chosen = ask_open(self._view, "Bring in a workbook of unit costs", SHEETS, What.SHEET)
        if chosen is not None:
            self.bring(chosen)

    def bring(self, path: Path) -> None:
        """Read a workbook off this thread, keep what can be taken, and list every row that cannot."""
        read = partial(read_unit_costs_in_child, path)
        self._session.jobs.read(lambda _progress: read(), self._bring, self._refused, label="Read the unit costs")

    def _bring(self, found: UnitCostsFound) -> None:
        told = _Brought(self._view, found)
        self._session.change(keep_unit_costs, told.done, self._refused, rows=found.rows, source=found.file)


class _Brought:
    """Says what was brought in once it is kept."""

    def __init__(self, view: LibraryView, found: UnitCostsFound) -> None:
        self._view, self._found = view, found

    def done(self, _changed: Changed) -> None:
        """It is kept."""
        self._view.say(brought_words(self._found))
