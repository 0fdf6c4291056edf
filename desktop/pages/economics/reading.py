"""What is typed for costs, benefits and assumptions, understood or sent back to its field. Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from analysis.economics.amounts import exact
from analysis.periods import Period
from analysis.problems import UserProblem
from analysis.wording import rounded
from importers.free_text import refuse_identifiers
from importers.grammar import financial_year_code, parse_period_text
from importers.values import parse_value_text

SAVE_AGAIN = "Save again to keep it all the same."
NOT_KNOWN = ("", "not known", "unknown", "?")
MOST_POSTS = 2000
CASH_REASON = "Say what leaves which budget before counting any of this as cash."


@dataclass(frozen=True)
class Reading:
    """The facts as an operation takes them, or what is wrong by field; `warnings` may be kept by saving again."""

    facts: Mapping[str, Any] = field(default_factory=dict)  # Any: dates, pence and texts by column
    faults: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)


class _BadTextError(ValueError):
    """Words for a field."""


Reader = Callable[[str], Any]  # Any: whatever the column holds


def read_all(texts: Mapping[str, str], readers: Mapping[str, tuple[str, Reader]]) -> Reading:
    """Read each text by its reader; `readers` gives the column and the reader of each field."""
    facts: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for key, (name, reader) in readers.items():
        try:
            facts[name] = reader(texts.get(key, "").strip())
        except _BadTextError as bad:
            faults[key] = str(bad)
    return Reading(facts, faults)


def words(text: str) -> str:
    """Any text that points to no person."""
    try:
        return refuse_identifiers(text)
    except UserProblem as problem:
        raise _BadTextError(problem.sentence()) from problem


def needed(text: str) -> str:
    """A text that must be there."""
    if not text:
        raise _BadTextError("Give it a name.")
    return words(text)


def pence(text: str) -> int | None:
    """`£3,412.50` as 341250; `not known` or nothing as None, which is counted as not known and never as nothing."""
    if text.lower() in NOT_KNOWN:
        return None
    found = parse_value_text(text)
    if not found.is_number or found.value is None or found.percent:
        raise _BadTextError("Write an amount such as £3,412, or: not known.")
    if found.value < 0:
        raise _BadTextError("An amount cannot be below 0; money released belongs to the benefits.")
    return int(rounded(found.value * 100, 0))


def figure(text: str) -> float | None:
    """A volume a month, or None where it is not given."""
    if text.lower() in NOT_KNOWN:
        return None
    found = parse_value_text(text)
    if not found.is_number or found.value is None or found.percent:
        raise _BadTextError("Write a number such as 214, or leave it blank.")
    return found.value


def share(text: str) -> str | None:
    """`25 %`, `25%` or `0.25` as decimal text; None where it is not given."""
    if text.lower() in NOT_KNOWN:
        return None
    found = parse_value_text(text)
    if not found.is_number or found.value is None:
        raise _BadTextError("Write a share such as 25 %, or leave it blank.")
    value = exact(repr(found.value))
    part = value / 100 if found.percent or value > 1 else value
    if not 0 <= part <= 1:
        raise _BadTextError("A share lies between 0 % and 100 %.")
    return str(part.normalize() + Decimal(0))


def share_or_none(text: str) -> str:
    """A share that counts as 0 until it is given."""
    return share(text) or "0"


def share_or_whole(text: str) -> str:
    """A share that counts as all until it is given."""
    return share(text) or "1"


def growth(text: str) -> str:
    """Growth a year above general prices as decimal text, from -20 % to 20 %; 0 where nothing is said."""
    if text.lower() in NOT_KNOWN:
        return "0"
    found = parse_value_text(text)
    if not found.is_number or found.value is None or not found.percent:
        raise _BadTextError("Write a growth such as 1.5 %, or leave it blank.")
    value = exact(repr(found.value)) / 100
    if abs(value) > Decimal("0.2"):
        raise _BadTextError("Growth above prices lies between -20 % and 20 % a year.")
    return str(value.normalize() + Decimal(0))


def own_rate(text: str) -> str | None:
    """An employer's own pension rate, 18.4 % say; None where the scheme's is to be taken."""
    return share(text)


def above_nothing(text: str) -> float | None:
    """A number above 0, or None where it is not given."""
    value = figure(text)
    if value is not None and value <= 0:
        raise _BadTextError("Write a number above 0, or leave it blank.")
    return value


def in_order(found: Reading, parts: Sequence[tuple[str, str]]) -> Reading:
    """The reading with a fault at an end that lies on the wrong side of the middle; `parts` are field and column."""
    (low_key, low), (_, middle), (high_key, high) = parts
    least, likely, most = (found.facts.get(name) for name in (low, middle, high))
    faults = dict(found.faults)
    if likely is None and (least, most) != (None, None):
        faults.setdefault(low_key if least is not None else high_key, "A range needs its likely value too.")
    if least is not None and likely is not None and least > likely:
        faults.setdefault(low_key, "The least cannot lie above the likely value.")
    if most is not None and likely is not None and most < likely:
        faults.setdefault(high_key, "The most cannot lie below the likely value.")
    return replace(found, faults=faults)


def not_below_nothing(text: str) -> float | None:
    """A number from 0 up, or None where it is not given."""
    value = figure(text)
    if value is not None and value < 0:
        raise _BadTextError("This cannot be below 0.")
    return value


def posts(text: str) -> int:
    """How many posts are looked at."""
    count = months(text)
    if not 1 <= count <= MOST_POSTS:
        raise _BadTextError(f"Write a number of posts from 1 to {MOST_POSTS}.")
    return count


def months(text: str) -> int:
    """A whole number of months, 0 where it is not given."""
    if not text:
        return 0
    if not text.isdecimal():
        raise _BadTextError("Write a whole number of months.")
    return int(text)


def horizon(text: str) -> int:
    """How many months the appraisal runs."""
    count = months(text)
    if not 1 <= count <= 600:
        raise _BadTextError("Write a number of months from 1 to 600.")
    return count


def people(text: str) -> int:
    """How many people; one where nothing is said."""
    count = int(text) if text.isdecimal() else 1 if not text else 0
    if count < 1:
        raise _BadTextError("Write how many people, a whole number from 1.")
    return count


def wte_each(text: str) -> str:
    """The whole-time equivalent of one person as decimal text; 1 where nothing is said."""
    found = parse_value_text(text or "1")
    if not found.is_number or found.value is None or found.percent:
        raise _BadTextError("Write the whole-time equivalent of one person, such as 0.8.")
    if not 0 < found.value <= 1:
        raise _BadTextError("One person works at most 1.0. For two people at 0.8 write 2 people and 0.8 each.")
    return f"{found.value:g}"


def draws(text: str) -> int:
    """How many draws the simulation takes."""
    if not text.isdecimal() or not 100 <= int(text) <= 100_000:
        raise _BadTextError("Write a number of draws from 100 to 100000.")
    return int(text)


def seed(text: str) -> int:
    """The number that makes the draws repeatable."""
    if not text.isdecimal() or len(text) > 9:
        raise _BadTextError("Write a whole number of up to 9 digits.")
    return int(text)


def first_day(text: str) -> date:
    """The first day of what is named."""
    return _period(text).start


def first_day_or_none(text: str) -> date | None:
    """The first day of what is named; None where it is not given."""
    return _period(text).start if text else None


def last_day(text: str) -> date | None:
    """The last day of what is named; None where there is no end."""
    return _period(text).end if text else None


def unindexed(found: Reading, years: Collection[str]) -> Reading:
    """The reading with a warning where its price year has no index value; `years` are those that have, none: any."""
    year = found.facts.get("price_year")
    if not years or not year or year in years:
        return found
    words = f"There is no price index for {year.replace('-', '/')}: every net value is then withheld. {SAVE_AGAIN}"
    return replace(found, warnings={**found.warnings, "price_year": words})


def price_year(text: str) -> str:
    """`2024/25` as `2024-25`."""
    code = financial_year_code(text)
    if code is None:
        raise _BadTextError("Write a financial year such as 2024/25.")
    return code


def one_of(choices: Mapping[str, Any]) -> Reader:  # Any: the values behind the words
    """What stands behind one of the offered words."""
    return lambda text: choices[text]


def _period(text: str) -> Period:
    found = parse_period_text(text)
    if found is None:
        raise _BadTextError("Write a month or date such as Apr 2024.")
    return found
