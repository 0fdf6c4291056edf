"""What surrounds a role: staffing, alternatives, how measures were chosen, later changes of the case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from analysis.vocabulary import Purpose
from db.queries.roles import Profile
from db.recorder import table_of
from db.stacks import stacks
from db.store import Store
from db.tables import (
    Alternative,
    Appraisal,
    Comparator,
    CostLine,
    HistoryChange,
    HistoryStep,
    Implementation,
    Measure,
    MeasureUse,
    Observation,
    Organisation,
    Programme,
    StaffingMonth,
    Target,
)

EVERYONE = 1
CASE_COLUMNS = ("need", "need_size", "engaged", "why_it_should_work", "aims", "expected_effect", "method_chosen_on")
USE_COLUMNS = ("is_primary", "expected_direction", "expected_change", "impact_model", "chosen_on", "target")
ALTERNATIVE_COLUMNS = ("name", "verdict", "reason")


@dataclass(frozen=True)
class StaffingFacts:
    """One calendar month: whole-time equivalents as decimal text, None where not known. `month` is its first day."""

    month: date
    planned: str | None
    actual: str | None
    heads: int | None


@dataclass(frozen=True)
class UseFacts:
    """How a role chose and uses one measure; `expected_change` is in the measure's unit, signed as it was typed."""

    measure_id: int
    name: str
    purpose: Purpose
    is_primary: bool
    chosen_on: date | None
    impact_model: str
    expected_direction: str
    expected_change: float | None
    why_chosen: str
    owner: str
    target: float | None
    has_source: bool


@dataclass(frozen=True)
class CaseChange:
    """One later change of the case: the day (UTC), what, and the texts before and after; empty for none.

    `measure_id` is that of the measure whose choice was changed, None for anything else.
    """

    day: date
    what: str
    before: str
    after: str
    measure_id: int | None = None


@dataclass(frozen=True)
class Record:
    """All of it for one role. `perspective` is empty while no economic frame is recorded."""

    employer: str = ""
    programme_started: date | None = None
    successor: str = ""
    perspective: str = ""
    staffing: tuple[StaffingFacts, ...] = ()
    alternatives: tuple[Mapping[str, Any], ...] = ()
    uses: tuple[UseFacts, ...] = ()
    compared: frozenset[int] = frozenset()
    targeted: frozenset[int] = frozenset()
    groups: int = 0
    cost_sources: Mapping[int, str] | None = None
    case_changes: tuple[CaseChange, ...] = ()


NO_RECORD = Record()


def facts_by_key(profile: Profile, record: Record) -> dict[str, Any]:
    """Every fact of a role by the key of its field, those of its employer, programme and economic frame among them."""
    return profile.facts.model_dump() | {
        "programme": profile.programme,
        "programme_started": record.programme_started,
        "employer": record.employer,
        "successor": record.successor,
        "perspective": record.perspective,
    }


def record(store: Store, role_id: int) -> Record:
    """The record of a role. A role that has been removed has an empty one."""
    with store.read() as connection:
        role = _role(connection, role_id)
        uses = _uses(connection, role_id)
        return Record(
            employer=role.get("employer") or "",
            programme_started=role.get("programme_started"),
            successor=role.get("successor") or "",
            perspective=role.get("perspective") or "",
            staffing=_staffing(connection, role_id),
            alternatives=_alternatives(connection, role_id),
            uses=tuple(use for _, use in uses),
            compared=_compared(connection, role_id),
            targeted=_ids(connection, Target, role_id),
            groups=_groups(connection, role_id),
            cost_sources=_cost_sources(connection, role_id),
            case_changes=_case_changes(connection, role_id, dict(uses)),
        )


def _role(connection: Connection, role_id: int) -> Mapping[str, Any]:
    roles, after = table_of(Implementation), table_of(Implementation).alias("after")
    employers, programmes, frames = table_of(Organisation), table_of(Programme), table_of(Appraisal)
    found = connection.execute(
        select(
            employers.c.name.label("employer"),
            programmes.c.started.label("programme_started"),
            frames.c.perspective,
            after.c.name.label("successor"),
        )
        .select_from(roles)
        .outerjoin(employers, employers.c.id == roles.c.organisation_id)
        .outerjoin(programmes, programmes.c.id == roles.c.programme_id)
        .outerjoin(frames, frames.c.implementation_id == roles.c.id)
        .outerjoin(after, after.c.id == roles.c.successor_id)
        .where(roles.c.id == role_id)
    )
    return dict(found.mappings().first() or {})


def _staffing(connection: Connection, role_id: int) -> tuple[StaffingFacts, ...]:
    held = table_of(StaffingMonth)
    rows = connection.execute(
        select(held.c.month, held.c.planned_wte, held.c.actual_wte, held.c.head_count)
        .where(held.c.implementation_id == role_id)
        .order_by(held.c.month)
    )
    return tuple(StaffingFacts(*row) for row in rows)


def _alternatives(connection: Connection, role_id: int) -> tuple[Mapping[str, Any], ...]:
    held = table_of(Alternative)
    rows = connection.execute(select(held).where(held.c.implementation_id == role_id).order_by(held.c.id))
    return tuple(dict(row) for row in rows.mappings())


