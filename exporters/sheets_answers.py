"""The three answers and the years they come from, with live formulas wherever a spreadsheet can follow them."""

from __future__ import annotations

from decimal import Decimal
from math import isclose

from analysis.economics.discounting import SCHEDULES, month_factor, rate_in
from analysis.economics.role_shapes import View, ViewKey, YearNet
from exporters.declared import Cell, Column, Formula, Kind, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_money import NUMBER, ROLE, pounds_column
from exporters.values import NOT_APPLICABLE

BY_YEAR_TIMINGS = ("year_start", "year_end", "mid_year")
PENNY = 0.005


def by_year(report: Report) -> Sheet:
    """Each year of the appraisal: cost, cash, capacity, nets, and what it is worth today."""
    rows: list[tuple[Cell, ...]] = []
    for role in report.roles:
        for place, year in enumerate(role.economics.years):
            rows.append(_year_row(role, place, year, len(rows) + 1))
    return Sheet(
        name="By_year",
        title="Costs and benefits by year",
        about="Cost, cash, capacity and net of each year, undiscounted and at present value",
        columns=(
            NUMBER,
            ROLE,
            Column("year", "Year", width=24.0),
            pounds_column("cost", "Cost"),
            pounds_column("cash", "Cash released"),
            pounds_column("capacity", "Capacity freed"),
            pounds_column("net_cash", "Net in cash"),
            pounds_column("net_public", "Net, cash and capacity"),
            Column("rate", "Discount rate", Kind.SHARE, 2, "%"),
            Column("factor", "Discount factor", Kind.NUMBER, 6, "factor"),
            pounds_column("pv_cost", "Present value of cost"),
            pounds_column("pv_cash", "Present value of cash"),
            pounds_column("pv_capacity", "Present value of capacity"),
        ),
        rows=tuple(rows),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=tuple(f"{role.label}: {role.economics.frame_sentence}." for role in report.roles if role.economics.years),
        notes=("present_value", "capacity", "live"),
    )


def _year_row(role: ProtectedRole, place: int, year: YearNet, row: int) -> tuple[Cell, ...]:
    cost, cash, capacity = (float(value) for value in (year.cost, year.cash, year.capacity))
    nets = (
        Formula("={cash}-{cost}", float(year.net_cash)),
        Formula("={cash}+{capacity}-{cost}", float(year.net_public)),
    )
    return (
        role.number,
        role.label,
        year.label,
        cost,
        cash,
        capacity,
        *nets,
        *_present(role, place, (cost, cash, capacity), row),
    )


def _present(role: ProtectedRole, place: int, money: tuple[float, float, float], row: int) -> tuple[Cell, ...]:
    facts = role.economics.facts
    if facts.timing not in BY_YEAR_TIMINGS or facts.schedule not in SCHEDULES:
        return (NOT_APPLICABLE,) * 5
    factor = month_factor(facts.rates, facts.timing, 12 * place)
    rate = float(rate_in(facts.rates, max(place, 1)))
    values = [float(Decimal(value) * factor) for value in money]
    keys = ("cost", "cash", "capacity")
    cells = [Formula(f"={{{key}}}*{{factor}}", value) for key, value in zip(keys, values, strict=True)]
    chained = place > 0 and facts.timing != "mid_year"
    held: Cell = Formula(f"={{factor[{row - 1}]}}/(1+{{rate}})", float(factor)) if chained else float(factor)
    return (rate, held, *cells)


def answers(report: Report) -> Sheet:
    """The three answers, never summed."""
    rows = [_answer_row(role, view) for role in report.roles for view in role.economics.views]
    without = [f"{role.label}: {role.economics.worth_it}" for role in report.roles if not role.economics.views]
    return Sheet(
        name="Answers",
        title="Was it worth its cost?",
        about="Cash, all public sector and wider value, each with its range",
        columns=(
            NUMBER,
            ROLE,
            Column("answer", "Answer", width=24.0),
            pounds_column("cost", "Cost"),
            pounds_column("benefit", "Benefit"),
            pounds_column("net", "Net"),
            pounds_column("low", "Net, low end of one-way range"),
            pounds_column("high", "Net, high end of one-way range"),
            Column("payback", "Pays back by month", Kind.NUMBER, 0, "number", 12.0),
            Column("position", "Position", width=14.0),
            Column("sentence", "In words", width=48.0),
        ),
        rows=tuple(rows),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=("The three answers stand side by side and are never added up.", *without),
        notes=("present_value", "capacity", "cause", "live"),
    )


def _answer_row(role: ProtectedRole, view: View) -> tuple[Cell, ...]:
    live = follows(role)
    cost, benefit = float(view.cost), float(view.benefit)
    sums = {"cost": ("pv_cost",), ViewKey.CASH: ("pv_cash",), ViewKey.PUBLIC: ("pv_cash", "pv_capacity")}
    cost_cell: Cell = _summed(role, sums["cost"], cost) if live else cost
    benefit_cell: Cell = _summed(role, sums[view.key], benefit) if live and view.key in sums else benefit
    return (
        role.number,
        role.label,
        view.title,
        cost_cell,
        benefit_cell,
        Formula("={benefit}-{cost}", float(view.net)),
        float(view.low),
        float(view.high),
        view.payback_month or NOT_APPLICABLE,
        view.position,
        view.sentence,
    )


def _summed(role: ProtectedRole, keys: tuple[str, ...], value: float) -> Formula:
    parts = (f"SUMIFS({{By_year.{key}[]}},{{By_year.no[]}},{role.number})" for key in keys)
    return Formula(f"={'+'.join(parts)}", value)


def follows(role: ProtectedRole) -> bool:
    """Whether the yearly present values add up to the answers, so that a formula may stand for them."""
    held = role.economics
    if not held.views or held.facts.timing not in BY_YEAR_TIMINGS or held.facts.schedule not in SCHEDULES:
        return False
    factors = [float(month_factor(held.facts.rates, held.facts.timing, 12 * i)) for i in range(len(held.years))]
    pairs = list(zip(held.years, factors, strict=True))
    cost = sum(float(year.cost) * factor for year, factor in pairs)
    gain = sum(float(year.cash + year.capacity) * factor for year, factor in pairs)
    public = held.view(ViewKey.PUBLIC)
    return public is not None and all(
        isclose(ours, float(theirs), abs_tol=PENNY) for ours, theirs in ((cost, public.cost), (gain, public.benefit))
    )
