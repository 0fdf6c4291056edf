"""A series from its values alone: nothing marked, nothing set aside, no part but those that are given."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.arrays import FloatArray
from analysis.periods import Period
from analysis.vocabulary import Arm, MeasureFacts, Series, State

NUMBERED = (
    "numerators",
    "denominators",
    "sds",
    "counts",
    "change_means",
    "change_sds",
    "pairs",
    "yes_to_no",
    "no_to_yes",
    "lost",
)
"""The parts of a value that are numbers of their own."""

PARTS = ("low", "high", *NUMBERED)
"""Every array of a series besides its values."""


def plain_series(
    measure: MeasureFacts,
    periods: tuple[Period, ...],
    values: FloatArray,
    parts: Mapping[str, FloatArray] | None = None,
    *,
    arm: Arm = Arm.ROLE,
    source: str = "typed",
) -> Series:
    """A series of values for periods, one each; `parts` gives arrays by their name, the rest is not recorded."""
    count = len(periods)
    held = dict.fromkeys(PARTS, np.full(count, np.nan)) | dict(parts or {})
    return Series(
        measure=measure,
        periods=periods,
        values=values,
        states=(State.VALUE,) * count,
        maturities=(None,) * count,
        set_aside=(None,) * count,
        sources=(source,) * count,
        definition_versions=(1,) * count,
        arm=arm,
        **held,  # type: ignore[arg-type]  # all of them arrays
    )
