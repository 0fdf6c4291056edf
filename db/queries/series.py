"""The figures of a role as frozen arrays, in one query."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, true

from analysis.maturity import maturities_of
from analysis.periods import Frequency, Period, date_label
from analysis.vocabulary import (
    Arm,
    Assignment,
    ComparatorFacts,
    ComparatorKind,
    Direction,
    Maturity,
    MeasureFacts,
    MeasureKind,
    Purpose,
    Series,
    State,
)
from db.queries.cell_notes import note_changes
from db.queries.choices import choice_changes
from db.recorder import table_of
from db.store import Store
from db.tables import (
    Comparator,
    HistoryChange,
    HistoryStep,
    ImportBatch,
    Measure,
    MeasureDefinition,
    MeasureUse,
    Observation,
)

EVERYONE = 1
Definition = tuple[int, date | None, str]
PARTS = {
    "values": "value",
    "low": "low",
    "high": "high",
    "numerators": "numerator",
    "denominators": "denominator",
    "sds": "sd",
    "counts": "contributors",
    "change_means": "change_mean",
    "change_sds": "change_sd",
    "pairs": "pairs",
    "yes_to_no": "yes_to_no",
    "no_to_yes": "no_to_yes",
    "lost": "lost_to_follow_up",
}


def measures(store: Store, role_id: int) -> tuple[MeasureFacts, ...]:
    """The measures a role uses, in its own order."""
    with store.read() as connection:
        return _measures(connection, role_id)


def series(store: Store, role_id: int, *, arm: Arm = Arm.ROLE, group_id: int = EVERYONE) -> tuple[Series, ...]:
    """One series for each measure of a role, empty ones included, in the role's own order."""
    rows, batches = table_of(Observation), table_of(ImportBatch)
    query = (
        select(rows, batches.c.file_name)
        .outerjoin(batches, batches.c.id == rows.c.import_id)
        .where(rows.c.implementation_id == role_id, rows.c.arm == arm.value, rows.c.group_id == group_id)
        .order_by(rows.c.measure_id, rows.c.period_start, rows.c.period_end)
    )
    with store.read() as connection:
        facts = _measures(connection, role_id)
        told = _definitions(connection, [measure.id for measure in facts])
        found = connection.execute(query).mappings().all()
        beside = _comparators(connection, role_id, arm) if arm is not Arm.ROLE else {}
    by_measure: dict[int, list[RowMapping]] = defaultdict(list)
    for row in found:
        by_measure[row["measure_id"]].append(row)
    return tuple(_one_series(m, by_measure[m.id], arm, beside.get(m.id), told[m.id]) for m in facts)


def arms_held(store: Store, role_id: int) -> frozenset[Arm]:
    """The arms of a role that hold any value."""
    rows = table_of(Observation)
    with store.read() as connection:
        found = connection.execute(select(rows.c.arm).where(rows.c.implementation_id == role_id).distinct()).scalars()
        return frozenset(Arm(arm) for arm in found)


def version_on(told: Sequence[Definition], day: date, marked: int) -> int:
    """The version of a definition that a value follows: the newest whose first day has come by `day`.

    A value that was marked with a version when it was recorded keeps that mark where no version has a first day.
    """
    dated = [version for version, since, _text in told if since is not None]
    if not dated:
        return marked
    return max((version for version, since, _text in told if since is None or since <= day), default=1)


def _one_series(
    measure: MeasureFacts,
    rows: list[RowMapping],
    arm: Arm,
    beside: ComparatorFacts | None,
    told: Sequence[Definition],
) -> Series:
    import numpy as np

    def column(name: str) -> Any:  # noqa: ANN401 - a numpy array
        held = np.array([np.nan if row[name] is None else row[name] for row in rows], dtype=float)
        held.flags.writeable = False
        return held

    return Series(
        measure=measure,
        periods=tuple(Period(row["period_start"], row["period_end"]) for row in rows),
        states=tuple(State(row["state"]) for row in rows),
        maturities=tuple(Maturity(row["maturity"]) if row["maturity"] else None for row in rows),
        set_aside=tuple(row["set_aside"] for row in rows),
        sources=tuple(source_text(row) for row in rows),
        definition_versions=tuple(version_on(told, row["period_start"], row["definition_version"]) for row in rows),
        arm=arm,
        arm_name=beside.name if beside else "",
        comparator=beside,
        **{name: column(part) for name, part in PARTS.items()},
    )


