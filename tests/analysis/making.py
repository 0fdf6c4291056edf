"""Small series and roles for the tests of findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from analysis.arrays import FloatArray
from analysis.periods import Period, month
from analysis.plain_series import plain_series
from analysis.vocabulary import (
    Arm,
    ComparatorFacts,
    Direction,
    Maturity,
    MeasureFacts,
    MeasureKind,
    RoleFacts,
    Series,
    State,
    Timeline,
)

ATTENDANCES = MeasureFacts(
    id=1,
    name="A&E attendances",
    kind=MeasureKind.COUNT,
    unit="attendances",
    direction=Direction.DECREASE,
    short_name="A&E",
    population="people aged 75 and over",
    is_primary=True,
)
NAVIGATOR = RoleFacts(
    id=1,
    name="Care navigator",
    place="Elm PCN",
    timeline=Timeline(launch=date(2024, 4, 8)),
    method_chosen_on=date(2024, 3, 1),
)
TODAY = date(2025, 6, 12)
BEFORE = (221, 198, 229, 205, 232, 207, 196, 226, 209, 238, 201, 206)
AFTER = (206, 190, 203, 184, 204, 193, 178, 201, 188, 209, 186)


def months_from(year: int, number: int, count: int) -> tuple[Period, ...]:
    periods = [month(year, number)]
    while len(periods) < count:
        periods.append(periods[-1].next())
    return tuple(periods[:count])


def _array(values: Sequence[float | None] | None, count: int) -> FloatArray:
    return np.array([np.nan if v is None else v for v in values or [None] * count], dtype=np.float64)


def make_series(
    values: Sequence[float | None],
    *,
    measure: MeasureFacts = ATTENDANCES,
    periods: tuple[Period, ...] | None = None,
    provisional: Sequence[int] = (),
    states: dict[int, State] | None = None,
    set_aside: dict[int, str] | None = None,
    versions: dict[int, int] | None = None,
    arm: Arm = Arm.ROLE,
    comparator: ComparatorFacts | None = None,
    **parts: Sequence[float | None],
) -> Series:
    n = len(values)
    held = {name: _array(part, n) for name, part in parts.items()}
    plain = plain_series(measure, periods or months_from(2023, 4, n), _array(values, n), held, arm=arm)
    return replace(
        plain,
        states=tuple((states or {}).get(i, State.VALUE) for i in range(n)),
        maturities=tuple(Maturity.PROVISIONAL if i in provisional else None for i in range(n)),
        set_aside=tuple((set_aside or {}).get(i) for i in range(n)),
        definition_versions=tuple((versions or {}).get(i, 1) for i in range(n)),
        comparator=comparator,
    )


def navigator_series(**changes: object) -> Series:
    """Twelve months before, the month of launch, eleven after and two provisional."""
    series = make_series([*BEFORE, 212, *AFTER, 196, 183], provisional=(24, 25))
    return replace(series, **changes)  # type: ignore[arg-type]  # the caller names fields of Series
