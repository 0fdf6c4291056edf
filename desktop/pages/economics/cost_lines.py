"""Cost lines as a table, each as the texts of its form, and the kinds of cost that are usually forgotten. Qt-free."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import resources
from analysis.economics.measured import BY_VOLUME
from analysis.economics.role_lines import lacking_of_cost
from analysis.plan import AppraisalFacts, CostLineFacts
from analysis.vocabulary import CostKind, CostPhase
from analysis.wording import number
from desktop.pages.economics import reading
from desktop.pages.economics.lines import (
    GRADES,
    MORE_RANGES,
    NO_MEASURE,
    PHASES,
    day_text,
    grade_text,
    measure_named,
    money_text,
    pence_text,
    share_text,
    word_of,
)
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
CATEGORIES = tuple(row["category"] for row in resources.load("cost_kinds")["kinds"])
PAID_TWICE = f"Posts stand under Pay already, so this pay would be counted twice. {reading.SAVE_AGAIN}"
NOT_BY_VOLUME = (
    "Only a cost per client, contact or post goes by a measure. Choose “No measure”, or another “How often”."
)

FIELDS = (
    FieldSpec("label", "What it is", "Pay with on-costs"),
    FieldSpec("amount", "Amount", "£36,120, or: not known"),
    FieldSpec("kind", "How often", choices=tuple(KINDS)),
    FieldSpec("measure", "Counted by the measure", choices=(NO_MEASURE,)),
    FieldSpec("payer", "Who pays", "Northvale ICB"),
    FieldSpec("start", "From", "Apr 2024"),
    FieldSpec("end", "To (blank: no end)", "Mar 2027"),
    FieldSpec("price_year", "Prices of", "2024/25"),
    FieldSpec("phase", "Belongs to", choices=tuple(PHASES)),
    FieldSpec("category", "Kind of cost", "supervision", suggestions=CATEGORIES),
    FieldSpec("grade", "Evidence", choices=tuple(GRADES)),
    FieldSpec("source", "Where this comes from", "Budget statement of March"),
    FieldSpec("low", "At least", "£34,000", part=MORE_RANGES),
    FieldSpec("high", "At most", "£39,000", part=MORE_RANGES),
    FieldSpec("bias", "Added for optimism", "0 %", part=MORE_RANGES),
    FieldSpec("growth", "Grows a year above prices by", "0 %", part=MORE_RANGES),
)
_READERS = {
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
    "growth": ("real_growth", reading.growth),
    "grade": ("evidence_grade", reading.one_of(GRADES)),
    "source": ("source", reading.words),
}
_ORDER = (("low", "low_pence"), ("amount", "amount_pence"), ("high", "high_pence"))


def read_cost(
    texts: Mapping[str, str],
    measures: Mapping[str, int] | None = None,
    posts: Collection[CostPhase] = (),
    years: Collection[str] = (),
) -> Reading:
    """A cost line from its texts.

    `measures` are the role's by name, `posts` the phases that have posts under Pay, `years` those with a price index.
    """
    found = read_all(texts, _READERS)
    facts, faults = dict(found.facts), dict(found.faults)
    facts["measure_id"] = (measures or {}).get(texts.get("measure", ""))
    if facts["measure_id"] is not None and facts["kind"] not in BY_VOLUME:
        faults["measure"] = NOT_BY_VOLUME
    start, end = facts.get("start"), facts.get("end")
    if start and end and end < start:
        faults["end"] = "A cost cannot end before it starts."
    is_pay = str(facts.get("category", "")).lower() == "pay" and facts.get("phase") in posts
    warnings = {"category": PAID_TWICE} if is_pay else {}
    found = reading.unindexed(replace(found, facts=facts, faults=faults, warnings=warnings), years)
    return reading.in_order(found, _ORDER)


def cost_texts(line: CostLineFacts, measures: Mapping[str, int] | None = None) -> dict[str, str]:
    """A cost line as the texts of its form."""
    return {
        "label": line.label,
        "amount": "not known" if line.amount_pence is None else money_text(line.amount_pence),
        "kind": word_of(KINDS, line.kind),
        "measure": measure_named(measures or {}, line.measure_id),
        "payer": line.payer,
        "start": day_text(line.start),
        "end": day_text(line.end),
        "price_year": line.price_year.replace("-", "/"),
        "phase": word_of(PHASES, line.phase),
        "category": line.category,
        "low": pence_text(line.low_pence),
        "high": pence_text(line.high_pence),
        "bias": share_text(line.optimism_bias),
        "growth": share_text(line.real_growth),
        "grade": grade_text(line.evidence_grade),
        "source": line.source,
    }


@dataclass(frozen=True)
class Prompt:
    """A kind of cost that is usually forgotten: its category and its words."""

    category: str
    words: str


def prompts(facts: AppraisalFacts) -> tuple[Prompt, ...]:
    """The kinds of cost usually forgotten that no line of the role names and that nobody said do not apply."""
    lines = [line for line in facts.costs if line.phase is CostPhase.AFTER]
    held = [f"{line.category} {line.label}".lower() for line in lines]
    return tuple(
        Prompt(kind["category"], kind["words"])
        for kind in resources.load("cost_kinds")["kinds"]
        if kind["often_forgotten"]
        and kind["category"] not in facts.dismissed
        and not any(sign in text for sign in kind["signs"] for text in held)
    )


def prompted_texts(prompt: str, start: date, base_year: str) -> dict[str, str]:
    """The form of a line for a kind of cost that was asked for, its amount still to be given."""
    words = next(kind["words"] for kind in resources.load("cost_kinds")["kinds"] if kind["category"] == prompt)
    return {
        "label": words[:1].upper() + words[1:],
        "category": prompt,
        "amount": "not known",
        "start": day_text(start),
        "price_year": base_year.replace("-", "/"),
    }


def cost_table(facts: AppraisalFacts) -> TableState:
    """The cost lines, what is not known marked as such."""
    names = ("What it is", "Amount", "How often", "From", "To", "Who pays", "Prices of", "Belongs to")
    specs = tuple(ColumnSpec(name, number=name == "Amount", stretch=name == "What it is") for name in names)
    return TableState(specs, tuple(map(_row, facts.costs)), tuple(str(line.id) for line in facts.costs))


def _row(line: CostLineFacts) -> tuple[TableCell, ...]:
    texts, gaps = cost_texts(line), lacking_of_cost(line)
    amount = TableCell(texts["amount"], shape=Shape.LOOK if gaps else None, shape_ink="check")
    rest = (texts["start"], texts["end"] or "no end", texts["payer"] or "not stated")
    years = (texts["price_year"], texts["phase"])
    return (
        TableCell(texts["label"], strong=True),
        amount,
        TableCell(" ".join(filter(None, (texts["kind"], _volume_words(line)))), spoken=_spoken_volume(line)),
        *map(TableCell, (*rest, *years)),
    )


def _volume_words(line: CostLineFacts) -> str:
    """How much the line goes by a month: `× 43.2`, or `× ?` where that is not known."""
    if line.kind not in BY_VOLUME:
        return ""
    return f"× {'?' if line.volume.a_month is None else number(line.volume.a_month, 1)}"


def _spoken_volume(line: CostLineFacts) -> str:
    """The same with the measure it comes from, or with what is lacking."""
    if line.kind not in BY_VOLUME:
        return ""
    kind, held = word_of(KINDS, line.kind), line.volume
    if held.a_month is None:
        return f"{kind}, volume not known ({held.why_not})"
    often = "in post" if line.kind is CostKind.PER_POST else "a month"
    return f"{kind}, {number(held.a_month, 1)} {often} ({held.measure})"


def volume_sentence(facts: AppraisalFacts) -> str:
    """The lines that go by a measure which gives nothing yet, in one sentence; empty where there is none."""
    gaps = [f"{line.label} ({line.volume.why_not})" for line in facts.costs if line.volume.why_not]
    return f"Not counted yet, for want of a volume: {'; '.join(gaps)}." if gaps else ""
