"""The words every room shares: what kinds of thing are recorded, and the frozen facts that analysis works on.

`db.queries` makes these facts, `analysis` reads them; neither recalculates what the other holds. Missing is NaN or
None, never zero. Money is integer pence in cost and benefit lines and pounds (double) in observations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.periods import Frequency, Period
from analysis.plain import Plain, as_plain

if TYPE_CHECKING:
    from analysis.arrays import FloatArray


class Arm(StrEnum):
    """Whose value it is: the role's, a comparator's, or a benchmark's."""

    ROLE = "role"
    COMPARATOR = "comparator"
    BENCHMARK = "benchmark"


class Phase(StrEnum):
    """Where a period lies against the launch. Never stored: it follows from dates."""

    BEFORE = "before"
    PHASE_IN = "phase-in"
    AFTER = "after"
    AFTER_END = "after the end"


class MeasureKind(StrEnum):
    """What a value is made of, which decides the method and the parts that are stored."""

    COUNT = "count"
    RATE = "rate"
    PROPORTION = "proportion"
    MEAN = "mean"
    PAIRED_MEAN = "paired mean"
    PAIRED_PROPORTION = "paired proportion"
    MONEY = "money"


class Purpose(StrEnum):
    """Why a measure is watched."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"
    COST = "cost"


class Direction(StrEnum):
    """Which way is better. NEUTRAL: neither, so a change is never called better or worse."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class State(StrEnum):
    """Whether there is a value and, if not, why not. Blank is no observation at all."""

    VALUE = "value"
    SUPPRESSED = "suppressed"
    CENSORED = "censored"
    MISSING_AT_SOURCE = "missing at source"
    NOT_APPLICABLE = "not applicable"
    NOT_COLLECTED = "not collected"


class Maturity(StrEnum):
    """How settled a value is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"


class Lifecycle(StrEnum):
    """What has become of the role."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    ABSORBED = "absorbed"
    MAINSTREAMED = "mainstreamed"


class Verdict(StrEnum):
    """What became of another way to meet the need."""

    NOT_CONSIDERED = "not considered"
    CONSIDERED = "considered"
    CHOSEN = "chosen"


class ComparatorKind(StrEnum):
    """What a comparator is."""

    OTHER_PLACE = "other place"
    BENCHMARK = "benchmark"
    EQUAL_NEED = "people outside the target group with equal need"
    EARLIER_COHORT = "own earlier cohort"


class Assignment(StrEnum):
    """How it was decided where, or for whom, the role was: the fact that levels 4 and 5 of the evidence rest on."""

    NONE = "none"
    QUASI_RANDOM = "quasi-random"
    RANDOM = "random"


class EventKind(StrEnum):
    """What sort of dated thing can move a series."""

    CHANGE = "change"
    DEFINITION = "new definition"
    SCHEME = "scheme"
    BASELINE = "baseline set"
    RECALCULATION = "limits recalculated"
    ROLE = "role changed"
    READINESS = "readiness changed"
    OTHER = "other"


class CostKind(StrEnum):
    """How a cost line recurs."""

    ONE_OFF = "one-off"
    MONTHLY = "monthly"
    ANNUAL = "annual"
    PER_CLIENT = "per client"
    PER_CONTACT = "per contact"
    PER_POST = "per post"


class CostPhase(StrEnum):
    """Whether a cost line belongs to the service before the role or to the role itself."""

    BEFORE = "before"
    AFTER = "after"


class BenefitClass(StrEnum):
    """Who could feel a benefit: public money and capacity, or the wider public."""

    PUBLIC = "public"
    WIDER = "wider"


@dataclass(frozen=True)
class Timeline:
    """The dates that give every period its phase. `phase_in_end` is the last day of phase-in, if any is declared."""

    launch: date | None
    phase_in_end: date | None = None
    ended: date | None = None


