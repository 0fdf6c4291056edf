"""What a reviewer will look for, as a table that leads to where each check is mended. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.economics.reviewer import ReviewerCheck, Standing, checks_sentence
from desktop.pages.economics.state import TableCardState
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.marks import Shape

_SHAPES = {
    Standing.MET: (Shape.FINE, "ok"),
    Standing.PARTLY: (Shape.LOOK, "check"),
    Standing.NOT_MET: (Shape.BAD, "fix"),
}


def reviewer_card(checks: Sequence[ReviewerCheck]) -> TableCardState:
    """The twenty checks, each with its shape and words."""
    names = ("What is looked for", "How it stands", "Why", "Mended under")
    specs = tuple(ColumnSpec(name, stretch=name == "Why") for name in names)
    table = TableState(specs, tuple(map(_row, checks)), tuple(str(check.number) for check in checks))
    return TableCardState(table, f"{checks_sentence(checks)} Enter on a check goes to where it is mended.")


def _row(check: ReviewerCheck) -> tuple[TableCell, ...]:
    shape, ink = _SHAPES[check.standing]
    return (
        TableCell(f"{check.number}. {check.asked}", strong=True),
        TableCell(check.standing.value, shape=shape, shape_ink=ink),
        TableCell(check.words),
        TableCell(check.where),
    )
