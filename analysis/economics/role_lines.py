"""A role's recorded lines as the appraisal takes them, and what keeps a line out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from analysis.economics.amounts import exact
from analysis.economics.appraisal import BenefitItem, CostItem, Frame
from analysis.economics.pay_lines import lacking_of_pay, pay_items
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts
from analysis.vocabulary import BenefitClass, CostKind, CostPhase

PER_ACTIVITY = {CostKind.PER_CLIENT: "clients", CostKind.PER_CONTACT: "contacts", CostKind.PER_POST: "posts"}
KINDS = {CostKind.ONE_OFF: "one_off", CostKind.MONTHLY: "monthly", CostKind.ANNUAL: "annual"}


def frame_of(facts: AppraisalFacts) -> Frame:
    """The appraisal's frame."""
    return Frame(facts.start, facts.months, facts.base_year, facts.deflator, facts.schedule, facts.timing)


def cost_items_of(facts: AppraisalFacts, activity: Mapping[str, float]) -> list[CostItem]:
    """Known costs of the role itself, posts with their on-costs first.

    `activity` is clients, contacts and posts a month, for lines that go by them.
    """
    posts = [item for line in facts.pay if line.phase is CostPhase.AFTER for item in pay_items(line, facts.pay_rates)]
    lines = [line for line in facts.costs if line.phase is CostPhase.AFTER]
    return posts + [item for line in lines if (item := _cost_item(line, facts, activity)) is not None]


def _cost_item(line: CostLineFacts, facts: AppraisalFacts, activity: Mapping[str, float]) -> CostItem | None:
    if line.amount_pence is None:
        return None
    amount = Decimal(line.amount_pence) / 100
    kind = KINDS.get(line.kind)
    if kind is None:
        times = activity.get(PER_ACTIVITY[line.kind])
        if times is None:
            return None
        kind, amount = ("annual" if line.kind is CostKind.PER_POST else "monthly"), amount * exact(times)
    year = line.price_year or facts.base_year
    bias = exact(line.optimism_bias or "0")
    return CostItem(f"cost {line.id}", kind, amount, year, line.payer or "Not stated", line.start, line.end, bias)


def benefit_items_of(facts: AppraisalFacts) -> list[BenefitItem]:
    """Benefit lines of which everything is given."""
    return [_benefit_item(line, facts) for line in facts.benefits if not lacking(line)]


def _benefit_item(line: BenefitLineFacts, facts: AppraisalFacts) -> BenefitItem:
    return BenefitItem(
        id=f"benefit {line.id}",
        before=exact(line.before or 0),
        after=exact(line.after or 0),
        unit_cost=Decimal(line.unit_cost_pence or 0) / 100,
        price_year=line.price_year or facts.base_year,
        recipient=line.recipient or "Not stated",
        improvement_direction=line.direction.value,
        deadweight=exact(line.deadweight or "0"),
        attribution=exact(line.attribution or "0"),
        displacement=exact(line.displacement),
        drop_off=exact(line.drop_off),
        lag=line.lag_months,
        ramp=line.ramp_months,
        marginal_share=exact(line.marginal_share),
        cashability=exact(line.cashability),
        block=exact(line.block_units) if line.block_units else None,
        optimism_bias=exact(line.optimism_bias or "0"),
    )


def public_only(facts: AppraisalFacts, items: Sequence[BenefitItem]) -> list[BenefitItem]:
    """Benefits that public bodies could feel."""
    wider = {f"benefit {line.id}" for line in facts.benefits if line.benefit_class is BenefitClass.WIDER}
    return [item for item in items if item.id not in wider]


_NEEDED = {
    "unit_cost_pence": "a unit cost",
    "before": "the volume before",
    "after": "the volume after",
    "deadweight": "what would have happened anyway",
    "attribution": "the share due to the role",
}


def lacking(line: BenefitLineFacts) -> tuple[str, ...]:
    """What must still be said of a benefit line before any net value; nothing is assumed for it."""
    return tuple(words for name, words in _NEEDED.items() if getattr(line, name) is None)


def not_known(facts: AppraisalFacts) -> tuple[str, ...]:
    """Names of costs whose amount is not known: counted, never taken as nothing."""
    posts = tuple(line.label for line in facts.pay if lacking_of_pay(line, facts.pay_rates))
    return posts + tuple(line.label for line in facts.costs if line.amount_pence is None)


def labels_of(facts: AppraisalFacts) -> dict[str, str]:
    """Line id as the appraisal has it, to the label a person knows."""
    posts = {f"pay {line.id}": line.label for line in facts.pay}
    posts |= {f"pay {line.id} central": f"{line.label}, pension paid centrally" for line in facts.pay}
    costs = {f"cost {line.id}": line.label for line in facts.costs}
    return posts | costs | {f"benefit {line.id}": line.label for line in facts.benefits}


def price_gaps(facts: AppraisalFacts) -> tuple[str, ...]:
    """Price years the index cannot bring to the base year; while there are any, results are withheld."""
    held = {line.price_year for line in facts.costs} | {line.price_year for line in facts.benefits}
    held |= {line.pay_year for line in facts.pay if not lacking_of_pay(line, facts.pay_rates)}
    years = held - {facts.base_year, ""}
    if not years:
        return ()
    return tuple(sorted(year for year in years | {facts.base_year} if year not in facts.deflator))
