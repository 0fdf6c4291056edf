"""Sheets of the further money answers: payback by month, cost of each, staff time, outcomes, scale, kept appraisals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from analysis.economics.further_shapes import Curve, OutcomeView, StaffTimeView, UnitCostChange
from analysis.economics.role_shapes import ViewKey
from analysis.wording import plural
from db.queries.appraisals import Saved
from exporters.declared import Cell, Column, Formula, Kind, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_further_charts import outcome_charts, payback_chart, scale_chart
from exporters.sheets_money import NUMBER, ROLE, pounds_column
from exporters.values import CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE

Row = tuple[Cell, ...]
OUTCOME_WORDS = "Net monetary benefit: what the gain is held worth, less the net cost. No ratio where it would mislead."
FEW_STAFF = "not shown by month, because so few people hold the post that a month in which one joined would tell a pay."


def further_sheets(report: Report) -> list[Sheet]:
    """Those that any role has something for."""
    made = (_payback(report), _each(report), _staff_time(report), _outcomes(report), *outcome_charts(report))
    return [sheet for sheet in (*made, _scale(report), _saved(report)) if sheet.rows]


def _source(report: Report) -> str:
    return f"{report.came_from}; calculated by Roleworth"


def _pounds(value: Decimal | float | None) -> Cell:
    return NOT_AVAILABLE if value is None else float(value)


def _payback(report: Report) -> Sheet:
    """Cost and gains put together month by month, as live sums."""
    rows: list[Row] = []
    said = []
    for role in report.roles:
        curve = role.economics.further.curve
        if curve is not None and role.few_staff:
            said.append(f"{role.label}: {FEW_STAFF}")
        elif curve is not None:
            rows += _payback_rows(role, curve, len(rows) + 1)
            said.append(f"{role.label}: {curve.sentence}")
    return Sheet(
        name="Payback",
        title="Cost and benefit put together, month by month",
        about="By which month the role has paid its cost back, in cash and with capacity",
        columns=(
            NUMBER,
            ROLE,
            Column("month", "Month", width=20.0),
            pounds_column("cost_in", "Cost of the month", pence=True),
            pounds_column("cash_in", "Cash of the month", pence=True),
            pounds_column("public_in", "Cash and capacity of the month", pence=True),
            pounds_column("cost", "Cost so far", pence=True),
            pounds_column("cash", "Cash so far", pence=True),
            pounds_column("public", "Cash and capacity so far", pence=True),
        ),
        rows=tuple(rows),
        source=_source(report),
        lines=(*said, "Undiscounted, in prices of the first year."),
        notes=("capacity", "live"),
        chart=payback_chart(report) if rows else None,
    )


def _payback_rows(role: ProtectedRole, curve: Curve, first: int) -> Iterator[Row]:
    parts = {"cost": curve.cost, "cash": curve.cash, "public": curve.public}
    for place, month in enumerate(curve.months):
        single = (held[place] - (held[place - 1] if place else 0.0) for held in parts.values())
        so_far = (_so_far(key, held[place], first, place) for key, held in parts.items())
        yield role.number, role.label, month, *single, *so_far


def _so_far(key: str, value: float, first: int, place: int) -> Formula:
    """What the month before it came to, and this month."""
    before = f"{{{key}[{first + place - 1}]}}+" if place else ""
    return Formula(f"={before}{{{key}_in}}", value)


def _each(report: Report) -> Sheet:
    """What one contact, client, outcome or post cost, before launch and after."""
    said = [(r.label, one.sentence) for r in report.roles for one in r.economics.further.unit_costs]
    return Sheet(
        name="Cost_of_each",
        title="What each contact, client and post cost, before and after",
        about="Cost of one contact, client, outcome and whole-time equivalent, before launch and after",
        columns=(
            NUMBER,
            ROLE,
            Column("what", "One", width=30.0),
            pounds_column("before", "Before launch", pence=True),
            pounds_column("after", "After launch", pence=True),
            pounds_column("change", "Change", pence=True),
            Column("rests", "What it rests on", width=44.0),
        ),
        rows=tuple(row for role in report.roles for row in _each_rows(role)),
        source=_source(report),
        lines=tuple(f"{label}: {sentence}" for label, sentence in said),
        notes=("live",),
    )


def _each_rows(role: ProtectedRole) -> Iterator[Row]:
    held, start = role.economics.further, (role.number, role.label)
    for one in held.unit_costs:
        yield *start, one.name, *_before_and_after(one), _rests(one)
    if held.posts is not None:
        words = "whole-time equivalent a month, as planned"
        yield *start, words, NOT_APPLICABLE, _pounds(held.posts.a_month), NOT_APPLICABLE, "the plan"
    if held.before_a_year is not None:
        now = role.economics.yearly_cost
        change: Cell = NOT_AVAILABLE
        if now is not None:
            change = Formula("={after}-{before}", float(now - held.before_a_year))
        yield *start, "full year, as planned", float(held.before_a_year), _pounds(now), change, "the plan"


def _before_and_after(one: UnitCostChange) -> Row:
    sides = [NOT_AVAILABLE if side is None else side.pounds for side in (one.before, one.after)]
    if one.before is None or one.after is None:
        return (*sides, NOT_AVAILABLE)
    return (*sides, Formula("={after}-{before}", one.after.pounds - one.before.pounds))


def _rests(one: UnitCostChange) -> str:
    parts = [(one.before, "before"), (one.after, "after")]
    held = [f"{plural(side.months, 'month')} {words}" for side, words in parts if side is not None]
    return f"actual spend over {one.name}s: {' and '.join(held)}"


def _staff_time(report: Report) -> Sheet:
    """What cheaper or dearer, faster or slower each did to the cost of a client."""
    found = [(role, role.economics.further.staff_time) for role in report.roles]
    return Sheet(
        name="Staff_time",
        title="Staff time for one client, and what changed it",
        about="How contacts, minutes and the cost of an hour each changed the cost of a client",
        columns=(
            NUMBER,
            ROLE,
            Column("what", "What", width=44.0),
            pounds_column("pounds", "Amount", pence=True),
            Column("number", "Where nothing would change", Kind.NUMBER, 1, "minutes or contacts", 18.0),
        ),
        rows=tuple(row for role, view in found if view is not None for row in _time_rows(role, view)),
        source=_source(report),
        lines=tuple(f"{role.label}: {view.sentence}" for role, view in found if view is not None),
    )


def _time_rows(role: ProtectedRole, view: StaffTimeView) -> Iterator[Row]:
    start, found = (role.number, role.label), view.found
    for what, pounds in (
        ("Cost of a client before", found.cost_per_client_before),
        ("Through contacts for each client", found.parts.contacts),
        ("Through minutes a contact", found.parts.minutes),
        ("Through the cost of an hour", found.parts.rate),
        ("Cost of a client after", found.cost_per_client_after),
    ):
        yield *start, what, pounds, NOT_APPLICABLE
    for what, number in (
        ("Minutes a contact at which nothing would change", found.break_even_minutes),
        ("Contacts for each client at which nothing would change", found.break_even_contacts),
    ):
        if number is not None:
            yield *start, what, NOT_APPLICABLE, number


def _outcomes(report: Report) -> Sheet:
    """Outcomes valued beside money: net monetary benefit first, the ratio only where it means something."""
    return Sheet(
        name="Outcomes",
        title="Outcomes valued beside money",
        about="Units of each outcome gained, what they are held worth, and what one more cost",
        columns=(
            NUMBER,
            ROLE,
            Column("label", "Outcome", width=30.0),
            Column("unit", "Unit", width=16.0),
            Column("gained", "Gained", Kind.NUMBER, 2, "units"),
            Column("discounted", "Gained, present value", Kind.NUMBER, 4, "units"),
            pounds_column("cost", "Net cost", pence=True),
            pounds_column("low", "One unit held worth, least", pence=True),
            pounds_column("high", "One unit held worth, most", pence=True),
            pounds_column("benefit_low", "Net monetary benefit, least", pence=True),
            pounds_column("benefit_high", "Net monetary benefit, most", pence=True),
            pounds_column("ratio", "Cost of one more unit", pence=True),
            Column("sentence", "In words", width=50.0),
        ),
        rows=tuple(_outcome_row(role, one) for role in report.roles for one in role.economics.further.outcomes),
        source=_source(report),
        lines=(OUTCOME_WORDS,),
        notes=("present_value", "live"),
    )


def _outcome_row(role: ProtectedRole, one: OutcomeView) -> Row:
    worth: Sequence[Cell] = (NOT_AVAILABLE,) * 2
    benefit: Sequence[Cell] = (NOT_AVAILABLE,) * 2
    if one.worth and one.nmb:
        worth = [float(value) for value in one.worth]
        ends = zip(("low", "high"), one.nmb, strict=True)
        benefit = [Formula(f"={{{key}}}*{{discounted}}-{{cost}}", float(value)) for key, value in ends]
    ratio: Cell = NOT_APPLICABLE if one.icer is None else float(one.icer)
    gained = float(one.gained), float(one.gained_discounted)
    start = (role.number, role.label, one.label, one.unit or "not stated", *gained)
    return (*start, float(one.net_cost), *worth, *benefit, ratio, one.sentence)


def _scale(report: Report) -> Sheet:
    """Net saving by number of posts; it jumps where another block can close."""
    found = [(role, role.economics.further.scale) for role in report.roles]
    return Sheet(
        name="Scale",
        title="Net saving by number of posts",
        about="How many posts there must be before anything can close, and what each number saves",
        columns=(
            NUMBER,
            ROLE,
            Column("posts", "Posts", Kind.NUMBER, 0, "number", 12.0),
            Column("blocks", "Blocks closed", Kind.NUMBER, 0, "number", 14.0),
            pounds_column("net", "Saving less cost, a year", pence=True),
            Column("reading", "Reading", width=24.0),
        ),
        rows=tuple(
            (role.number, role.label, posts, view.found.blocks[posts], net, "pays" if net > 0 else "does not pay")
            for role, view in found
            if view is not None
            for posts, net in view.found.net.items()
        ),
        source=_source(report),
        lines=tuple(f"{role.label}: {view.sentence}" for role, view in found if view is not None),
        chart=scale_chart(report),
    )


def _saved(report: Report) -> Sheet:
    """Appraisals kept as they were on a day: never worked out again."""
    return Sheet(
        name="Saved_appraisals",
        title="Saved appraisals, as they were",
        about="Earlier answers to what the role is worth, as they were on the day they were saved",
        columns=(
            NUMBER,
            ROLE,
            Column("name", "Name", width=34.0),
            Column("day", "Saved on", Kind.DATE, width=20.0),
            pounds_column("public", "All public sector, net", pence=True),
            pounds_column("cash", "Cash, net", pence=True),
            Column("engine", "Engine", width=24.0),
        ),
        rows=tuple(_saved_row(role, one) for role in report.roles for one in role.saved),
        source=report.came_from,
        lines=("Each stands as it was saved; later corrections of the record do not change it.",),
        notes=("present_value", "kept_hidden")
        if any(role.saved_hidden for role in report.roles)
        else ("present_value",),
    )


def _saved_row(role: ProtectedRole, one: Saved) -> Row:
    nets = {view["key"]: float(view["net"]) for view in one.held.outputs.get("views") or []}
    shown = [nets.get(key.value, NOT_AVAILABLE) for key in (ViewKey.PUBLIC, ViewKey.CASH)]
    if one.id in role.saved_hidden:
        shown = [CONFIDENTIAL for _ in shown]
    return (role.number, role.label, one.name, _day(one.saved_at), *shown, one.held.engine)


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone().date()
