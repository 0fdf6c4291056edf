"""Which periods of a series count, and why the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.finding_shapes import LeftOut
from analysis.maturity import maturities_of
from analysis.phases import phases_of
from analysis.vocabulary import Maturity, MeasureKind, Phase, Series, State, Timeline

Mask = NDArray[np.bool_]

_BY_STATE = {
    State.SUPPRESSED: LeftOut.SUPPRESSED,
    State.CENSORED: LeftOut.CENSORED,
    State.MISSING_AT_SOURCE: LeftOut.MISSING,
    State.NOT_APPLICABLE: LeftOut.NOT_APPLICABLE,
    State.NOT_COLLECTED: LeftOut.NOT_COLLECTED,
}
_BY_PHASE = {Phase.PHASE_IN: LeftOut.PHASE_IN, Phase.AFTER_END: LeftOut.AFTER_END}


@dataclass(frozen=True)
class Selection:
    """The phase of each period, the reason it is left out (None if it is used), and masks of the used ones.

    `ended` are the periods after the end that could be used for asking whether an effect fades.
    """

    phases: tuple[Phase, ...]
    left_out: tuple[LeftOut | None, ...]
    before: Mask
    after: Mask
    ended: Mask

    @cached_property
    def used(self) -> Mask:
        """The periods that take part."""
        return self.before | self.after

    @cached_property
    def n_before(self) -> int:
        """Number of used periods before launch."""
        return int(self.before.sum())

    @cached_property
    def n_after(self) -> int:
        """Number of used periods after launch."""
        return int(self.after.sum())

    def count(self, reason: LeftOut) -> int:
        """Number of periods left out for a reason."""
        return self.left_out.count(reason)


def select(series: Series, timeline: Timeline) -> Selection:
    """Which periods take part in limits, tests and effects.

    Provisional values are left out, marked so or by the measure's own rule. Phase-in, set aside,
    suppressed, missing and not collected periods are left out too, each with its reason; zero is a value.
    """
    phases = phases_of(series.periods, timeline)
    faults = _faults(series)
    pairs = zip(phases, faults, strict=True)
    usable = [phase if fault is None else None for phase, fault in pairs]
    before, after, ended = (
        np.array([phase is wanted for phase in usable], dtype=np.bool_)
        for wanted in (Phase.BEFORE, Phase.AFTER, Phase.AFTER_END)
    )
    return Selection(phases, _left_out(phases, faults), before, after, ended)


def _left_out(phases: tuple[Phase, ...], faults: tuple[LeftOut | None, ...]) -> tuple[LeftOut | None, ...]:
    """Why each period is left out: by its phase before its own fault, but for one of another frequency."""
    other, by_phase = LeftOut.OTHER_FREQUENCY, _BY_PHASE.get
    pairs = zip(phases, faults, strict=True)
    return tuple([fault if fault is other else by_phase(phase, fault) for phase, fault in pairs])


def provisional_positions(series: Series) -> frozenset[int]:
    """Positions of the provisional values."""
    return frozenset(place for place, held in enumerate(maturities_of(series)) if held is Maturity.PROVISIONAL)


def _faults(series: Series) -> tuple[LeftOut | None, ...]:
    """Why each period could not be used in any phase."""
    wanted, value, provisional = series.measure.frequency, State.VALUE, Maturity.PROVISIONAL
    fits = [period.frequency is wanted for period in series.periods]
    held = zip(fits, series.states, series.set_aside, _has_value(series), maturities_of(series), strict=True)
    return tuple(
        [
            None
            if fit and state is value and aside is None and there and maturity is not provisional
            else _fault(fit, state, aside, there, maturity)
            for fit, state, aside, there, maturity in held
        ]
    )


def _fault(fits: bool, state: State, aside: str | None, has_value: bool, maturity: Maturity) -> LeftOut | None:
    """Why a period could not be used in any phase."""
    if not fits:
        return LeftOut.OTHER_FREQUENCY
    if state in _BY_STATE:
        return _BY_STATE[state]
    if aside is not None:
        return LeftOut.SET_ASIDE
    if not has_value:
        return LeftOut.MISSING
    return LeftOut.PROVISIONAL if maturity is Maturity.PROVISIONAL else None


def _has_value(series: Series) -> list[bool]:
    """Whether each period has what its kind of measure counts as a value."""
    there = np.isfinite(series.values)
    part = {MeasureKind.PAIRED_MEAN: series.change_means, MeasureKind.PAIRED_PROPORTION: series.yes_to_no}
    held = part.get(series.measure.kind)
    found: list[bool] = (there if held is None else there | np.isfinite(held)).tolist()
    return found
