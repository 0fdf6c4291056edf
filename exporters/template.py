"""A blank workbook for whoever collects a role's figures: its measures and periods, what to enter, and no macros.

The headings are those the import knows the measures by, so a filled workbook comes in without a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.measure_words import is_share
from analysis.periods import Frequency, Period, add_months, month_end, month_of
from analysis.problems import UserProblem
from analysis.vocabulary import MeasureFacts, MeasureKind, RoleFacts, Series
from analysis.wording import plural
from exporters.declared import Cell, Column, Kind, Sheet
from exporters.placing import in_place
from exporters.writer import Properties, write_sheets

USUAL, MOST = 12, 120
BEFORE_LAUNCH = 12
_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
GUIDANCE = "Guidance"
RULES = (
    "Enter one figure in each cell. Leave a cell empty while a figure is still to come.",
    "Write 0 for none, 'not collected' where nobody counted, and <5 or * for a number that may not be told.",
    "Enter totals only: never a name, a date of birth, an NHS number or anything else about one person.",
    "Keep the headings and the periods as they are: Roleworth knows the figures by them.",
    "Mark a figure that may still change with (p) after it, as in 42 (p).",
)


@dataclass(frozen=True)
class Template:
    """A blank workbook that was written: where, for how many measures and periods, and the sentence that says it."""

    path: Path
    measures: int
    periods: int
    sentence: str


def write_template(
    role: RoleFacts, held: Sequence[Series], target: Path, *, today: date, periods: int = USUAL
) -> Template:
    """Write a blank workbook of the next periods of each measure; an older file of that name is replaced at the end.

    Raises UserProblem where the role has no measure of months, quarters or years, or the file cannot be written.
    """
    sheets = template_sheets(role, held, today=today, periods=periods)
    title = f"{_label(role)}: figures to be collected"

    def write(beside: Path) -> None:
        write_sheets(sheets, Properties(title, "Roleworth", "Collection of figures", today), beside)

    path, _ = in_place(target, write)
    measures = sum(len(sheet.columns) - 2 for sheet in sheets[1:])
    rows = max(len(sheet.rows) for sheet in sheets[1:])
    words = f"{path.name} is written: {plural(measures, 'measure')}, {plural(rows, 'period')} to fill."
    return Template(path, measures, rows, f"{words} Filled in, it is imported without a question.")


def template_sheets(role: RoleFacts, held: Sequence[Series], *, today: date, periods: int = USUAL) -> list[Sheet]:
    """What to enter, then a sheet for each frequency."""
    if not 1 <= periods <= MOST:
        raise UserProblem(f"A collection of {periods} periods cannot be made.", f"Choose from 1 to {MOST}.")
    by_frequency: dict[Frequency, list[Series]] = {}
    for one in held:
        if one.measure.frequency in _MONTHS:
            by_frequency.setdefault(one.measure.frequency, []).append(one)
    if not by_frequency:
        raise UserProblem(
            f"{_label(role)} has no measure to collect by month, quarter or year.",
            "Nothing was written. Add a measure on the Data tab first.",
        )
    tables = [_table(role, f, found, today, periods) for f, found in by_frequency.items()]
    return [_guidance(role, [one for found in by_frequency.values() for one in found]), *tables]


def _label(role: RoleFacts) -> str:
    return f"{role.name}, {role.place}" if role.place else role.name


def _guidance(role: RoleFacts, held: Sequence[Series]) -> Sheet:
    rows = [(one.measure.name, _kind(one.measure), one.measure.frequency.value, _meaning(one.measure)) for one in held]
    return Sheet(
        name=GUIDANCE,
        title=f"{_label(role)}: what to collect",
        about="What each figure is, and how to enter it",
        columns=(
            Column("measure", "Figure", width=36.0),
            Column("kind", "What to enter", width=34.0),
            Column("every", "For every", width=14.0),
            Column("means", "What it means", width=60.0),
        ),
        rows=tuple(rows),
        lines=RULES,
    )


def _kind(measure: MeasureFacts) -> str:
    if is_share(measure):
        return "a percentage, as 42 %"
    words = {
        MeasureKind.COUNT: "a whole number",
        MeasureKind.MONEY: "pounds",
        MeasureKind.RATE: f"a rate per {measure.multiplier:,.0f}" if measure.multiplier != 1 else "a rate",
    }
    unit = f" ({measure.unit})" if measure.unit and measure.kind is not MeasureKind.MONEY else ""
    return f"{words.get(measure.kind, 'a mean')}{unit}"


def _meaning(measure: MeasureFacts) -> str:
    parts = [measure.definition, f"For {measure.population}." if measure.population else ""]
    parts.append(f"Out of: {measure.denominator_name}." if measure.denominator_name else "")
    return " ".join(part for part in parts if part) or "as it was agreed for this role"


def _table(role: RoleFacts, frequency: Frequency, held: Sequence[Series], today: date, periods: int) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (period.long_label, *(None for _ in held), None) for period in _wanted(role, frequency, held, today, periods)
    ]
    names = [one.measure.name.casefold() for one in held]
    return Sheet(
        name=f"Figures_by_{frequency.value}",
        title=f"{_label(role)}: figures by {frequency.value}",
        about="To be filled in",
        columns=(
            Column("period", "Period", width=22.0),
            *(_column(one.measure, names) for one in held),
            Column("notes", "Notes", width=40.0),
        ),
        rows=tuple(rows),
        blanks="Blank cells: to be filled in; what to enter is on the worksheet Guidance.",
    )


def _column(measure: MeasureFacts, names: Sequence[str]) -> Column:
    title = measure.name if names.count(measure.name.casefold()) == 1 else measure.label
    entered = f"{_kind(measure).capitalize()}. {measure.definition}".strip()
    kind = Kind.SHARE if is_share(measure) else Kind.PENCE if measure.kind is MeasureKind.MONEY else Kind.NUMBER
    decimals = 1 if is_share(measure) else measure.decimals
    return Column(f"m{measure.id}", title, kind, decimals, width=18.0, entered=entered)


def _wanted(
    role: RoleFacts, frequency: Frequency, held: Sequence[Series], today: date, periods: int
) -> tuple[Period, ...]:
    """So many periods from the first that is still to come; without any figure, from a year before launch."""
    last = [one.periods[-1] for one in held if len(one)]
    if last:
        period = max(last).next()
    else:
        launch = role.timeline.launch
        period = _around(add_months(launch, -BEFORE_LAUNCH) if launch else month_of(today).start, frequency)
    found = [period]
    while len(found) < periods:
        found.append(found[-1].next())
    return tuple(found)


def _around(day: date, frequency: Frequency) -> Period:
    """The month, the calendar quarter or the financial year a day lies in."""
    months = _MONTHS[frequency]
    start = add_months(day, -((day.month - 4) % months))
    return Period(start, month_end(add_months(start, months - 1)))