@dataclass(frozen=True)
class MeasureFacts:
    """A measure as one implementation uses it: definition and use together.

    `multiplier` scales a rate for showing (1,000 for "per 1,000"); a proportion is held as 0 to 1 and shown as %.
    `provisional_periods` is the number of most recent periods taken as provisional unless marked otherwise.
    `chosen_on` is when measure, expected direction and impact model were settled, `choice_changed_on` when one of them
    was last altered afterwards; `impact_model` is step, slope, step and slope, or empty.
    """

    id: int
    name: str
    kind: MeasureKind
    unit: str
    direction: Direction = Direction.NEUTRAL
    purpose: Purpose = Purpose.OUTCOME
    library_key: str = ""
    short_name: str = ""
    population: str = ""
    decimals: int = 0
    minimum: float | None = None
    maximum: float | None = None
    denominator_name: str = ""
    multiplier: float = 1.0
    people_count: bool = True
    target: float | None = None
    is_primary: bool = False
    frequency: Frequency = Frequency.MONTH
    provisional_periods: int = 0
    preset: str = "mdc"
    definition: str = ""
    definition_version: int = 1
    important_difference: float | None = None
    chosen_on: date | None = None
    choice_changed_on: date | None = None
    expected: Direction | None = None
    impact_model: str = ""

    @property
    def label(self) -> str:
        """The name with its population: `A&E attendances, aged 75+`."""
        return f"{self.name}, {self.population}" if self.population else self.name


@dataclass(frozen=True)
class ComparatorFacts:
    """What a series is held against, why it was chosen, and how it was decided who got the role."""

    name: str
    kind: ComparatorKind
    why_chosen: str = ""
    source: str = ""
    assignment: Assignment = Assignment.NONE
    same_definition: bool | None = None


@dataclass(frozen=True)
class Series:
    """The observations of one measure and one arm, in order of period, one row for each period held.

    All arrays have one entry per period. `values` is the value in the measure's unit (a proportion 0 to 1), NaN where
    there is none; `low` and `high` are the bounds of a suppressed or censored value. `numerators`, `denominators`,
    `sds`, `counts` (contributors), `change_means`, `change_sds`, `pairs` (people measured twice), `yes_to_no`,
    `no_to_yes` (those of them who changed) and `lost` (people lost to follow-up) are NaN where not recorded.
    `comparator` says what the comparator or benchmark arm is, None for the role's own arm.
    `maturities` holds the mark a person gave, None without one (`analysis.maturity` says what then holds).
    `set_aside` holds a reason or None. `sources` says in words where each value came from.
    """

    measure: MeasureFacts
    periods: tuple[Period, ...]
    values: FloatArray
    states: tuple[State, ...]
    maturities: tuple[Maturity | None, ...]
    set_aside: tuple[str | None, ...]
    low: FloatArray
    high: FloatArray
    numerators: FloatArray
    denominators: FloatArray
    sds: FloatArray
    counts: FloatArray
    change_means: FloatArray
    change_sds: FloatArray
    pairs: FloatArray
    yes_to_no: FloatArray
    no_to_yes: FloatArray
    lost: FloatArray
    sources: tuple[str, ...]
    definition_versions: tuple[int, ...]
    arm: Arm = Arm.ROLE
    arm_name: str = ""
    comparator: ComparatorFacts | None = None

    def __len__(self) -> int:
        return len(self.periods)


@dataclass(frozen=True)
class EventFacts:
    """A dated thing that can move a series; `end` is None for a single day.

    An `id` below 0 belongs to a break of the measure's own definition, which is changed with the measure.
    `arm` is where it happened: the role's place, the comparator's, or None for both alike.
    """

    id: int
    when: date
    title: str
    kind: EventKind = EventKind.OTHER
    end: date | None = None
    measure_id: int | None = None
    arm: Arm | None = Arm.ROLE


@dataclass(frozen=True)
class RoleFacts:
    """What analysis must know of one implementation besides its series.

    `method_chosen_on` is when the way of judging was recorded; before launch it counts as pre-specified.
    `selected_on_high_need` is True when people joined the caseload because a measure of theirs was high.
    `planned_wte` and `actual_wte` (the mean since launch) are whole-time equivalents, None where not known.
    """

    id: int
    name: str
    place: str
    timeline: Timeline
    lifecycle: Lifecycle = Lifecycle.RUNNING
    programme: str | None = None
    programme_start: date | None = None
    method_chosen_on: date | None = None
    selected_on_high_need: bool | None = None
    events: tuple[EventFacts, ...] = ()
    planned_wte: float | None = None
    actual_wte: float | None = None

    @cached_property
    def plain(self) -> Plain:
        """These facts as plain values, put together once for all measures of the role."""
        return as_plain(self)
