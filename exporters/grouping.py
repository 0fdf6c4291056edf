"""Quarters, then years, where a policy would hide more than a third of a measure's periods."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from analysis.maturity import maturities_of
from analysis.periods import Frequency, Period, add_months, month_end
from analysis.phases import phases_of
from analysis.vocabulary import Maturity, MeasureFacts, MeasureKind, Series, State, Timeline
from exporters.policy import Policy
from exporters.protection import count_hidden

MOST_HIDDEN = 1 / 3
STOCK_WORDS = ("caseload", "waiting list", "in post", "open ", "vacanc", "last day", "snapshot")
_SUMS = (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.PROPORTION)
_BLANK = ("low", "high", "sds", "counts", "change_means", "change_sds", "pairs", "yes_to_no", "no_to_yes", "lost")
_MONTHS = {Frequency.QUARTER: 3, Frequency.YEAR: 12}


@dataclass(frozen=True)
class Offer:
    """A longer period: how much would be hidden without it, and with it. `chosen`: a person asked for it."""

    frequency: Frequency
    hidden: int
    of: int
    hidden_then: int
    of_then: int
    chosen: bool = False

    def sentence(self, measure: MeasureFacts) -> str:
        """`Referrals declined by quarter, because 9 of 14 months would be hidden (then 1 of 4).`"""
        if self.chosen:
            return f"{measure.name} by {self.frequency.value}, as chosen ({self.hidden_then} of {self.of_then} hidden)."
        return (
            f"{measure.name} by {self.frequency.value}, because {self.hidden} of {self.of} "
            f"{measure.frequency.value}s would be hidden (then {self.hidden_then} of {self.of_then})."
        )


def adds_up(measure: MeasureFacts) -> bool:
    """Whether the values of three months make one of a quarter: flows do, a caseload on the last day does not."""
    text = f"{measure.name} {measure.definition}".lower()
    return measure.kind in _SUMS and not any(word in text for word in STOCK_WORDS)


def offer_of(series: Series, policy: Policy, timeline: Timeline) -> Offer | None:
    """The first longer period with which no more than a third is hidden, else the one that hides the smallest share."""
    hidden, of = _share(series, policy)
    if not of or hidden <= of * MOST_HIDDEN or series.measure.frequency is not Frequency.MONTH:
        return None
    if not adds_up(series.measure):
        return None
    offers = []
    for frequency in (Frequency.QUARTER, Frequency.YEAR):
        then, count = _share(grouped(series, frequency, timeline), policy)
        if count and then / count < hidden / of:
            offers.append(Offer(frequency, hidden, of, then, count))
            if then <= count * MOST_HIDDEN:
                return offers[-1]
    return min(offers, key=lambda offer: offer.hidden_then / offer.of_then, default=None)


def chosen_offer(series: Series, policy: Policy, timeline: Timeline, by: Frequency) -> Offer | None:
    """The quarters or years a person asked for; None where months are not recorded, do not add up or fill none."""
    if series.measure.frequency is not Frequency.MONTH or not adds_up(series.measure):
        return None
    then, count = _share(grouped(series, by, timeline), policy)
    return Offer(by, *_share(series, policy), then, count, chosen=True) if count else None


def _share(series: Series, policy: Policy) -> tuple[int, int]:
    held = int((np.isfinite(series.values)).sum())
    return count_hidden(series, policy), held


def grouped(series: Series, frequency: Frequency, timeline: Timeline) -> Series:
    """Months added up into whole quarters or financial years of one phase; a group with a month missing is left out.

    A longer period is provisional when one of its months is. Values set aside leave their group out.
    """
    groups: dict[Period, list[int]] = defaultdict(list)
    phases = phases_of(series.periods, timeline)
    for place, period in enumerate(series.periods):
        if period.frequency is Frequency.MONTH and np.isfinite(series.values[place]) and not series.set_aside[place]:
            groups[_around(period.start, _MONTHS[frequency])].append(place)
    whole = {
        period: places
        for period, places in sorted(groups.items())
        if len(places) == _MONTHS[frequency] and len({phases[place] for place in places}) == 1
    }
    return _summed(series, frequency, whole)


@lru_cache(maxsize=4096)
def _around(day: date, months: int) -> Period:
    """The calendar quarter, or the financial year, a day lies in."""
    start = add_months(day, -((day.month - 4) % months))
    return Period(start, month_end(add_months(start, months - 1)))


def _summed(series: Series, frequency: Frequency, groups: dict[Period, list[int]]) -> Series:
    blank = np.full(len(groups), np.nan)
    places_of = np.array(list(groups.values()), dtype=np.intp).reshape(len(groups), _MONTHS[frequency])
    blanks: dict[str, Any] = dict.fromkeys(_BLANK, blank)
    parts = (series.numerators, series.denominators, series.values)
    tops, bottoms, plain = (part[places_of].sum(axis=1) for part in parts)
    values = (
        plain
        if series.measure.kind is MeasureKind.COUNT
        else np.divide(tops, bottoms, out=blank.copy(), where=bottoms > 0)
    )
    marks = maturities_of(series)
    provisional = [any(marks[place] is Maturity.PROVISIONAL for place in places) for places in groups.values()]
    return replace(
        series,
        measure=replace(series.measure, frequency=frequency, provisional_periods=0),
        periods=tuple(groups),
        values=values,
        numerators=tops,
        denominators=bottoms,
        states=(State.VALUE,) * len(groups),
        maturities=tuple(Maturity.PROVISIONAL if one else None for one in provisional),
        set_aside=(None,) * len(groups),
        sources=("added up",) * len(groups),
        definition_versions=tuple(max(series.definition_versions[p] for p in places) for places in groups.values()),
        **blanks,
    )