def _uses(connection: Connection, role_id: int) -> list[tuple[int, UseFacts]]:
    """Each use with the id of its row, in the role's order."""
    uses, measures = table_of(MeasureUse), table_of(Measure)
    rows = connection.execute(
        select(uses, measures.c.name, measures.c.population, measures.c.purpose, measures.c.source)
        .add_columns(measures.c.library_key)
        .join(measures, measures.c.id == uses.c.measure_id)
        .where(uses.c.implementation_id == role_id)
        .order_by(uses.c.position, uses.c.id)
    ).mappings()
    return [(int(row["id"]), _use(dict(row))) for row in rows]


def _use(row: Mapping[str, Any]) -> UseFacts:
    plain = ("measure_id", "chosen_on", "impact_model", "expected_direction", "expected_change", "why_chosen", "owner")
    return UseFacts(
        **{name: row[name] for name in plain},
        name=f"{row['name']}, {row['population']}" if row["population"] else row["name"],
        purpose=Purpose(row["purpose"]),
        is_primary=bool(row["is_primary"]),
        target=row["target"],
        has_source=bool(row["source"] or row["library_key"]),
    )


def _compared(connection: Connection, role_id: int) -> frozenset[int]:
    held = table_of(Comparator)
    rows = connection.execute(
        select(held.c.measure_id).where(held.c.implementation_id == role_id, held.c.why_chosen != "")
    )
    return frozenset(rows.scalars())


def _ids(connection: Connection, model: type[Target], role_id: int) -> frozenset[int]:
    held = table_of(model)
    return frozenset(connection.execute(select(held.c.measure_id).where(held.c.implementation_id == role_id)).scalars())


def _groups(connection: Connection, role_id: int) -> int:
    """How many groups of people besides everyone have values."""
    held = table_of(Observation)
    wanted = select(func.count(held.c.group_id.distinct())).where(
        held.c.implementation_id == role_id, held.c.group_id != EVERYONE
    )
    return int(connection.execute(wanted).scalar_one())


def _cost_sources(connection: Connection, role_id: int) -> dict[int, str]:
    held = table_of(CostLine)
    rows = connection.execute(select(held.c.id, held.c.source).where(held.c.implementation_id == role_id))
    return {int(row_id): source for row_id, source in rows}


def _case_changes(connection: Connection, role_id: int, uses: Mapping[int, UseFacts]) -> tuple[CaseChange, ...]:
    """What was changed in the case after it was first written, oldest first; steps taken back are left out."""
    changes, steps = table_of(HistoryChange), table_of(HistoryStep)
    wanted = or_(
        (changes.c.table_name == "implementation") & (changes.c.row_id == role_id) & (changes.c.operation == "update"),
        (changes.c.table_name == "measure_use") & changes.c.row_id.in_(list(uses)) & (changes.c.operation == "update"),
        changes.c.table_name == "alternative",
    )
    rows = connection.execute(
        select(steps.c.id, steps.c.made_at, changes.c.table_name, changes.c.row_id, changes.c.before, changes.c.after)
        .join(steps, steps.c.id == changes.c.step_id)
        .where(wanted)
        .order_by(changes.c.id)
    ).all()
    standing = stacks(connection).standing if rows else set()
    begun = _set_up_on(connection, role_id)
    names: dict[int, str] = {}
    found: list[CaseChange] = []
    for step_id, made_at, table, row_id, before, after in rows:
        held, now = json.loads(before or "{}"), json.loads(after or "{}")
        if table == "alternative":
            if (held | now).get("implementation_id") == role_id:
                names[row_id] = (held | now)["name"]
            if row_id not in names:
                continue
        day = date.fromisoformat(made_at[:10])
        if step_id in standing and (held or begun is None or day > begun):
            told = _told(day, _subject(table, row_id, uses, names), table, held, now)
            measure_id = uses[row_id].measure_id if table == "measure_use" else None
            found += [replace(one, measure_id=measure_id) for one in told]
    return tuple(found)


def _set_up_on(connection: Connection, role_id: int) -> date | None:
    """The day the role was set up: what is added to its case that day is no later change."""
    changes, steps = table_of(HistoryChange), table_of(HistoryStep)
    made_at = connection.execute(
        select(func.min(steps.c.made_at))
        .join(changes, changes.c.step_id == steps.c.id)
        .where(changes.c.table_name == "implementation", changes.c.row_id == role_id, changes.c.operation == "insert")
    ).scalar()
    return date.fromisoformat(made_at[:10]) if made_at else None


_COLUMNS = {"implementation": CASE_COLUMNS, "measure_use": USE_COLUMNS, "alternative": ALTERNATIVE_COLUMNS}


def _subject(table: str, row_id: int, uses: Mapping[int, UseFacts], names: Mapping[int, str]) -> str:
    if table == "measure_use":
        return uses[row_id].name
    return f"Alternative {names[row_id]}" if table == "alternative" else ""


def _told(day: date, subject: str, table: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[CaseChange]:
    if table == "alternative" and not (before and after):
        verdict = (before or after)["verdict"]
        return [CaseChange(day, subject, verdict if before else "", verdict if after else "")]
    wanted = [name for name in _COLUMNS[table] if name in after]
    return [
        CaseChange(day, _what(subject, name), as_words(before.get(name)), as_words(after.get(name))) for name in wanted
    ]


def _what(subject: str, column: str) -> str:
    words = column.replace("is_primary", "primary").replace("_", " ")
    return f"{subject}: {words}" if subject else words.capitalize()


def as_words(value: object) -> str:
    """A stored value as it is told: yes and no for a truth, empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
