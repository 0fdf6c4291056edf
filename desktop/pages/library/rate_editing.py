"""Putting an own figure in place of a shipped index, on-cost, rate or point of pay. Every change is one step."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.economics.reference_values import ReferenceValue
from db.operations.reference_values import keep_own_value, remove_own_value
from desktop.pages.facts_form import FactsForm
from desktop.pages.library.own_editing import OwnEditing
from desktop.pages.library.rates import value_facts, value_texts
from desktop.pages.library.state import CHANGE_VALUE, OWN_VALUE, REMOVE_VALUE, Entry


class RateEditing(OwnEditing[ReferenceValue]):
    """What can be done with indices, on-costs, discount rates and points of pay."""

    own, change, remove = OWN_VALUE, CHANGE_VALUE, REMOVE_VALUE
    removal = remove_own_value

    _one: ReferenceValue | None = None

    def _listen(self) -> None:
        for form in (self._view.rate_form, self._view.year_form):
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
