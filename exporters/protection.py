"""Series with small numbers taken out: the only series the sheets and pages ever see.

Applies to measures that count people, and to means of few people whatever they measure. Under rounding, a share is
made from the rounded numerator and denominator. A share or mean that counts people and does not say how many stays
hidden: what cannot be checked cannot be shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.arrays import FloatArray
from analysis.finding_selection import Mask
from analysis.plain_series import NUMBERED
from analysis.vocabulary import MeasureFacts, MeasureKind, Series, State
from exporters.policy import Policy

EXACT_FROM = 4000
"""A percentage is shown in whole points unless its denominator is at least this (NHS England, HES, September 2018)."""

STAFF_WORDS = ("sickness", "absence", "absent", "turnover", "leavers", "pay", "salary", "wage", "overtime")
_SHARES = (MeasureKind.PROPORTION, MeasureKind.PAIRED_PROPORTION)
_MEANS = (MeasureKind.MEAN, MeasureKind.PAIRED_MEAN)


@dataclass(frozen=True)
class ProtectedSeries:
    """A series as it may be shown. `hidden` marks periods the policy hides; `applies` says the policy was at work."""

    shown: Series
    hidden: tuple[bool, ...]
    applies: bool

    @property
    def measure(self) -> MeasureFacts:
        """The measure."""
        return self.shown.measure

    @property
    def count_hidden(self) -> int:
        """How many periods are hidden."""
        return sum(self.hidden)


def is_about_staff(measure: MeasureFacts) -> bool:
    """Whether a measure would be about the post-holder where there is only one: pay, sickness, leaving."""
    words = measure.name.lower().replace(",", " ").split()
    return any(word in words for word in STAFF_WORDS)


def protect(series: Series, policy: Policy, *, few_staff: bool = False) -> ProtectedSeries:
    """The series as the policy lets it be shown; the very same object where nothing is touched."""
    hidden = _hidden(series, policy, few_staff)
    if hidden is None:
        return ProtectedSeries(series, (False,) * len(series), applies=False)
    applies = series.measure.people_count or bool(hidden.any())
    if not applies:
        return ProtectedSeries(series, (False,) * len(series), applies=False)
    return ProtectedSeries(_masked(_rounded(series, policy), hidden, policy), _flags(hidden), applies=True)


def count_hidden(series: Series, policy: Policy, *, few_staff: bool = False) -> int:
    """How many periods `protect` hides, without making the series."""
    hidden = _hidden(series, policy, few_staff)
    return 0 if hidden is None else int(np.count_nonzero(hidden))


def masked_only(series: Series, protected: ProtectedSeries, policy: Policy) -> Series:
    """The true numbers without those the policy hides: for findings that rest on none of the hidden ones."""
    return _masked(series, np.array(protected.hidden, dtype=bool), policy)


def _one_person(series: Series, few_staff: bool) -> bool:
    return few_staff and is_about_staff(series.measure)


def _flags(hidden: Mask) -> tuple[bool, ...]:
    return tuple(hidden.tolist())


def _hidden(series: Series, policy: Policy, few_staff: bool) -> Mask | None:
    """The periods to be hidden; None where the policy has nothing to do with the series."""
    if not policy.protects or (series.measure.kind is MeasureKind.MONEY and not _one_person(series, few_staff)):
        return None
    has_value = np.isfinite(series.values) | np.isfinite(series.change_means) | np.isfinite(series.yes_to_no)
    if _one_person(series, few_staff):
        return has_value
    small = policy.hides_each(np.array(_small_parts(series))).any(axis=0)
    if series.measure.people_count and series.measure.kind is not MeasureKind.COUNT:
        small |= ~_says_how_many(series)
    return small & has_value


def _small_parts(series: Series) -> tuple[FloatArray, ...]:
    """The numbers of people in each period any of which may be too small."""
    contributors = (series.counts, series.pairs, series.yes_to_no, series.no_to_yes)
    if not series.measure.people_count or series.measure.kind in _MEANS:
        return contributors
    if series.measure.kind is MeasureKind.COUNT:
        return (series.values, *contributors)
    rest = (series.denominators - series.numerators,) if series.measure.kind in _SHARES else ()
    return (series.numerators, *rest, *contributors)


def _says_how_many(series: Series) -> Mask:
    if series.measure.kind in _MEANS:
        return np.isfinite(series.counts) | np.isfinite(series.pairs)
    return np.isfinite(series.numerators) & np.isfinite(series.denominators)


def _rounded(series: Series, policy: Policy) -> Series:
    if not policy.rounds or not series.measure.people_count:
        return series
    parts: dict[str, Any] = {
        name: policy.rounded_each(getattr(series, name)) for name in ("numerators", "counts", "pairs")
    }
    if series.measure.kind is MeasureKind.COUNT:
        return replace(series, values=policy.rounded_each(series.values), counts=parts["counts"], pairs=parts["pairs"])
    if series.measure.kind in _MEANS:
        return replace(series, counts=parts["counts"], pairs=parts["pairs"])
    denominators = policy.rounded_each(series.denominators)
    values = np.divide(parts["numerators"], denominators, out=np.full(len(series), np.nan), where=denominators > 0)
    if series.measure.kind in _SHARES:
        values = np.where(denominators >= EXACT_FROM, values, np.floor(values * 100 + 0.5) / 100)
    return replace(series, values=values, denominators=denominators, **parts)


_PARTS = ("values", *NUMBERED)


def _masked(series: Series, hidden: Mask, policy: Policy) -> Series:
    """The series with hidden periods suppressed: all their parts gone, bounds only for a plain count."""
    if not hidden.any():
        return series
    bounded = series.measure.kind is MeasureKind.COUNT and series.measure.people_count
    low, high = (1.0, float(policy.hide_up_to)) if bounded else (np.nan, np.nan)
    gone: dict[str, Any] = {name: np.where(hidden, np.nan, getattr(series, name)) for name in _PARTS}
    return replace(
        series,
        states=tuple(State.SUPPRESSED if h else s for h, s in zip(hidden, series.states, strict=True)),
        sources=tuple("hidden" if h else s for h, s in zip(hidden, series.sources, strict=True)),
        low=np.where(hidden, low, series.low),
        high=np.where(hidden, high, series.high),
        **gone,
    )
