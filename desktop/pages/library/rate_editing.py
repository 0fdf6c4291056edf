"""Putting an own figure in place of a shipped index, on-cost, rate or point of pay. Every change is one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.economics.reference_values import ReferenceValue
from analysis.problems import UserProblem
from db.operations.changed import Changed
from db.operations.reference_values import keep_own_value, remove_own_value
from desktop.pages.facts_form import FactsForm
from desktop.pages.library.own_editing import OwnEditing
from desktop.pages.library.rates import value_facts, value_texts
from desktop.pages.library.state import CHANGE_VALUE, OWN_VALUE, REMOVE_VALUE, Entry
from desktop.pages.library.view import LibraryView
from desktop.session import Session


class RateEditing(OwnEditing[ReferenceValue]):
    """What can be done with indices, on-costs, discount rates and points of pay."""

    own, change, remove = OWN_VALUE, CHANGE_VALUE, REMOVE_VALUE
    removal = remove_own_value

    def __init__(
        self,
        session: Session,
        view: LibraryView,
        said: Callable[[Changed], None],
        refused: Callable[[UserProblem], None],
    ) -> None:
        super().__init__(session, view, said, refused)
        self._one: ReferenceValue | None = None
        for form in (view.rate_form, view.year_form):
            form.given.connect(self._keep)

    def add(self) -> None:
        """Open the form for a year that is not shipped."""
        self._one = None
        self._view.open_year("A figure for a year that is not shipped")

    def _open(self, entry: Entry) -> None:
        self._one = self._held[entry.key]
        self._view.open_rate(f"{entry.cells[0]}, your own figure", value_texts(self._one))

    def _keep(self, texts: Mapping[str, str]) -> None:
        facts, faults = value_facts(texts, self._one)
        self._form().show_faults(faults)
        if not faults:
            self._session.change(keep_own_value, self._said, self._not_kept, **facts)

    def _form(self) -> FactsForm:
        return self._view.year_form if self._one is None else self._view.rate_form
