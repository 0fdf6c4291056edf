"""The library: what the app brings along and what a team has made of it, to read, search, put to use and reword."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from analysis.economics.out_of_date import OutOfDate
from analysis.economics.reference_values import ReferenceValue
from analysis.economics.unit_costs import UnitCostFacts
from analysis.problems import UserProblem
from db.library import measure_from_library, role_from_catalogue
from db.operations.changed import Changed, Thing
from db.operations.library import define_measure, fill_role, keep_entry, remove_entry
from db.operations.measures import add_measure
from db.queries.library import HeldMeasure, catalogue_entries, held_measures
from db.queries.reference_values import reference_values
from db.queries.references import aged_references
from db.queries.unit_costs import unit_costs
from db.store import Store
from desktop.frame.page import Page
from desktop.pages.library.cost_editing import CostEditing
from desktop.pages.library.entries import IN_FILE, MEASURES, ROLES, catalogue, shelves
from desktop.pages.library.forms import entry_facts, entry_texts, measure_change, measure_texts
from desktop.pages.library.rate_editing import RateEditing
from desktop.pages.library.rates import RATES
from desktop.pages.library.state import ADD, CHANGE, FILL, REMOVE, REWORD, SET_UP, Entry
from desktop.pages.library.unit_costs import OUT_OF_DATE, UNIT_COSTS
from desktop.pages.library.view import SIDE_WIDTH, LibraryView
from desktop.session import Session
from desktop.states import HeaderState
from desktop.theme.look import look
from desktop.widgets import column
from resources import load

LARGE_TEXT = 1.3
KEPT = frozenset({Thing.LIBRARY, Thing.MONEY, Thing.MEASURES, Thing.OBSERVATIONS, Thing.ROLES, Thing.IMPORTS})


@dataclass(frozen=True)
class Own:
    """What a file holds of the library: own entries, its measures, its unit costs, what grew old, and its rates."""

    entries: tuple[Mapping[str, Any], ...] = ()
    measures: tuple[HeldMeasure, ...] = ()
    unit_costs: tuple[UnitCostFacts, ...] = ()
    aged: tuple[OutOfDate, ...] = ()
    values: tuple[ReferenceValue, ...] = ()


def read_own(store: Store | None, today: date) -> Own:
    """What a file holds of the library; without one, what is shipped."""
    costs, aged, values = unit_costs(store), aged_references(store, today), reference_values(store)
    if store is None:
        return Own(unit_costs=costs, aged=aged, values=values)
    return Own(catalogue_entries(store), held_measures(store), costs, aged, values)


class LibraryPage(Page):
    """Shelves with what is known of the chosen entry beside them, and the forms that put an own word in its place."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._own = read_own(None, session.today)
        self._held: dict[str, HeldMeasure] = {}
        self._wanted = ""
        self._shown: object = None
        self._names = {row["key"]: row["name"] for row in load("measure_library")["measures"]}
        self.view = LibraryView(tuple(shelf.name for shelf in self._shelves()))
        self.costs = CostEditing(session, self.view, self._said, self._refused)
        self.rates = RateEditing(session, self.view, self._said, self._refused)
        self.setLayout(column(self.view, gap=0))
        self.view.choice.chosen.connect(self._fit)
        self.view.asked.connect(self._do)
        self.view.added.connect(self._new_entry)
        self.view.entry_form.given.connect(self._keep_entry)
        self.view.measure_form.given.connect(self._keep_measure)
        session.opened.connect(self._opened)
        session.changed.connect(self._changed)
        session.role_changed.connect(self._opened)
        look().theme_changed.connect(self._fit)
        self._editing: str = ""
        self._read()

    def _shelves(self) -> tuple[Any, ...]:
        held = tuple(self._held.values())
        own = self._own
        catalogued = load("role_catalogue")
        return shelves(load("measure_library"), own.unit_costs, catalogued, own.entries, held, own.aged, own.values)

    def header(self) -> HeaderState:
        """What is on the shelves."""
        return HeaderState("Library", ("what Roleworth brings along", "every entry can be edited once it is in use"))

    def open_with(self, target: object) -> None:
        """Show a shelf by its name, or a measure of the file by its id."""
        if isinstance(target, int):
            self._wanted = str(target)
            self.view.choice.choose(IN_FILE)
            self._show()
        elif target in (MEASURES, IN_FILE, ROLES, UNIT_COSTS, RATES, OUT_OF_DATE):
            self.view.choice.choose(str(target))

    def entered(self) -> None:
        """What was changed elsewhere shows."""
        self._read()

    def _read(self) -> None:
        if self._session.store is None:
            self._own, self._held = read_own(None, self._session.today), {}
            self._show()
            return
        store, today = self._session.store, self._session.today
        self._session.jobs.read(
            lambda _progress: (store, read_own(store, today)), self._take, label="Read the library", newest=True
        )

    def _take(self, read: tuple[Store, Own]) -> None:
        store, own = read
        if store is self._session.store:
            self._own = own
            self._held = {str(measure.id): measure for measure in own.measures}
            self.costs.take(own.unit_costs)
            self.rates.take(own.values)
            self._show()

    def _changed(self, things: frozenset[Thing]) -> None:
        if things & KEPT and not self.is_put_away:
            self._read()

    def _opened(self) -> None:
        """Another file or role; a library that nobody looks at is read when it is entered."""
        if not self.is_put_away:
            self._read()

    def _show(self) -> None:
        """Show what stands on the shelves, unless it is what they show."""
        role = next((role.name for role in self._session.facts.roles if role.id == self._session.role_id), "")
        labels = {
            ADD: f"Add to {role}" if role else "",
            SET_UP: "Set up a role from this",
            FILL: f"Fill what is empty in {role}" if role else "",
            REWORD: "Put it in your own words" if self._session.store else "",
            CHANGE: "Change",
            REMOVE: "Remove",
            **self.costs.labels(),
            **self.rates.labels(),
        }
        can_add = self._session.store is not None
        shown = self._own, labels, can_add
        if shown != self._shown or self._wanted:
            self.view.show_shelves(self._shelves(), labels, wanted=self._wanted, can_add=can_add)
        self._shown, self._wanted = shown, ""
        self._fit()

    def _do(self, action: str, entry: Entry) -> None:
        actions: dict[str, Callable[[Entry], None]] = {
            ADD: self._add_measure,
            SET_UP: lambda one: self.go.emit("Set up", one.key),
            FILL: self._fill,
            REWORD: self._open_entry,
            CHANGE: self._open_measure if entry.key in self._held else self._open_entry,
            REMOVE: self._remove_entry,
            **self.costs.actions(),
            **self.rates.actions(),
        }
        actions[action](entry)

    def _add_measure(self, entry: Entry) -> None:
        row = next(row for row in load("measure_library")["measures"] if row["key"] == entry.key)
        facts = measure_from_library(row)
        self._session.change(add_measure, self._said, self._refused, role_id=self._session.role_id, measure=facts)

    def _fill(self, entry: Entry) -> None:
        """What is empty in the current role's profile, and the suggested measures; what was written stays."""
        row = self._row(entry.key)
        known = {one["key"]: one for one in load("measure_library")["measures"]}
        chosen = [measure_from_library(known[key]) for key in row["suggested_measures"] if key in known]
        self._session.change(
            fill_role,
            self._said,
            self._refused,
            role_id=self._session.role_id,
            key=entry.key,
            facts=role_from_catalogue(row),
            measures=chosen,
        )

    def _row(self, key: str) -> dict[str, Any]:
        return next(row for row in catalogue(load("role_catalogue")["roles"], self._own.entries) if row["key"] == key)

    def _open_entry(self, entry: Entry) -> None:
        self._editing = entry.key
        self.view.open_entry(f"{entry.cells[0]}, in your own words", entry_texts(self._row(entry.key), self._names))

    def _new_entry(self, shelf: str) -> None:
        if shelf == UNIT_COSTS:
            self.costs.add()
            return
        if shelf == RATES:
            self.rates.add()
            return
        self._editing = ""
        self.view.open_entry("An entry of your own", {})

    def _keep_entry(self, texts: dict[str, str]) -> None:
        keys = {name.lower(): key for key, name in self._names.items()}
        facts, faults = entry_facts(texts, keys)
        self.view.entry_form.show_faults(faults)
        if not faults:
            self._wanted = self._editing
            self._session.change(keep_entry, self._said, self._entry_refused, key=self._editing, **facts)

    def _remove_entry(self, entry: Entry) -> None:
        self._session.change(remove_entry, self._said, self._refused, entry_id=self._row(entry.key)["own_id"])

    def _open_measure(self, entry: Entry) -> None:
        self._editing = entry.key
        self.view.open_measure(f"Change {entry.cells[0]}", measure_texts(self._held[entry.key]))

    def _keep_measure(self, texts: dict[str, str]) -> None:
        measure = self._held[self._editing]
        asked = measure_change(measure, texts)
        self.view.measure_form.show_faults(asked.faults)
        if not asked.faults:
            self._wanted = self._editing
            self._session.change(
                define_measure,
                self._said,
                self._measure_refused,
                measure_id=measure.id,
                changes=asked.changes,
                definition=asked.definition,
                broke=asked.broke,
            )

    def _said(self, changed: Changed) -> None:
        self.view.close_forms()
        self.view.say(f"{changed.label}: done. Undo takes it back.")

    def _refused(self, problem: UserProblem) -> None:
        self.view.say(problem.sentence())

    def _entry_refused(self, problem: UserProblem) -> None:
        self.view.entry_form.show_faults({"": problem.sentence()})

    def _measure_refused(self, problem: UserProblem) -> None:
        self.view.measure_form.show_faults({"": problem.sentence()})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose table or cards for the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return  # it stands nowhere yet
        large = look().theme.scale > LARGE_TEXT
        room = self.width() - SIDE_WIDTH - 60
        fits = not large and self.view.table.fitted_width() <= max(room, 1)
        self.view.fit_top()
        self.view.show_as_table(fits)
