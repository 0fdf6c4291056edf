"""Roles as the portfolio, the headers and the analysis need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from analysis.problems import UserProblem
from analysis.staffing import MonthOfStaff, fidelity
from analysis.vocabulary import Arm, EventFacts, EventKind, Lifecycle, RoleFacts, Timeline
from db.recorder import table_of
from db.store import Store
from db.tables import (
    Event,
    FactorRating,
    Implementation,
    ImplementationBase,
    MeasureBreak,
    Note,
    Observation,
    Organisation,
    Programme,
    StaffingMonth,
    Task,
)

OVER = (Lifecycle.ENDED, Lifecycle.ABSORBED)


@dataclass(frozen=True)
class RoleSummary:
    """One role as a list shows it."""

    id: int
    name: str
    place: str
    family: str
    launch: date | None
    lifecycle: Lifecycle
    funding_end: date | None
    data_to: date | None


@dataclass(frozen=True)
class Profile:
    """All that is recorded about a role besides its figures."""

    id: int
    facts: ImplementationBase
    programme: str
    tasks: tuple[Mapping[str, Any], ...]
    notes: tuple[Mapping[str, Any], ...]


def roles(store: Store) -> tuple[RoleSummary, ...]:
    """Every role, by name then place."""
    table, rows = table_of(Implementation), table_of(Observation)
    newest = (
        select(rows.c.implementation_id, func.max(rows.c.period_end).label("data_to"))
        .group_by(rows.c.implementation_id)
        .subquery()
    )
    query = (
        select(table, newest.c.data_to)
        .outerjoin(newest, newest.c.implementation_id == table.c.id)
        .order_by(table.c.name, table.c.place)
    )
    with store.read() as connection:
        found = connection.execute(query).mappings().all()
    names = ("id", "name", "place", "family", "launch", "funding_end", "data_to")
    return tuple(RoleSummary(**{n: r[n] for n in names}, lifecycle=Lifecycle(r["lifecycle"])) for r in found)


def find_role(store: Store, name: str) -> int:
    """The id of the role of that name (or "name, place"). Raises UserProblem when there is none, or more than one."""
    found = [role for role in roles(store) if name in (role.name, f"{role.name}, {role.place}")]
    if len(found) == 1:
        return found[0].id
    listed = "; ".join(", ".join(filter(None, (role.name, role.place))) for role in found or roles(store)) or "none yet"
    problem = f"More than one role is called {name}." if found else f"There is no role called {name}."
    raise UserProblem(problem, f"Roles in this file: {listed}.")


def role_facts(store: Store, role_id: int) -> RoleFacts:
    """What analysis must know of a role besides its series."""
    programmes = table_of(Programme)
    with store.read() as connection:
        row = _row(connection, role_id)
        programme = connection.execute(
            select(programmes.c.name, programmes.c.started).where(programmes.c.id == row["programme_id"])
        ).first()
        happened = _events(connection, role_id)
        wte = _staffing(connection, row)
    lifecycle = Lifecycle(row["lifecycle"])
    return RoleFacts(
        id=role_id,
        name=row["name"],
        place=row["place"],
        timeline=Timeline(row["launch"], row["phase_in_end"], row["lifecycle_date"] if lifecycle in OVER else None),
        lifecycle=lifecycle,
        programme=programme[0] if programme else None,
        programme_start=programme[1] if programme else None,
        method_chosen_on=row["method_chosen_on"],
        selected_on_high_need=row["selected_on_high_need"],
        events=happened,
        planned_wte=wte[0],
        actual_wte=wte[1],
    )


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _staffing(connection: Connection, row: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Planned and actual whole-time equivalents: means over the months since launch in which both are known.

    Without such a month, what was planned for the role, and no actual figure.
    """
    staff = table_of(StaffingMonth)
    query = select(staff.c.month, staff.c.planned_wte, staff.c.actual_wte)
    rows = connection.execute(query.where(staff.c.implementation_id == row["id"]))
    held = [MonthOfStaff(*one) for one in rows]
    launch = row["launch"]
    since = frozenset(one.month for one in held if launch is not None and one.month >= launch.replace(day=1))
    found = fidelity(held, since)
    if not found.both:
        return _number(row["planned_wte"]), None
    return float(found.planned / found.both), float(found.actual / found.both)


def events(store: Store, role_id: int) -> tuple[EventFacts, ...]:
    """The events of a role, oldest first."""
    with store.read() as connection:
        return _events(connection, role_id)


def profile(store: Store, role_id: int) -> Profile:
    """Everything recorded about a role besides its figures."""
    programmes = table_of(Programme)
    with store.read() as connection:
        row = _row(connection, role_id)
        programme = connection.execute(select(programmes.c.name).where(programmes.c.id == row["programme_id"])).scalar()
        tasks = _children(connection, Task, role_id)
        notes = _children(connection, Note, role_id)
    facts = ImplementationBase.model_validate({name: row[name] for name in ImplementationBase.model_fields})
    return Profile(role_id, facts, str(programme or ""), tasks, notes)


def factor_ratings(store: Store, role_id: int) -> tuple[Mapping[str, Any], ...]:
    """Every rating of every factor of a role, oldest first."""
    with store.read() as connection:
        return _children(connection, FactorRating, role_id)


def organisations(store: Store) -> tuple[str, ...]:
    """Names of the organisations on record."""
    held = table_of(Organisation)
    with store.read() as connection:
        return tuple(connection.execute(select(held.c.name).order_by(held.c.name)).scalars())


def _row(connection: Connection, role_id: int) -> Mapping[str, Any]:
    table = table_of(Implementation)
    row = connection.execute(select(table).where(table.c.id == role_id)).mappings().first()
    if row is None:
        raise UserProblem("This role has been removed.", "Choose another role in the portfolio.")
    return dict(row)


def _children(connection: Connection, model: Any, role_id: int) -> tuple[Mapping[str, Any], ...]:  # noqa: ANN401 - any table class
    table = table_of(model)
    rows = connection.execute(select(table).where(table.c.implementation_id == role_id).order_by(table.c.id))
    return tuple(dict(row) for row in rows.mappings())


def _events(connection: Connection, role_id: int) -> tuple[EventFacts, ...]:
    table = table_of(Event)
    rows = connection.execute(select(table).where(table.c.implementation_id == role_id))
    told = [
        EventFacts(
            r["id"], r["happened_on"], r["title"], EventKind(r["kind"]), r["ended_on"], r["measure_id"], _arm(r["arm"])
        )
        for r in rows.mappings()
    ]
    return tuple(sorted((*told, *_breaks(connection, role_id)), key=lambda event: (event.when, event.id)))


def _breaks(connection: Connection, role_id: int) -> list[EventFacts]:
    """Breaks of the role's measures that fall within its values; their ids are below 0, for they are not its own."""
    breaks, rows = table_of(MeasureBreak), table_of(Observation)
    first = (
        select(rows.c.measure_id, func.min(rows.c.period_start).label("first"))
        .where(rows.c.implementation_id == role_id)
        .group_by(rows.c.measure_id)
        .subquery()
    )
    query = select(breaks).join(first, (first.c.measure_id == breaks.c.measure_id))
    found = connection.execute(query.where(breaks.c.happened_on > first.c.first)).mappings()
    return [
        EventFacts(-row["id"], row["happened_on"], row["what"], EventKind.DEFINITION, None, row["measure_id"], None)
        for row in found
    ]


def _arm(text: str) -> Arm | None:
    """Where an event happened; None for both arms alike."""
    return None if text == "both" else Arm(text)
