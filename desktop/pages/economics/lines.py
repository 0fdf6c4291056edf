"""What cost, benefit and pay lines share on the screen: the words of their choices, and values as texts. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import resources
from analysis.periods import date_label
from analysis.vocabulary import CostPhase
from analysis.wording import number, pence_as_pounds, percent

PHASES = {"The role": CostPhase.AFTER, "The service before it": CostPhase.BEFORE}
GRADES: dict[str, str] = {row["words"]: row["grade"] for row in resources.load("cost_kinds")["grades"]}
NO_MEASURE = "No measure"

MORE_RANGES, MORE_SOURCES = "ranges", "where this comes from"


def word_of(choices: Mapping[str, object], held: object) -> str:
    """The words of a choice."""
    return next(words for words, value in choices.items() if value == held)


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
    return "" if day is None else date_label(day)


def measure_named(measures: Mapping[str, int], measure_id: int | None) -> str:
    """The name of a measure of the role; "No measure" where none is chosen or the role no longer holds it."""
    return next((name for name, held in measures.items() if held == measure_id), NO_MEASURE)
