"""Sheets of what the role costs and releases: plan lines, actual spend, the three answers, by year and organisation."""

from __future__ import annotations

from decimal import Decimal
from math import isclose

from analysis.economics.measured import taken_words, twice_corrected
from analysis.economics.pay_lines import CENTRAL_PAYER, PostCost
from analysis.economics.role_lines import lacking
from analysis.periods import date_label
from analysis.plan import BenefitLineFacts, CostLineFacts
from analysis.vocabulary import CostPhase
from analysis.wording import plural
from exporters.declared import Cell, Column, Formula, Kind, Sheet
from exporters.protected_role import ProtectedRole, band
from exporters.report import Report
from exporters.values import CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE, cell_number

NUMBER = Column("no", "Role", Kind.NUMBER, 0, "number", 12.0)
ROLE = Column("role", "Role", width=26.0)


def pounds_column(key: str, title: str, *, pence: bool = False) -> Column:
    """A column of money."""
    return Column(key, title, Kind.PENCE if pence else Kind.POUNDS, unit="£", width=15.0)


def plan_costs(report: Report) -> Sheet:
    """The plan: every cost line, known or not."""
    rows: list[tuple[Cell, ...]] = []
    for role in report.roles:
        rows += [row for post in role.economics.posts for row in _post_rows(role, post)]
        rows += [_cost_row(role, line) for line in role.economics.facts.costs]
    few = any(role.few_staff and role.economics.facts.costs for role in report.roles)
    return Sheet(
        name="Plan_costs",
        title="Planned costs of the role",
        about="What the role is planned to cost, line by line, and who pays",
        columns=(
            NUMBER,
            ROLE,
            Column("line", "Cost", width=30.0),
            Column("category", "Category", width=16.0),
            Column("phase", "Belongs to", width=18.0),
            Column("kind", "How it recurs", width=14.0),
            pounds_column("amount", "Amount", pence=True),
            Column("band", "Band", width=22.0),
            Column("prices", "Prices of", width=12.0),
            Column("first", "From", Kind.DATE, width=20.0),
            Column("last", "To", Kind.DATE, width=20.0),
            Column("payer", "Payer", width=28.0),
            pounds_column("present", "Present value"),
        ),
        rows=tuple(rows),
        source=report.came_from,
        lines=("An amount of [x] is not known; it is counted as not known, never as nothing.",),
        notes=("few_staff", "present_value") if few else ("present_value",),
    )


def _cost_row(role: ProtectedRole, line: CostLineFacts) -> tuple[Cell, ...]:
    hidden = line.id in role.hidden_costs
    pence = line.amount_pence
    amount: Cell = NOT_AVAILABLE if pence is None else CONFIDENTIAL if hidden else pence / 100
    banded = NOT_AVAILABLE if pence is None else band(pence)
    found = role.economics.appraisal
    present = found.cost_lines.get(f"cost {line.id}") if found else None
    return (
        role.number,
        role.label,
        line.label,
        line.category or "not stated",
        "the role" if line.phase.value == "after" else "the service before",
        line.kind.value,
        amount,
        banded,
        (line.price_year or role.economics.facts.base_year).replace("-", "/"),
        line.start,
        line.end or "no end",
        line.payer or "Not stated",
        CONFIDENTIAL if hidden and present is not None else _pounds(present),
    )


def _post_rows(role: ProtectedRole, post: PostCost) -> list[tuple[Cell, ...]]:
    """A post as its employer pays it, and the part of its pension that is paid centrally."""
    line, found = post.line, role.economics.appraisal
    what = f"{line.label}: {plural(line.people, 'person', 'people')} at {line.wte_each} WTE"
    parts = [(what, line.payer, post.cost.employer_total if post.cost else None, f"pay {line.id}")]
    if post.cost and post.cost.central_pension:
        central = line.central_payer or CENTRAL_PAYER
        words = f"{line.label}: pension paid centrally"
        parts.append((words, central, post.cost.central_pension, f"pay {line.id} central"))
    return [
        (
            role.number,
            role.label,
            label,
            "pay",
            "the role" if line.phase is CostPhase.AFTER else "the service before",
            "annual",
            _pounds(amount),
            NOT_AVAILABLE if amount is None else band(int(amount * 100)),
            line.pay_year.replace("-", "/"),
            line.start,
            line.end or "no end",
            payer or "Not stated",
            _pounds(found.cost_lines.get(key) if found else None),
        )
        for label, payer, amount, key in parts
    ]


def _pounds(value: Decimal | float | None) -> Cell:
    return NOT_AVAILABLE if value is None else float(value)


def actual_costs(report: Report) -> Sheet:
    """Actual monthly spend before and after launch, and what one contact or client cost."""
    rows = [row for role in report.roles for row in _actual_rows(role)]
    return Sheet(
        name="Actual_costs",
        title="Actual costs before and after launch",
        about="Mean monthly spend before and after launch, and cost of one contact or client",
        columns=(
            NUMBER,
            ROLE,
            Column("what", "What", width=34.0),
            pounds_column("total", "Total", pence=True),
            Column("count", "Divided by", Kind.NUMBER, 0, "number", 12.0),
            Column("of", "Which are", width=26.0),
            pounds_column("result", "Result", pence=True),
            Column("months", "Months", Kind.NUMBER, 0, "number", 10.0),
        ),
        rows=tuple(rows),
        source=report.came_from,
        lines=_units_said(report),
        notes=("live", "exact_sums") if _divides(report) else ("live",),
    )


