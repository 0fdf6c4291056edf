"""The schema as data: what each revision builds, and what the tables of today are held against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import AutoString

SCHEMA_VERSION = 4
REVISION = f"{SCHEMA_VERSION:04}"
SCHEMAS = Path(__file__).parent / "migrations"

TYPES: dict[str, type[TypeEngine[Any]]] = {
    "boolean": Boolean,
    "date": Date,
    "float": Float,
    "integer": Integer,
    "blob": LargeBinary,
    "text": Text,
}


def describe(metadata: MetaData) -> dict[str, Any]:
    """Tables, columns, types, nullability, keys, checks and indexes, by name."""
    return {table.name: _describe_table(table) for table in metadata.sorted_tables}


def _describe_table(table: Table) -> dict[str, Any]:
    keys = sorted(table.constraints, key=lambda c: str(c.name))
    return {
        "autoincrement": bool(table.dialect_kwargs.get("sqlite_autoincrement")),
        "columns": [
            {"name": column.name, "type": _type_name(column), "nullable": bool(column.nullable)}
            for column in table.columns
        ],
        "primary_key": [column.name for column in table.primary_key],
        "unique": {str(k.name): [c.name for c in k.columns] for k in keys if isinstance(k, UniqueConstraint)},
        "checks": {str(k.name): str(k.sqltext) for k in keys if isinstance(k, CheckConstraint)},
        "foreign_keys": {
            str(k.name): {"column": k.column_keys[0], "to": k.elements[0].target_fullname, "on_delete": k.ondelete}
            for k in keys
            if isinstance(k, ForeignKeyConstraint)
        },
        "indexes": {str(i.name): [c.name for c in i.columns] for i in sorted(table.indexes, key=lambda i: str(i.name))},
    }


def _type_name(column: Column[Any]) -> str:
    kind = column.type
    if isinstance(kind, Text):
        return "text"
    if isinstance(kind, String | AutoString):
        return f"string({kind.length})"
    return next(name for name, known in TYPES.items() if isinstance(kind, known))


def build(description: dict[str, Any], metadata: MetaData) -> None:
    """Add the described tables to `metadata`; the reverse of `describe`."""
    for name, table in description.items():
        _build_table(name, table, metadata)


def _build_table(name: str, table: dict[str, Any], metadata: MetaData) -> None:
    columns = [
        Column(c["name"], _type_of(c["type"]), nullable=c["nullable"], autoincrement=table["autoincrement"] or "auto")
        for c in table["columns"]
    ]
    built = Table(
        name,
        metadata,
        *columns,
        PrimaryKeyConstraint(*table["primary_key"], name=f"pk_{name}"),
        *(UniqueConstraint(*held, name=key) for key, held in table["unique"].items()),
        *(CheckConstraint(rule, name=key) for key, rule in table["checks"].items()),
        *(
            ForeignKeyConstraint([key["column"]], [key["to"]], name=key_name, ondelete=key["on_delete"])
            for key_name, key in table["foreign_keys"].items()
        ),
        sqlite_autoincrement=table["autoincrement"],
    )
    for index, held in table["indexes"].items():
        Index(index, *(built.c[column] for column in held))


def _type_of(name: str) -> TypeEngine[Any]:
    return String(int(name[7:-1])) if name.startswith("string(") else TYPES[name]()


def frozen_schema(version: int = SCHEMA_VERSION) -> dict[str, Any]:
    """The schema of a version as it was frozen; revisions build from it, whatever has become of the classes since."""
    held: dict[str, Any] = json.loads((SCHEMAS / f"schema_{version:04}.json").read_text(encoding="utf-8"))
    return held
