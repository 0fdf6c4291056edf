"""The one recording writer: every INSERT, UPDATE and DELETE, single or bulk, inside a step of history with its label.

Nothing else writes. A connection that is not inside a step refuses to (`guard_writes`).
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, event, func, insert, select, update
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from db import row_checks
from db.row_statements import delete_exactly, held_rows, insert_rows, update_rows
from db.row_text import plain, to_json
from db.tables import HistoryChange, HistoryPayload, HistoryStep, StepKind
from db.tables.base import new_uuid

NO_HASH = "0" * 64
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def now_text() -> str:
    """This moment in UTC, to the millisecond, as text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel adds it to table classes
    return table


@dataclass(frozen=True)
class Change:
    """One row changed: JSON of the columns concerned before and after."""

    table: str
    row_id: int
    operation: str
    before: str | None
    after: str | None


@dataclass
class Step:
    """What one step has changed so far; handed out by `Store.step` and closed by it."""

    connection: Connection
    label: str
    who: str
    kind: StepKind = StepKind.CHANGE
    target_step_id: int | None = None
    import_id: int | None = None
    changes: list[Change] = field(default_factory=list)
    bulk: list[bytes] = field(default_factory=list)
    bulk_digest: Any = field(default_factory=hashlib.sha256)
    has_bulk: bool = False
    touched: dict[str, list[range]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was changed."""
        return not self.changes and not self.has_bulk and self.kind is not StepKind.CHECKPOINT

    def insert(self, model: type[SQLModel], facts: SQLModel | Mapping[str, Any]) -> int:
        """Add a row and return its id. `facts` has been validated by the model's base."""
        values = _columns(model, facts)
        result = self.connection.execute(insert(table_of(model)), values)
        row_id = int((result.inserted_primary_key or (0,))[0])
        self._added(table_of(model), row_id, values)
        return row_id

    def insert_each(self, model: type[SQLModel], facts: Sequence[SQLModel]) -> list[int]:
        """Add several rows in one statement, each logged as `insert` does; returns their ids in the order given."""
        table = table_of(model)
        rows = [_columns(model, one) for one in facts]
        if not rows:
            return []
        before = self._last_id(table)
        insert_rows(self.connection, table, rows)
        found = self.connection.execute(select(table.c.uuid, table.c.id).where(table.c.id > before))
        ids = {uuid: int(row_id) for uuid, row_id in found}
        for row in rows:
            self._added(table, ids[row["uuid"]], row)
        return [ids[row["uuid"]] for row in rows]

    def _added(self, table: Table, row_id: int, values: Mapping[str, Any]) -> None:
        self._touch(table.name, [range(row_id, row_id + 1)])
        self.changes.append(Change(table.name, row_id, "insert", None, to_json({**values, "id": row_id})))

    def update(self, model: type[SQLModel], row_id: int, values: Mapping[str, Any]) -> bool:
        """Change columns of a row; returns whether anything differed."""
        table = table_of(model)
        held = self._row(table, row_id)
        changed = _differing(held, values)
        if changed:
            self._changed(table, {row_id: held}, {row_id: changed})
        return bool(changed)

    def update_each(self, model: type[SQLModel], values: Mapping[int, Mapping[str, Any]]) -> int:
        """Change columns of several rows by their ids, each logged as `update` does; returns how many differed."""
        table = table_of(model)
        held = self._rows(table, list(values))
        differing = {row_id: _differing(held[row_id], given) for row_id, given in values.items()}
        changed = {row_id: given for row_id, given in differing.items() if given}
        self._changed(table, held, changed)
        return len(changed)

    def _changed(
        self, table: Table, held: Mapping[int, Mapping[str, Any]], changed: Mapping[int, Mapping[str, Any]]
    ) -> None:
        update_rows(self.connection, table, changed.items())
        self._touch(table.name, row_checks.runs(changed))
        for row_id, given in changed.items():
            before = to_json({name: held[row_id][name] for name in given})
            self.changes.append(Change(table.name, row_id, "update", before, to_json(given)))

    def delete(self, model: type[SQLModel], row_id: int) -> None:
        """Remove a row. Rows that hang on it must have been removed before, each recorded."""
        self.delete_each(model, [row_id])

    def delete_each(self, model: type[SQLModel], row_ids: Sequence[int]) -> None:
        """Remove several rows, each logged as `delete` does."""
        table = table_of(model)
        held = self._rows(table, row_ids)
        delete_exactly(self.connection, table, row_ids)
        self.changes += [Change(table.name, row_id, "delete", to_json(held[row_id]), None) for row_id in row_ids]

    def insert_many(
        self, model: type[SQLModel], rows: Sequence[dict[str, Any]], told: Callable[[int], None] | None = None
    ) -> None:
        """Add many rows in one go; they are found again by their import, so none is logged alone.

        `told` is called with the number of rows written so far; what it raises ends the step, with nothing written.
        """
        self._insert_new(table_of(model), rows, told)
        for row in rows:
            self.bulk_digest.update(repr(list(row.values())).encode())
        self.has_bulk = True

    def remove_many(self, table: Table, row_ids: Iterable[int]) -> int:
        """Remove many rows, keeping them compressed in this step's payload. Returns how many.

        Raises UserProblem when one of them is damaged: what it held would go into the history as if it were true.
        """
        wanted = list(row_ids)
        self._refuse_if_any_is_damaged(table, wanted)
        rows = list(held_rows(self.connection, table, wanted).values())
        delete_exactly(self.connection, table, wanted)
        self._touch(table.name, row_checks.runs(wanted))
        self._keep(table.name, "removed", rows)
        return len(rows)

    def bring_back(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Put rows back under their own ids."""
        insert_rows(self.connection, table, rows)
        self._touch(table.name, row_checks.runs(row["id"] for row in rows))
        self._keep(table.name, "returned", rows)

    def redact(self, table: Table, row_id: int, values: Mapping[str, Any]) -> None:
        """Write over columns of a row for good: that it was done is logged, what stood there is not."""
        key = row_checks.key_of(table)
        self.connection.execute(update(table).where(key == row_id).values(**values))
        self.changes.append(Change(table.name, row_id, "update", None, None))

    def drop_payload(self, step_id: int) -> None:
        """Remove the rows a step kept, for good; its digest stays."""
        table = table_of(HistoryPayload)
        self.connection.execute(delete(table).where(table.c.step_id == step_id))
        self.changes.append(Change(table.name, step_id, "delete", None, None))

    def _insert_new(
        self, table: Table, rows: Sequence[dict[str, Any]], told: Callable[[int], None] | None = None
    ) -> None:
        before = self._last_id(table)
        insert_rows(self.connection, table, rows, told)
        self._touch(table.name, [range(before + 1, self._last_id(table) + 1)])

    def _touch(self, name: str, ids: list[range]) -> None:
        self.touched.setdefault(name, []).extend(ids)

    def _last_id(self, table: Table) -> int:
        return int(self.connection.execute(select(func.max(row_checks.key_of(table)))).scalar() or 0)

    def _keep(self, name: str, what: str, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        held = {"table": name, "what": what, "rows": [to_json(row) for row in rows]}
        packed = zlib.compress(json.dumps(held).encode())
        self.bulk.append(packed)
        self.bulk_digest.update(packed)
        self.has_bulk = True

    def _row(self, table: Table, row_id: int) -> dict[str, Any]:
        return self._rows(table, [row_id])[row_id]

    def _rows(self, table: Table, row_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        rows = held_rows(self.connection, table, row_ids)
        if set(row_ids) - rows.keys():
            raise UserProblem("This has been removed meanwhile.", "Nothing was changed.")
        self._refuse_if_any_is_damaged(table, row_ids)
        return rows

    def _refuse_if_any_is_damaged(self, table: Table, row_ids: Sequence[int]) -> None:
        """A damaged row is not written over: its checksum would be made anew, and the damage hidden."""
        for row_id in row_checks.not_as_written(self.connection, table, row_ids):
            if not self._is_own(table, row_id):
                raise _damaged(table, row_id)

    def _is_own(self, table: Table, row_id: int) -> bool:
        return any(row_id in run for run in self.touched.get(table.name, ()))

    def close(self) -> int:
        """Write the step into the history, chained to the one before; returns its id."""
        digest = changes_digest(self.changes, self.bulk_digest.hexdigest() if self.has_bulk else "")
        steps = table_of(HistoryStep)
        previous = self.connection.execute(select(steps.c.hash).order_by(steps.c.id.desc()).limit(1)).scalar()
        facts = {
            "uuid": new_uuid(),
            "made_at": now_text(),
            "who": self.who,
            "label": self.label[:300],
            "kind": self.kind.value,
            "target_step_id": self.target_step_id,
            "import_id": self.import_id,
            "digest": digest,
            "previous_hash": previous or NO_HASH,
        }
        result = self.connection.execute(insert(steps).values(**facts, hash=step_hash(facts)))
        step_id = int((result.inserted_primary_key or (0,))[0])
        self._touch(steps.name, [range(step_id, step_id + 1)])
        if self.changes:
            rows = [
                {
                    "step_id": step_id,
                    "table_name": c.table,
                    "row_id": c.row_id,
                    "operation": c.operation,
                    "before": c.before,
                    "after": c.after,
                }
                for c in self.changes
            ]
            self._insert_new(table_of(HistoryChange), rows)
        if self.bulk:
            data = json.dumps([part.hex() for part in self.bulk]).encode()
            self.connection.execute(insert(table_of(HistoryPayload)).values(step_id=step_id, data=data))
            self._touch("history_payload", [range(step_id, step_id + 1)])
        self._mark_rows()
        return step_id

    def _mark_rows(self) -> None:
        """Bring the checksums of every row this step touched up to date."""
        for change in self.changes:
            self._touch(change.table, [range(change.row_id, change.row_id + 1)])
        for name, ids in self.touched.items():
            row_checks.refresh(self.connection, SQLModel.metadata.tables[name], ids)


def _differing(held: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of some values that a row does not hold already, as the database takes them."""
    wanted = {name: plain(value) for name, value in values.items()}
    return {name: value for name, value in wanted.items() if held[name] != value}


def _columns(model: type[SQLModel], facts: SQLModel | Mapping[str, Any]) -> dict[str, Any]:
    """What a new row holds, with a UUID of its own where the table has them."""
    given = facts.model_dump() if isinstance(facts, SQLModel) else facts
    values = {name: plain(value) for name, value in given.items()}
    if "uuid" in table_of(model).c:
        values.setdefault("uuid", new_uuid())
    return values


def _damaged(table: Table, row_id: int) -> UserProblem:
    return UserProblem(
        f"Row {row_id} of {table.name.replace('_', ' ')} is damaged: it is not as it was written.",
        "Nothing was changed. Check the file: what the row held may be known from the history or a backup.",
    )


def changes_digest(changes: Iterable[Change], bulk: str) -> str:
    """SHA-256 over a step's changes and its bulk digest."""
    digest = hashlib.sha256(bulk.encode())
    for change in changes:
        digest.update(
            "\x1f".join(
                str(part) for part in (change.table, change.row_id, change.operation, change.before, change.after)
            ).encode()
        )
    return digest.hexdigest()


def step_hash(facts: Mapping[str, Any]) -> str:
    """SHA-256 over a step's facts, which include the hash of the step before."""
    return hashlib.sha256(to_json(facts).encode()).hexdigest()


@dataclass(frozen=True)
class BulkPart:
    """Rows of one table that a step removed or returned, each as JSON."""

    table: str
    what: str
    rows: list[str]


def unpack(data: bytes) -> list[BulkPart]:
    """What a payload holds, in the order it was done."""
    return [BulkPart(**json.loads(zlib.decompress(bytes.fromhex(part)))) for part in json.loads(data)]


def guard_writes(engine: Engine) -> None:
    """Refuse every INSERT, UPDATE and DELETE on a connection that is not inside a step."""

    def check(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if _WRITES.match(statement) and not connection.info.get("writing"):
            text = f"a write outside a step of history: {statement[:60]}"
            raise RuntimeError(text)

    event.listen(engine, "before_cursor_execute", check)
