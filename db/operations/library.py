"""A team's own starting points for roles, and its own facts about measures, wherever they are used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from analysis.problems import UserProblem
from analysis.wording import plural
from db.operations.changed import Changed, Thing
from db.operations.measures import MEASURES, remove_row, use_measure
from db.operations.roles import ROLES, held_row
from db.operations.validation import checked, merged
from db.recorder import Step, table_of
from db.store import Store
from db.tables import (
    CatalogueEntry,
    CatalogueEntryBase,
    Implementation,
    ImplementationBase,
    Measure,
    MeasureBase,
    MeasureBreak,
    MeasureBreakBase,
    MeasureDefinition,
    MeasureDefinitionBase,
    Observation,
    PopulationGroup,
    PopulationGroupBase,
)

LIBRARY = frozenset({Thing.LIBRARY})


def keep_entry(store: Store, *, key: str = "", name: str, **facts: Any) -> Changed:  # noqa: ANN401 - any column of an entry
    """Keep a starting point: one's own, or one's own wording of a shipped one, which goes by the same `key`.

    Raises UserProblem when it has no name, or when another own entry has it.
    """
    given = {**facts, "key": key or f"own-{_slug(name)}", "name": name.strip()}
    held = table_of(CatalogueEntry)
    label = f"Keep {given['name'] or 'an entry'} in the catalogue"
    with store.step(label) as step:
        rows = step.connection.execute(select(held.c.id, held.c.key, held.c.name)).all()
        found = next((int(row.id) for row in rows if row.key == given["key"]), None)
        twin = any(row.name.lower() == given["name"].lower() and row.key != key for row in rows)
        if twin or (found is not None and not key):
            raise UserProblem(
                f"Your catalogue holds an entry called {given['name']} already.", "Give this one another name."
            )
        if found is None:
            return Changed(label, LIBRARY, step.insert(CatalogueEntry, checked(CatalogueEntryBase, given)))
        record = merged(CatalogueEntryBase, held_row(step.connection, CatalogueEntry, found), given)
        step.update(CatalogueEntry, found, record.model_dump())
        return Changed(label, LIBRARY, found)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:70] or "entry"


def remove_entry(store: Store, *, entry_id: int) -> Changed:
    """Remove an own starting point; a shipped one stands in its own words again."""
    return remove_row(store, CatalogueEntry, entry_id, "catalogue entry", LIBRARY)


def fill_role(
    store: Store,
    *,
    role_id: int,
    key: str,
    facts: dict[str, str],
    measures: Sequence[dict[str, Any]] = (),
) -> Changed:
    """Fill what is still empty in a role's profile from a starting point, and put suggested measures to use.

    What has been written is never replaced.
    """
    with store.step("Fill from the catalogue") as step:
        held = held_row(step.connection, Implementation, role_id)
        empty = {name: text for name, text in facts.items() if text and not held[name]}
        record = merged(ImplementationBase, held, {**empty, "catalogue_key": key})
        step.label = f"Fill {record.name} from the catalogue"
        step.update(Implementation, role_id, {name: getattr(record, name) for name in (*empty, "catalogue_key")})
        for measure in measures:
            use_measure(step, role_id, measure, {})
        return Changed(step.label, ROLES | MEASURES)


def define_measure(
    store: Store,
    *,
    measure_id: int,
    changes: Mapping[str, Any],
    definition: Mapping[str, Any] | None = None,
    broke: tuple[date, str] | None = None,
) -> Changed:
    """Change a measure's facts, the words of its definition and its breaks as one step.

    `definition` holds `text`, `valid_from` and `reason` of a new version; while nothing is recorded yet, the words of
    the first version are changed instead. Raises UserProblem when recorded values would be out of the new range.
    """
    with store.step("Change measure") as step:
        held = held_row(step.connection, Measure, measure_id)
        record = merged(MeasureBase, held, changes)
        step.label = f"Change measure {record.name}"
        refuse_outside(step, measure_id, record)
        step.update(Measure, measure_id, {name: getattr(record, name) for name in changes})
        if definition:
            _reword(step, measure_id, definition)
        if broke is not None:
            put_break(step, measure_id, *broke)
        return Changed(step.label, MEASURES)


def refuse_outside(step: Step, measure_id: int, record: MeasureBase) -> None:
    """Raise UserProblem when recorded values lie outside a measure's range."""
    rows = table_of(Observation)
    beyond = [] if record.minimum is None else [rows.c.value < record.minimum]
    beyond += [] if record.maximum is None else [rows.c.value > record.maximum]
    if not beyond:
        return
    counted = select(func.count()).select_from(rows).where(rows.c.measure_id == measure_id, or_(*beyond))
    outside = step.connection.execute(counted).scalar_one()
    if outside:
        raise UserProblem(
            f"{plural(outside, 'recorded value')} of {record.name} would lie outside that range.",
            "Nothing was changed. Correct the values first, or give a wider range.",
        )


def _reword(step: Step, measure_id: int, definition: Mapping[str, Any]) -> None:
    versions, rows = table_of(MeasureDefinition), table_of(Observation)
    newest = step.connection.execute(
        select(versions.c.id, versions.c.version)
        .where(versions.c.measure_id == measure_id)
        .order_by(versions.c.version.desc())
        .limit(1)
    ).first()
    in_use = step.connection.execute(select(rows.c.id).where(rows.c.measure_id == measure_id).limit(1)).scalar()
    if newest is not None and in_use is None:
        step.update(MeasureDefinition, int(newest.id), {"text": definition["text"]})
        return
    facts = {**definition, "measure_id": measure_id, "version": (newest.version if newest else 0) + 1}
    step.insert(MeasureDefinition, checked(MeasureDefinitionBase, facts))


def put_break(step: Step, measure_id: int, happened_on: date, what: str) -> None:
    """The break of a measure on a day, made, reworded or, without words, removed; within a step that is under way."""
    breaks, words = table_of(MeasureBreak), what.strip()
    same = (breaks.c.measure_id == measure_id) & (breaks.c.happened_on == happened_on)
    found = step.connection.execute(select(breaks.c.id).where(same)).scalar()
    if not words:
        if found is not None:
            step.delete(MeasureBreak, int(found))
        return
    record = checked(MeasureBreakBase, {"measure_id": measure_id, "happened_on": happened_on, "what": words})
    if found is None:
        step.insert(MeasureBreak, record)
    else:
        step.update(MeasureBreak, int(found), {"what": record.what})


def add_group(store: Store, *, name: str, dimension: str = "") -> Changed:
    """Record a group of people that values can be about. Raises UserProblem when it is on record."""
    record = checked(PopulationGroupBase, {"name": name.strip(), "dimension": dimension.strip()})
    groups = table_of(PopulationGroup)
    label = f"Add group {record.name}"
    with store.step(label) as step:
        same = (groups.c.name == record.name) & (groups.c.dimension == record.dimension)
        if step.connection.execute(select(groups.c.id).where(same)).scalar() is not None:
            raise UserProblem(f"The group {record.name} is on record already.", "Choose it, or give another name.")
        return Changed(label, MEASURES, step.insert(PopulationGroup, record))
