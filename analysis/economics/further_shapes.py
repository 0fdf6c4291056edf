"""What is said of one role's money beyond the three answers: frozen shapes that screen, workbook and terminal read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.economics.efficiency import Efficiency
from analysis.economics.scale import Scale
from analysis.economics.unit_cost import UnitCost


@dataclass(frozen=True)
class UnitCostChange:
    """What one of something cost before and after launch; a side without both money and activity is None."""

    name: str
    before: UnitCost | None
    after: UnitCost | None
    sentence: str


@dataclass(frozen=True)
class PostUnit:
    """Cost of the role as planned over the whole-time equivalents planned for it, undiscounted pounds."""

    wte_months: Decimal
    cost: Decimal
    a_month: Decimal
    sentence: str


@dataclass(frozen=True)
class SwitchingLine:
    """What one thing would have to become for the net public value to be nothing; `needed` empty where it cannot."""

    name: str
    now: str
    needed: str
    sentence: str


@dataclass(frozen=True)
class Curve:
    """Pounds put together month by month, undiscounted base-year prices: cost, cash released, all public benefit."""

    months: tuple[str, ...]
    cost: tuple[float, ...]
    cash: tuple[float, ...]
    public: tuple[float, ...]
    paid_back: int | None
    cash_paid_back: int | None
    sentence: str


@dataclass(frozen=True)
class PlaneCloud:
    """Draws on the cost-effectiveness plane (a share of them), and the probability of being worth it by threshold.

    Points are (units of outcome gained, net cost in pounds). `frontier` is the probability of the option that is best
    on average at a threshold, `optimal` its name.
    """

    points: tuple[tuple[float, float], ...]
    thresholds: tuple[float, ...]
    probability: tuple[float, ...]
    frontier: tuple[float, ...]
    optimal: tuple[str, ...]
    quadrants: tuple[tuple[str, int], ...]
    draws: int


@dataclass(frozen=True)
class OutcomeView:
    """One valued outcome: units gained over the appraisal, net monetary benefit first, the ratio only where it means
    something. `worth` is the range of pounds for one unit, `nmb` the benefit at both ends of it."""

    label: str
    kind: str
    unit: str
    gained: Decimal
    gained_discounted: Decimal
    gained_health_rate: Decimal
    net_cost: Decimal
    quadrant: str
    icer: Decimal | None
    worth: tuple[Decimal, Decimal] | None
    nmb: tuple[Decimal, Decimal] | None
    break_even_gain: Decimal | None
    cloud: PlaneCloud | None
    sentence: str


@dataclass(frozen=True)
class ScaleView:
    """Net saving by number of posts, and how far the role must spread before anything can close."""

    found: Scale
    unit: str
    first_block_posts: int
    first_block_sites: int | None
    sentence: str


@dataclass(frozen=True)
class StaffTimeView:
    """Cheaper or dearer, faster or slower: what each did to the cost of a client."""

    found: Efficiency
    sentence: str


@dataclass(frozen=True)
class Further:
    """All of it; what the record cannot carry yet is None or empty, and `missing` says in words what it wants."""

    unit_costs: tuple[UnitCostChange, ...] = ()
    posts: PostUnit | None = None
    before_a_year: Decimal | None = None
    before_sentence: str = ""
    equivalent_annual: Decimal | None = None
    equivalent_annual_sentence: str = ""
    switching: tuple[SwitchingLine, ...] = ()
    curve: Curve | None = None
    outcomes: tuple[OutcomeView, ...] = ()
    scale: ScaleView | None = None
    staff_time: StaffTimeView | None = None
    missing: tuple[tuple[str, str], ...] = ()

    def lacks(self, what: str) -> str:
        """What one of the answers still wants, empty when it is given."""
        return dict(self.missing).get(what, "")
