"""The frame of the appraisal as a form. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.plan import AppraisalFacts
from desktop.pages.economics import reading
from desktop.pages.economics.lines import day_text
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
FIELDS = (
    FieldSpec("start", "First month", "Apr 2024"),
    FieldSpec("months", "How many months", "36"),
    FieldSpec("base_year", "In prices of", "2024/25"),
    FieldSpec("schedule", "Discounting", choices=tuple(SCHEDULES)),
    FieldSpec("timing", "Money flows", choices=tuple(TIMINGS)),
    FieldSpec("draws", "Draws of the simulation", "10000"),
    FieldSpec("seed", "Seed of the simulation", "20160601"),
)
_READERS = {
    "start": ("start", reading.first_day),
    "months": ("months", reading.horizon),
    "base_year": ("base_year", reading.price_year),
    "schedule": ("schedule", reading.one_of(SCHEDULES)),
    "timing": ("timing", reading.one_of(TIMINGS)),
    "draws": ("draws", reading.draws),
    "seed": ("seed", reading.seed),
}


def read_assumptions(texts: Mapping[str, str]) -> Reading:
    """The frame from its texts."""
    return read_all(texts, _READERS)


def assumption_texts(facts: AppraisalFacts) -> dict[str, str]:
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
    }
