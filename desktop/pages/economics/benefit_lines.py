"""Benefit lines as a table, and each as the texts of its form. Qt-free."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from analysis.economics.measured import taken_words
from analysis.economics.role_lines import lacking
from analysis.plan import ENTERED, FROM_MEASURE, AppraisalFacts, BenefitLineFacts
from analysis.vocabulary import BenefitClass, Direction
from analysis.wording import interval
from desktop.pages.economics import reading
from desktop.pages.economics.lines import (
    GRADES,
    MORE_RANGES,
    MORE_SOURCES,
    NO_MEASURE,
    day_text,
    grade_text,
    measure_named,
    pence_text,
    share_text,
    volume_text,
    word_of,
)
from desktop.pages.economics.reading import Reading, read_all
from desktop.pages.facts_form import FieldSpec
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.marks import Shape

METHODS = {"Typed here": ENTERED, "Taken from the measure": FROM_MEASURE}
DIRECTIONS = {"Less of it": Direction.DECREASE, "More of it": Direction.INCREASE}
CLASSES = {"Public bodies": BenefitClass.PUBLIC, "People and the wider public": BenefitClass.WIDER}
COST_TYPES = {"An average": "average", "What one less really saves": "marginal"}
NO_PICK = "Type it, or choose here"
MORE_BELIEF, MORE_CASH = "what else must be believed", "what really leaves a budget"
LEAVE_BLANK = "Leave this blank: it is taken from the measure."
NEEDS_MEASURE = "Choose the measure it is taken from."
TWICE = (
    "This measure's effect is held against a comparator already, so this share would be taken off twice. "
    "Save again to keep it; the answer is then marked as doubtful."
)

FIELDS = (
    FieldSpec("label", "What is avoided or gained", "A&E attendances"),
    FieldSpec("direction", "Better is", choices=tuple(DIRECTIONS)),
    FieldSpec("method", "Volumes are", choices=tuple(METHODS)),
    FieldSpec("measure", "Measure", choices=(NO_MEASURE,)),
    FieldSpec("before", "A month before", "214"),
    FieldSpec("after", "A month after", "195"),
    FieldSpec("pick", "Cost of one, from the library", choices=(NO_PICK,)),
    FieldSpec("unit_cost", "Cost of one", "£180"),
    FieldSpec("source", "Where that cost comes from", "Local price list 2024/25"),
    FieldSpec("price_year", "Prices of", "2024/25"),
    FieldSpec("recipient", "Who gains", "Northvale ICB"),
    FieldSpec("deadweight", "Would have happened anyway", "25 %"),
    FieldSpec("attribution", "Share due to the role", "70 %"),
    FieldSpec("benefit_class", "Who could feel it", choices=tuple(CLASSES)),
    FieldSpec("grade", "Evidence", choices=tuple(GRADES)),
    FieldSpec("overlap", "Same benefit as (a name for both)", "falls"),
    FieldSpec("lag", "Months before it begins", "1", part=MORE_BELIEF),
    FieldSpec("ramp", "Months until it is full", "3", part=MORE_BELIEF),
    FieldSpec("displacement", "Moved elsewhere", "0 %", part=MORE_BELIEF),
    FieldSpec("drop_off", "Fades each year by", "0 %", part=MORE_BELIEF),
    FieldSpec("marginal", "Share of the cost that varies", "100 %", part=MORE_BELIEF),
    FieldSpec("cost_type", "That cost is", choices=tuple(COST_TYPES), part=MORE_BELIEF),
    FieldSpec("bias", "Taken off for optimism", "0 %", part=MORE_BELIEF),
    FieldSpec("cashability", "Share that leaves a budget", "0 %", part=MORE_CASH),
    FieldSpec("cash_reason", "What leaves which budget", "One agency session was closed", part=MORE_CASH),
    FieldSpec("block", "Released only in blocks of, a year", "1,343", part=MORE_CASH),
    FieldSpec("stops", "What stops", "The agency session on Fridays", part=MORE_CASH),
    FieldSpec("decides", "Who decides", "Director of operations", part=MORE_CASH),
    FieldSpec("by", "By when", "31 Mar 2027", part=MORE_CASH),
    FieldSpec("after_low", "After, at least", "190", part=MORE_RANGES),
    FieldSpec("after_high", "After, at most", "201", part=MORE_RANGES),
    FieldSpec("unit_low", "Cost of one, at least", "£160", part=MORE_RANGES),
    FieldSpec("unit_high", "Cost of one, at most", "£210", part=MORE_RANGES),
    FieldSpec("deadweight_low", "Anyway, at least", "15 %", part=MORE_RANGES),
    FieldSpec("deadweight_high", "Anyway, at most", "35 %", part=MORE_RANGES),
    FieldSpec("attribution_low", "Due to the role, at least", "50 %", part=MORE_RANGES),
    FieldSpec("attribution_high", "Due to the role, at most", "80 %", part=MORE_RANGES),
    FieldSpec("cashability_low", "Leaves a budget, at least", "0 %", part=MORE_RANGES),
    FieldSpec("cashability_high", "Leaves a budget, at most", "20 %", part=MORE_RANGES),
    FieldSpec("deadweight_source", "Anyway: how that is known", "Trend of the year before", part=MORE_SOURCES),
    FieldSpec("attribution_source", "Due to the role: how that is known", "Other schemes listed", part=MORE_SOURCES),
    FieldSpec("displacement_source", "Moved elsewhere: how that is known", "Visits nearby", part=MORE_SOURCES),
    FieldSpec("drop_off_source", "Fading: how that is known", "A published follow-up", part=MORE_SOURCES),
)
_READERS = {
    "label": ("label", reading.needed),
    "direction": ("direction", reading.one_of(DIRECTIONS)),
    "method": ("method", reading.one_of(METHODS)),
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
    **{
        f"{share}_{end}": (f"{share}_{end}", reading.share)
        for share in ("deadweight", "attribution", "cashability")
        for end in ("low", "high")
    },
    **{
        f"{share}_source": (f"{share}_source", reading.words)
        for share in ("deadweight", "attribution", "displacement", "drop_off")
    },
}
_ORDERS = (
    (("after_low", "after_low"), ("after", "after"), ("after_high", "after_high")),
    (("unit_low", "unit_cost_low_pence"), ("unit_cost", "unit_cost_pence"), ("unit_high", "unit_cost_high_pence")),
    *(
        ((f"{name}_low", f"{name}_low"), (name, name), (f"{name}_high", f"{name}_high"))
        for name in ("deadweight", "attribution", "cashability")
    ),
)
TAKEN = ("before", "after", "after_low", "after_high")


def read_benefit(
    texts: Mapping[str, str],
    measures: Mapping[str, int] | None = None,
    controlled: Collection[int] = (),
    years: Collection[str] = (),
) -> Reading:
    """A benefit line from its texts; cash is only counted with its reason.

    `measures` are the role's by name, `controlled` those whose effect is held against a comparator, `years` those with
    a price index.
    """
    found = read_all(texts, _READERS)
    facts, faults = dict(found.facts), dict(found.faults)
    facts["measure_id"] = (measures or {}).get(texts.get("measure", ""))
    if facts.get("method") == FROM_MEASURE:
        faults |= {key: LEAVE_BLANK for key in TAKEN if facts.get(key) is not None}
        faults |= {} if facts["measure_id"] is not None else {"measure": NEEDS_MEASURE}
    cash = Decimal(facts.get("cashability") or "0")
    if cash > 0 and not facts.get("cashability_reason"):
        faults["cash_reason"] = reading.CASH_REASON
    found = replace(found, facts=facts, faults=faults, warnings=_warnings(facts, controlled))
    found = reading.unindexed(found, years)
    for order in _ORDERS:
        found = reading.in_order(found, order)
    return found


def _warnings(facts: Mapping[str, object], controlled: Collection[int]) -> dict[str, str]:
    if facts.get("method") != FROM_MEASURE or facts["measure_id"] not in controlled:
        return {}
    usual = {"deadweight": (None, "0"), "attribution": (None, "1")}
    return {key: TWICE for key, right in usual.items() if facts.get(key) not in right}


def benefit_texts(line: BenefitLineFacts, measures: Mapping[str, int] | None = None) -> dict[str, str]:
    """A benefit line as the texts of its form; what is taken from a measure is not shown as if it had been typed."""
    shares = ("deadweight", "attribution", "displacement", "drop_off", "cashability")
    more = [f"{name}_{end}" for name in ("deadweight", "attribution", "cashability") for end in ("low", "high")]
    return {
        "label": line.label,
        "direction": word_of(DIRECTIONS, line.direction) if line.direction in DIRECTIONS.values() else "Less of it",
        "method": word_of(METHODS, line.method),
        "measure": measure_named(measures or {}, line.measure_id),
        **{key: "" if line.method == FROM_MEASURE else volume_text(getattr(line, key)) for key in TAKEN},
        "unit_cost": pence_text(line.unit_cost_pence),
        "source": line.unit_cost_source,
        "price_year": line.price_year.replace("-", "/"),
        "recipient": line.recipient,
        **{name: share_text(getattr(line, name)) for name in (*shares, *more)},
        **{f"{name}_source": getattr(line, f"{name}_source") for name in shares[:4]},
        "cash_reason": line.cashability_reason,
        "lag": str(line.lag_months),
        "ramp": str(line.ramp_months),
        "benefit_class": word_of(CLASSES, line.benefit_class),
        "marginal": share_text(line.marginal_share),
        "cost_type": word_of(COST_TYPES, line.unit_cost_type),
        "block": volume_text(line.block_units),
        "bias": share_text(line.optimism_bias),
        "unit_low": pence_text(line.unit_cost_low_pence),
        "unit_high": pence_text(line.unit_cost_high_pence),
        "grade": grade_text(line.evidence_grade),
        "overlap": line.overlap_group,
        "stops": line.what_stops,
        "decides": line.who_decides,
        "by": day_text(line.decide_by),
    }


def benefit_table(facts: AppraisalFacts) -> TableState:
    """The benefit lines, and what each still lacks."""
    names = (
        "What",
        "Volumes",
        "Before",
        "After",
        "Cost of one",
        "Anyway",
        "Due to role",
        "Cash",
        "Who gains",
        "Still needed",
    )
    numbers = ("Before", "After", "Cost of one", "Anyway", "Due to role", "Cash")
    specs = tuple(ColumnSpec(name, number=name in numbers, stretch=name == "What") for name in names)
    return TableState(specs, tuple(map(_row, facts.benefits)), tuple(str(x.id) for x in facts.benefits))


def _row(line: BenefitLineFacts) -> tuple[TableCell, ...]:
    gaps = lacking(line)
    texts = (
        volume_text(line.before),
        volume_text(line.after),
        pence_text(line.unit_cost_pence),
        share_text(line.anyway),
        share_text(line.due),
        share_text(line.cashability),
    )
    needs = TableCell(
        f"{len(gaps)} more" if gaps else "nothing",
        shape=Shape.LOOK if gaps else Shape.FINE,
        shape_ink="check" if gaps else "ok",
        spoken=", ".join(gaps) or "nothing",
    )
    taken = "measured" if line.method == FROM_MEASURE else "typed"
    return (
        TableCell(line.label, strong=True),
        TableCell(taken),
        *(TableCell(text or "–", spoken=text or "not given") for text in texts),
        TableCell(line.recipient or "not stated"),
        needs,
    )


def taken_sentence(facts: AppraisalFacts) -> str:
    """Where the measured lines take their volumes from, with the interval, one after the other."""
    return " ".join(words for line in facts.benefits if (words := f"{taken_words(line)}{_interval(line)}"))


def _interval(line: BenefitLineFacts) -> str:
    """The volume after with the interval of the effect; empty for a line that was typed or has no effect yet."""
    if line.taken is None or None in (line.after, line.after_low, line.after_high):
        return ""
    reach = interval(volume_text(line.after_low), volume_text(line.after_high))
    return f" After: {volume_text(line.after)} a month, 95\u00a0% interval {reach}."
