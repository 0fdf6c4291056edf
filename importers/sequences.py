"""What the periods of an axis say of one another: which fit a run of months, which overlap, which are no months."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from importers.period_text import Kind, PeriodText

Readings = tuple[PeriodText, ...]
ROLLING = "rolling"


@dataclass(frozen=True)
class AxisQuestion:
    """A decision for a person. `readings[i]` is the axis under choice i."""

    ask: str
    choices: tuple[str, ...]
    preselected: int
    readings: tuple[Readings, ...]


@dataclass
class Setting:
    """What stands around an axis: heading and titles, a year or financial year for each position, the date base.

    `raw` and `cells` are the distinct texts as they stand, and the address at which each stands first.
    """

    heading: str = ""
    around: str = ""
    years: tuple[PeriodText | None, ...] = ()
    date_1904: bool = False
    where: str = ""
    raw: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    today: date = field(default_factory=lambda: datetime.now(tz=UTC).date())


@dataclass
class Resolved:
    """An axis whose positions have periods (or a `problem`), with the questions that stay open."""

    readings: Readings
    questions: list[AxisQuestion] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def ask(self, ask: str, choices: Sequence[tuple[str, Readings]], preselected: int) -> None:
        """Leave a decision to a person; until then the readings are those of the preselected choice."""
        texts = tuple(text for text, _ in choices)
        self.questions.append(AxisQuestion(ask, texts, preselected, tuple(readings for _, readings in choices)))
        self.readings = choices[preselected][1]


def loose_months(resolved: Resolved, setting: Setting) -> None:  # noqa: ARG001 - rules have one shape
    """`Jan-193` is January 2019 with a footnote 3 only where its siblings leave that month free."""
    if not any(reading.loose for reading in resolved.readings):
        return
    sure = [r.period.start for r in resolved.readings if r.period and not r.loose]
    held = Counter(r.period for r in resolved.readings if r.period)

    def fits(reading: PeriodText) -> bool:
        if reading.period is None or not sure or held[reading.period] > 1:
            return False
        months = [day.year * 12 + day.month for day in sure]
        own = reading.period.start.year * 12 + reading.period.start.month
        return min(months) - 1 <= own <= max(months) + 1

    resolved.readings = tuple(
        replace(r, period=None, problem="its last digit is no footnote that fits the other months")
        if r.loose and not fits(r)
        else r
        for r in resolved.readings
    )


def thirteen_periods(resolved: Resolved, setting: Setting) -> None:  # noqa: ARG001 - rules have one shape
    """`Period 13` beside `Period 1` to `Period 12` means that none of them is a month."""
    if not any(reading.number == 13 for reading in resolved.readings if reading.kind is Kind.FINANCIAL_MONTH):
        return
    said = "thirteen periods in a year are not months"
    resolved.readings = tuple(
        replace(r, period=None, number=0, kind=Kind.SPAN, problem=said) if r.kind is Kind.FINANCIAL_MONTH else r
        for r in resolved.readings
    )


def rolling_spans(resolved: Resolved, setting: Setting) -> None:
    """Spans of the same length that overlap (Jan to Mar, Feb to Apr) are rolling: marked, and never to be added up."""
    spans = sorted({r.period for r in resolved.readings if r.period and r.period.months > 1 and r.period.days > 31})
    overlapping = sum(second.start <= first.end for first, second in itertools.pairwise(spans))
    lengths = {span.months for span in spans}
    if len(spans) < 3 or len(lengths) > 1 or overlapping < 0.8 * (len(spans) - 1):
        return
    resolved.readings = tuple(
        replace(r, note=f"{r.note} {ROLLING}".strip()) if r.period in spans else r for r in resolved.readings
    )
    months = lengths.pop()
    said = f"The periods in {setting.where} are rolling spans of {months} months that overlap; they are kept as such."
    resolved.notes.append(f"{said} They must not be added up or analysed as quarters or years.")
