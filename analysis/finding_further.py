"""The further parts of a finding: fitted series, comparator, after the end, plan, several measures, equity gap."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from analysis.periods import Period
from analysis.vocabulary import ComparatorFacts

if TYPE_CHECKING:
    from analysis.finding_shapes import Effect, TooEarly


@dataclass(frozen=True)
class FittedChange:
    """The change at launch given the trend before it, from an interrupted series.

    `level` is a share of what was expected where `is_ratio` (counts), else in the held unit of the measure; `slope`
    (a period) is NaN where no change of slope was asked for. `fitted` and `counterfactual` have one value for each
    period of the series, NaN outside the model. `warnings` say what makes the fit doubtful.
    """

    level: float
    level_lower: float
    level_upper: float
    slope: float
    slope_lower: float
    slope_upper: float
    is_ratio: bool
    n_before: int
    n_after: int
    p: float
    key: str
    method: str
    rho: float = nan
    dispersion: float = nan
    averted: tuple[float, float, float] | None = None
    fitted: tuple[float, ...] = ()
    counterfactual: tuple[float, ...] = ()
    warnings: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class PreTrend:
    """How much faster the role's series moved than the comparator's before launch, a period, with its 95 % interval.

    Relative where `is_ratio`, else in the held unit. `drift` is what that difference alone would have made of the
    change by the middle of the time after launch; `is_small` says whether it is small against the effect.
    """

    difference: float
    lower: float
    upper: float
    drift: float
    is_ratio: bool
    n: int
    is_small: bool
    text: str


@dataclass(frozen=True)
class ComparatorFinding:
    """The role's change against a comparator's over the periods both have, or a benchmark beside the role.

    `effect` is the extra change (role minus comparator), None for a benchmark, which is shown and not differenced.
    `values` are the comparator's by position in the role's series, NaN where there is none. `months_earlier` is by how
    much an earlier cohort was moved forward to stand beside the role.
    """

    facts: ComparatorFacts
    n_before: int
    n_after: int
    effect: Effect | TooEarly | None
    controlled: FittedChange | TooEarly | None
    pre_trend: PreTrend | None
    role_means: tuple[float, float]
    other_means: tuple[float, float]
    same_definition: bool
    co_events: tuple[str, ...]
    months_earlier: int
    values: tuple[float, ...]
    sentence: str

    @property
    def is_benchmark(self) -> bool:
        """Whether it is shown against and never differenced."""
        return self.effect is None


@dataclass(frozen=True)
class AfterEnd:
    """Whether an effect fades once the role has ended: against the time with the role, and against the time before."""

    n: int
    against_after: Effect | TooEarly
    against_before: Effect | TooEarly
    sentence: str


@dataclass(frozen=True)
class PlanStep:
    """The smallest change that could be told from chance with so many periods after launch; shares of the level."""

    n_after: int
    relative: float
    absolute: float
    fitted_absolute: float


@dataclass(frozen=True)
class Plan:
    """What more time would buy, from the scatter before launch. `fitted_absolute` of a step is with a fitted trend."""

    n_before: int
    n_after: int
    autocorrelation: float
    steps: tuple[PlanStep, ...]
    text: str


@dataclass(frozen=True)
class Adjusted:
    """One measure's p value before and after allowing for how many were looked at."""

    measure_id: int
    name: str
    p: float
    adjusted: float
    is_primary: bool

    @property
    def holds(self) -> bool:
        """Whether the change is still beyond chance at 5 %."""
        return self.adjusted < 0.05


@dataclass(frozen=True)
class Multiplicity:
    """All measures with an estimate: the primary ones by Holm, the rest by Benjamini and Hochberg; and how many."""

    examined: int
    measures: tuple[Adjusted, ...]
    text: str


@dataclass(frozen=True)
class GapPoint:
    """The difference between two groups in one period (first minus second), with its interval where the kind allows."""

    period: Period
    gap: float
    lower: float
    upper: float


@dataclass(frozen=True)
class GapFinding:
    """The gap between two groups over time, and whether it changed after launch."""

    measure_id: int
    first: str
    second: str
    points: tuple[GapPoint, ...]
    effect: Effect | TooEarly
    sentence: str


@dataclass(frozen=True)
class Icons:
    """The NHS icons of a chart in words: what the latest point says, and whether the target will be met."""

    variation: str
    variation_words: str
    assurance: str
    assurance_words: str
