"""Reading what a person types into a form, without Qt: each reader returns the value or says what would be right."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from analysis.periods import date_label
from analysis.problems import UserProblem
from importers.grammar import parse_period_text
from importers.values import VALUE, parse_value_text


def read_date(text: str) -> date | None:
    """A day as people write it, day before month; None for an empty text."""
    if not text:
        return None
    period = parse_period_text(text)
    if period is None or period.days != 1:
        raise UserProblem(f"'{text}' is not a day.", "Write it as 8 Apr 2024 or 08/04/2024.")
    return period.start


def read_people(text: str) -> int | None:
    """A whole number of people; None for an empty text."""
    if not text:
        return None
    read = parse_value_text(text)
    if read.state != VALUE or read.value is None or read.value < 0 or read.value != int(read.value) or read.percent:
        raise UserProblem(f"'{text}' is not a number of people.", "Write a whole number, such as 2.")
    return int(read.value)


def read_wte(text: str) -> str | None:
    """Whole-time equivalents as decimal text; None for an empty text."""
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(-1)
    if not 0 <= number <= 10_000:
        raise UserProblem(f"'{text}' is not a number of whole-time equivalents.", "Write it as 1.6.")
    return str(number)


def read_pence(text: str) -> int | None:
    """A sum of money in pounds, as pence; None for an empty text."""
    if not text:
        return None
    read = parse_value_text(text)
    if read.state != VALUE or read.value is None or read.value < 0 or read.percent:
        raise UserProblem(f"'{text}' is not a sum of money.", "Write it in pounds, as £3,412 or 41000.")
    return round(Decimal(repr(read.value)) * 100)


def date_text(day: date | None) -> str:
    """A day as a field shows it."""
    return date_label(day) if day else ""


def read_ceiling(text: str) -> float | None:
    """A number that is not below zero, such as a caseload; None for an empty text."""
    if not text:
        return None
    read = parse_value_text(text)
    if read.state != VALUE or read.value is None or read.value < 0 or read.percent:
        raise UserProblem(f"'{text}' is not a number of zero or more.", "Write it as 40.")
    return read.value


def read_change(text: str) -> float | None:
    """A number that may be below zero; None for an empty text."""
    if not text:
        return None
    read = parse_value_text(text.replace("\u2212", "-"))
    if read.state != VALUE or read.value is None or read.percent:
        raise UserProblem(f"'{text}' is not a number in the measure's unit.", "Write it as -19 or 0.5.")
    return read.value


def read_past(text: str) -> date | None:
    """A day that has come; None for an empty text. Which day it is now is asked of the computer's calendar."""
    day = read_date(text)
    if day is not None and day > datetime.now(UTC).astimezone().date():
        raise UserProblem(f"{date_text(day)} lies ahead.", "Write the day on which it happened.")
    return day
