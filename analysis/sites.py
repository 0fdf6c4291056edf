"""One measure over several places: which results may be pooled, which are left out and why, and the pooled answer.

Results stand under the family of the role and the library key of the measure (its definition where it has none). Unlike
definitions are never pooled. Counts, rates and money are pooled as ratios (on logs), everything else as differences.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import expm1, isfinite, log1p

from analysis.distributions import Z95
from analysis.finding_shapes import Effect, MeasureFinding
from analysis.impact.pool import Pair, Pooled, pool
from analysis.vocabulary import MeasureFacts, MeasureKind
from analysis.wording import interval, plural, signed, signed_percent

FEWEST_TO_POOL = 2
FEWEST_TO_PREDICT = 3
ALIKE = 1e-9
"""Results nearer to one another than this do not differ; there is no spread to take an interval from."""
_RATIOS = (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.MONEY)
_SHARES = (MeasureKind.PROPORTION, MeasureKind.PAIRED_PROPORTION)
NO_FAMILY = "no family named"


@dataclass(frozen=True)
class SiteMeasure:
    """What a site measured, as far as results of other sites must agree with it."""

    name: str
    kind: MeasureKind
    unit: str
    direction: str
    library_key: str
    definition: str
    definition_hash: str

    @property
    def key(self) -> str:
        """What results are matched on first: the library key, else the definition."""
        return self.library_key or self.definition_hash

    @property
    def is_ratio(self) -> bool:
        """Whether changes are pooled as ratios."""
        return self.kind in _RATIOS


@dataclass(frozen=True)
class SiteResult:
    """One site's change of one measure: a share (−0.09) where the measure is pooled as a ratio, else a difference.

    `estimate` is NaN where there is none, and `why_none` says why. `factors` gives each factor that was rated at launch
    its state.
    """

    site: str
    family: str
    measure: SiteMeasure
    estimate: float
    lower: float
    upper: float
    why_none: str
    n_before: int
    n_after: int
    level: int
    is_early: bool
    is_own: bool
    factors: Mapping[str, str]

    @property
    def has_estimate(self) -> bool:
        """Whether there is an estimate with an interval that has a width."""
        return isfinite(self.lower) and isfinite(self.upper) and self.upper > self.lower and self._can_be

    @property
    def _can_be(self) -> bool:
        return self.lower > -1 if self.measure.is_ratio else True


@dataclass(frozen=True)
class LeftOutSite:
    """A result that is not in the pool, and why."""

    result: SiteResult
    why: str


@dataclass(frozen=True)
class SitesFinding:
    """One measure of one role family over sites. `pooled` is None below two; `prediction` below three.

    `estimate`, its limits and `prediction` are shares or differences, as the results are.
    """

    family: str
    measure: SiteMeasure
    included: tuple[SiteResult, ...]
    left_out: tuple[LeftOutSite, ...]
    pooled: Pooled | None
    estimate: Pair | None
    centre: float
    prediction: Pair | None
    sentence: str

    @property
    def key(self) -> str:
        """What names it in a list."""
        return f"{self.family}|{self.measure.key}"


def definition_hash(kind: str, unit: str, multiplier: float, population: str, definition: str) -> str:
    """SHA-256 over what makes two results the same thing, blanks and capitals aside."""
    parts = (kind, unit, f"{multiplier:g}", population, definition)
    return hashlib.sha256("\x1f".join(" ".join(part.lower().split()) for part in parts).encode()).hexdigest()


def site_measure(measure: MeasureFacts) -> SiteMeasure:
    """A measure of this file as other sites meet it."""
    made = definition_hash(measure.kind.value, measure.unit, measure.multiplier, measure.population, measure.definition)
    return SiteMeasure(
        measure.label,
        measure.kind,
        measure.unit,
        measure.direction.value,
        measure.library_key,
        measure.definition,
        made,
    )


def own_result(
    finding: MeasureFinding, site: str, family: str, factors: Mapping[str, str], *, is_own: bool = True
) -> SiteResult:
    """The result of a finding, on the scale it is pooled on."""
    measure, effect = site_measure(finding.measure), finding.effect
    ends = (float("nan"),) * 3
    why = ""
    if not isinstance(effect, Effect):
        why = effect.reason
    elif measure.is_ratio and effect.has_relative:
        ends = (effect.relative, effect.relative_lower, effect.relative_upper)
    elif measure.is_ratio:
        why = "there is no relative change, because the level before was 0"
    else:
        ends = (effect.absolute, effect.absolute_lower, effect.absolute_upper)
    return SiteResult(
        site=site,
        family=family or NO_FAMILY,
        measure=measure,
        estimate=ends[0],
        lower=ends[1],
        upper=ends[2],
        why_none=why,
        n_before=finding.n_before,
        n_after=finding.n_after,
        level=finding.evidence.level,
        is_early=finding.is_early,
        is_own=is_own,
        factors=factors,
    )


def over_sites(results: Sequence[SiteResult]) -> tuple[SitesFinding, ...]:
    """Every measure of every family that at least two results are held for, by family then name.

    Results come oldest first: a place that sent two packs stands with its later one.
    """
    groups: dict[tuple[str, str], list[SiteResult]] = {}
    for one in results:
        groups.setdefault((one.family, one.measure.key), []).append(one)
    found = [_finding(family, held) for (family, _), held in groups.items() if len(held) > 1]
    return tuple(sorted(found, key=lambda one: (one.family, one.measure.name)))


def _finding(family: str, held: Sequence[SiteResult]) -> SitesFinding:
    measure = _reference(held)
    included, left_out = [], []
    newest = {one.site: at for at, one in enumerate(held)}
    for at, one in enumerate(held):
        why = _why_not(one, measure) if newest[one.site] == at else "a later result of the same place is held"
        if why:
            left_out.append(LeftOutSite(one, why))
        else:
            included.append(one)
    pooled = _pooled(included, measure) if len(included) >= FEWEST_TO_POOL else None
    ends = _ends(pooled, measure) if pooled else None
    centre = _back(pooled.estimate, measure) if pooled else float("nan")
    ahead = _ahead(pooled, measure) if pooled and len(included) >= FEWEST_TO_PREDICT else None
    words = _sentence(measure, included, pooled, (centre, ends, ahead))
    return SitesFinding(family, measure, tuple(included), tuple(left_out), pooled, ends, centre, ahead, words)


def _reference(held: Sequence[SiteResult]) -> SiteMeasure:
    """The definition the others must agree with: this file's own, else the one most sites follow."""
    own = next((one.measure for one in held if one.is_own), None)
    if own is not None:
        return own
    most = Counter(one.measure.definition_hash for one in held).most_common(1)[0][0]
    return next(one.measure for one in held if one.measure.definition_hash == most)


