"""Who owes which periods, and whose funding ends soon: one line each, leading to the cell or the role. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from analysis.periods import Frequency, Period, date_label, month_label, month_name
from analysis.vocabulary import MeasureFacts
from analysis.wording import plural
from desktop.pages.portfolio.rows import RoleLine
from desktop.pages.portfolio.shapes import DueState, Step
from desktop.theme.marks import Kind

FUNDING_WARNING_DAYS = 90
MOST_NAMED = 3
ENTER, OPEN = "Enter now", "Open role"


def funding_days(line: RoleLine, today: date) -> int | None:
    """Days until the funding ends, None where it is over, far away or not given."""
    end = line.summary.funding_end
    days = (end - today).days if end else -1
    return days if 0 <= days <= FUNDING_WARNING_DAYS else None


def due_of(lines: Sequence[RoleLine], today: date) -> tuple[DueState, ...]:
    """Missing periods, the most first, then the funding that ends soonest. Measures that owe the same are one line."""
    missing = [(-len(periods), _owing(line, periods, held)) for line in lines for periods, held in _owed(line).items()]
    missing.sort(key=lambda pair: (pair[0], pair[1].who.casefold()))
    ending = [(days, line) for line in lines if (days := funding_days(line, today)) is not None]
    ending.sort(key=lambda pair: pair[0])
    return (*(state for _, state in missing), *(_ending(days, line) for days, line in ending))


def _owed(line: RoleLine) -> dict[tuple[Period, ...], list[MeasureFacts]]:
    """Which periods a role owes, each stretch with the measures that owe it."""
    owed: dict[tuple[Period, ...], list[MeasureFacts]] = {}
    for found in line.answer.finding.measures if line.answer else ():
        if found.due:
            owed.setdefault(found.due, []).append(found.measure)
    return owed


def _owing(line: RoleLine, periods: tuple[Period, ...], held: Sequence[MeasureFacts]) -> DueState:
    step = Step(ENTER, line.summary.id, "Data", (periods[0], held[0].id))
    return DueState(Kind.FIX, named(line), f"{period_words(periods)} missing: {_listed(held)}", step)


def _listed(held: Sequence[MeasureFacts]) -> str:
    names = [one.name for one in held[:MOST_NAMED]]
    return ", ".join(names) + (f" and {len(held) - MOST_NAMED} more" if len(held) > MOST_NAMED else "")


def _ending(days: int, line: RoleLine) -> DueState:
    end = line.summary.funding_end
    on = f", {date_label(end)}" if end else ""
    return DueState(Kind.CHECK, named(line), f"{ends_words(days)}{on}", Step(OPEN, line.summary.id, "Overview"))


def ends_words(days: int) -> str:
    """`Funding ends in 80 days`."""
    return f"Funding ends in {plural(days, 'day')}" if days else "Funding ends today"


def named(line: RoleLine) -> str:
    """`Link worker, Oak PCN`."""
    return ", ".join(filter(None, (line.summary.name, line.summary.place)))


def period_words(periods: Sequence[Period]) -> str:
    """`April and May`, `April, May and June`, `6 months from January`."""
    if len(periods) > MOST_NAMED:
        return f"{plural(len(periods), periods[0].frequency.value)} from {periods[0].long_label}"
    months = all(period.frequency is Frequency.MONTH for period in periods)
    names = [month_name(period.start) if months else period.label for period in periods]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def newest_words(first_due: Period) -> str:
    """The period before the first one missing."""
    return month_label(first_due.start - timedelta(days=1))
