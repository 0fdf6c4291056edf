"""Rows of texts as a table: the first column is the name of the row, the others stand right. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.states import ColumnSpec, TableState, as_rows


def table_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> TableState:
    """A table of texts."""
    specs = tuple(ColumnSpec(name, number=at > 0, stretch=at == 0) for at, name in enumerate(head))
    return TableState(specs, as_rows(rows), tuple(row[0] for row in rows))
