"""How a measure's values and changes are written: once, for screen, workbook, alt text and terminal.

A proportion is held as 0 to 1 and written in %; a rate is held as numerator over denominator and written times its
multiplier; money is held and written in pounds.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.periods import Frequency
from analysis.vocabulary import MeasureFacts, MeasureKind
from analysis.wording import number, percent, pounds, rounded, signed, signed_pounds

_SHARES = (MeasureKind.PROPORTION, MeasureKind.PAIRED_PROPORTION)
_PER_PERIOD = (MeasureKind.COUNT, MeasureKind.MONEY)

_A_PERIOD = {
    Frequency.DAY: "a day",
    Frequency.WEEK: "a week",
    Frequency.MONTH: "a month",
    Frequency.QUARTER: "a quarter",
    Frequency.YEAR: "a year",
    Frequency.OTHER: "a period",
}
_PERIOD_NAME = {**{frequency: frequency.value for frequency in Frequency}, Frequency.OTHER: "period"}


def shown_scale(measure: MeasureFacts) -> float:
    """What a held value is multiplied by to be shown: 100 for a share, the multiplier of a rate, else 1."""
    if measure.kind in _SHARES:
        return 100.0
    return measure.multiplier if measure.kind is MeasureKind.RATE else 1.0


def value_text(measure: MeasureFacts, value: float, extra_decimals: int = 0) -> str:
    """A held value as people read it: `214`, `92.4 %`, `£3,412`."""
    decimals = measure.decimals + extra_decimals
    if measure.kind in _SHARES:
        return percent(value, decimals)
    if measure.kind is MeasureKind.MONEY:
        return pounds(value, decimals)
    return number(value * shown_scale(measure), decimals)


def change_text(measure: MeasureFacts, change: float) -> str:
    """A change without its unit, sign always shown: `−19`, `+3.2`, `−£1,200`."""
    write: Callable[[float, int], str] = signed_pounds if measure.kind is MeasureKind.MONEY else signed
    return write(change * shown_scale(measure), change_decimals(measure, change))


def change_decimals(measure: MeasureFacts, change: float) -> int:
    """The decimals of the measure, with more (two at most) where a change would else be written as 0 or 1 digit."""
    size = abs(change) * shown_scale(measure)
    wanted = 0 if size >= 10 or size == 0 else 1 if size >= 1 else 2
    return max(measure.decimals, wanted) if rounded(size, measure.decimals) < 10 else measure.decimals


def change_unit(measure: MeasureFacts) -> str:
    """The words after a change: `a month`, `percentage points`, `per 1,000`, or the unit."""
    if measure.kind in _SHARES:
        return "percentage points"
    if measure.kind in _PER_PERIOD:
        return _A_PERIOD[measure.frequency]
    if measure.kind is MeasureKind.RATE and measure.multiplier != 1 and not measure.unit:
        return f"per {number(measure.multiplier)}"
    return measure.unit


def period_name(frequency: Frequency) -> str:
    """`month`, for `12 months` and `month-to-month`."""
    return _PERIOD_NAME[frequency]
