"""Small parts that several steps of the import share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop.states import ColumnSpec, TableState, as_rows
from desktop.widgets import DataTable, column, scrolling
from desktop.widgets.table import fit_height


def listing(name: str, headings: tuple[str, ...], *, numbers: tuple[str, ...] = ()) -> DataTable:
    """An empty read-only table whose first column takes the room left over."""
    columns = tuple(
        ColumnSpec(heading, number=heading in numbers, stretch=at == 0) for at, heading in enumerate(headings)
    )
    return DataTable(name, TableState(columns, ()))


def filled(table: DataTable, rows: Sequence[tuple[str, ...]], keys: tuple[str, ...] = ()) -> None:
    """Put plain texts into a table."""
    table.set_state(TableState(table.shown.columns, as_rows(rows), keys))
    fit_height(table)


def scrolling_into(owner: QWidget, *parts: QWidget) -> QVBoxLayout:
    """A layout holding a column of cards that scrolls down only."""
    owner.setObjectName("page")
    return column(scrolling(column(*parts, None, gap=12)), gap=0)


def emptied(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            emptied(inner)
