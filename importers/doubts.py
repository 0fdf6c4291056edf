"""Turns doubts met while building a table into questions and remarks with cell addresses."""

from __future__ import annotations

from dataclasses import dataclass, field

from importers.addresses import address, column_letters
from importers.axes import Axis
from importers.axis_setting import ReadAxis
from importers.found import FoundTable, Question
from importers.grids import Grid, Remark


@dataclass
class Built:
    """A table with the questions and remarks that arose while it was read."""

    table: FoundTable
    questions: list[Question] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


UNUSABLE = "The period "
"""How the remark about a period begins that a person may mend."""


def place(sheet: str, cell: str) -> str:
    """`Activity!D14`; a text file has no sheet."""
    return cell if sheet == "(csv)" else f"{sheet}!{cell}"


def axis_questions(built: Built, read: ReadAxis, axis: Axis) -> None:
    """Questions about the axis, with the readings under each answer kept in the table; cells that name no period."""
    table = built.table
    first = address(axis.first, axis.line) if axis.down else address(axis.line, axis.first)
    for number, question in enumerate(read.questions):
        key = f"period {number + 1} {table.sheet} {first}"
        built.questions.append(
            Question(key, place(table.sheet, first), question.ask, question.choices, question.preselected)
        )
        table.readings_under[key] = question.readings
    built.remarks += [Remark("check", note, "", place(table.sheet, first)) for note in read.notes]
    said: set[int] = set()
    for position, which in zip(axis.positions, read.which, strict=True):
        reading = read.readings[which]
        if reading.period is None and reading.problem not in ("", "set apart") and which not in said:
            said.add(which)
            cell = address(position, axis.line) if axis.down else address(axis.line, position)
            where = f" in row {position + 1}" if axis.down else ""
            text = f"{UNUSABLE}'{read.raw[which]}'{where} cannot be used: {reading.problem}."
            level = "check" if "future" in reading.problem else "fix"
            hint = "Its values are left out unless you correct it."
            built.remarks.append(Remark(level, text, hint, place(table.sheet, cell)))


def heading_question(built: Built, repeated: list[tuple[str, int]], unnamed: list[int], rows: list[int]) -> None:
    """Headings that come more than once, and columns of figures without one."""
    said = []
    if repeated:
        names = ", ".join(dict.fromkeys(name for name, _ in repeated if name))
        columns = ", ".join(column_letters(column) for _, column in repeated)
        said.append(f"The heading {names} comes more than once (again in column {columns}).")
    if unnamed:
        listed = ", ".join(column_letters(column) for column in unnamed)
        said.append(f"Column {listed} has no heading.")
    if not said or (unnamed and not repeated and not rows):
        return
    column = (unnamed or [column for _, column in repeated])[0]
    about = place(built.table.sheet, address(rows[-1] if rows else 0, column))
    key = f"headings {built.table.sheet} {about}"
    choices = ("Take every column, with numbers to tell them apart", "Leave those columns out")
    built.questions.append(Question(key, about, " ".join([*said, "How should they be taken?"]), choices))


def skipped_remarks(built: Built, grid: Grid, axis: Axis) -> None:
    """Totals inside the axis, which name no period and were left out."""
    for position in axis.skipped:
        row, column = (position, axis.line) if axis.down else (axis.line, position)
        text = grid.text(row, column)[:60]
        cell = place(grid.name, address(row, column))
        built.remarks.append(Remark("note", f"'{text}' is a total and was left out.", "", cell))
