"""Bringing a file from one frozen schema to the next: new tables are made, changed ones rebuilt row by row.

SQLite cannot change a check or add a required column in place, so a changed table steps aside under a passing name, is
built anew, and its rows are copied over (https://sqlite.org/lang_altertable.html, section 7). Foreign keys are off for
the whole of it (`db.migrations.upgrade`), so no row of another table is touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, MetaData, String, Table, column, delete, insert, literal, select, table

from db.schema import build

Schema = dict[str, Any]
FirstValues = Mapping[tuple[str, str], str | int]
PASSING = "rebuilt_"


def rebuild(connection: Connection, old: Schema, new: Schema, first_values: FirstValues) -> None:
    """Bring the tables of `old` to `new`. `first_values` fills, by (table, column), what old rows lacked.

    Raises LookupError when a required column has no first value.
    """
    wanted = MetaData()
    build(new, wanted)
    connection.exec_driver_sql("PRAGMA legacy_alter_table=ON")
    for name, described in new.items():
        if name in old and described != old[name]:
            _rebuild_table(connection, name, old[name], wanted.tables[name], first_values)
    wanted.create_all(connection, checkfirst=True)
    connection.exec_driver_sql("PRAGMA legacy_alter_table=OFF")


def _rebuild_table(
    connection: Connection, name: str, old: Mapping[str, Any], wanted: Table, first_values: FirstValues
) -> None:
    had = [column["name"] for column in old["columns"]]
    passing = table(f"{PASSING}{name}", *(column(each) for each in had))
    sequence = table("sqlite_sequence", column("name"), column("seq"))
    last_id = connection.execute(select(sequence.c.seq).where(sequence.c.name == name)).scalar()
    connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {passing.name}")
    for index in old["indexes"]:
        connection.exec_driver_sql(f"DROP INDEX {index}")
    wanted.create(connection)
    filled = [
        passing.c[each.name] if each.name in had else literal(_first_value(name, each, first_values))
        for each in wanted.columns
    ]
    connection.execute(wanted.insert().from_select(wanted.columns.keys(), select(*filled)))
    connection.exec_driver_sql(f"DROP TABLE {passing.name}")
    if last_id is not None:
        connection.execute(delete(sequence).where(sequence.c.name == name))
        connection.execute(insert(sequence).values(name=name, seq=last_id))


def _first_value(name: str, lacking: Column[Any], first_values: FirstValues) -> str | int | None:
    if (name, lacking.name) in first_values:
        return first_values[name, lacking.name]
    if lacking.nullable:
        return None
    if isinstance(lacking.type, String):
        return ""
    problem = f"no first value for {name}.{lacking.name}"
    raise LookupError(problem)
