"""Bringing a spreadsheet's values in as one step, found again by its import, undone at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from analysis.problems import UserProblem
from db.operations.changed import Changed, Thing
from db.operations.measures import refuse_unused, use_measures
from db.operations.observations import KEY
from db.operations.validation import checked
from db.recorder import Step, now_text, table_of
from db.store import Store
from db.tables import ImportBatch, ImportBatchBase, Measure, Observation, ObservationBase, Recipe, RecipeBase, StepKind
from db.tables.base import new_uuids

IMPORTED = frozenset({Thing.IMPORTS, Thing.MEASURES, Thing.OBSERVATIONS})
SAME = ("state", "value", "numerator", "denominator", "sd", "contributors", "low", "high", "change_mean", "pairs")
"""Columns that make a value different; its source and raw text do not."""


Told = Callable[[int], None]
_TELL_EVERY = 1000


class Existing(StrEnum):
    """What to do where a value is held already and differs."""

    KEEP = "keep"
    REPLACE = "replace"
    STOP = "stop"


@dataclass(frozen=True)
class SourceFile:
    """The spreadsheet, by what it is rather than where it lies."""

    name: str
    sha256: str
    size: int
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewMeasure:
    """A measure the import brings with it: its columns, and how the role uses it. `ref` is what rows call it."""

    ref: str
    measure: dict[str, Any]
    use: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RecipeToSave:
    """The answers to keep for next month's file."""

    name: str
    fingerprint: str
    answers: str


@dataclass(frozen=True)
class Outcome:
    """What an import did: values added, replaced, unchanged, kept, and its number (None when nothing changed)."""

    changed: Changed
    import_id: int | None
    added: int
    replaced: int
    unchanged: int
    kept: int


def bring_in(
    store: Store,
    *,
    role_id: int,
    source: SourceFile,
    rows: Sequence[Mapping[str, Any]],
    new_measures: Sequence[NewMeasure] = (),
    recipe: RecipeToSave | None = None,
    existing: Existing = Existing.KEEP,
    held: int = 0,
    told: Told | None = None,
) -> Outcome:
    """Write the ready values of a spreadsheet as one step. What `told` raises, hearing how many are in, undoes it all.

    Each row holds the columns of an observation without its implementation; `measure_id` may be the `ref` of a new
    measure. The same file twice changes nothing. Raises UserProblem with `existing` "stop" when values held differ.
    """
    label = f"Import {source.name}"
    with store.step(label, kind=StepKind.IMPORT) as step:
        made = use_measures(step, role_id, [(new.measure, new.use) for new in new_measures])
        ids = {new.ref: measure_id for new, measure_id in zip(new_measures, made, strict=True)}
        keyed = [_keyed(row, role_id, ids) for row in rows]
        refuse_unused(step.connection, role_id, {row["measure_id"] for row in keyed}, "Nothing was imported.")
        fresh, different, unchanged = _sorted_out(step.connection, role_id, keyed)
        if different and existing is Existing.STOP:
            raise UserProblem(f"{len(different)} values in the sheet differ from those held.", "Nothing was imported.")
        replacing = different if existing is Existing.REPLACE else []
        kept = len(different) - len(replacing)
        if not fresh and not replacing:
            step.changes.clear()
            return Outcome(Changed(label, frozenset()), None, 0, 0, unchanged, kept)
        import_id = _write(step, role_id, source, recipe, (fresh, replacing, told), (unchanged, held))
        return Outcome(Changed(label, IMPORTED, import_id), import_id, len(fresh), len(replacing), unchanged, kept)


@dataclass(frozen=True)
class HeldValue:
    """A value that is held where a sheet has another: which row of the sheet, and what is held."""

    row: int
    state: str
    value: float | None


@dataclass(frozen=True)
class Foreseen:
    """What an import would find: how many values are new, which differ from those held, which rows are here already."""

    fresh: int
    differing: tuple[HeldValue, ...] = ()
    same: tuple[int, ...] = ()

    @property
    def different(self) -> int:
        """How many values are held and differ."""
        return len(self.differing)

    @property
    def unchanged(self) -> int:
        """How many values are here already."""
        return len(self.same)


def foresee(store: Store, *, role_id: int, rows: Sequence[Mapping[str, Any]]) -> Foreseen:
    """Compare the ready values of a spreadsheet with the record, writing nothing. Rows as in `bring_in`."""
    held = table_of(Measure)
    with store.read() as connection:
        known = connection.execute(select(held.c.name, held.c.id).where(held.c.population == "")).all()
        ids = {name: int(number) for name, number in known}
        keyed = [_keyed(row, role_id, ids) for row in rows]
        held_values = _held(connection, role_id)
    fresh = 0
    differing, same = [], []
    for at, row in enumerate(keyed):
        there = held_values.get(_key_of(row))
        if there is None:
            fresh += 1
            held_values[_key_of(row)] = (0, _facts_of(row))
        elif there[1] == _facts_of(row):
            same.append(at)
        else:
            differing.append(HeldValue(at, str(there[1][0]), there[1][1]))
    return Foreseen(fresh, tuple(differing), tuple(same))


