"""How a measure's values and changes are written: once, for screen, workbook, alt text and terminal.

A proportion is held as 0 to 1 and written in %; a rate is held as numerator over denominator and written times its
multiplier; money is held and written in pounds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.periods import Frequency
from analysis.vocabulary import MeasureFacts, MeasureKind
from analysis.wording import number, percent, pounds, rounded, signed, signed_pounds

MOST_DECIMALS = 4

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


def is_share(measure: MeasureFacts) -> bool:
    """Whether values are shares, held as 0 to 1 and written in %."""
    return measure.kind in _SHARES


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


def change_texts(measure: MeasureFacts, *changes: float) -> tuple[str, ...]:
    """Changes that belong together (an estimate and its limits), signs shown, all with the same decimals.

    `−19`, `−31`, `−7`: the decimals are those of the measure, with one more while the largest has a single digit, and
    so many (four at most) that no change is written as 0 unless it is.
    """
    write: Callable[[float, int], str] = signed_pounds if measure.kind is MeasureKind.MONEY else signed
    shown = [change * shown_scale(measure) for change in changes]
    decimals = shared_decimals(shown, measure.decimals)
    return tuple(write(value, decimals) for value in shown)


def shared_decimals(shown: Sequence[float], least: int) -> int:
    """Decimals with which none of several figures is written as 0 unless it is, `MOST_DECIMALS` at most."""
    largest = max((abs(value) for value in shown), default=0.0)
    decimals = max(least, 1) if 0 < largest < 10 else least
    while decimals < MOST_DECIMALS and any(value and not rounded(value, decimals) for value in shown):
        decimals += 1
    return decimals


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
