"""All results of a role with 20 measures of 60 months, once scipy is loaded: aim 150 ms on two cores.

`python -m benchmarks.role_answers`.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from datetime import date

import numpy as np

from analysis.finding import analyse_role
from analysis.periods import Period, month
from analysis.plain_series import plain_series
from analysis.vocabulary import Direction, MeasureFacts, MeasureKind, RoleFacts, Series, Timeline
from benchmarks.timing import seconds

MEASURES, MONTHS, RUNS = 20, 60, 15
AIM = 0.150
TODAY = date(2025, 6, 12)
ROLE = RoleFacts(1, "Care navigator", "Elm PCN", Timeline(date(2022, 10, 1)), method_chosen_on=date(2022, 9, 1))
_KINDS = (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.PROPORTION, MeasureKind.MONEY, MeasureKind.MEAN)


def many_series(count: int = MEASURES, months: int = MONTHS) -> tuple[Series, ...]:
    """Seeded series of all kinds with parts, a change of level at launch in every second one."""
    rng = np.random.default_rng(2024)
    return tuple(_series(rng, number, months) for number in range(count))


def _series(rng: np.random.Generator, number: int, months: int) -> Series:
    kind = _KINDS[number % len(_KINDS)]
    measure = MeasureFacts(
        number + 1, f"Measure {number + 1}", kind, "units", Direction.DECREASE, is_primary=number < 3, decimals=1
    )
    people = np.full(months, 4000.0)
    level = np.where(np.arange(months) < months // 2, 200.0, 200.0 - 20 * (number % 2))
    tops = rng.poisson(level).astype(float)
    values = {MeasureKind.COUNT: tops, MeasureKind.RATE: tops / people, MeasureKind.PROPORTION: tops / people}
    held = values.get(kind, np.round(level + rng.normal(0, 15, months), 1))
    parts = {"numerators": tops, "denominators": people} if kind in values else {}
    return plain_series(measure, _months(months), held, parts)


def _months(count: int) -> tuple[Period, ...]:
    found = [month(2020, 4)]
    while len(found) < count:
        found.append(found[-1].next())
    return tuple(found)


def main() -> int:
    """Print medians; the exit status says whether the aim is kept."""
    series = many_series()
    analyse_role(series, ROLE, TODAY)
    ours = [seconds(lambda: analyse_role(series, ROLE, TODAY)) for _ in range(RUNS)]
    known: dict[object, object] = {}
    analyse_role(series, ROLE, TODAY, known)  # type: ignore[arg-type]  # a plain dictionary will do
    again = [seconds(lambda: analyse_role(series, ROLE, TODAY, known)) for _ in range(RUNS)]  # type: ignore[arg-type]
    one = [seconds(lambda: analyse_role(series[:1], replace(ROLE), TODAY)) for _ in range(RUNS)]
    began = time.process_time()
    analyse_role(series, ROLE, TODAY)
    worked = time.process_time() - began
    taken = statistics.median(ours)
    print(
        f"{MEASURES} measures of {MONTHS} months: {taken * 1000:.0f} ms (aim {AIM * 1000:.0f} ms), "
        f"{worked * 1000:.0f} ms of them on the processor"
    )
    print(
        f"the same again by input hash: {statistics.median(again) * 1000:.0f} ms; "
        f"one measure: {statistics.median(one) * 1000:.1f} ms"
    )
    return 0 if taken <= AIM else 1


if __name__ == "__main__":
    raise SystemExit(main())
