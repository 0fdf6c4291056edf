"""Charts of the money: each year, what is paid back by when, who pays and who gains."""

from __future__ import annotations

from itertools import accumulate

from analysis.economics.role_shapes import ViewKey
from analysis.wording import pounds, signed_pounds
from exporters.declared import Cell, Chart, Column, Formula, Line, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_money import pounds_column

FEWEST_YEARS = 2


def money_charts(report: Report) -> list[Sheet]:
    """For each role that has them: its years, how they add up, and its organisations, drawn."""
    made: list[Sheet] = []
    for role in report.roles:
        held = role.economics
        made += [_money_chart(report, role)] if held.years else []
        made += [_payback(report, role)] if len(held.years) >= FEWEST_YEARS else []
        made += [_who_gains(report, role)] if held.appraisal and held.appraisal.organisations else []
    return made


def _money_chart(report: Report, role: ProtectedRole) -> Sheet:
    years = role.economics.years
    public = role.economics.view(ViewKey.PUBLIC)
    words = f"{public.position}: {public.sentence}" if public else ""
    parts = " ".join(
        f"{year.label}: cost {pounds(float(year.cost))}, cash {pounds(float(year.cash))}, "
        f"capacity {pounds(float(year.capacity))}."
        for year in years
    )
    return Sheet(
        name=f"Chart_money_{role.number}",
        title=f"Chart: cost, cash and capacity by year, {role.label}",
        about=f"Chart of cost against cash and capacity by year for {role.label}",
        columns=(
            Column("year", "Year", width=24.0),
            pounds_column("cost", "Cost"),
            pounds_column("cash", "Cash released"),
            pounds_column("capacity", "Capacity freed"),
        ),
        rows=tuple((y.label, float(y.cost), float(y.cash), float(y.capacity)) for y in years),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=(f"Undiscounted. {role.economics.frame_sentence}.",),
        notes=("capacity",),
        chart=Chart(
            kind="columns",
            title=f"Cost, cash and capacity by year, {role.label}",
            category="year",
            lines=(
                Line("cost", "Cost", "cost"),
                Line("cash", "Cash released", "cash"),
                Line("capacity", "Capacity freed", "capacity"),
            ),
            alt_text=f"Columns of cost, cash released and capacity freed for each year, {role.label}. {parts} {words}",
            value_title="£ a year",
            low=0.0,
        ),
    )


def _payback(report: Report, role: ProtectedRole) -> Sheet:
    """Cost and gains put together year by year, as live sums."""
    years = role.economics.years
    parts = {"cost": [float(y.cost) for y in years], "cash": [float(y.cash) for y in years]}
    parts["both"] = [float(y.cash + y.capacity) for y in years]
    sums = {key: list(accumulate(values)) for key, values in parts.items()}
    rows = tuple(_payback_row(year.label, parts, sums, place) for place, year in enumerate(years))
    public = role.economics.view(ViewKey.PUBLIC)
    month = public.payback_month if public else None
    said = f"it pays back in month {month}" if month else "it does not pay back in the time looked at"
    ends = f"After {years[-1].label} the cost together is {pounds(sums['cost'][-1])}"
    words = f"{ends}, cash released {pounds(sums['cash'][-1])}, cash and capacity {pounds(sums['both'][-1])}"
    return Sheet(
        name=f"Chart_payback_{role.number}",
        title=f"Chart: cost and benefit put together, {role.label}",
        about=f"Chart of cost and benefits put together year by year for {role.label}",
        columns=(
            Column("year", "Year", width=24.0),
            pounds_column("cost_in", "Cost of the year"),
            pounds_column("cash_in", "Cash of the year"),
            pounds_column("both_in", "Cash and capacity of the year"),
            pounds_column("cost", "Cost so far"),
            pounds_column("cash", "Cash so far"),
            pounds_column("both", "Cash and capacity so far"),
        ),
        rows=rows,
        source=f"{report.came_from}; calculated by Roleworth",
        lines=(f"Undiscounted. {role.economics.frame_sentence}.", f"Cash and capacity against cost: {said}."),
        notes=("capacity", "live"),
        chart=Chart(
            kind="lines",
            title=f"Cost and benefit put together, {role.label}",
            category="year",
            lines=(
                Line("cost", "Cost so far", "values"),
                Line("cash", "Cash so far", "expected"),
                Line("both", "Cash and capacity so far", "fitted"),
            ),
            alt_text=f"Lines of cost and benefits put together, {role.label}: {said}. {words}.",
            value_title="£ so far",
            low=0.0,
        ),
    )


def _payback_row(
    label: str, parts: dict[str, list[float]], sums: dict[str, list[float]], place: int
) -> tuple[Cell, ...]:
    so_far = (Formula(f"=SUM({{{key}_in[1:{place + 1}]}})", sums[key][place]) for key in parts)
    return (label, *(values[place] for values in parts.values()), *so_far)


def _who_gains(report: Report, role: ProtectedRole) -> Sheet:
    """What each organisation pays and gains, beside each other."""
    found = role.economics.appraisal
    held = found.organisations if found else {}
    figures = {name: (o.pv_costs, o.pv_cash_releasing, o.pv_non_cash_releasing) for name, o in held.items()}
    words = " ".join(
        f"{name}: net {signed_pounds(float(o.net))}, in cash {signed_pounds(float(o.net_cash))}."
        for name, o in held.items()
    )
    return Sheet(
        name=f"Chart_who_{role.number}",
        title=f"Chart: who pays and who gains, {role.label}",
        about=f"Chart of what each organisation pays and gains for {role.label}",
        columns=(
            Column("name", "Organisation", width=30.0),
            pounds_column("costs", "Pays"),
            pounds_column("cash", "Gains in cash"),
            pounds_column("capacity", "Gains in capacity"),
        ),
        rows=tuple((name, *(float(value) for value in values)) for name, values in figures.items()),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=("Present values, public sector benefits only.",),
        notes=("present_value", "capacity"),
        chart=Chart(
            kind="columns",
            title=f"Who pays and who gains, {role.label}",
            category="name",
            lines=(
                Line("costs", "Pays", "cost"),
                Line("cash", "Gains in cash", "cash"),
                Line("capacity", "Gains in capacity", "capacity"),
            ),
            alt_text=f"Columns of what each organisation pays and gains, {role.label}. {words}",
            value_title="£, present value",
        ),
    )