def _write(
    step: Step,
    role_id: int,
    source: SourceFile,
    recipe: RecipeToSave | None,
    rows: tuple[list[dict[str, Any]], list[tuple[int, dict[str, Any]]], Told | None],
    counts: tuple[int, int],
) -> int:
    fresh, replacing, told = rows
    facts = {
        "implementation_id": role_id,
        "recipe_id": _keep_recipe(step, role_id, recipe) if recipe else None,
        "file_name": source.name[:255],
        "file_sha256": source.sha256,
        "file_bytes": source.size,
        "sheets": ", ".join(source.sheets),
        "imported_at": now_text(),
        "added": len(fresh),
        "replaced": len(replacing),
        "unchanged": counts[0],
        "held": counts[1],
    }
    import_id = step.insert(ImportBatch, checked(ImportBatchBase, facts))
    step.import_id = import_id
    step.insert_many(Observation, _whole_rows(fresh, import_id), told)
    for first in range(0, len(replacing), _TELL_EVERY):
        if told is not None:
            told(len(fresh) + first)
        part = replacing[first : first + _TELL_EVERY]
        step.update_each(Observation, {row_id: _written_over(row, import_id) for row_id, row in part})
    return import_id


def _written_over(row: Mapping[str, Any], import_id: int) -> dict[str, Any]:
    """What a row of a sheet makes of the value that is held: its question is closed, for the value is another."""
    return {**{name: value for name, value in row.items() if name not in KEY}, "import_id": import_id, "doubt": None}


def _whole_rows(rows: list[dict[str, Any]], import_id: int) -> list[dict[str, Any]]:
    """Rows that all have the same columns: those any row gives, and what may not be NULL."""
    given = {"implementation_id": 0, "measure_id": 0, "period_start": date.min, "period_end": date.min, "value": 0.0}
    usual = ObservationBase.model_validate(given).model_dump(mode="json")
    table = table_of(Observation)
    wanted = {name for row in rows for name in row} | {c.name for c in table.columns if not c.nullable} - {"id", "uuid"}
    defaults = {name: usual[name] for name in sorted(wanted)} | {"value": None, "import_id": import_id}
    uuids = sorted(new_uuids(len(rows)))  # in order, as their index is then written from end to end
    return [{**defaults, **row, "uuid": uuid} for row, uuid in zip(rows, uuids, strict=True)]


def _keyed(row: Mapping[str, Any], role_id: int, ids: dict[str, int]) -> dict[str, Any]:
    measure = row["measure_id"]
    return {"arm": "role", "group_id": 1, **row, "implementation_id": role_id, "measure_id": ids.get(measure, measure)}


Sorted = tuple[list[dict[str, Any]], list[tuple[int, dict[str, Any]]], int]
HeldRows = dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]]


def _held(connection: Connection, role_id: int) -> HeldRows:
    """The id and the facts of every observation of a role, by its key."""
    table = table_of(Observation)
    columns = [table.c.id, *(table.c[n] for n in KEY), *(table.c[n] for n in SAME)]
    found = connection.execute(select(*columns).where(table.c.implementation_id == role_id)).all()
    width = len(KEY) + 1
    return {tuple(row[1:width]): (row[0], tuple(row[width:])) for row in found}


def _key_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def _facts_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name, "value" if name == "state" else None) for name in SAME)


def _sorted_out(connection: Connection, role_id: int, rows: list[dict[str, Any]]) -> Sorted:
    held = _held(connection, role_id)
    fresh: list[dict[str, Any]] = []
    different: list[tuple[int, dict[str, Any]]] = []
    unchanged = 0
    for row in rows:
        there = held.get(_key_of(row))
        if there is None:
            fresh.append(row)
        elif there[1] == _facts_of(row):
            unchanged += 1
        else:
            different.append((there[0], row))
    return fresh, different, unchanged


def _keep_recipe(step: Step, role_id: int, recipe: RecipeToSave) -> int:
    held = table_of(Recipe)
    facts = {"name": recipe.name, "fingerprint": recipe.fingerprint, "answers": recipe.answers}
    record = checked(RecipeBase, {**facts, "implementation_id": role_id, "saved_at": now_text()})
    found = step.connection.execute(
        select(held.c.id).where(held.c.implementation_id == role_id, held.c.fingerprint == recipe.fingerprint)
    ).scalar()
    if found is None:
        return step.insert(Recipe, record)
    step.update(Recipe, int(found), {"name": recipe.name, "answers": recipe.answers})
    return int(found)
