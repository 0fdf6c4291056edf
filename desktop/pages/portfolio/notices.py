"""What must be looked at first: at most one notice of each kind, the most pressing role named in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.periods import date_label
from analysis.vocabulary import EventFacts, EventKind
from analysis.wording import plural
from desktop.pages.portfolio.due import (
    ENTER,
    FUNDING_WARNING_DAYS,
    OPEN,
    ends_words,
    funding_days,
    newest_words,
    period_words,
)
from desktop.pages.portfolio.rows import RoleLine
from desktop.pages.portfolio.shapes import NoticeState, Step
from desktop.theme.marks import Kind

DEFINITION_DAYS = 92


def notices_of(lines: Sequence[RoleLine], today: date) -> tuple[NoticeState, ...]:
    """Fix: periods missing. Check: funding that ends soon. Note: a new definition."""
    found = (_missing(lines), _funding(lines, today), _definition(lines, today))
    return tuple(notice for notice in found if notice is not None)


def nothing_due(lines: Sequence[RoleLine]) -> NoticeState:
    """What stands where the notices stand when there is none, so that nothing below moves when one comes."""
    nowhere = Step("", 0, "")
    if any(line.answer is None for line in lines):
        return NoticeState(
            Kind.NEUTRAL, "Looking whether anything is due", "Missing periods are known soon.", "", nowhere
        )
    detail = f"No period is missing, and no funding ends within {FUNDING_WARNING_DAYS} days."
    return NoticeState(Kind.OK, "Nothing is due", detail, "", nowhere)


def _others(count: int) -> str:
    """`and 2 more roles`, where a notice stands for several."""
    return f"And {plural(count, 'more role')}." if count else ""


def _missing(lines: Sequence[RoleLine]) -> NoticeState | None:
    short = [line for line in lines if line.leading and line.leading.due]
    if not short:
        return None
    line = max(short, key=lambda one: len(one.leading.due) if one.leading else 0)
    leading = line.leading
    assert leading is not None  # noqa: S101 - only lines with a leading finding were kept
    verb = "is" if len(leading.due) == 1 else "are"
    fact = f"{line.summary.name}: {period_words(leading.due)} {verb} missing"
    newest = newest_words(leading.due[0])
    detail = _others(len(short) - 1) or f"{leading.measure.name}; the newest value is for {newest}."
    step = Step(ENTER, line.summary.id, "Data", (leading.due[0], leading.measure.id))
    return NoticeState(Kind.FIX, fact, detail, ENTER, step)


def _funding(lines: Sequence[RoleLine], today: date) -> NoticeState | None:
    soon = [(days, line) for line in lines if (days := funding_days(line, today)) is not None]
    if not soon:
        return None
    days, line = min(soon, key=lambda pair: pair[0])
    words = ends_words(days)
    fact = f"{line.summary.name}: {words[:1].lower()}{words[1:]}"
    end, source = line.summary.funding_end, line.answer.profile.facts.funding_source if line.answer else ""
    detail = ", ".join(part for part in (date_label(end) if end else "", source) if part)
    more = _others(len(soon) - 1)
    text = f"{detail}. {more}" if more else detail
    return NoticeState(Kind.CHECK, fact, text, OPEN, Step(OPEN, line.summary.id, "Overview"))


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
