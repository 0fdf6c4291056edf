"""The portfolio as one frozen state, made from the list of roles and the answers that are there so far. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from analysis.wording import plural
from db.answers import RoleAnswer
from db.queries.roles import RoleSummary
from desktop.pages.portfolio.notices import notices_of
from desktop.pages.portfolio.rows import RoleLine, RowMaker
from desktop.pages.portfolio.saying import say_of
from desktop.pages.portfolio.shapes import ALL_FAMILIES, ALL_PLACES, ALL_VARIATION, Filters, PortfolioState
from desktop.pages.portfolio.sparks import calendar_of
from desktop.pages.verdicts import look_of
from desktop.states import ColumnSpec, TableState

TREND_COLUMN, NEXT_COLUMN = 2, 6


def portfolio_state(
    roles: Sequence[RoleSummary],
    answers: Mapping[int, RoleAnswer],
    today: date,
    *,
    organisation: str = "",
    chosen: Filters | None = None,
    maker: RowMaker | None = None,
) -> PortfolioState:
    """Everything the portfolio shows of these roles, by name, as far as they have been answered.

    A `maker` that is kept from one state to the next hands out again what has not changed.
    """
    filters, maker = chosen or Filters(), maker or RowMaker()
    lines = [RoleLine(role, answers.get(role.id)) for role in roles]
    shown = [line for line in lines if _passes(line, filters)]
    calendar = calendar_of(line.leading for line in lines)
    made = [maker.made(line, calendar, today) for line in shown]
    done = sum(line.answer is not None for line in lines)
    return PortfolioState(
        facts=_facts(organisation, roles, today),
        notices=notices_of(lines, today),
        families=(ALL_FAMILIES, *_sorted(role.family for role in roles)),
        places=(ALL_PLACES, *_sorted(role.place for role in roles)),
        variations=(ALL_VARIATION, *_sorted(_variation(line) for line in lines)),
        table=TableState(
            _columns(),
            tuple(one.cells for one in made),
            tuple(line.key for line in shown),
        ),
        cards=tuple(one.card for one in made),
        steps=tuple(one.step for one in made),
        trend=f"{calendar.words}: the line marks the launch, dashes the mean before it.",
        count=plural(len(shown), "role")
        if len(shown) == len(lines)
        else f"{len(shown)} of {plural(len(lines), 'role')}",
        filling="" if done == len(lines) else f"Working out the results: {done} of {len(lines)}",
        say=say_of(organisation, lines, today),
    )


def _columns() -> tuple[ColumnSpec, ...]:
    names = (
        "Role and place",
        "Launched, data to",
        "Trend",
        "Key change and 95\u00a0% interval",
        "Evidence",
        "Worth it?",
        "Next",
    )
    return tuple(ColumnSpec(name, stretch=at == TREND_COLUMN) for at, name in enumerate(names))


def _facts(organisation: str, roles: Sequence[RoleSummary], today: date) -> tuple[str, ...]:
    launched = sum(role.launch is not None and role.launch <= today for role in roles)
    count = f"{plural(len(roles), 'role')}, {launched} launched"
    return (organisation, count) if organisation else (count,)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))


def _variation(line: RoleLine) -> str:
    return look_of(line.leading.verdict).word if line.leading else ""


def _passes(line: RoleLine, filters: Filters) -> bool:
    wanted = (
        (filters.family, ALL_FAMILIES, line.summary.family),
        (filters.place, ALL_PLACES, line.summary.place),
        (filters.variation, ALL_VARIATION, _variation(line)),
    )
    return all(choice in (everything, held) for choice, everything, held in wanted)