def _divides(report: Report) -> bool:
    """Whether any amount stands divided by a count that the policy would look at."""
    return report.policy.protects and any(role.economics.unit_costs for role in report.roles)


def _units_said(report: Report) -> tuple[str, ...]:
    return tuple(
        f"{role.label}: the cost of one {name} is not shown, because its count holds small numbers that are hidden or "
        "would be given back."
        for role in report.roles
        for name in role.units_withheld
    )


def _actual_rows(role: ProtectedRole) -> list[tuple[Cell, ...]]:
    held = role.economics
    rows: list[tuple[Cell, ...]] = []
    for what, cost in (("before launch", held.cost_before), ("after launch", held.cost_after)):
        if cost:
            span = f"{cost.first.long_label} to {cost.last.long_label}"
            result = Formula("={total}/{count}", cost.mean)
            total = cost.mean * cost.months
            rows.append(
                (role.number, role.label, f"Mean a month {what}", total, cost.months, span, result, cost.months)
            )
    for unit in held.unit_costs:
        result = Formula("={total}/{count}", unit.pounds)
        text, of = f"Cost of one {unit.name}", f"{unit.name}s after launch"
        rows.append((role.number, role.label, text, unit.cost, unit.count, of, result, unit.months))
    return rows


def plan_and_actual(report: Report) -> Sheet:
    """Planned and actual money month by month."""
    rows: list[tuple[Cell, ...]] = []
    for role in report.roles:
        for month in role.economics.plan.months if role.economics.plan else ():
            if not report.shows(month.period.start, month.period.end):
                continue
            over: Cell = NOT_AVAILABLE
            if month.actual is not None:
                over = Formula("={actual}-{planned}", month.actual - month.planned)
            rows.append((role.number, role.label, month.period.long_label, month.planned, _pounds(month.actual), over))
    lines = [f"{r.label}: {r.economics.plan.sentence}" for r in report.roles if r.economics.plan]
    return Sheet(
        name="Plan_and_actual",
        title="Plan against actual spend by month",
        about="Planned and actual spend, month by month",
        columns=(
            NUMBER,
            ROLE,
            Column("period", "Period", width=20.0),
            pounds_column("planned", "Planned", pence=True),
            pounds_column("actual", "Actual", pence=True),
            pounds_column("over", "Actual less planned", pence=True),
        ),
        rows=tuple(rows),
        source=report.came_from,
        lines=(*lines, "In the prices the lines were entered in."),
        notes=("live",),
    )


def benefits(report: Report) -> Sheet:
    """The plan: every benefit line with what must be believed for it."""
    each = "a month"
    return Sheet(
        name="Benefits",
        title="What the role is counted to release",
        about="Benefit lines: volumes, unit costs, the share due to the role, and what is cash",
        columns=(
            NUMBER,
            ROLE,
            Column("line", "Benefit", width=24.0),
            Column("before", "Volume before", Kind.NUMBER, 1, each),
            Column("after", "Volume after", Kind.NUMBER, 1, each),
            pounds_column("unit", "Unit cost", pence=True),
            Column("deadweight", "Would have happened anyway", Kind.SHARE, 0, "%", 14.0),
            Column("attribution", "Share due to the role", Kind.SHARE, 0, "%"),
            Column("displaced", "Moved elsewhere", Kind.SHARE, 0, "%", 14.0),
            Column("counted", "Counted change", Kind.NUMBER, 2, each),
            Column("cash", "Of which cash", Kind.SHARE, 0, "%"),
            Column("recipient", "Who gains", width=22.0),
            pounds_column("present", "Present value"),
            Column("why", "Reason for cash, source of unit cost, what is missing", width=40.0),
        ),
        rows=tuple(_benefit_row(role, line) for role in report.roles for line in role.economics.facts.benefits),
        source=report.came_from,
        lines=(
            "Volumes are assumptions of the plan, typed by the team, unless a line names the measure they come from.",
            "A share of [x] has not been given.",
        ),
        notes=("capacity", "present_value", "live"),
    )


def _benefit_row(role: ProtectedRole, line: BenefitLineFacts) -> tuple[Cell, ...]:
    hidden = line.id in role.hidden_volumes
    volumes = [CONFIDENTIAL if hidden and v is not None else cell_number(v) for v in (line.before, line.after)]
    found = role.economics.appraisal
    held = found.benefit_lines.get(f"benefit {line.id}") if found else None
    parts = [line.cashability_reason, line.unit_cost_source, *_plan_words(line)]
    parts += [f"missing: {words}" for words in lacking(line)]
    parts += [words for words in (taken_words(line), twice_corrected(line)) if words]
    return (
        role.number,
        role.label,
        line.label,
        *volumes,
        NOT_AVAILABLE if line.unit_cost_pence is None else line.unit_cost_pence / 100,
        _share(line.anyway),
        _share(line.due),
        _share(line.displacement),
        _counted(line, hidden=hidden),
        _share(line.cashability),
        line.recipient or "Not stated",
        _pounds(held.pv if held else None),
        "; ".join(part for part in parts if part) or "none",
    )


