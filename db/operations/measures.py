"""Measures, how a role uses them, and the events that can move them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from analysis.vocabulary import EventKind
from db.operations.changed import Changed, Thing
from db.operations.roles import held_row
from db.operations.validation import checked, merged
from db.recorder import Step, table_of
from db.store import Store
from db.tables import (
    Event,
    EventBase,
    Measure,
    MeasureBase,
    MeasureBreak,
    MeasureBreakBase,
    MeasureDefinition,
    MeasureDefinitionBase,
    MeasureUse,
    MeasureUseBase,
    Observation,
)

MEASURES = frozenset({Thing.MEASURES})
EVENTS = frozenset({Thing.EVENTS})


def add_measure(store: Store, *, role_id: int, measure: dict[str, Any], use: dict[str, Any] | None = None) -> Changed:
    """Put a measure to use in a role; a measure of that name and population is shared between roles.

    `measure` holds the columns of the measure and, under `definition`, the words of its first version, under `breaks`
    pairs of a day and what broke on it; `use` holds what this role decides (frequency, provisional periods, primary,
    target).
    """
    label = f"Add measure {measure.get('name', '')}"
    with store.step(label) as step:
        return Changed(label, MEASURES, use_measure(step, role_id, measure, use or {}))


def use_measure(step: Step, role_id: int, measure: dict[str, Any], use: dict[str, Any]) -> int:
    """The id of the measure, made if missing, in use by the role, within a step that is under way."""
    return use_measures(step, role_id, [(measure, use)])[0]


def use_measures(step: Step, role_id: int, wanted: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> list[int]:
    """The same for many at once, each as the measure and its use: a sheet may bring a thousand."""
    records = [checked(MeasureBase, {n: v for n, v in one.items() if n not in _BESIDE}) for one, _ in wanted]
    ids = _measure_ids(step)
    fresh: dict[tuple[str, str], int] = {}
    for at, record in enumerate(records):
        if _known_as(record) not in ids:
            fresh.setdefault(_known_as(record), at)
    firsts = list(fresh.values())
    made = step.insert_each(Measure, [records[at] for at in firsts])
    ids |= {_known_as(records[at]): measure_id for at, measure_id in zip(firsts, made, strict=True)}
    _define(step, [(measure_id, wanted[at][0]) for at, measure_id in zip(firsts, made, strict=True)])
    found = [ids[_known_as(record)] for record in records]
    uses: dict[int, dict[str, Any]] = {}
    for measure_id, (_, use) in zip(found, wanted, strict=True):
        uses.setdefault(measure_id, use)
    _put_to_use(step, role_id, uses)
    return found


_BESIDE = ("definition", "breaks")


def _known_as(record: MeasureBase) -> tuple[str, str]:
    return record.name, record.population


def _measure_ids(step: Step) -> dict[tuple[str, str], int]:
    held = table_of(Measure)
    rows = step.connection.execute(select(held.c.name, held.c.population, held.c.id))
    return {(name, population): int(measure_id) for name, population, measure_id in rows}


def _define(step: Step, made: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """The first version of the definition of new measures, and the breaks that are known of them."""
    texts = [{"measure_id": number, "version": 1, "text": one.get("definition", "")} for number, one in made]
    step.insert_each(MeasureDefinition, [checked(MeasureDefinitionBase, text) for text in texts])
    broken = [(number, *broke) for number, one in made for broke in one.get("breaks", ())]
    breaks = [{"measure_id": number, "happened_on": happened_on, "what": what} for number, happened_on, what in broken]
    step.insert_each(MeasureBreak, [checked(MeasureBreakBase, broke) for broke in breaks])


def _put_to_use(step: Step, role_id: int, uses: Mapping[int, dict[str, Any]]) -> None:
    """Have a role use measures that it does not use yet, after those it uses."""
    held = table_of(MeasureUse)
    mine = step.connection.execute(select(held.c.measure_id).where(held.c.implementation_id == role_id))
    there = set(mine.scalars())
    fresh = [(measure_id, use) for measure_id, use in uses.items() if measure_id not in there]
    facts = [
        {"implementation_id": role_id, "measure_id": measure_id, "position": position, **use}
        for position, (measure_id, use) in enumerate(fresh, len(there))
    ]
    step.insert_each(MeasureUse, [checked(MeasureUseBase, one) for one in facts])


def change_use(store: Store, *, role_id: int, measure_id: int, **changes: Any) -> Changed:  # noqa: ANN401 - any column of the use
    """Change how a role uses a measure: provisional periods, primary, target, preset, frequency."""
    uses = table_of(MeasureUse)
    with store.step("Change use of a measure") as step:
        refuse_unused(step.connection, role_id, [measure_id], "Nothing was changed.")
        row = (
            step.connection.execute(
                select(uses).where(uses.c.implementation_id == role_id, uses.c.measure_id == measure_id)
            )
            .mappings()
            .one()
        )
        record = merged(MeasureUseBase, dict(row), changes)
        step.update(MeasureUse, int(row["id"]), {name: getattr(record, name) for name in changes})
        step.label = f"Change {', '.join(sorted(c.replace('_', ' ') for c in changes))}"
        return Changed(step.label, MEASURES)


def stop_using_measure(store: Store, *, role_id: int, measure_id: int) -> Changed:
    """Take a measure and its values out of a role; one undo brings them back.

    Raises UserProblem when the role does not use it, as when it was removed a moment ago.
    """
    uses, rows = table_of(MeasureUse), table_of(Observation)
    with store.step("Remove measure") as step:
        refuse_unused(step.connection, role_id, [measure_id], "Nothing was changed.")
        held = held_row(step.connection, Measure, measure_id)
        step.label = f"Remove measure {held['name']}"
        ids = step.connection.execute(
            select(rows.c.id).where(rows.c.implementation_id == role_id, rows.c.measure_id == measure_id)
        ).scalars()
        step.remove_many(rows, [int(i) for i in ids])
        use = step.connection.execute(
            select(uses.c.id).where(uses.c.implementation_id == role_id, uses.c.measure_id == measure_id)
        ).scalar_one()
        step.delete(MeasureUse, int(use))
        return Changed(step.label, frozenset({Thing.MEASURES, Thing.OBSERVATIONS}))


def refuse_unused(connection: Connection, role_id: int, measure_ids: Collection[int], hint: str) -> None:
    """Raise UserProblem, with a hint, where a role does not use a measure any more: no value may be without one."""
    uses, held = table_of(MeasureUse), table_of(Measure)
    used = connection.execute(select(uses.c.measure_id).where(uses.c.implementation_id == role_id)).scalars()
    if gone := set(measure_ids) - set(used):
        name = connection.execute(select(held.c.name).where(held.c.id == min(gone))).scalar()
        raise UserProblem(f"{name or 'The measure'} is not a measure of this role any more.", hint)


def add_event(
    store: Store,
    *,
    role_id: int,
    happened_on: date,
    title: str,
    kind: EventKind = EventKind.OTHER,
    ended_on: date | None = None,
    measure_id: int | None = None,
    source: str = "",
) -> Changed:
    """Record a dated thing that can move a series."""
    facts = {"implementation_id": role_id, "happened_on": happened_on, "title": title.strip(), "kind": kind}
    record = checked(EventBase, {**facts, "ended_on": ended_on, "measure_id": measure_id, "source": source})
    label = f"Add event {record.title}"
    with store.step(label) as step:
        return Changed(label, EVENTS, step.insert(Event, record))


def change_event(store: Store, *, event_id: int, **changes: Any) -> Changed:  # noqa: ANN401 - any column of the event
    """Change an event."""
    with store.step("Change event") as step:
        record = merged(EventBase, held_row(step.connection, Event, event_id), changes)
        step.label = f"Change event {record.title}"
        step.update(Event, event_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, EVENTS)


def remove_event(store: Store, *, event_id: int) -> Changed:
    """Remove an event."""
    return remove_row(store, Event, event_id, "event", EVENTS)


def remove_row(store: Store, model: type[SQLModel], row_id: int, word: str, things: frozenset[Thing]) -> Changed:
    """Remove one row under a name a person knows it by."""
    with store.step(f"Remove {word}") as step:
        held = held_row(step.connection, model, row_id)
        step.label = f"Remove {word} {held.get('title') or held.get('label') or ''}".strip()
        step.delete(model, row_id)
        return Changed(step.label, things)
