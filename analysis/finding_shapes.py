"""What a finding is: the one frozen object that screen, workbook, alt text and command line quote."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, nan
from typing import TYPE_CHECKING

from analysis.impact.difference_in_differences import DifferenceInDifferences
from analysis.impact.mean_difference import MeanDifference
from analysis.impact.paired_mean import PairedMean
from analysis.impact.proportion_difference import PairedProportions, ProportionDifference
from analysis.impact.rate_ratio import RateRatio
from analysis.impact.xmr import Status, XmrChart
from analysis.impact.xmr_rules import RuleHit
from analysis.periods import Period
from analysis.vocabulary import EventFacts, MeasureFacts, Phase, RoleFacts

if TYPE_CHECKING:
    from analysis.finding_further import AfterEnd, ComparatorFinding, FittedChange, Icons, Multiplicity, Plan

ENGINE_VERSION = "roleworth-impact 1.2"

Comparison = (
    RateRatio | ProportionDifference | MeanDifference | PairedMean | PairedProportions | DifferenceInDifferences
)


class LeftOut(StrEnum):
    """Why a period takes no part in limits, tests and effects."""

    OTHER_FREQUENCY = "recorded at another frequency"
    PHASE_IN = "phase-in"
    AFTER_END = "after the end"
    SUPPRESSED = "suppressed at source"
    CENSORED = "outside the measured range"
    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"
    NOT_COLLECTED = "not collected"
    SET_ASIDE = "set aside"
    PROVISIONAL = "provisional"


class Verdict(StrEnum):
    """What is said of a measure."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    COMMON_CAUSE = "common cause"
    CHANGED = "changed, neither better nor worse"
    NO_ANSWER = "no answer yet"

    @property
    def mark(self) -> str:
        """The shape that goes with the word."""
        return _MARKS[self]


_MARKS = {
    Verdict.IMPROVEMENT: "◆",
    Verdict.CONCERN: "■",
    Verdict.COMMON_CAUSE: "●",
    Verdict.CHANGED: "✚",
    Verdict.NO_ANSWER: "–",
}


class Limits(StrEnum):
    """How firm the limits of the chart are: none under 7 points, trial under 12, else full."""

    NONE = "no limits yet"
    TRIAL = "trial limits"
    FULL = "limits"


@dataclass(frozen=True)
class Point:
    """One period of the series as the chart draws it.

    `status` and `rules` are those of the frozen limits, None and empty for a point left out. `reason` says in words
    why it is flagged or left out. `low` and `high` are the bounds of a suppressed or censored value, else NaN.
    """

    position: int
    period: Period
    value: float
    phase: Phase
    left_out: LeftOut | None
    status: Status | None
    rules: tuple[RuleHit, ...]
    reason: str
    low: float
    high: float

    @property
    def used(self) -> bool:
        """Whether the point takes part in limits, tests and effects."""
        return self.left_out is None


@dataclass(frozen=True)
class Effect:
    """The change from before to after with its 95 % interval, in the held unit of the measure and relative to before.

    Counts and money: per period. Relative values are shares (−0.09 is −9 %), NaN where the level before is 0 or the
    same people were measured twice. `derived` says which of the two was worked out from the other. `dispersion` is how
    many times more the values vary within a phase than chance alone would have them (at least 1), NaN where unused.
    `comparison` is the engine's raw result on the totals, without floors or widening. `key` names the method in the
    registry of methods (`resources/methods.json`); `p` goes with the guarded interval. `likeness` is the correlation of
    neighbouring periods for which the interval was made `widening` times as wide.
    """

    absolute: float
    absolute_lower: float
    absolute_upper: float
    relative: float
    relative_lower: float
    relative_upper: float
    before: float
    after: float
    unit: str
    n_before: int
    n_after: int
    method: str
    derived: str
    early: bool
    dispersion: float = nan
    comparison: Comparison | None = None
    key: str = ""
    p: float = nan
    likeness: float = 0.0
    widening: float = 1.0

    @property
    def excludes_no_change(self) -> bool:
        """Whether the interval lies wholly on one side of no change."""
        return self.absolute_lower > 0 or self.absolute_upper < 0

    @property
    def has_relative(self) -> bool:
        """Whether there is a relative change to show."""
        return isfinite(self.relative) and isfinite(self.relative_lower) and isfinite(self.relative_upper)


