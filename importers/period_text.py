"""What a text says of a period: how it is written, the period it names, and what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis import periods
from analysis.periods import Period


class Kind(StrEnum):
    """How a period is written, which decides what company it needs."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_QUARTER = "financial quarter"
    YEAR = "year"
    FINANCIAL_YEAR = "financial year"
    WEEK_ENDING = "week ending"
    WEEK_COMMENCING = "week commencing"
    ISO_WEEK = "ISO week"
    SPAN = "span"
    MONTH_NAME = "month without a year"
    FINANCIAL_MONTH = "month number without a year"
    QUARTER_ONLY = "quarter without a year"
    DAY_NAME = "day without a year"
    SERIAL = "date serial number"


@dataclass(frozen=True)
class PeriodText:
    """A reading of one text. `period` is None while the text needs a year, or when it names no real day (`problem`).

    `other` is the second reading of a doubtful text: month first, calendar month for a financial year, or financial
    for a calendar quarter. `number` is the month, quarter, serial, or month and day (401) of a text that needs
    company; `weekday` the day of the week it says (1 is Monday, 0 none); `short_year` marks a two-digit year;
    `loose` a reading that counts only among siblings; `weak` a bare number. `order` says of a date in figures whether
    it can be `day first`, `month first` or `either`.
    """

    kind: Kind
    period: Period | None
    other: Period | None = None
    code: str = ""
    note: str = ""
    number: int = 0
    problem: str = ""
    other_kind: Kind | None = None
    short_year: bool = False
    loose: bool = False
    weak: bool = False
    order: str = ""
    weekday: int = 0

    def written(self, period: Period) -> str:
        """The canonical code; a week ending keeps its own."""
        if self.kind is Kind.WEEK_ENDING and period.days == 7:
            return f"W/E {period.end.isoformat()}"
        if self.kind is Kind.ISO_WEEK:
            return f"{period.start:%G-W%V}"
        if self.kind is Kind.FINANCIAL_QUARTER and period.months == 3 and period.start.month in (1, 4, 7, 10):
            return f"FY{periods.financial_year_label(period.start)}-Q{(period.start.month - 4) % 12 // 3 + 1}"
        return period.code
