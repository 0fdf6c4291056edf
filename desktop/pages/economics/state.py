"""The results of the Economics tab as one frozen state; figures are the answer's own, formatted once. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.economics.appraisal_results import Appraisal
from analysis.economics.role_lines import effects_not_known, lacking, unknown_words
from analysis.economics.role_shapes import MonthlyCost, RoleEconomics, View, ViewKey
from analysis.economics.role_words import TITLES, hundreds
from analysis.wording import interval, number, percent, plural, pounds, signed, signed_pounds
from desktop.charts.tornado import Bar, TornadoPicture, ticks_for
from desktop.pages.impact.explain import Explanation
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.marks import Kind, Shape

NO_WIDER = "No benefit to people or the wider public is entered, so this is not given."
YEARS_NOTE = "£, before discounting. Cash and capacity stand apart: only cash can leave a budget."
NO_RANGE = "Not yet. Needed: the least and the most of at least one cost, unit cost or volume after."
NEEDS_COST = "what the role costs"
NEEDS_BENEFIT = "at least one benefit"


@dataclass(frozen=True)
class AnswerState:
    """One of the three answers. `figure` empty: it cannot be given, and `sentence` says what is missing."""

    title: str
    figure: str
    chip: str
    shape: Shape
    sentence: str


@dataclass(frozen=True)
class LadderState:
    """What can be said now: steps with whether they are reached, and the two counts."""

    steps: tuple[tuple[bool, str, str], ...]
    reached: str
    unknown: str


@dataclass(frozen=True)
class TableCardState:
    """A table with the sentence under it; without a table the sentence says what is missing."""

    table: TableState | None
    sentence: str


@dataclass(frozen=True)
class ResultsState:
    """Everything the results show."""

    frame: str
    answers: tuple[AnswerState, ...]
    break_even: str
    break_even_lines: tuple[str, ...]
    payers: TableCardState
    ladder: LadderState
    likelihood: TableCardState
    tornado: TornadoPicture | None
    tornado_card: TableCardState
    spend: tuple[str, ...]
    plan: TableCardState
    years: TableCardState
    explanation: Explanation


def results_state(held: RoleEconomics) -> ResultsState:
    """The results as far as the record carries them."""
    missing = missing_below(held)
    return ResultsState(
        frame=held.frame_sentence,
        answers=tuple(_answer(held, key, missing_words(held)) for key in ViewKey),
        break_even=held.break_even_sentence,
        break_even_lines=tuple(line.sentence for line in held.break_even),
        payers=_payers(held.appraisal, missing),
        ladder=_ladder(held),
        likelihood=_likelihood(held, missing),
        tornado=_tornado(held),
        tornado_card=_tornado_table(held, missing),
        spend=_spend(held),
        plan=_plan(held),
        years=_years(held, missing),
        explanation=_explanation(held),
    )


def missing_words(held: RoleEconomics) -> str:
    """What keeps the net values back, in one sentence; empty when they are given."""
    if held.views:
        return ""
    if held.withheld:
        return f"Withheld: there is no price index for {', '.join(held.withheld)}."
    needs = [] if held.yearly_cost is not None else [NEEDS_COST]
    if not held.facts.benefits:
        needs.append(NEEDS_BENEFIT)
    gaps = [(line.label, lacking(line)) for line in held.facts.benefits]
    needs.extend(f"for {label}: {', '.join(missing)}" for label, missing in gaps if missing)
    return f"Not yet. Needed: {'; '.join(needs)}." if needs else "Not yet."


def missing_below(held: RoleEconomics) -> str:
    """The same for whatever stands under the three answers, which have said it already; empty when they are given."""
    missing = missing_words(held)
    if not missing:
        return ""
    return "Withheld, for the reason given above." if held.withheld else "Not yet: it needs what is named above."


_SHAPES = {"Above cost": Shape.ABOVE, "Below cost": Shape.BELOW, "At cost": Shape.SAME}


def _answer(held: RoleEconomics, key: ViewKey, missing: str) -> AnswerState:
    view = held.view(key)
    if view is None:
        return AnswerState(TITLES[key], "", "Not yet", Shape.NO_ANSWER, missing or NO_WIDER)
    figure = signed_pounds(hundreds(view.net))
    return AnswerState(view.title, figure, view.position, _SHAPES[view.position], view.sentence)


def _amounts(*values: Decimal) -> list[str]:
    return [number(float(value)) for value in values]


def _signed(*values: Decimal) -> list[str]:
    return [signed(float(value)) for value in values]


def _table(names: Sequence[str], rows: Sequence[Sequence[str]], *, total: bool = False) -> TableState:
    specs = tuple(ColumnSpec(name, number=at > 0, stretch=at == 0) for at, name in enumerate(names))
    last = len(names) - 1
    cells = tuple(
        tuple(TableCell(text, strong=at == last or (total and line is rows[-1])) for at, text in enumerate(line))
        for line in rows
    )
    return TableState(specs, cells, tuple(line[0] for line in rows), total=total)


def _payers(found: Appraisal | None, missing: str) -> TableCardState:
    if found is None:
        return TableCardState(None, missing)
    rows = [
        [
            name,
            *_amounts(held.pv_costs, held.pv_cash_releasing, held.pv_non_cash_releasing),
            *_signed(held.net_cash, held.net),
        ]
        for name, held in found.organisations.items()
    ]
    whole = _amounts(found.pv_costs, found.pv_cash_releasing, found.pv_non_cash_releasing)
    rows.append(["Total", *whole, *_signed(found.npv_cash, found.npv)])
    names = ("Organisation", "Pays", "Cash", "Capacity", "Net cash", "Net public")
    return TableCardState(_table(names, rows, total=True), _payers_sentence(found))


def _payers_sentence(found: Appraisal) -> str:
    """Who carries the cost, and how much of the gain could leave a budget."""
    parts = []
    if found.pv_costs > 0:
        name, most = max(found.organisations.items(), key=lambda item: item[1].pv_costs)
        parts.append(f"{name} pays {percent(float(most.pv_costs / found.pv_costs))} of the cost.")
    cash = pounds(hundreds(found.pv_cash_releasing))
    parts.append(f"{cash} could leave a budget; the rest of the gain is capacity.")
    return " ".join(parts)


def _ladder(held: RoleEconomics) -> LadderState:
    return LadderState(
        steps=tuple((step.done, step.title, step.gives) for step in held.ladder),
        reached=f"{held.steps_done} of {plural(len(held.ladder), 'step')}",
        unknown=unknown_words(held.facts),
    )


def _likelihood(held: RoleEconomics, missing: str) -> TableCardState:
    found = held.likelihood
    if found is None:
        return TableCardState(None, missing or NO_RANGE)
    rows = []
    for key, spread in ((ViewKey.PUBLIC, found.public), (ViewKey.CASH, found.cash)):
        ends = dict(spread.centiles)
        reach = [signed_pounds(hundreds(ends[at])) for at in (2.5, 25.0, 50.0, 75.0, 97.5)]
        rows.append([TITLES[key], *reach, percent(spread.p_positive)])
    names = ("Net value", "Lowest 2.5 %", "Lowest 25 %", "Middle", "Lowest 75 %", "Lowest 97.5 %", "Above cost")
    draws = f"{found.draws:,} draws, seed {found.seed}; each input varies apart."
    return TableCardState(_table(names, rows), f"{found.sentence} {draws}")


def _thousands(value: float) -> str:
    """`+£20k`, `£0`, `−£7.5k`: an amount on an axis."""
    if not value:
        return "£0"
    return f"{signed_pounds(value / 1000, 0 if value % 1000 == 0 else 1)}k"


def _tornado(held: RoleEconomics) -> TornadoPicture | None:
    public = held.view(ViewKey.PUBLIC)
    if public is None or not held.sensitivity:
        return None
    bars = tuple(
        Bar(one.name, float(one.npv_low), float(one.npv_high), one.low_input, one.high_input)
        for one in held.sensitivity
    )
    ticks = ticks_for(bars, float(public.net))
    words = signed_pounds(hundreds(public.net))
    return TornadoPicture(bars, float(public.net), words, _widest(held), ticks, tuple(map(_thousands, ticks)))


def _widest(held: RoleEconomics) -> str:
    first = held.sensitivity[0]
    reach = interval(*(signed_pounds(hundreds(value)) for value in (first.npv_low, first.npv_high)))
    return f"{first.name} matters most: {first.low_input} to {first.high_input} gives {reach}."


def _tornado_table(held: RoleEconomics, missing: str) -> TableCardState:
    if not held.sensitivity:
        return TableCardState(None, missing or "No input moves the answer.")
    rows = [
        [
            one.name,
            one.low_input,
            signed_pounds(hundreds(one.npv_low)),
            one.high_input,
            signed_pounds(hundreds(one.npv_high)),
        ]
        for one in held.sensitivity
    ]
    names = ("Input", "Less favourable", "Net value", "More favourable", "Net value then")
    return TableCardState(_table(names, rows), _widest(held))


def _spend(held: RoleEconomics) -> tuple[str, ...]:
    """Actual spend before and after, and what one contact or client cost."""
    lines = [
        f"{words} launch: {_monthly(cost)}" if cost else f"{words} launch: no spend is recorded."
        for words, cost in (("Before", held.cost_before), ("After", held.cost_after))
    ]
    given = {unit.name for unit in held.unit_costs}
    lines += [unit.sentence for unit in held.unit_costs]
    lines += [_NO_UNIT[name] for name in _NO_UNIT if name not in given]
    return tuple(lines)


_NO_UNIT = {
    "contact": "Cost of a contact: not yet. Needed: spend and contacts in the same months after launch.",
    "client": "Cost of a client: not yet. Needed: spend and new referrals in the same months after launch.",
}


def _monthly(cost: MonthlyCost) -> str:
    return (
        f"{pounds(cost.mean)} a month over {plural(cost.months, 'month')}, {cost.first.long_label} to "
        f"{cost.last.long_label}."
    )


def _plan(held: RoleEconomics) -> TableCardState:
    if held.plan is None:
        return TableCardState(None, "Not yet. Needed: actual spend by month, and cost lines to hold it against.")
    rows = [
        [
            month.period.long_label,
            number(month.planned),
            "not recorded" if month.actual is None else number(month.actual),
            "–" if month.actual is None else signed(month.actual - month.planned),
        ]
        for month in held.plan.months
    ]
    return TableCardState(_table(("Month", "Planned", "Spent", "Difference"), rows), held.plan.sentence)


def _years(held: RoleEconomics, missing: str) -> TableCardState:
    if not held.years:
        return TableCardState(None, missing)
    rows = [
        [year.label, *_amounts(year.cost, year.cash, year.capacity), *_signed(year.net_cash, year.net_public)]
        for year in held.years
    ]
    names = ("Year", "Cost", "Cash", "Capacity", "Net cash", "Net public")
    return TableCardState(_table(names, rows), YEARS_NOTE)


METHOD = (
    "Break-even: what a month of the role costs, divided by what one thing avoided would really save.",
    "Net value: what is avoided, times its unit cost, less what would have happened anyway, times the share due to it.",
    "From that the cost of the role is taken, and each year is discounted.",
)


def _explanation(held: RoleEconomics) -> Explanation:
    """How the money answers are made."""
    parts = (
        ("Method", METHOD),
        ("Assumptions", (held.frame_sentence.replace(" · ", ", ") + ".",)),
        ("Break-even for each benefit", tuple(line.sentence for line in held.break_even)),
        ("The answers", tuple(f"{view.title}: {_sum(view)}" for view in held.views)),
        (
            "Not known",
            tuple(
                f"{name}: counted as not known, never as nothing."
                for name in (*held.not_known, *effects_not_known(held.facts))
            ),
        ),
        ("Source", (f"Engine {held.engine}.",)),
    )
    return Explanation("How this is made", tuple(part for part in parts if part[1]))


def _sum(view: View) -> str:
    amounts = [pounds(float(value)) for value in (view.benefit, view.cost)]
    return f"{amounts[0]} less {amounts[1]} is {signed_pounds(float(view.net))}, present values."


def chips_of(ladder: LadderState) -> tuple[tuple[Kind, str], ...]:
    """The counts of the ladder as chips."""
    known = ((Kind.NOTE, ladder.reached),)
    return (*known, (Kind.CHECK, ladder.unknown)) if ladder.unknown else known
