"""Figures and intervals beyond saying: a typing slip of a million must not pass for a finding, nor stop one."""

from __future__ import annotations

from dataclasses import replace
from math import exp, inf
from typing import Any

import numpy as np

from analysis.plain_series import PARTS
from analysis.vocabulary import Series

LARGEST = 1e15
"""No count, sum of pence or score is larger; floats still hold whole numbers exactly here."""
MOST_TIMES = 1e6
"""An interval that reaches to a million times the level before says nothing."""
TOO_FAR_APART = "the values are so far apart that any change would fit them; look for a typing slip"
SET_ASIDE = "larger than any figure that can be worked with: look for a typing slip"
_LOG_OF_LARGEST = 700.0


def power_of_e(log: float) -> float:
    """e to the power of a log; infinite where no float holds it, so that a wide interval is no fault."""
    return inf if log >= _LOG_OF_LARGEST else exp(log)


def over(events: float, ratio: float) -> float:
    """Events over a ratio; infinite where the ratio is so small that no float holds it."""
    return events / ratio if ratio else inf


def is_beyond_saying(relative: tuple[float, ...], absolute: tuple[float, ...]) -> bool:
    """Whether an interval reaches so far that it says nothing; an end that is not a number is left to others."""
    return any(end > MOST_TIMES for end in relative) or any(abs(end) > LARGEST for end in absolute)


def without_beyond(series: Series) -> Series:
    """The series with every period set aside that holds a figure beyond `LARGEST`; its figures are left out."""
    parts: dict[str, Any] = {name: getattr(series, name) for name in ("values", *PARTS)}  # Any: arrays by field name
    beyond = np.zeros(len(series), dtype=bool)
    for part in parts.values():
        beyond |= np.abs(part) > LARGEST
    if not beyond.any():
        return series
    kept: dict[str, Any] = {name: np.where(beyond, np.nan, part) for name, part in parts.items()}
    reasons = tuple(SET_ASIDE if far else held for far, held in zip(beyond, series.set_aside, strict=True))
    return replace(series, **kept, set_aside=reasons)
