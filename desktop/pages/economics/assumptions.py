"""The frame of the appraisal as a form. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.plan import AppraisalFacts
from db.tables.money import PERSPECTIVES
from desktop.pages.economics import reading
from desktop.pages.economics.lines import NO_MEASURE, day_text, measure_named, pence_text
from desktop.pages.economics.reading import Reading, read_all
from desktop.pages.facts_form import FieldSpec

SCHEDULES = {
    "3.5 % a year, falling (Green Book)": "green_book",
    "1.5 % a year, falling (Green Book, health)": "green_book_health",
}
TIMINGS = {
    "At the start of each year": "year_start",
    "In the middle of each year": "mid_year",
    "At the end of each year": "year_end",
    "Month by month": "monthly",
}
DIVIDED, UNCERTAIN = "what money is divided by", "the worth of an outcome, and the simulation"
FIELDS = (
    FieldSpec("start", "First month", "Apr 2024"),
    FieldSpec("months", "How many months", "36"),
    FieldSpec("base_year", "In prices of", "2024/25"),
    FieldSpec("schedule", "Discounting", choices=tuple(SCHEDULES)),
    FieldSpec("timing", "Money flows", choices=tuple(TIMINGS)),
    FieldSpec("perspective", "Whose money the answer counts", choices=PERSPECTIVES),
    FieldSpec("counterfactual", "What would have been done without the role", "Nothing new; the district nurses go on"),
    FieldSpec("contacts", "Contacts are counted by", choices=(NO_MEASURE,), part=DIVIDED),
    FieldSpec("clients", "Clients are counted by", choices=(NO_MEASURE,), part=DIVIDED),
    FieldSpec("outcome", "Outcomes are counted by", choices=(NO_MEASURE,), part=DIVIDED),
    FieldSpec("worth_low", "One QALY is held worth at least", "£20,000", part=UNCERTAIN),
    FieldSpec("worth_high", "One QALY is held worth at most", "£30,000", part=UNCERTAIN),
    FieldSpec("draws", "Draws of the simulation", "10000", part=UNCERTAIN),
    FieldSpec("seed", "Seed of the simulation", "20160601", part=UNCERTAIN),
)
MEASURES = ("contacts", "clients", "outcome")
"""The fields whose choices are the measures of the role."""
_READERS = {
    "start": ("start", reading.first_day),
    "months": ("months", reading.horizon),
    "base_year": ("base_year", reading.price_year),
    "schedule": ("schedule", reading.one_of(SCHEDULES)),
    "timing": ("timing", reading.one_of(TIMINGS)),
    "draws": ("draws", reading.draws),
    "seed": ("seed", reading.seed),
    "perspective": ("perspective", reading.words),
    "counterfactual": ("counterfactual", reading.words),
    "worth_low": ("worth_low_pence", reading.pence),
    "worth_high": ("worth_high_pence", reading.pence),
}


def read_assumptions(texts: Mapping[str, str], measures: Mapping[str, int]) -> Reading:
    """The frame from its texts; `measures` are those of the role, by name."""
    found = read_all(texts, _READERS)
    chosen = {f"{key}_measure_id": measures.get(texts.get(key, "")) for key in MEASURES}
    faults = dict(found.faults)
    low, high = found.facts.get("worth_low_pence"), found.facts.get("worth_high_pence")
    if (low is None) != (high is None):
        faults.setdefault("worth_high" if high is None else "worth_low", "Give both ends, or clear both.")
    elif low is not None and high is not None and low > high:
        faults.setdefault("worth_high", "The most cannot lie below the least.")
    return replace(found, facts={**found.facts, **chosen}, faults=faults)


def assumption_texts(facts: AppraisalFacts, measures: Mapping[str, int]) -> dict[str, str]:
    """The frame as the texts of its form."""
    schedules = {held: words for words, held in SCHEDULES.items()}
    timings = {held: words for words, held in TIMINGS.items()}
    return {
        "start": day_text(facts.start),
        "months": str(facts.months),
        "base_year": facts.base_year.replace("-", "/"),
        "schedule": schedules.get(facts.schedule, next(iter(SCHEDULES))),
        "timing": timings.get(facts.timing, next(iter(TIMINGS))),
        "draws": str(facts.draws),
        "seed": str(facts.seed),
        "perspective": facts.perspective or "public sector",
        "counterfactual": facts.counterfactual,
        "contacts": measure_named(measures, facts.contacts_measure_id),
        "clients": measure_named(measures, facts.clients_measure_id),
        "outcome": measure_named(measures, facts.outcome_measure_id),
        "worth_low": pence_text(facts.own_worth[0]),
        "worth_high": pence_text(facts.own_worth[1]),
    }
