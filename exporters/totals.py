"""Totals before and after launch, and what must be hidden so that they give nothing back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.finding_selection import Mask, Selection
from analysis.vocabulary import MeasureKind, Series, State
from exporters.disclosure import ProtectedGroup, protect_group
from exporters.grouping import adds_up
from exporters.policy import Policy
from exporters.protection import ProtectedSeries


@dataclass(frozen=True)
class Totals:
    """Totals of the used periods of both sides; None where hidden, `known` False where there is none to give.

    `groups` are the counts behind them as shown, with their positions in the series: what the last audit goes by.
    """

    before: float | None
    after: float | None
    known: bool
    groups: tuple[tuple[tuple[int, ...], ProtectedGroup], ...] = ()


NO_TOTALS = Totals(None, None, known=False)


def with_totals(
    raw: Series, protected: ProtectedSeries, chosen: Selection, policy: Policy
) -> tuple[ProtectedSeries, Totals]:
    """The totals that may be shown, and the series with any further value they make it necessary to hide.

    `chosen` are the used periods of `raw`.
    """
    if raw.measure.kind is not MeasureKind.COUNT or not adds_up(raw.measure):
        return protected, NO_TOTALS
    if not _whole(raw, chosen.used):
        return protected, NO_TOTALS
    if not protected.applies:
        before, after = (
            float(raw.values[side].sum()) if side.any() else None for side in (chosen.before, chosen.after)
        )
        return protected, Totals(before, after, known=True)
    if _staff_hidden(protected):
        return protected, NO_TOTALS
    found = []
    groups = []
    for side in (chosen.before, chosen.after):
        places = [int(place) for place in np.flatnonzero(side)]
        group = protect_group([round(float(raw.values[place])) for place in places], policy)
        second = [place for place, is_second in zip(places, group.secondary, strict=True) if is_second]
        protected = also_hidden(protected, second)
        groups.append((tuple(places), group))
        found.append(None if group.total is None or not places else float(group.total))
    return protected, Totals(found[0], found[1], known=True, groups=tuple(groups))


def _whole(series: Series, used: Mask) -> bool:
    values = series.values[used]
    return bool(
        values.size and np.isfinite(values).all() and (values >= 0).all() and (values == np.round(values)).all()
    )


def _staff_hidden(protected: ProtectedSeries) -> bool:
    """Whether every value is hidden: then so are the totals."""
    held = np.isfinite(protected.shown.values)
    return bool(protected.count_hidden) and not held.any()


_PARTS = ("values", "numerators", "denominators", "counts", "low", "high")


def also_hidden(protected: ProtectedSeries, places: Sequence[int]) -> ProtectedSeries:
    """Further values hidden, with no bounds: a reader only knows that they are not zero."""
    if not places:
        return protected
    gone = np.zeros(len(protected.shown), dtype=bool)
    gone[list(places)] = True
    shown = protected.shown
    parts: dict[str, Any] = {name: np.where(gone, np.nan, getattr(shown, name)) for name in _PARTS}
    states = tuple(State.SUPPRESSED if g else s for g, s in zip(gone, shown.states, strict=True))
    sources = tuple("hidden" if g else s for g, s in zip(gone, shown.sources, strict=True))
    hidden = tuple(bool(h or g) for h, g in zip(protected.hidden, gone, strict=True))
    return replace(protected, shown=replace(shown, states=states, sources=sources, **parts), hidden=hidden)
