"""Everything that is said of one role's money beyond the three answers, as far as the record carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from analysis.economics.appraisal import BenefitItem, CostItem, Frame
from analysis.economics.appraisal_results import Appraisal
from analysis.economics.further_costs import (
    curve_of,
    equivalent_annual,
    post_unit,
    service_before,
    switching_lines,
    unit_cost_changes,
)
from analysis.economics.further_outcomes import (
    outcome_lacks,
    outcome_views,
    scale_lacks,
    scale_view,
    staff_time_lacks,
    staff_time_view,
)
from analysis.economics.further_shapes import Further
from analysis.economics.role_lines import cost_items_of
from analysis.plan import AppraisalFacts
from analysis.vocabulary import CostPhase, Series, Timeline

if TYPE_CHECKING:
    from analysis.arrays import FloatArray

NO_NET = "Give what it costs and what it releases first: without a net value nothing can be set against it."


def further_of(
    facts: AppraisalFacts,
    all_series: Sequence[Series],
    timeline: Timeline,
    plan: tuple[Frame, Sequence[CostItem], Sequence[BenefitItem]],
    found: Appraisal | None,
    *,
    labels: Mapping[str, str],
    draws: FloatArray | None = None,
    is_priced: bool = True,
    yearly: Decimal | None = None,
) -> Further:
    """All further answers. `found` is the public appraisal, None while there is no net value; `draws` its simulation.

    `is_priced` is False where a price year has no index value: then nothing of the plan is put together. `yearly` is
    the cost of a full year of the role.
    """
    frame, costs, benefits = plan
    service = service_before(frame, cost_items_of(facts, CostPhase.BEFORE), yearly) if is_priced else (None, "")
    annual, said = equivalent_annual(frame, found.npv) if found else (None, "")
    missing = {
        "outcomes": outcome_lacks(facts) or ("" if found else NO_NET),
        "scale": scale_lacks(facts.scale),
        "staff time": staff_time_lacks(facts.staff_time),
    }
    return Further(
        unit_costs=unit_cost_changes(facts, all_series, timeline),
        posts=post_unit(facts, frame, costs) if is_priced else None,
        before_a_year=service[0],
        before_sentence=service[1],
        equivalent_annual=annual,
        equivalent_annual_sentence=said,
        switching=switching_lines(found, benefits, labels) if found else (),
        curve=curve_of(frame, costs, benefits, found) if found else None,
        outcomes=outcome_views(facts, frame, found.npv, draws) if found else (),
        scale=scale_view(facts.scale) if facts.scale is not None and not missing["scale"] else None,
        staff_time=staff_time_view(facts.staff_time) if facts.staff_time and not missing["staff time"] else None,
        missing=tuple((name, words) for name, words in missing.items() if words),
    )