def _plan_words(line: BenefitLineFacts) -> list[str]:
    """What stops, who decides and by when, as far as it is said; no volume is among it."""
    held = [(line.what_stops, "stops: "), (line.who_decides, "decided by: ")]
    words = [f"{before}{text}" for text, before in held if text]
    words += [f"by {date_label(line.decide_by)}"] if line.decide_by else []
    words += [f"cash in whole blocks of {line.block_units:g} a year"] if line.block_units else []
    return [*words, f"evidence grade {line.evidence_grade}"] if line.evidence_grade else words


def _share(text: str | None) -> Cell:
    return NOT_AVAILABLE if text is None or not text else float(Decimal(text))


def _counted(line: BenefitLineFacts, *, hidden: bool) -> Cell:
    if lacking(line) or line.before is None or line.after is None:
        return NOT_AVAILABLE
    if hidden:
        return CONFIDENTIAL
    first, second = ("after", "before") if line.direction.value == "increase" else ("before", "after")
    change = line.after - line.before if first == "after" else line.before - line.after
    shares = [float(Decimal(text or "0")) for text in (line.anyway, line.due, line.displacement)]
    value = change * (1 - shares[0]) * shares[1] * (1 - shares[2])
    return Formula(f"=({{{first}}}-{{{second}}})*(1-{{deadweight}})*{{attribution}}*(1-{{displaced}})", value)


def organisations(report: Report) -> Sheet:
    """Who pays and who gains."""
    rows: list[tuple[Cell, ...]] = []
    for role in report.roles:
        found = role.economics.appraisal
        for name, held in (found.organisations if found else {}).items():
            figures = [float(v) for v in (held.pv_costs, held.pv_cash_releasing, held.pv_non_cash_releasing)]
            nets = (
                Formula("={cash}-{costs}", float(held.net_cash)),
                Formula("={cash}+{capacity}-{costs}", float(held.net)),
            )
            rows.append((role.number, role.label, name, *figures, *nets))
    return Sheet(
        name="By_organisation",
        title="Who pays and who gains",
        about="Present value of costs and benefits for each organisation",
        columns=(
            NUMBER,
            ROLE,
            Column("name", "Organisation", width=30.0),
            pounds_column("costs", "Pays"),
            pounds_column("cash", "Gains in cash"),
            pounds_column("capacity", "Gains in capacity"),
            pounds_column("net_cash", "Net in cash"),
            pounds_column("net", "Net, cash and capacity"),
        ),
        rows=tuple(rows),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=("Present values, public sector benefits only.",),
        notes=("present_value", "capacity", "live"),
    )


def break_even(report: Report) -> Sheet:
    """How much of one thing would pay for the role."""
    rows: list[tuple[Cell, ...]] = []
    names: list[tuple[str, str]] = []
    for role in report.roles:
        yearly = role.economics.yearly_cost
        for line in role.economics.break_even:
            if not any(name == f"Yearly_cost_{role.number}" for name, _ in names):
                names.append((f"Yearly_cost_{role.number}", f"{{yearly[{len(rows) + 1}]}}"))
            hidden = line.counted_a_month is None
            need: Cell = NOT_APPLICABLE
            if line.volume_a_month is not None and yearly is not None:
                need = _need(role, float(yearly), float(line.unit_cost), float(line.volume_a_month))
            cash = NOT_APPLICABLE if line.cash_volume_a_month is None else float(line.cash_volume_a_month)
            counted = NOT_AVAILABLE if hidden else float(line.counted_a_month or 0)
            unit = float(line.unit_cost)
            rows.append(
                (role.number, role.label, line.label, _pounds(yearly), unit, need, cash, counted, line.sentence)
            )
    return Sheet(
        name="Break_even",
        title="What the role must avoid to pay for itself",
        about="Units of one thing a month that would pay for the role",
        columns=(
            NUMBER,
            ROLE,
            Column("thing", "On this alone", width=26.0),
            pounds_column("yearly", "Cost of a full year", pence=True),
            pounds_column("unit", "Unit cost", pence=True),
            Column("need", "Needed", Kind.NUMBER, 1, "a month"),
            Column("cash", "Needed in cash", Kind.NUMBER, 1, "a month"),
            Column("counted", "Counted in the plan", Kind.NUMBER, 1, "a month"),
            Column("sentence", "In words", width=50.0),
        ),
        rows=tuple(rows),
        source=f"{report.came_from}; calculated by Roleworth",
        notes=("live",),
        names=tuple(names),
    )


def _need(role: ProtectedRole, yearly: float, unit: float, need: float) -> Cell:
    if not isclose(yearly / 12 / unit, need, rel_tol=1e-9):
        return need
    return Formula(f"=Yearly_cost_{role.number}/12/{{unit}}", need)
