"""One role's money answered as far as the record carries it, and no further.

The ladder: role cost gives break-even; activity gives unit costs; activity before gives change; what would have
happened anyway and the share due to the role (neither has a default) give net values; a reason for cash gives the
cash answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.arrays import FloatArray
from analysis.economics.actuals import first_money, monthly_cost, plan_against_actual
from analysis.economics.amounts import total
from analysis.economics.appraisal import BenefitItem, CostItem, Frame, flows
from analysis.economics.appraisal_results import Appraisal, appraise
from analysis.economics.break_even import break_even
from analysis.economics.further import further_of
from analysis.economics.likelihood import Likelihood, drawn, likelihood
from analysis.economics.pay_lines import posts_of
from analysis.economics.role_lines import (
    benefit_items_of,
    cost_items_of,
    frame_of,
    labels_of,
    lacking,
    not_known,
    price_gaps,
    public_only,
    unknown_words,
    warnings_of,
)
from analysis.economics.role_shapes import BreakEvenLine, RoleEconomics, Sensitivity, View, ViewKey, YearNet
from analysis.economics.role_words import (
    break_even_line,
    break_even_summary,
    doubted,
    frame_words,
    ladder_of,
    view_words,
    worth_it,
    worth_it_short,
)
from analysis.economics.sensitivity import changes_for, one_way_range, sensitivities
from analysis.periods import add_months, month_label
from analysis.plan import AppraisalFacts
from analysis.vocabulary import Phase, Series, Timeline

ENGINE = "roleworth economics 1"


def role_economics(facts: AppraisalFacts, all_series: Sequence[Series], timeline: Timeline) -> RoleEconomics:
    """Answer what a role costs and whether it is worth it.

    Money measures are actual spend; cost and benefit lines are the plan. Costs not known are counted and named, never
    taken as nothing. A price year without an index value withholds every net value. Lines that go by a measure have
    their volumes already (`analysis.measured_plan`).
    """
    money = first_money(all_series)
    frame, costs, benefits = frame_of(facts), cost_items_of(facts), benefit_items_of(facts)
    gaps = price_gaps(facts)
    yearly = None if gaps or not costs else _yearly_cost(frame, costs) or None
    lines = () if yearly is None else _break_even(facts, frame, yearly)
    complete = not gaps and bool(costs) and bool(benefits) and not any(lacking(b) for b in facts.benefits)
    answers = _answers(facts, frame, costs, benefits) if complete else _Answers()
    further = further_of(
        facts,
        all_series,
        timeline,
        (frame, costs, public_only(facts, benefits)),
        answers.found,
        labels=labels_of(facts),
        draws=answers.draws,
        is_priced=not gaps,
        yearly=yearly,
    )
    units = tuple(one.after for one in further.unit_costs if one.after is not None)
    before, after = (monthly_cost(money, timeline, phase) for phase in (Phase.BEFORE, Phase.AFTER))
    return RoleEconomics(
        facts=facts,
        cost_before=before,
        cost_after=after,
        plan=plan_against_actual(money, frame, costs),
        posts=posts_of(facts.pay, facts.pay_rates),
        unit_costs=units,
        yearly_cost=yearly,
        break_even=lines,
        break_even_sentence=break_even_summary(facts, yearly, lines),
        views=answers.views,
        years=answers.years,
        appraisal=answers.found,
        sensitivity=answers.bars,
        likelihood=answers.likely,
        further=further,
        ladder=ladder_of(facts, units, yearly, after is not None),
        not_known=not_known(facts),
        withheld=gaps,
        warnings=warnings_of(facts),
        labels=labels_of(facts),
        frame_sentence=frame_words(facts),
        worth_it=worth_it(answers.views, lines, gaps, unknown_words(facts), warnings_of(facts)),
        worth_it_short=worth_it_short(answers.views, lines),
        engine=ENGINE,
    )


def _yearly_cost(frame: Frame, costs: Sequence[CostItem]) -> Decimal:
    """Cost of the first full year in which one-off costs no longer fall: year 2 where there is one, else year 1."""
    spent = flows(frame, costs, ()).monthly("costs")
    return total(spent[12:24]) if len(spent) >= 24 else total(spent[:12])


def _break_even(facts: AppraisalFacts, frame: Frame, yearly: Decimal) -> tuple[BreakEvenLine, ...]:
    found = []
    items = {item.id: item for item in benefit_items_of(facts)}
    for line in facts.benefits:
        if line.unit_cost_pence:
            unit = Decimal(line.unit_cost_pence) / 100 * frame.prices(line.price_year or facts.base_year)
            answer = break_even(yearly / 12, unit, line.marginal_share, line.cashability)
            counted = _counted(items.get(f"benefit {line.id}"))
            found.append(break_even_line(line, unit, answer, counted))
    return tuple(found)


def _counted(item: BenefitItem | None) -> Decimal | None:
    if item is None:
        return None
    change = (item.before - item.after) * (-1 if item.improvement_direction == "increase" else 1)
    return change * (1 - item.deadweight) * item.attribution * (1 - item.displacement)


@dataclass(frozen=True)
class _Answers:
    views: tuple[View, ...] = ()
    years: tuple[YearNet, ...] = ()
    found: Appraisal | None = None
    bars: tuple[Sensitivity, ...] = ()
    likely: Likelihood | None = None
    draws: FloatArray | None = None


def _answers(facts: AppraisalFacts, frame: Frame, costs: list[CostItem], benefits: list[BenefitItem]) -> _Answers:
    public = public_only(facts, benefits)
    changes = changes_for(costs, public)
    found = appraise(frame, costs, public, tornado=changes)
    wide = appraise(frame, costs, benefits, tornado=changes_for(costs, benefits))
    rows = ((ViewKey.CASH, found), (ViewKey.PUBLIC, found), (ViewKey.WIDER, wide))
    wider = len(benefits) > len(public)
    views = tuple(_view(key, answer, frame, costs, public if answer is found else benefits) for key, answer in rows)
    views = tuple(doubted(view, warnings_of(facts)) for view in views)
    kept = views if wider else views[:2]
    draws = drawn(facts, frame, costs, public)
    likely = likelihood(facts, draws, costs, public, labels_of(facts))
    bars = sensitivities(found, changes, public)
    return _Answers(kept, _years(facts, found), found, bars, likely, draws.net if draws else None)


def _view(key: ViewKey, found: Appraisal, frame: Frame, costs: list[CostItem], benefits: list[BenefitItem]) -> View:
    cash = key is ViewKey.CASH
    benefit = found.pv_cash_releasing if cash else found.pv_benefits
    net = found.npv_cash if cash else found.npv
    ends = one_way_range(frame, costs, benefits, cash=cash)
    paid = found.cash_payback_month_sustained if cash else found.payback_month_sustained
    return view_words(key, found.pv_costs, benefit, net, (min(net, *ends), max(net, *ends)), paid, frame.months)


def _years(facts: AppraisalFacts, found: Appraisal) -> tuple[YearNet, ...]:
    rows = zip(found.annual.costs, found.annual.benefits, found.annual.cash_releasing, strict=True)
    return tuple(_year(facts, number, *row) for number, row in enumerate(rows))


def _year(facts: AppraisalFacts, number: int, cost: Decimal, benefit: Decimal, cash: Decimal) -> YearNet:
    first = add_months(facts.start, 12 * number)
    label = f"Year {number + 1}, from {month_label(first)}"
    return YearNet(label, cost, cash, benefit - cash, cash - cost, benefit - cost)
