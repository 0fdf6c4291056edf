"""Saved appraisals as tables: the list, one of them opened, and two compared. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from analysis.economics.role_shapes import ViewKey
from analysis.economics.role_words import hundreds
from analysis.economics.saved import Comparison, Snapshot, answers_of
from analysis.periods import date_label
from analysis.wording import signed_pounds
from db.queries.appraisals import Saved
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.marks import Shape

NOW = "What is shown now"
NOTE = (
    "A saved appraisal keeps its inputs, the editions of its reference values and every answer as they were. "
    "It is never worked out again."
)


def saved_table(saved: Sequence[Saved], now: Snapshot) -> TableState:
    """The saved appraisals, and whether their inputs are still those of today."""
    names = ("Name", "Saved", "All public sector, net", "Cash, net", "Inputs")
    specs = tuple(ColumnSpec(name, number="net" in name, stretch=name == "Name") for name in names)
    return TableState(specs, tuple(_row(one, now) for one in saved), tuple(str(one.id) for one in saved))


def _row(one: Saved, now: Snapshot) -> tuple[TableCell, ...]:
    same = one.held.input_hash == now.input_hash
    views = {view["key"]: view["net"] for view in one.held.outputs.get("views") or []}
    net = [views.get(key.value) for key in (ViewKey.PUBLIC, ViewKey.CASH)]
    mark = (
        TableCell("as now", shape=Shape.FINE, shape_ink="ok")
        if same
        else TableCell("changed since", shape=Shape.LOOK, shape_ink="check")
    )
    return (
        TableCell(one.name, strong=True),
        TableCell(when(one.saved_at)),
        *(TableCell("not given" if value is None else signed_pounds(hundreds(value))) for value in net),
        mark,
    )


def when(saved_at: str) -> str:
    """The moment of saving on this computer's clock."""
    moment = datetime.fromisoformat(saved_at).astimezone()
    return f"{date_label(moment.date())}, {moment:%H:%M}"


def opened_table(one: Saved) -> TableState:
    """A saved appraisal as it was: the editions it rests on, then its answers."""
    rows = [("Engine", one.held.engine), *one.held.vintages.items(), *answers_of(one.held.outputs).items()]
    specs = (ColumnSpec("What", stretch=True), ColumnSpec("As it was"))
    return TableState(specs, tuple((TableCell(what, strong=True), TableCell(text)) for what, text in rows))


def comparison_table(found: Comparison, first: str, second: str) -> TableState:
    """What differs, inputs first."""
    specs = (ColumnSpec("What", stretch=True), ColumnSpec("Part"), ColumnSpec(first), ColumnSpec(second))
    parts = (("input", found.inputs), ("answer", found.outputs))
    rows = [
        (TableCell(one.what, strong=True), TableCell(part), TableCell(one.first), TableCell(one.second))
        for part, held in parts
        for one in held
    ]
    return TableState(specs, tuple(rows))
