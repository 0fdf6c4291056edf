"""What must be looked at first: at most one notice of each kind, the most pressing role named in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from analysis.periods import Frequency, Period, date_label, month_label, month_name
from analysis.vocabulary import EventFacts, EventKind
from analysis.wording import plural
from desktop.pages.portfolio.rows import RoleLine
from desktop.pages.portfolio.shapes import NoticeState, Step
from desktop.theme.marks import Kind

FUNDING_WARNING_DAYS = 90
DEFINITION_DAYS = 92
MOST_NAMED = 3


def notices_of(lines: Sequence[RoleLine], today: date) -> tuple[NoticeState, ...]:
    """Fix: periods missing. Check: funding that ends soon. Note: a new definition."""
    found = (_missing(lines), _funding(lines, today), _definition(lines, today))
    return tuple(notice for notice in found if notice is not None)


def _others(count: int) -> str:
    """`and 2 more roles`, where a notice stands for several."""
    return f"And {plural(count, 'more role')}." if count else ""


def period_words(periods: Sequence[Period]) -> str:
    """`April and May`, `April, May and June`, `6 months from January`."""
    if len(periods) > MOST_NAMED:
        return f"{plural(len(periods), periods[0].frequency.value)} from {periods[0].long_label}"
    months = all(period.frequency is Frequency.MONTH for period in periods)
    names = [month_name(period.start) if months else period.label for period in periods]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _missing(lines: Sequence[RoleLine]) -> NoticeState | None:
    short = [line for line in lines if line.leading and line.leading.due]
    if not short:
        return None
    line = max(short, key=lambda one: len(one.leading.due) if one.leading else 0)
    leading = line.leading
    assert leading is not None  # noqa: S101 - only lines with a leading finding were kept
    verb = "is" if len(leading.due) == 1 else "are"
    fact = f"{line.summary.name}: {period_words(leading.due)} {verb} missing"
    detail = _others(len(short) - 1) or f"{leading.measure.name}; the newest value is for {_newest(leading.due[0])}."
    return NoticeState(Kind.FIX, fact, detail, "Enter now", Step("Enter now", line.summary.id, "Data"))


def _newest(first_due: Period) -> str:
    """The period before the first one missing."""
    before = first_due.start - timedelta(days=1)
    return month_label(before)


def _funding(lines: Sequence[RoleLine], today: date) -> NoticeState | None:
    soon = [
        (line.summary.funding_end, line)
        for line in lines
        if line.summary.funding_end and 0 <= (line.summary.funding_end - today).days <= FUNDING_WARNING_DAYS
    ]
    if not soon:
        return None
    end, line = min(soon, key=lambda pair: pair[0])
    days = (end - today).days
    when = f"in {plural(days, 'day')}" if days else "today"
    fact = f"{line.summary.name}: funding ends {when}"
    source = line.answer.profile.facts.funding_source if line.answer else ""
    detail = ", ".join(part for part in (date_label(end), source) if part)
    more = _others(len(soon) - 1)
    text = f"{detail}. {more}" if more else detail
    return NoticeState(Kind.CHECK, fact, text, "Open role", Step("Open role", line.summary.id, "Overview"))


def _definition(lines: Sequence[RoleLine], today: date) -> NoticeState | None:
    near = [
        (event, line)
        for line in lines
        if line.answer
        for event in line.answer.role.events
        if event.kind is EventKind.DEFINITION and abs((event.when - today).days) <= DEFINITION_DAYS
    ]
    if not near:
        return None
    event, line = min(near, key=lambda pair: abs((pair[0].when - today).days))
    return _definition_notice(event, line, len(near) - 1)


def _definition_notice(event: EventFacts, line: RoleLine, others: int) -> NoticeState:
    fact = f"{line.summary.name}: {event.title[:1].lower()}{event.title[1:]}"
    detail = f"From {date_label(event.when)}, drawn on charts"
    more = f". And {plural(others, 'more definition')}." if others else ""
    return NoticeState(Kind.NOTE, fact, f"{detail}{more}", "See event", Step("See event", line.summary.id, "Impact"))
