"""Pictures of the plan for money: lines from measures, their forms, saved appraisals, and unit costs of the library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from db.operations.money import add_cost_line, change_benefit_line, change_cost_line
from db.operations.unit_costs import keep_unit_cost
from desktop.frame.window import MainWindow
from desktop.pages.economics.page import EconomicsTab
from desktop.pages.library.page import LibraryPage
from desktop.pages.library.rates import RATES
from desktop.pages.library.state import OWN_FIGURE, OWN_VALUE
from desktop.pages.library.unit_costs import OUT_OF_DATE, UNIT_COSTS
from desktop.session import Session
from tools.app_pictures import CASE_MANAGER, NAVIGATOR, app_window


def measured(part: str, *, form: int = -1) -> QWidget:
    """The plan with a benefit from its measure, one too early, and costs by contact with and without a measure."""
    window = app_window("Role", (NAVIGATOR, "Economics", part))
    session = _session(window)
    answer = session.held_answer(NAVIGATOR)
    assert answer is not None  # noqa: S101 - jobs are done at once
    facts, by_name = answer.economics.facts, {one.measure.name: one.measure.id for one in answer.series}
    contacts = next(held for name, held in by_name.items() if "ontact" in name)
    session.change(change_benefit_line, line_id=facts.benefits[0].id, method="measure", before=None, after=None)
    start, year = date(2024, 4, 1), "2024-25"
    line: dict[str, Any] = {
        "role_id": NAVIGATOR,
        "start": start,
        "price_year": year,
        "kind": "per contact",
        "amount_pence": 120,
    }
    session.change(add_cost_line, label="Leaflets handed over", measure_id=contacts, **line)
    session.change(add_cost_line, label="Transport", category="travel", **line)
    session.change(change_cost_line, line_id=facts.costs[0].id, low_pence=3_500_000, real_growth="0.01")
    tab = next(iter(window.findChildren(EconomicsTab)))
    view = tab.costs if part == "Costs" else tab.benefits
    if form >= 0:
        view.table.opened.emit(str((facts.costs if part == "Costs" else facts.benefits)[form].id))
    return window


def early() -> QWidget:
    """A benefit from a measure that gives no full effect yet."""
    window = app_window("Role", (CASE_MANAGER, "Economics", "Benefits"))
    session = _session(window)
    answer = session.held_answer(CASE_MANAGER)
    assert answer is not None  # noqa: S101 - jobs are done at once
    session.change(change_benefit_line, line_id=answer.economics.facts.benefits[0].id, method="measure")
    return window


def saved() -> QWidget:
    """Two saved appraisals, one held against what is shown now."""
    window = app_window("Role", (NAVIGATOR, "Economics", "Saved"))
    session, tab = _session(window), next(iter(window.findChildren(EconomicsTab)))
    view = tab.keeping.view
    view.save_asked.emit("Board paper, May")
    answer = session.held_answer(NAVIGATOR)
    assert answer is not None  # noqa: S101 - jobs are done at once
    session.change(change_benefit_line, line_id=answer.economics.facts.benefits[0].id, attribution="0.5")
    session.change(change_cost_line, line_id=answer.economics.facts.costs[0].id, amount_pence=3_720_000)
    view.save_asked.emit("After the finance review")
    view.compared.emit("1", "After the finance review")
    return window


def library(part: str, *, form: bool = False) -> QWidget:
    """The unit costs with an own row and an own figure in place of a shipped one; or what is out of date."""
    window = app_window("Library", part)
    session = _session(window)
    facts: dict[str, Any] = {"unit": "£ per attendance", "price_year": "2023-24", "checked_on": date(2024, 3, 1)}
    source = "Local tariff of the trust, schedule 2, page 3"
    for key, name, pence in (("pssru25-ae", "A&E attendance", 18_000), ("", "Agency session, evening", 21_050)):
        session.change(keep_unit_cost, key=key, label=name, amount_pence=pence, source=source, **facts)
    page = next(iter(window.findChildren(LibraryPage)))
    page.view.table.selectRow(0)
    if form:
        page.view.search.input.setText("GP surgery" if part == UNIT_COSTS else "")
        page.view.detail.buttons[OWN_FIGURE if part == UNIT_COSTS else OWN_VALUE].click()
    return window


def _session(window: QWidget) -> Session:
    assert isinstance(window, MainWindow)  # noqa: S101 - made so
    session = window.findChild(Session)
    assert session is not None  # noqa: S101 - the window owns it
    return session


MONEY_SCREENS: dict[str, Callable[[], QWidget]] = {
    "money-costs": partial(measured, "Costs"),
    "money-cost-form": partial(measured, "Costs", form=0),
    "money-benefits": partial(measured, "Benefits"),
    "money-benefit-form": partial(measured, "Benefits", form=0),
    "money-early": early,
    "money-saved": saved,
    "library-costs": partial(library, UNIT_COSTS),
    "library-cost-form": partial(library, UNIT_COSTS, form=True),
    "library-rates": partial(library, RATES),
    "library-rate-form": partial(library, RATES, form=True),
    "library-old": partial(library, OUT_OF_DATE),
}
