"""A role's recorded lines as the appraisal takes them, and what keeps a line out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analysis.economics.amounts import exact
from analysis.economics.appraisal import BenefitItem, CostItem, Frame
from analysis.economics.measured import BY_VOLUME, twice_corrected
from analysis.economics.pay_lines import lacking_of_pay, pay_items
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts, PayLineFacts
from analysis.vocabulary import BenefitClass, CostKind, CostPhase
from analysis.wording import plural

KINDS = {CostKind.ONE_OFF: "one_off", CostKind.MONTHLY: "monthly", CostKind.ANNUAL: "annual"}


def frame_of(facts: AppraisalFacts) -> Frame:
    """The appraisal's frame."""
    return Frame(facts.start, facts.months, facts.base_year, facts.deflator, facts.rates, facts.timing)


def cost_items_of(facts: AppraisalFacts, phase: CostPhase = CostPhase.AFTER) -> list[CostItem]:
    """Known costs of the role itself (or of the service before it), posts with their on-costs first."""
    posts = [item for line in facts.pay if line.phase is phase for item in pay_items(line, facts.pay_rates)]
    lines = [line for line in facts.costs if line.phase is phase and not lacking_of_cost(line)]
    return posts + [_cost_item(line, facts) for line in lines]


def lacking_of_cost(line: CostLineFacts) -> tuple[str, ...]:
    """What must still be said of a cost line before it can be counted; nothing is assumed for it."""
    found = [] if line.amount_pence is not None else ["the amount"]
    if line.kind in BY_VOLUME and line.volume.a_month is None:
        found.append(f"its volume ({line.volume.why_not})")
    return tuple(found)


def _cost_item(line: CostLineFacts, facts: AppraisalFacts) -> CostItem:
    amount = Decimal(line.amount_pence or 0) / 100
    kind = KINDS.get(line.kind)
    if kind is None:
        kind = "annual" if line.kind is CostKind.PER_POST else "monthly"
        amount *= exact(line.volume.a_month or 0)
    return CostItem(
        id=f"cost {line.id}",
        kind=kind,
        amount=amount,
        price_year=line.price_year or facts.base_year,
        payer=line.payer or "Not stated",
        start=line.start,
        end=line.end,
        optimism_bias=exact(line.optimism_bias or "0"),
        real_growth=exact(line.real_growth or "0"),
    )


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
        deadweight=exact(line.anyway or "0"),
        attribution=exact(line.due or "0"),
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
    "anyway": "what would have happened anyway",
    "due": "the share due to the role",
}


def lacking(line: BenefitLineFacts) -> tuple[str, ...]:
    """What must still be said of a benefit line before any net value; nothing is assumed for it."""
    missing = {name: words for name, words in _NEEDED.items() if getattr(line, name) is None}
    if line.taken is not None and line.taken.why_not:
        missing = {name: words for name, words in missing.items() if name not in ("before", "after")}
        return (f"an effect ({line.taken.why_not})", *missing.values())
    return tuple(missing.values())


def not_known(facts: AppraisalFacts) -> tuple[str, ...]:
    """Names of costs whose amount or volume is not known: counted, never taken as nothing."""
    posts = tuple(line.label for line in facts.pay if lacking_of_pay(line, facts.pay_rates))
    costs = tuple(line.label for line in facts.costs if lacking_of_cost(line))
    return posts + costs


def effects_not_known(facts: AppraisalFacts) -> tuple[str, ...]:
    """Names of benefits whose measure gives no effect yet: counted, never taken as nothing."""
    return tuple(line.label for line in facts.benefits if line.taken and line.taken.why_not)


def unknown_words(facts: AppraisalFacts) -> str:
    """How much is not known: `2 costs and 1 benefit not known`; empty when all is known."""
    counts = ((len(not_known(facts)), "cost"), (len(effects_not_known(facts)), "benefit"))
    parts = [plural(count, one) for count, one in counts if count]
    return f"{' and '.join(parts)} not known" if parts else ""


def warnings_of(facts: AppraisalFacts) -> tuple[str, ...]:
    """What makes the answer doubtful though it can be given: marked beside it, never silently mended."""
    twice = [words for line in facts.benefits if (words := twice_corrected(line))]
    return tuple(twice) + paid_twice(facts.costs, facts.pay)


def paid_twice(costs: Sequence[CostLineFacts], pay: Sequence[PayLineFacts]) -> tuple[str, ...]:
    """The warning where pay stands among the costs of a phase that has posts as well."""
    phases = {line.phase for line in pay}
    held = [line.label for line in costs if line.category.strip().lower() == "pay" and line.phase in phases]
    return (f"{', '.join(held)}: pay stands under Pay as well, so it is counted twice.",) if held else ()


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