def why_unlike(one: SiteMeasure, other: SiteMeasure) -> str:
    """Why two measures of the same name are not the same thing; empty where they are."""
    if one.kind is not other.kind:
        return f"recorded as a {one.kind.value}, not a {other.kind.value}"
    return "" if one.definition_hash == other.definition_hash else "counted by another definition"


def _why_not(one: SiteResult, measure: SiteMeasure) -> str:
    if why := why_unlike(one.measure, measure):
        return why
    if one.why_none:
        return f"no estimate: {one.why_none}"
    return "" if one.has_estimate else "its interval cannot be pooled"


def _pooled(included: Sequence[SiteResult], measure: SiteMeasure) -> Pooled:
    """Random effects by restricted likelihood, with Hartung and Knapp's interval from the spread of the places.

    Where places happen to agree that interval can be narrower than each place's own uncertainty allows, down to
    nothing; then the plain one stands (never narrower than z).
    """
    ends = [(_scaled(o.estimate, measure), _scaled(o.lower, measure), _scaled(o.upper, measure)) for o in included]
    return pool_places([one[0] for one in ends], [((high - low) / (2 * Z95)) ** 2 for _, low, high in ends])


def pool_places(estimates: Sequence[float], variances: Sequence[float]) -> Pooled:
    """The guarded pool of places: Hartung and Knapp's interval, never narrower than the plain one.

    Raises ValueError for fewer than 2 places or a variance that is not above 0.
    """
    plain = pool(estimates=estimates, variances=variances, model="reml")
    if max(estimates) - min(estimates) < ALIKE:
        return plain
    knapp = pool(estimates=estimates, variances=variances, model="reml", hksj=True)
    return knapp if knapp.ci_upper - knapp.ci_lower >= plain.ci_upper - plain.ci_lower else plain


def _scaled(value: float, measure: SiteMeasure) -> float:
    return log1p(value) if measure.is_ratio else value


def _back(value: float, measure: SiteMeasure) -> float:
    return expm1(value) if measure.is_ratio else value


def _ends(pooled: Pooled, measure: SiteMeasure) -> Pair:
    return _back(pooled.ci_lower, measure), _back(pooled.ci_upper, measure)


def _ahead(pooled: Pooled, measure: SiteMeasure) -> Pair | None:
    low, high = pooled.prediction_interval_t_k2
    return (_back(low, measure), _back(high, measure)) if isfinite(low) else None


def effect_text(measure: SiteMeasure, value: float) -> str:
    """A change as it is pooled, in words: `−9.2 %`, `+1.4 points`, `−0.8`."""
    if measure.is_ratio:
        return signed_percent(value, 1)
    return f"{signed(value * 100, 1)} points" if measure.kind in _SHARES else signed(value, 2)


def interval_text(measure: SiteMeasure, low: float, high: float) -> str:
    """An interval of such changes."""
    return interval(effect_text(measure, low), effect_text(measure, high))


def _sentence(
    measure: SiteMeasure,
    included: Sequence[SiteResult],
    pooled: Pooled | None,
    read: tuple[float, Pair | None, Pair | None],
) -> str:
    centre, ends, ahead = read
    if pooled is None or ends is None:
        have = plural(len(included), "place")
        return f"{measure.name}: {have} with a result that can be pooled; at least {FEWEST_TO_POOL} are needed."
    said = f"{measure.name} over {plural(len(included), 'place')}: {effect_text(measure, centre)} on average"
    said = f"{said} (95\u00a0% interval {interval_text(measure, *ends)})."
    if ahead is None:
        return f"{said} Two places are too few to say how far places differ."
    return f"{said} In a new place it could be {interval_text(measure, *ahead)} (95\u00a0% prediction interval)."


@dataclass(frozen=True)
class FactorBeside:
    """One factor as it stood at launch, beside the changes of the sites in each state."""

    key: str
    hindered: tuple[SiteResult, ...]
    met: tuple[SiteResult, ...]


def factors_beside(finding: SitesFinding) -> tuple[FactorBeside, ...]:
    """Factors rated at launch in at least two places with a result, those that differ between places first.

    Only set beside one another: places differ in much else, so nothing is computed from it.
    """
    held: dict[str, tuple[list[SiteResult], list[SiteResult]]] = {}
    for one in finding.included:
        for key, state in one.factors.items():
            if state in ("barrier", "in hand", "met"):
                held.setdefault(key, ([], []))[state == "met"].append(one)
    rows = [FactorBeside(key, tuple(no), tuple(yes)) for key, (no, yes) in held.items() if len(no) + len(yes) > 1]
    return tuple(sorted(rows, key=lambda row: (not (row.hindered and row.met), row.key)))