@dataclass(frozen=True)
class TooEarly:
    """No estimate yet: how many there are, how many are needed, of what, and why in words.

    `have` equals `need` where numbers are not the trouble (the values do not vary at all).
    """

    have: int
    need: int
    of: str
    reason: str

    @property
    def table_text(self) -> str:
        """`too early (2 of 12)`, for a table."""
        return f"too early ({self.have} of {self.need})" if self.have < self.need else "no estimate"


@dataclass(frozen=True)
class Detectable:
    """The smallest change the data could show 4 times in 5; `relative` is a share, `absolute` in the held unit."""

    relative: float
    absolute: float
    n_before: int
    n_after: int
    text: str


@dataclass(frozen=True)
class Reason:
    """One fact the evidence level rests on, or lacks."""

    code: str
    met: bool
    text: str


@dataclass(frozen=True)
class EvidenceLevel:
    """How far a design can carry a claim, never how large the result is. `scale` names what `level` is counted on."""

    level: int
    of: int
    scale: str
    nesta: str
    grade: str
    summary: str
    reasons: tuple[Reason, ...]
    to_raise: str

    @property
    def label(self) -> str:
        """`Level 2 of 5`."""
        return f"Level\u00a0{self.level} of {self.of}"


@dataclass(frozen=True)
class Caution:
    """Something to bear in mind; the code never changes."""

    code: str
    text: str


@dataclass(frozen=True)
class Variation:
    """What the chart rules say beside the effect: status of the last used point, and the signal after launch."""

    status: Status
    last_point: str
    signal: str


@dataclass(frozen=True)
class Texts:
    """The words of a finding, built once and quoted everywhere.

    `sentence` is short and stands above the figure; `statement` stands alone, with interval and n; `headline` is the
    figure; `key_change` and `interval_short` are for a table of roles.
    """

    sentence: str
    statement: str
    headline: str
    interval_line: str
    n_line: str
    method_line: str
    chart_title: str
    chart_note: str
    alt_text: str
    key_change: str
    interval_short: str


@dataclass(frozen=True)
class MeasureFinding:
    """All that is said of one measure of one role.

    `xmr` has the limits of the time before launch, frozen and extended; `rebased` starts again after launch and gives
    the new mean. Both are None below 7 points. Positions in both are positions in `points`. `before_mean` and
    `after_mean` are plain means of the used values (the lines of the chart), NaN where there are none. `limits_set_by`
    are the decisions a person recorded about the limits. `compared` has the comparators first, then the benchmarks.
    """

    measure: MeasureFacts
    points: tuple[Point, ...]
    xmr: XmrChart | None
    rebased: XmrChart | None
    limits: Limits
    preset: str
    n_before: int
    n_after: int
    n_provisional: int
    before_mean: float
    after_mean: float
    effect: Effect | TooEarly
    verdict: Verdict
    variation: Variation | None
    evidence: EvidenceLevel
    cautions: tuple[Caution, ...]
    detectable: Detectable | None
    due: tuple[Period, ...]
    full_answer_from: Period | None
    texts: Texts
    input_hash: str
    fitted: FittedChange | TooEarly
    compared: tuple[ComparatorFinding, ...] = ()
    after_end: AfterEnd | None = None
    plan: Plan | None = None
    icons: Icons | None = None
    limits_set_by: tuple[EventFacts, ...] = ()
    engine: str = ENGINE_VERSION

    @property
    def sentence(self) -> str:
        """The finding in one short sentence."""
        return self.texts.sentence

    @property
    def is_early(self) -> bool:
        """Whether there is no estimate, or one from fewer than 12 periods after launch."""
        return isinstance(self.effect, TooEarly) or self.effect.early


@dataclass(frozen=True)
class RoleFinding:
    """All that is said of one role: a finding a measure, the leading one named."""

    role: RoleFacts
    measures: tuple[MeasureFinding, ...]
    leading: MeasureFinding | None
    evidence: EvidenceLevel | None
    key_change: str
    interval_text: str
    cautions: tuple[Caution, ...]
    due: tuple[Period, ...]
    input_hash: str
    multiplicity: Multiplicity | None = None
    engine: str = ENGINE_VERSION