def source_text(row: RowMapping) -> str:
    """Where a value came from, in words: `activity.xlsx, Sheet1!C6`, or `typed`."""
    if row["import_id"] is None:
        return "typed"
    cell = f"{row['source_sheet']}!{row['source_cell']}" if row["source_sheet"] else row["source_cell"]
    return f"{row['file_name']}, {cell}".strip(", ")


def _measures(connection: Connection, role_id: int) -> tuple[MeasureFacts, ...]:
    table, uses = table_of(Measure), table_of(MeasureUse)
    rows = connection.execute(
        select(table, *(uses.c[n] for n in _USE))
        .join(uses, uses.c.measure_id == table.c.id)
        .where(uses.c.implementation_id == role_id)
        .order_by(uses.c.position, uses.c.id)
    ).mappings()
    held = rows.all()
    told = _definitions(connection, [row["id"] for row in held])
    newest = {measure_id: (versions[-1][0], versions[-1][2]) for measure_id, versions in told.items() if versions}
    altered = choice_changes(connection, role_id)
    return tuple(_facts(row, newest.get(row["id"], (1, "")), altered.get(row["id"])) for row in held)


def _definitions(connection: Connection, measure_ids: Sequence[int]) -> dict[int, list[Definition]]:
    """Every version of the definitions of measures: its number, first day and words, oldest first."""
    versions = table_of(MeasureDefinition)
    wanted = select(versions.c.measure_id, versions.c.version, versions.c.valid_from, versions.c.text)
    rows = connection.execute(wanted.where(versions.c.measure_id.in_(measure_ids)).order_by(versions.c.version))
    told: dict[int, list[Definition]] = {measure_id: [] for measure_id in measure_ids}
    for measure_id, version, since, text in rows:
        told[measure_id].append((version, since, text))
    return told


_USE = (
    "frequency",
    "provisional_periods",
    "is_primary",
    "target",
    "preset",
    "chosen_on",
    "impact_model",
    "expected_direction",
)
_PLAIN = (
    "id",
    "name",
    "library_key",
    "unit",
    "short_name",
    "population",
    "decimals",
    "minimum",
    "maximum",
    "denominator_name",
    "multiplier",
    "people_count",
    "important_difference",
    "target",
    "is_primary",
    "provisional_periods",
    "preset",
    "chosen_on",
    "impact_model",
)


def _facts(row: RowMapping, definition: tuple[int, str], altered: date | None) -> MeasureFacts:
    return MeasureFacts(
        **{name: row[name] for name in _PLAIN},
        kind=MeasureKind(row["kind"]),
        direction=Direction(row["direction"]),
        purpose=Purpose(row["purpose"]),
        frequency=Frequency(row["frequency"]),
        expected=Direction(row["expected_direction"]) if row["expected_direction"] else None,
        definition_version=definition[0],
        definition=definition[1],
        choice_changed_on=altered,
    )


def _comparators(connection: Connection, role_id: int, arm: Arm) -> dict[int, ComparatorFacts]:
    """What stands in an arm, by measure: benchmarks in their own arm, every other kind in the comparator's."""
    held = table_of(Comparator)
    rows = connection.execute(select(held).where(held.c.implementation_id == role_id).order_by(held.c.id.desc()))
    found = {}
    for row in rows.mappings():
        kind = ComparatorKind(row["kind"])
        fits = (kind is ComparatorKind.BENCHMARK) == (arm is Arm.BENCHMARK)
        if fits or row["measure_id"] not in found:
            found[row["measure_id"]] = ComparatorFacts(
                row["name"],
                kind,
                row["why_chosen"],
                row["source"],
                Assignment(row["assignment"]),
                row["same_definition"],
            )
    return found


