"""The cost and benefit lines as tables, and each line as the texts of its form. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import resources
from analysis.economics.role_lines import lacking
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts
from analysis.vocabulary import BenefitClass, CostKind, CostPhase, Direction
from analysis.wording import number, pence_as_pounds, percent
from desktop.pages.economics import reading
from desktop.pages.economics.reading import Reading, read_all
from desktop.pages.facts_form import FieldSpec
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.marks import Shape

KINDS = {
    "A year": CostKind.ANNUAL,
    "A month": CostKind.MONTHLY,
    "Once": CostKind.ONE_OFF,
    "Per client": CostKind.PER_CLIENT,
    "Per contact": CostKind.PER_CONTACT,
    "Per post, a year": CostKind.PER_POST,
}
PHASES = {"The role": CostPhase.AFTER, "The service before it": CostPhase.BEFORE}
DIRECTIONS = {"Less of it": Direction.DECREASE, "More of it": Direction.INCREASE}
CLASSES = {"Public bodies": BenefitClass.PUBLIC, "People and the wider public": BenefitClass.WIDER}
COST_TYPES = {"An average": "average", "What one less really saves": "marginal"}
GRADES: dict[str, str] = {row["words"]: row["grade"] for row in resources.load("cost_kinds")["grades"]}
CATEGORIES = tuple(row["category"] for row in resources.load("cost_kinds")["kinds"])

COST_FIELDS = (
    FieldSpec("label", "What it is", "Pay with on-costs"),
    FieldSpec("amount", "Amount", "£36,120, or: not known"),
    FieldSpec("kind", "How often", choices=tuple(KINDS)),
    FieldSpec("payer", "Who pays", "Northvale ICB"),
    FieldSpec("start", "From", "Apr 2024"),
    FieldSpec("end", "To (blank: no end)", "Mar 2027"),
    FieldSpec("price_year", "Prices of", "2024/25"),
    FieldSpec("phase", "Belongs to", choices=tuple(PHASES)),
    FieldSpec("category", "Kind of cost", "supervision", suggestions=CATEGORIES),
    FieldSpec("low", "At least", "£34,000"),
    FieldSpec("high", "At most", "£39,000"),
    FieldSpec("bias", "Added for optimism", "0 %"),
    FieldSpec("grade", "Evidence", choices=tuple(GRADES)),
    FieldSpec("source", "Where this comes from", "Budget statement of March"),
)
BENEFIT_FIELDS = (
    FieldSpec("label", "What is avoided or gained", "A&E attendances"),
    FieldSpec("direction", "Better is", choices=tuple(DIRECTIONS)),
    FieldSpec("before", "A month before", "214"),
    FieldSpec("after", "A month after", "195"),
    FieldSpec("unit_cost", "Cost of one", "£180"),
    FieldSpec("source", "Where that cost comes from", "Local price list 2024/25"),
    FieldSpec("price_year", "Prices of", "2024/25"),
    FieldSpec("recipient", "Who gains", "Northvale ICB"),
    FieldSpec("deadweight", "Would have happened anyway", "25 %"),
    FieldSpec("attribution", "Share due to the role", "70 %"),
    FieldSpec("cashability", "Share that leaves a budget", "0 %"),
    FieldSpec("cash_reason", "What leaves which budget", "One agency session was closed"),
    FieldSpec("lag", "Months before it begins", "1"),
    FieldSpec("ramp", "Months until it is full", "3"),
    FieldSpec("benefit_class", "Who could feel it", choices=tuple(CLASSES)),
    FieldSpec("displacement", "Moved elsewhere", "0 %"),
    FieldSpec("drop_off", "Fades each year by", "0 %"),
    FieldSpec("marginal", "Share of the cost that varies", "100 %"),
    FieldSpec("cost_type", "That cost is", choices=tuple(COST_TYPES)),
    FieldSpec("block", "Released only in blocks of, a year", "1,343"),
    FieldSpec("bias", "Taken off for optimism", "0 %"),
    FieldSpec("after_low", "After, at least", "190"),
    FieldSpec("after_high", "After, at most", "201"),
    FieldSpec("unit_low", "Cost of one, at least", "£160"),
    FieldSpec("unit_high", "Cost of one, at most", "£210"),
    FieldSpec("grade", "Evidence", choices=tuple(GRADES)),
    FieldSpec("overlap", "Same benefit as (a name for both)", "falls"),
    FieldSpec("stops", "What stops", "The agency session on Fridays"),
    FieldSpec("decides", "Who decides", "Director of operations"),
    FieldSpec("by", "By when", "31 Mar 2027"),
)
_COST_READERS = {
    "label": ("label", reading.needed),
    "amount": ("amount_pence", reading.pence),
    "kind": ("kind", reading.one_of(KINDS)),
    "payer": ("payer", reading.words),
    "start": ("start", reading.first_day),
    "end": ("end", reading.last_day),
    "price_year": ("price_year", reading.price_year),
    "phase": ("phase", reading.one_of(PHASES)),
    "category": ("category", reading.words),
    "low": ("low_pence", reading.pence),
    "high": ("high_pence", reading.pence),
    "bias": ("optimism_bias", reading.share_or_none),
    "grade": ("evidence_grade", reading.one_of(GRADES)),
    "source": ("source", reading.words),
}
_BENEFIT_READERS = {
    "label": ("label", reading.needed),
    "direction": ("direction", reading.one_of(DIRECTIONS)),
    "before": ("before", reading.figure),
    "after": ("after", reading.figure),
    "unit_cost": ("unit_cost_pence", reading.pence),
    "source": ("unit_cost_source", reading.words),
    "price_year": ("price_year", reading.price_year),
    "recipient": ("recipient", reading.words),
    "deadweight": ("deadweight", reading.share),
    "attribution": ("attribution", reading.share),
    "cashability": ("cashability", reading.share_or_none),
    "cash_reason": ("cashability_reason", reading.words),
    "lag": ("lag_months", reading.months),
    "ramp": ("ramp_months", reading.months),
    "benefit_class": ("benefit_class", reading.one_of(CLASSES)),
    "displacement": ("displacement", reading.share_or_none),
    "drop_off": ("drop_off", reading.share_or_none),
    "marginal": ("marginal_share", reading.share_or_whole),
    "cost_type": ("unit_cost_type", reading.one_of(COST_TYPES)),
    "block": ("block_units", reading.above_nothing),
    "bias": ("optimism_bias", reading.share_or_none),
    "after_low": ("after_low", reading.figure),
    "after_high": ("after_high", reading.figure),
    "unit_low": ("unit_cost_low_pence", reading.pence),
    "unit_high": ("unit_cost_high_pence", reading.pence),
    "grade": ("evidence_grade", reading.one_of(GRADES)),
    "overlap": ("overlap_group", reading.words),
    "stops": ("what_stops", reading.words),
    "decides": ("who_decides", reading.words),
    "by": ("decide_by", reading.last_day),
}


_COST_ORDER = (("low", "low_pence"), ("amount", "amount_pence"), ("high", "high_pence"))
_AFTER_ORDER = (("after_low", "after_low"), ("after", "after"), ("after_high", "after_high"))
_UNIT_ORDER = (
    ("unit_low", "unit_cost_low_pence"),
    ("unit_cost", "unit_cost_pence"),
    ("unit_high", "unit_cost_high_pence"),
)


def read_cost(texts: Mapping[str, str]) -> Reading:
    """A cost line from its texts."""
    found = read_all(texts, _COST_READERS)
    start, end = found.facts.get("start"), found.facts.get("end")
    if start and end and end < start:
        found = replace(found, faults={**found.faults, "end": "A cost cannot end before it starts."})
    return reading.in_order(found, _COST_ORDER)


def read_benefit(texts: Mapping[str, str]) -> Reading:
    """A benefit line from its texts; cash is only counted with its reason."""
    found = read_all(texts, _BENEFIT_READERS)
    cash = Decimal(found.facts.get("cashability") or "0")
    if cash > 0 and not found.facts.get("cashability_reason"):
        found = replace(found, faults={**found.faults, "cash_reason": reading.CASH_REASON})
    return reading.in_order(reading.in_order(found, _AFTER_ORDER), _UNIT_ORDER)


def word_of(choices: Mapping[str, object], held: object) -> str:
    """The words of a choice."""
    return next(words for words, value in choices.items() if value == held)


def cost_texts(line: CostLineFacts) -> dict[str, str]:
    """A cost line as the texts of its form."""
    return {
        "label": line.label,
        "amount": "not known" if line.amount_pence is None else money_text(line.amount_pence),
        "kind": word_of(KINDS, line.kind),
        "payer": line.payer,
        "start": day_text(line.start),
        "end": day_text(line.end),
        "price_year": line.price_year.replace("-", "/"),
        "phase": word_of(PHASES, line.phase),
        "category": line.category,
        "low": pence_text(line.low_pence),
        "high": pence_text(line.high_pence),
        "bias": share_text(line.optimism_bias),
        "grade": grade_text(line.evidence_grade),
        "source": line.source,
    }


def benefit_texts(line: BenefitLineFacts) -> dict[str, str]:
    """A benefit line as the texts of its form."""
    return {
        "label": line.label,
        "direction": word_of(DIRECTIONS, line.direction) if line.direction in DIRECTIONS.values() else "Less of it",
        "before": volume_text(line.before),
        "after": volume_text(line.after),
        "unit_cost": pence_text(line.unit_cost_pence),
        "source": line.unit_cost_source,
        "price_year": line.price_year.replace("-", "/"),
        "recipient": line.recipient,
        "deadweight": share_text(line.deadweight),
        "attribution": share_text(line.attribution),
        "cashability": share_text(line.cashability),
        "cash_reason": line.cashability_reason,
        "lag": str(line.lag_months),
        "ramp": str(line.ramp_months),
        "benefit_class": word_of(CLASSES, line.benefit_class),
        "displacement": share_text(line.displacement),
        "drop_off": share_text(line.drop_off),
        "marginal": share_text(line.marginal_share),
        "cost_type": word_of(COST_TYPES, line.unit_cost_type),
        "block": volume_text(line.block_units),
        "bias": share_text(line.optimism_bias),
        "after_low": volume_text(line.after_low),
        "after_high": volume_text(line.after_high),
        "unit_low": pence_text(line.unit_cost_low_pence),
        "unit_high": pence_text(line.unit_cost_high_pence),
        "grade": grade_text(line.evidence_grade),
        "overlap": line.overlap_group,
        "stops": line.what_stops,
        "decides": line.who_decides,
        "by": day_text(line.decide_by),
    }


def money_text(amount: int) -> str:
    """Pence as pounds, with pence only where there are any."""
    return pence_as_pounds(amount, 2 if amount % 100 else 0)


def pence_text(amount: int | None) -> str:
    """Pence as pounds; empty where not known."""
    return "" if amount is None else money_text(amount)


def grade_text(grade: str) -> str:
    """A grade of evidence in its words."""
    return word_of(GRADES, grade)


def volume_text(value: float | None) -> str:
    """A volume with the decimals it has, up to two."""
    return "" if value is None else number(value, 0 if value == int(value) else 2)


def share_text(text: str | None) -> str:
    """A share as %, with the decimals it has, up to two."""
    if text is None:
        return ""
    value = Decimal(text) * 100
    return percent(float(text), 0 if value == int(value) else 2)


def day_text(day: date | None) -> str:
    """A day as its form shows it: the day itself, so that reading it back gives the same."""
    return "" if day is None else f"{day.day} {day:%b %Y}"


def forgotten(facts: AppraisalFacts) -> str:
    """The kinds of cost that are usually forgotten and that no line of the role names, in one sentence."""
    lines = [line for line in facts.costs if line.phase is CostPhase.AFTER]
    held = [f"{line.category} {line.label}".lower() for line in lines]
    kinds = [kind for kind in resources.load("cost_kinds")["kinds"] if kind["often_forgotten"]]
    words = [kind["words"] for kind in kinds if not any(sign in text for sign in kind["signs"] for text in held)]
    return f"Often forgotten, and not here yet: {'; '.join(words)}." if words else ""


def cost_table(facts: AppraisalFacts) -> TableState:
    """The cost lines, what is not known marked as such."""
    names = ("What it is", "Amount", "How often", "From", "To", "Who pays", "Prices of", "Belongs to")
    specs = tuple(ColumnSpec(name, number=name == "Amount", stretch=name == "What it is") for name in names)
    return TableState(specs, tuple(map(_cost_row, facts.costs)), tuple(str(line.id) for line in facts.costs))


def _cost_row(line: CostLineFacts) -> tuple[TableCell, ...]:
    texts = cost_texts(line)
    unknown = line.amount_pence is None
    amount = TableCell(texts["amount"], shape=Shape.LOOK if unknown else None, shape_ink="check")
    rest = (texts["kind"], texts["start"], texts["end"] or "no end", texts["payer"] or "not stated")
    years = (texts["price_year"], texts["phase"])
    return (TableCell(texts["label"], strong=True), amount, *map(TableCell, (*rest, *years)))


def benefit_table(facts: AppraisalFacts) -> TableState:
    """The benefit lines, and what each still lacks."""
    names = ("What", "Before", "After", "Cost of one", "Anyway", "Due to role", "Cash", "Who gains", "Still needed")
    numbers = ("Before", "After", "Cost of one", "Anyway", "Due to role", "Cash")
    specs = tuple(ColumnSpec(name, number=name in numbers, stretch=name == "What") for name in names)
    return TableState(specs, tuple(map(_benefit_row, facts.benefits)), tuple(str(x.id) for x in facts.benefits))


def _benefit_row(line: BenefitLineFacts) -> tuple[TableCell, ...]:
    texts, gaps = benefit_texts(line), lacking(line)
    keys = ("before", "after", "unit_cost", "deadweight", "attribution", "cashability")
    needs = TableCell(
        f"{len(gaps)} more" if gaps else "nothing",
        shape=Shape.LOOK if gaps else Shape.FINE,
        shape_ink="check" if gaps else "ok",
        spoken=", ".join(gaps) or "nothing",
    )
    return (
        TableCell(texts["label"], strong=True),
        *(TableCell(texts[key] or "–", spoken=texts[key] or "not given") for key in keys),
        TableCell(texts["recipient"] or "not stated"),
        needs,
    )
