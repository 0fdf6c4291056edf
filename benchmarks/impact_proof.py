"""Do the statements keep their promises? Seeded series with known effects, answered by the finding layer itself.

`python -m benchmarks.impact_proof [REPEATS]` prints a table: how often the 95 % interval covers the true change, how
often a change is claimed where there is none (nominal 5 %), and how often the change that the planner promises to show
4 times in 5 is found. `resources/methods.json` marks what fails; `tests/analysis/test_proof.py` holds a share of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.finding_after_end import after_end_of
from analysis.finding_change import Answer
from analysis.finding_charts import charts_of, variation_of
from analysis.finding_comparator import compared_of
from analysis.finding_detectable import detectable_of
from analysis.finding_effects import effect_of
from analysis.finding_fitted import fitted_of
from analysis.finding_further import FittedChange
from analysis.finding_selection import select
from analysis.finding_shapes import Effect
from analysis.periods import Period, add_months, month_of
from analysis.plain_series import plain_series
from analysis.sites import pool_places
from analysis.vocabulary import Arm, Direction, MeasureFacts, MeasureKind, RoleFacts, Series, Timeline

REPEATS = 2000
FALL = -0.10
CONTROLLED, AFTER_END = "two fitted trends", "after the end"
AS_SHARES = ("fitted trend", "against a comparator", CONTROLLED)
"""Methods that answer for counts as shares of the level before."""
Draw = Callable[[np.random.Generator, FloatArray], dict[str, FloatArray]]


@dataclass(frozen=True)
class World:
    """How values come about: kind of measure, a draw around given levels, the level before, periods on each side."""

    name: str
    kind: MeasureKind
    draw: Draw
    level: float
    n_before: int
    n_after: int


@dataclass(frozen=True)
class Rates:
    """What came of many series; shares of all with an answer, NaN where not asked."""

    world: str
    method: str
    answered: int
    coverage: float
    false_alarms: float
    power: float


def poisson(rng: np.random.Generator, levels: FloatArray) -> dict[str, FloatArray]:
    """Counts that vary by chance alone."""
    return {"values": rng.poisson(levels).astype(float)}


def clustered(rng: np.random.Generator, levels: FloatArray) -> dict[str, FloatArray]:
    """Counts that vary three times more than chance (gamma-Poisson)."""
    return {"values": rng.poisson(rng.gamma(levels / 2, 2.0)).astype(float)}


def shares(rng: np.random.Generator, levels: FloatArray) -> dict[str, FloatArray]:
    """How many of 80 people a period."""
    people = np.full(len(levels), 80.0)
    tops = rng.binomial(80, np.clip(levels, 0, 1)).astype(float)
    return {"values": tops / people, "numerators": tops, "denominators": people}


def alike(lag: float) -> Draw:
    """Normal values, spread 10, each like the one before by a first-order correlation."""

    def draw(rng: np.random.Generator, levels: FloatArray) -> dict[str, FloatArray]:
        noise = rng.normal(0, 10, len(levels))
        for place in range(1, len(noise)):
            noise[place] = lag * noise[place - 1] + sqrt(1 - lag**2) * noise[place]
        return {"values": levels + noise}

    return draw


def paired(rng: np.random.Generator, levels: FloatArray) -> dict[str, FloatArray]:
    """Changes of 6 people a period, spread 8, around a change that `levels` gives."""
    drawn = rng.normal(levels[:, None], 8, (len(levels), 6))
    return {
        "values": np.full(len(levels), nan),
        "change_means": drawn.mean(axis=1),
        "change_sds": drawn.std(axis=1, ddof=1),
        "pairs": np.full(len(levels), 6.0),
    }


def asked_twice(rng: np.random.Generator, levels: FloatArray) -> dict[str, FloatArray]:
    """Of 8 people a period, those who change their answer; `levels` is the net share."""
    away, towards = 0.15 - levels / 2, 0.15 + levels / 2
    moved = np.array([rng.multinomial(8, [a, t, 1 - a - t]) for a, t in zip(away, towards, strict=True)], dtype=float)
    blank = np.full(len(levels), nan)
    return {"values": blank, "yes_to_no": moved[:, 0], "no_to_yes": moved[:, 1], "pairs": np.full(len(levels), 8.0)}


WORLDS = (
    World("counts of 200, chance alone", MeasureKind.COUNT, poisson, 200.0, 12, 12),
    World("counts of 8, chance alone", MeasureKind.COUNT, poisson, 8.0, 12, 12),
    World("counts of 60, three times chance", MeasureKind.COUNT, clustered, 60.0, 12, 12),
    World("counts of 60, three times chance, 12 and 4", MeasureKind.COUNT, clustered, 60.0, 12, 4),
    World("shares of 80 people", MeasureKind.PROPORTION, shares, 0.4, 12, 12),
    World("period values, independent", MeasureKind.MONEY, alike(0.0), 100.0, 12, 12),
    World("period values, alike by 0.3", MeasureKind.MONEY, alike(0.3), 100.0, 12, 12),
    World("period values, alike by 0.6", MeasureKind.MONEY, alike(0.6), 100.0, 24, 24),
)
PAIRED = (
    World("scores of people measured twice", MeasureKind.PAIRED_MEAN, paired, 0.0, 0, 12),
    World("answers of people asked twice", MeasureKind.PAIRED_PROPORTION, asked_twice, 0.0, 0, 12),
)


def series_of(world: World, parts: dict[str, FloatArray], arm: Arm = Arm.ROLE) -> Series:
    """A drawn world as a series that ends with March 2025."""
    n = world.n_before + world.n_after
    periods = tuple(_months(n))
    measure = MeasureFacts(1, "Measure", world.kind, "units", Direction.DECREASE)
    rest = {name: part for name, part in parts.items() if name != "values"}
    return plain_series(measure, periods, parts.get("values", np.full(n, nan)), rest, arm=arm, source="drawn")


def role_of(world: World) -> RoleFacts:
    """A role launched with the first period after."""
    launch = _months(world.n_before + world.n_after)[world.n_before].start
    return RoleFacts(1, "Role", "Place", Timeline(launch))


def _months(count: int) -> list[Period]:
    return [month_of(add_months(date(2025, 4, 1), place - count)) for place in range(count)]


def levels_of(world: World, change: float) -> FloatArray:
    """The level of each period: before, then changed by an absolute amount."""
    levels = np.full(world.n_before + world.n_after, world.level)
    levels[world.n_before :] += change
    return levels


def simulate(world: World, method: str, repeats: int, seed: int) -> Rates:
    """Many series of one world answered by one method: with a change of a tenth, with none, with the promised one."""
    rng = np.random.default_rng(seed)
    fall = FALL * world.level if world.level else 3.0 if world.kind is MeasureKind.PAIRED_MEAN else 0.1
    covered = [_limits(world, method, rng, fall) for _ in range(repeats)]
    nothing = [_limits(world, method, rng, 0.0) for _ in range(repeats)]
    found = [_promised(world, rng) for _ in range(repeats)] if method == "before and after" and world.level else []
    truth = fall / world.level if method in AS_SHARES and world.kind is MeasureKind.COUNT else fall
    return Rates(
        world.name,
        method,
        len([ends for ends in covered if ends]),
        _share([ends[0] <= truth <= ends[1] for ends in covered if ends]),
        _share([ends[0] > 0 or ends[1] < 0 for ends in nothing if ends]),
        _share([one for one in found if one is not None]),
    )


def chart_alarms(world: World, repeats: int, seed: int) -> float:
    """How often frozen limits show a signal after launch though nothing changed."""
    rng, role = np.random.default_rng(seed), role_of(world)
    signals = []
    for _ in range(repeats):
        series = series_of(world, world.draw(rng, levels_of(world, 0.0)))
        chosen = select(series, role.timeline)
        said = variation_of(chosen, charts_of(series, chosen, ()).frozen)
        signals.append(said is not None and bool(said.signal))
    return _share(signals)


def _limits(world: World, method: str, rng: np.random.Generator, change: float) -> tuple[float, float] | None:
    """The limits of the true change: relative for ratios of counts, else absolute."""
    role = role_of(world)
    series = series_of(world, world.draw(rng, levels_of(world, change)))
    chosen = select(series, role.timeline)
    if method == "fitted trend":
        fitted = fitted_of(series, chosen)
        return (fitted.level_lower, fitted.level_upper) if isinstance(fitted, FittedChange) else None
    if method in ("against a comparator", CONTROLLED):
        other = series_of(world, world.draw(rng, levels_of(world, 0.0)), Arm.COMPARATOR)
        found = compared_of(series, chosen, other, role)
        if method == CONTROLLED:
            held = found.controlled
            return (held.level_lower, held.level_upper) if isinstance(held, FittedChange) else None
        return None if found.effect is None else _ends(found.effect, relative=world.kind is MeasureKind.COUNT)
    if method == AFTER_END:
        return _gone_back(world, rng, change)
    return _ends(effect_of(series, chosen), relative=False)


def _gone_back(world: World, rng: np.random.Generator, change: float) -> tuple[float, float] | None:
    """The limits of what changed once the role had ended, where it went back to what it was before."""
    longer = replace(world, n_after=world.n_after * 2)
    launch = role_of(longer).timeline.launch
    end = _months(longer.n_before + longer.n_after)[-world.n_after]
    timeline = Timeline(launch, ended=end.start - timedelta(days=1))
    levels = levels_of(longer, change)
    levels[-world.n_after :] = world.level
    series = series_of(longer, world.draw(rng, levels))
    chosen = select(series, timeline)
    found = after_end_of(series, chosen, effect_of(series, chosen))
    if found is None or not isinstance(found.against_after, Effect):
        return None
    return -found.against_after.absolute_upper, -found.against_after.absolute_lower


def pooled_places(repeats: int, seed: int) -> Rates:
    """Five places whose own changes differ about a mean, pooled as the Evidence page pools them."""
    rng = np.random.default_rng(seed)
    variances = np.array([0.6, 1.0, 1.4, 2.0, 3.0])

    def ends(truth: float) -> tuple[float, float]:
        places = truth + rng.normal(0, 1, 5) + rng.normal(0, np.sqrt(variances))
        found = pool_places(list(places), list(variances))
        return found.ci_lower, found.ci_upper

    covered = [ends(-2.0) for _ in range(repeats)]
    nothing = [ends(0.0) for _ in range(repeats)]
    return Rates(
        "five places that differ",
        "pooled",
        repeats,
        _share([low <= -2.0 <= high for low, high in covered]),
        _share([low > 0 or high < 0 for low, high in nothing]),
        nan,
    )


def _ends(effect: Answer, *, relative: bool) -> tuple[float, float] | None:
    if not isinstance(effect, Effect):
        return None
    if relative:
        return effect.relative_lower, effect.relative_upper
    return effect.absolute_lower, effect.absolute_upper


def _promised(world: World, rng: np.random.Generator) -> bool | None:
    """Whether a change of the size promised from the baseline alone is found once the time after is drawn with it."""
    role = role_of(world)
    before = world.draw(rng, levels_of(world, 0.0))
    series = series_of(world, before)
    chosen = select(series, role.timeline)
    promise = detectable_of(series, replace(chosen, after=chosen.after))
    if promise is None:
        return None
    later = world.draw(rng, np.maximum(levels_of(world, -promise.absolute), 0.0))
    parts = {name: np.where(chosen.after, later[name], before[name]) for name in before}
    effect = effect_of(series_of(world, parts), chosen)
    return isinstance(effect, Effect) and effect.absolute_upper < 0


def _share(held: list[bool]) -> float:
    return sum(held) / len(held) if held else nan


def every(repeats: int, seed: int = 20261122) -> list[Rates]:
    """All worlds by all methods that answer there."""
    rows = [
        simulate(world, method, repeats, seed + place)
        for method in ("before and after", "fitted trend", "against a comparator", CONTROLLED, AFTER_END)
        for place, world in enumerate(WORLDS)
        if method == "before and after" or world.n_after >= 8
    ]
    rows.append(pooled_places(repeats, seed + 90))
    return rows + [simulate(world, "before and after", repeats, seed + 50 + at) for at, world in enumerate(PAIRED)]


def table(rows: list[Rates]) -> str:
    """The rates as a table in markdown."""
    head = "| values | method | covers the truth | claims a change where none is | finds the promised change |"
    body = []
    for row in rows:
        shown = " | ".join(_percent(share) for share in (row.coverage, row.false_alarms, row.power))
        body.append(f"| {row.world} | {row.method} | {shown} |")
    return "\n".join([head, "|---|---|---|---|---|", *body])


def _percent(share: float) -> str:
    return "" if share != share else f"{100 * share:.1f} %"


def main() -> int:
    """Print the table and the chart's false alarms."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    print(table(every(repeats)))
    for place, world in enumerate(WORLDS):
        if world.n_before >= 12:
            share = chart_alarms(world, repeats, 77 + place)
            print(f"frozen limits, {world.name}: a signal after launch in {_percent(share)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
