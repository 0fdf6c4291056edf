"""What a measure's definition says about a value: which are refused, which deserve a question."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from analysis.arrays import FloatArray
from analysis.vocabulary import MeasureKind
from analysis.wording import number

UNUSUAL_FACTOR = 5.0
"""Distance from the median, in median absolute deviations, past which a value is asked about."""

LEAST_HISTORY = 6
"""Values needed before any can be called unusual."""


def refusal(
    kind: MeasureKind,
    value: float | None,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    numerator: float | None = None,
    denominator: float | None = None,
) -> str:
    """Why a value cannot belong to the measure, empty when it can. A proportion is held as 0 to 1."""
    if value is not None and not math.isfinite(value):
        return "this is not a number that can be stored"
    if numerator is not None and denominator is not None and kind is MeasureKind.PROPORTION and numerator > denominator:
        return f"{number(numerator)} of {number(denominator)} is more than all"
    if kind in (MeasureKind.COUNT, MeasureKind.RATE) and value is not None and value < 0:
        return "a count or rate cannot be below zero"
    if kind is MeasureKind.PROPORTION and value is not None and not 0 <= value <= 1:
        return "a percentage lies between 0 and 100"
    if value is not None and minimum is not None and value < minimum:
        return f"the lowest possible value is {_bound(minimum)}"
    if value is not None and maximum is not None and value > maximum:
        return f"the highest possible value is {_bound(maximum)}"
    return ""


def _bound(value: float) -> str:
    return number(value, 0 if value == int(value) else 2)


def times_the_usual(value: float, others: Sequence[float]) -> float | None:
    """How many times the usual (median) a value is when it stands out from its neighbours; None when it does not.

    It stands out when it lies more than `UNUSUAL_FACTOR` scaled median absolute deviations from the median and is at
    least three times, or at most a third of, the median. Fewer than `LEAST_HISTORY` others never make a value unusual.
    """
    held = np.asarray([other for other in others if math.isfinite(other)])
    if held.size < LEAST_HISTORY or not math.isfinite(value):
        return None
    median = float(np.median(held))
    spread = 1.4826 * float(np.median(np.abs(held - median)))
    ratio = value / median if median > 0 else math.inf
    far = abs(value - median) > UNUSUAL_FACTOR * max(spread, 1e-9)
    return ratio if median > 0 and far and (ratio >= 3 or ratio <= 1 / 3) else None


def sign_differs(value: float, others: Sequence[float]) -> bool:
    """Whether a value has the opposite sign of every other; with fewer than `LEAST_HISTORY` others it never has."""
    held = [other for other in others if math.isfinite(other) and other != 0]
    if len(held) < LEAST_HISTORY or not math.isfinite(value) or value == 0:
        return False
    return all((other > 0) != (value > 0) for other in held)


def surely_usual(value: float, others: FloatArray) -> bool:
    """Whether a value above zero is of the size of most others: then neither question above can be asked about it.

    Quick, for the thousands of values of a pasted block; False only says that the questions have to be put.
    """
    like = min(int(np.count_nonzero(others > value / 3)), int(np.count_nonzero(others < value * 3)))
    return value > 0 and 2 * like > others.size


def missing_part(kind: MeasureKind, *, denominator: float | None, contributors: float | None) -> str:
    """What stands behind a value of this kind and was not given, in words; empty when nothing is missing.

    The value is kept and drawn: published sheets often give no more. But no interval can be worked out from it alone.
    """
    if kind in _OVER_SOMETHING and not denominator:
        return "the number it is a share of" if kind is MeasureKind.PROPORTION else "what it is divided by"
    if kind in (MeasureKind.MEAN, MeasureKind.PAIRED_MEAN) and not contributors:
        return "how many people or things it is the mean of"
    return ""


_OVER_SOMETHING = (MeasureKind.PROPORTION, MeasureKind.RATE)


def likely_slip(value: float, others: Sequence[float]) -> float | None:
    """The value with one digit fewer that would be usual (1,340 among 130s), None when there is no such slip.

    A digit too many at the end is the commonest slip; else the reading nearest the median is taken.
    """
    held = [other for other in others if math.isfinite(other)]
    if len(held) < LEAST_HISTORY or value != int(value) or value < 10:
        return None
    text = str(int(value))
    if times_the_usual(value, held) is None:
        return None
    median = float(np.median(np.asarray(held)))
    inner = {float(text[:i] + text[i + 1 :]) for i in range(len(text) - 1)}
    readings = (float(text[:-1]), min(inner, key=lambda reading: abs(reading - median)))
    return next((reading for reading in readings if times_the_usual(reading, held) is None), None)