def doubts(
    store: Store, role_id: int, *, arm: Arm | None = None, group_id: int | None = None
) -> dict[tuple[int, Period], str]:
    """Open questions about values, of one arm and group or of all: measure and period, and what is asked."""
    rows = table_of(Observation)
    with store.read() as connection:
        found = connection.execute(
            select(rows.c.measure_id, rows.c.period_start, rows.c.period_end, rows.c.doubt).where(
                rows.c.implementation_id == role_id,
                rows.c.doubt.is_not(None),
                true() if group_id is None else rows.c.group_id == group_id,
                rows.c.arm.in_([arm.value] if arm else [one.value for one in Arm]),
            )
        ).all()
    return {(measure_id, Period(start, end)): text for measure_id, start, end, text in found}


def value_history(
    store: Store,
    role_id: int,
    measure_id: int,
    period: Period,
    *,
    arm: Arm = Arm.ROLE,
    group_id: int = EVERYONE,
) -> tuple[str, ...]:
    """What happened to one value and to the note on it, newest first: when, which step, what it was before."""
    rows = table_of(Observation)
    key: dict[str, Any] = {"implementation_id": role_id, "measure_id": measure_id, "arm": arm.value}
    key |= {"group_id": group_id, "period_start": period.start, "period_end": period.end}
    with store.read() as connection:
        row = connection.execute(
            select(rows.c.id, rows.c.import_id).where(*(rows.c[name] == value for name, value in key.items()))
        ).first()
        logged = _logged(connection, rows.name, row[0]) if row else []
        brought = _first_import(connection, row[1], [before for *_, before in logged]) if row else ()
        noted = note_changes(connection, key)
    lines = [(at, _history_line(made_at, label, before)) for at, made_at, label, before in logged]
    lines += [(at, _note_line(made_at, label, before)) for at, made_at, label, before in noted]
    return (*(words for _, words in sorted(lines, reverse=True)), *brought)


def _logged(connection: Connection, table: str, row_id: int) -> list[tuple[int, str, str, str | None]]:
    """The changes of one row: id of the change, when, which step, the columns before."""
    changes, steps = table_of(HistoryChange), table_of(HistoryStep)
    found = connection.execute(
        select(changes.c.id, steps.c.made_at, steps.c.label, changes.c.before)
        .join(steps, steps.c.id == changes.c.step_id)
        .where(changes.c.table_name == table, changes.c.row_id == row_id)
    )
    return [(at, made_at, label, before) for at, made_at, label, before in found]


def _first_import(connection: Connection, now: int | None, befores: Sequence[str | None]) -> tuple[str, ...]:
    """The import that a value came with first, as a line of its history; a later import may have replaced it since."""
    held = [json.loads(before) for before in befores if before]
    first = next((before["import_id"] for before in reversed(held) if "import_id" in before), now)
    batches = table_of(ImportBatch)
    found = connection.execute(select(batches.c.imported_at, batches.c.file_name).where(batches.c.id == first)).first()
    return (f"{_day(found[0])}, imported from {found[1]}",) if found else ()


def _history_line(made_at: str, label: str, before: str | None) -> str:
    held = json.loads(before) if before else {}
    was = f", was {held['raw_text'] or held.get('value')}" if "raw_text" in held else ("" if held else ", was empty")
    return f"{_day(made_at)}, {label}{was}"


def _note_line(made_at: str, label: str, before: str | None) -> str:
    return f"{_day(made_at)}, {label}" + (f", was “{before}”" if before else "")


def _day(made_at: str) -> str:
    return date_label(date.fromisoformat(made_at[:10]))


def count_provisional(all_series: Iterable[Series]) -> int:
    """Distinct provisional periods over some series."""
    return len(
        {p for s in all_series for p, m in zip(s.periods, maturities_of(s), strict=True) if m is Maturity.PROVISIONAL}
    )


def observation_count(store: Store) -> int:
    """Values in the whole file."""
    with store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table_of(Observation))).scalar_one())
