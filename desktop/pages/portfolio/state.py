"""The portfolio as one frozen state, made from the list of roles and the answers that are there so far. Qt-free."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from analysis.wording import plural
from db.answers import RoleAnswer
from db.queries.roles import RoleSummary
from desktop.pages.portfolio.due import due_of
from desktop.pages.portfolio.facets import narrowed
from desktop.pages.portfolio.notices import nothing_due, notices_of
from desktop.pages.portfolio.rows import MadeRow, RoleLine, RowMaker
from desktop.pages.portfolio.saying import say_of
from desktop.pages.portfolio.shapes import Chosen, Order, PortfolioState
from desktop.pages.portfolio.sorting import in_order, order_words, sorting_of
from desktop.pages.portfolio.sparks import calendar_of
from desktop.states import ColumnSpec, TableState
from desktop.theme.marks import Kind

TREND_COLUMN, NEXT_COLUMN = 2, 6
PRESSING = (Kind.FIX, Kind.CHECK)
FILLING = ("Working out the results", "Working out the results again after a change")


def portfolio_state(
    roles: Sequence[RoleSummary],
    answers: Mapping[int, RoleAnswer],
    today: date,
    *,
    organisation: str = "",
    chosen: Chosen | None = None,
    maker: RowMaker | None = None,
    outdated: Collection[int] = (),
) -> PortfolioState:
    """Everything the portfolio shows of these roles, as far as they have been answered.

    `outdated` are the roles whose answers are from before the last change; they are shown, and counted as missing.
    A `maker` that is kept from one state to the next hands out again what has not changed.
    """
    wanted, maker = chosen or Chosen(), maker or RowMaker()
    lines = [RoleLine(role, answers.get(role.id)) for role in roles]
    passing, facets = narrowed(lines, wanted.filters, today)
    shown = in_order(passing, wanted.order)
    calendar = calendar_of(line.leading for line in lines)
    made = [_marked(maker.made(line, calendar, today), line.key in wanted.marked) for line in shown]
    notices, due = notices_of(lines, today) or (nothing_due(lines),), due_of(lines, today)
    if len(due) > (said := sum(notice.kind in PRESSING for notice in notices)):
        notices = (replace(notices[0], all_due=f"See all {len(due)}"), *notices[1:])
    done = sum(line.answer is not None and line.summary.id not in outdated for line in lines)
    return PortfolioState(
        facts=_facts(organisation, roles, today),
        notices=notices,
        facets=facets,
        table=TableState(_columns(wanted.order), tuple(one.cells for one in made), tuple(line.key for line in shown)),
        cards=tuple(one.card for one in made),
        steps=tuple(one.step for one in made),
        trend=f"{calendar.words}: the line marks the launch, dashes the mean before it.",
        count=plural(len(shown), "role")
        if len(shown) == len(lines)
        else f"{len(shown)} of {plural(len(lines), 'role')}",
        filling="" if done == len(lines) else f"{FILLING[bool(outdated)]}: {done} of {len(lines)}",
        say=say_of(organisation, lines, today),
        due=due if len(due) > said else (),
        order=order_words(wanted.order),
        order_caution=sorting_of(wanted.order.key).caution,
        marked=tuple(line.key for line in lines if line.key in wanted.marked),
    )


def _marked(made: MadeRow, marked: bool) -> MadeRow:
    """The row with its tick set: what the maker keeps has none."""
    if not marked:
        return made
    first, *rest = made.cells
    return replace(made, cells=(replace(first, ticked=True), *rest), card=replace(made.card, marked=True))


def _columns(order: Order) -> tuple[ColumnSpec, ...]:
    names = (
        "Role and place",
        "Launched, data to",
        "Trend",
        "Key change and 95\u00a0% interval",
        "Evidence",
        "Worth it?",
        "Next",
    )
    by, way = sorting_of(order.key), "down" if order.down else "up"
    return tuple(
        ColumnSpec(name, stretch=at == TREND_COLUMN, sorted=way if at == by.column else "")
        for at, name in enumerate(names)
    )


def _facts(organisation: str, roles: Sequence[RoleSummary], today: date) -> tuple[str, ...]:
    launched = sum(role.launch is not None and role.launch <= today for role in roles)
    count = f"{plural(len(roles), 'role')}, {launched} launched"
    return (organisation, count) if organisation else (count,)
