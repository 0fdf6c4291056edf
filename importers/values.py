"""Reads one cell as a value: a number, or the reason why there is none. A suppressed or missing value is never 0.

States are the texts of `analysis.vocabulary.State` (a test holds the two together); this module stays free of numpy
because it also runs in the reading child, which must start quickly.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from importers.grids import Cell

VALUE = "value"
SUPPRESSED = "suppressed"
CENSORED = "censored"
MISSING = "missing at source"
NOT_APPLICABLE = "not applicable"
NOT_COLLECTED = "not collected"
BLANK = "blank"
UNREADABLE = "unreadable"

FINAL, PROVISIONAL, ESTIMATED = "final", "provisional", "estimated"
LARGEST = 1e15


@dataclass(frozen=True)
class ValueText:
    """What a cell says. `state` is a state of the vocabulary, or `blank`, or `unreadable` (then `problem` says why).

    `low` and `high` bound a suppressed or censored value; `percent` is True where the text carried a % sign (12.3 for
    `12.3%`); `pounds` where it carried a currency sign; `proposal` is a reading to offer for an unreadable text.
    """

    state: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    maturity: str | None = None
    percent: bool = False
    pounds: bool = False
    problem: str = ""
    proposal: float | None = None

    @property
    def is_number(self) -> bool:
        """Whether there is a figure."""
        return self.state == VALUE


_SUPPRESSED_WORDS = ("*", "**", "***", "c", "[c]", "(c)", "[s]", "#", "suppressed", "[suppressed]", "supp")
_MISSING_WORDS = (
    *("-", "--", "–", "—", "−", "..", ".", "...", "…", ":", "na", "n/a", "n.a.", "#n/a", "nan", "null", "nul", "none"),
    *("blank", "[x]", "x", "[u]", "not held", "not given", "not available", "missing", "no data", "n/k", "not known"),
)
_TOKENS: dict[str, str] = {
    **dict.fromkeys(_SUPPRESSED_WORDS, SUPPRESSED),
    **dict.fromkeys(_MISSING_WORDS, MISSING),
    **dict.fromkeys(("[z]", "z", "not applicable"), NOT_APPLICABLE),
    **dict.fromkeys(("not collected", "not recorded"), NOT_COLLECTED),
}
_BELOW = re.compile(r"(?:<|<=|≤|less than|fewer than|under) ?(\d+(?:\.\d+)?)(%?)")
_ABOVE = re.compile(r"(?:(?:>|>=|≥|more than|over|at least) ?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?) ?\+)(%?)")
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)\s?(?P<money>[£$€]?)\s?(?P<sign2>-?)"
    r"(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)(?P<power>e[-+]?\d{1,3})?"
    r"\s?(?P<scale>k|m|mn|bn)?\s?(?P<percent>%?)",
)
SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9}
_MARK = re.compile(r"(?<=[\d)%])\s?(?:\(?(?P<rp>[rp])\)?|\[(?P<bracket>[rpe])\]|(?P<sign>[*†‡§]+)|\[note \d+\])$")
_WORDY = re.compile(r"(?:approx(?:imately)?\.?|about|circa|c\.|~) ?([\d,.]+)")
_EUROPEAN = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_BRACKETED = re.compile(r"([£$€]) ?(\(.+\))")
_NO_SUM = re.compile(r"[£$€] ?-")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MATURITY = {"p": PROVISIONAL, "e": ESTIMATED}
_NOTES = {"r": "revised", "p": "provisional", "e": "estimated"}
_INFINITE = {"inf", "-inf", "+inf", "infinity", "-infinity", "∞"}
_ERRORS = {"#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#getting_data", "#spill!", "#calc!"}


def read_value(cell: Cell, *, decimal_comma: bool = False) -> ValueText:
    """Read a cell of any type. Dates and times are not values."""
    if isinstance(cell, bool):
        return ValueText(UNREADABLE, problem="TRUE or FALSE where a number belongs", proposal=float(cell))
    if isinstance(cell, float | int):
        return _figure(float(cell))
    if isinstance(cell, str):
        return parse_value_text(cell, decimal_comma=decimal_comma)
    if isinstance(cell, timedelta):
        return _figure(cell.total_seconds() / 3600, note="hours, from a time")
    kind = "a date" if isinstance(cell, date) else "a time of day"
    return ValueText(UNREADABLE, problem=f"{kind} where a number belongs")


@lru_cache(maxsize=100_000)
def parse_value_text(text: str, *, decimal_comma: bool = False) -> ValueText:
    """Read a typed, pasted or imported text as a value, in the order of the import rules.

    `<5` and `*` are suppressed, `52+` censored, `-` missing, "" blank; what cannot be read is `unreadable`.
    """
    plain = _plain_number(text, decimal_comma)
    if plain is not None:
        return plain
    tidy = _tidy(text)
    if not tidy:
        return ValueText(BLANK)
    if tidy in _INFINITE:
        return ValueText(UNREADABLE, problem="infinity is not a number that can be kept")
    if tidy in _ERRORS:
        return ValueText(UNREADABLE, problem=f"an Excel error, {text.strip()}")
    if tidy in _TOKENS:
        return ValueText(_TOKENS[tidy])
    return _bounded(tidy) or _with_mark(tidy, decimal_comma) or _unreadable(tidy)


def _plain_number(text: str, decimal_comma: bool) -> ValueText | None:
    """The quick way for `1890` and `44213.0`, which are most of a file."""
    if text.isdecimal() and text.isascii():
        return _figure(float(text))
    if decimal_comma or not text.isascii():
        return None
    head, point, tail = text.partition(".")
    if point and head.isdecimal() and tail.isdecimal():
        return _figure(float(text))
    return None


def _tidy(text: str) -> str:
    spaced = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u200b", "")
    tidy = " ".join(spaced.split()).lower()
    return tidy[1:].strip() if tidy.startswith("'") else tidy


def _figure(value: float, **more: object) -> ValueText:
    if math.isnan(value):
        return ValueText(MISSING)
    if math.isinf(value) or abs(value) > LARGEST:
        return ValueText(UNREADABLE, problem="too large to be right")
    return ValueText(VALUE, value, note=str(more.get("note", "")))


def _bounded(tidy: str) -> ValueText | None:
    if found := _BELOW.fullmatch(tidy):
        return ValueText(SUPPRESSED, low=0.0, high=_below(float(found.group(1)), tidy), percent=bool(found.group(2)))
    if found := _ABOVE.fullmatch(tidy):
        return ValueText(CENSORED, low=float(found.group(1) or found.group(2)), percent=bool(found.group(3)))
    return None


def _below(limit: float, tidy: str) -> float:
    """`<5` of a count is at most 4; `<=5` and parts of a whole keep the limit itself."""
    inclusive = "=" in tidy or "≤" in tidy
    return limit - 1 if limit.is_integer() and limit >= 1 and not inclusive and "%" not in tidy else limit


def _with_mark(tidy: str, decimal_comma: bool) -> ValueText | None:
    found = _MARK.search(tidy)
    mark = ""
    maturity = None
    body = tidy
    if found:
        letter = found.group("rp") or found.group("bracket") or ""
        mark = _NOTES.get(letter, "") or found.group(0).strip()
        maturity = _MATURITY.get(letter)
        body = tidy[: found.start()].strip()
    number = _number(body, decimal_comma)
    if number is None or not number.is_number:
        return number
    return ValueText(VALUE, number.value, note=mark, maturity=maturity, percent=number.percent, pounds=number.pounds)


def _number(body: str, decimal_comma: bool) -> ValueText | None:
    money, body = ("", body) if not (found := _BRACKETED.fullmatch(body)) else (found.group(1), found.group(2))
    negative = body.startswith("(") and body.endswith(")")
    inner = body[1:-1].strip() if negative else body
    if decimal_comma and _EUROPEAN.fullmatch(inner):
        inner = inner.replace(".", "").replace(",", ".")
    found = _NUMBER.fullmatch(inner)
    if not found:
        return None
    digits = found.group("digits").replace(",", "").replace(" ", "") + (found.group("power") or "")
    value = float(digits) * SCALES.get(found.group("scale") or "", 1.0)
    if negative or "-" in (found.group("sign"), found.group("sign2")):
        value = -value
    figure = _figure(value)
    if not figure.is_number:
        return figure
    return ValueText(VALUE, value, percent=bool(found.group("percent")), pounds=bool(money or found.group("money")))


def _unreadable(tidy: str) -> ValueText:
    if found := _WORDY.fullmatch(tidy):
        inner = _number(found.group(1), decimal_comma=False)
        return ValueText(UNREADABLE, problem="about a number, not a number", proposal=inner.value if inner else None)
    if len(_DIGITS.findall(tidy)) == 1 and re.fullmatch(r"[^\w]*\d+(?:\.\d+)?[^\w]*", tidy):
        return ValueText(UNREADABLE, problem="not a number", proposal=float(_DIGITS.findall(tidy)[0]))
    if _NO_SUM.fullmatch(tidy):
        return ValueText(UNREADABLE, problem="a sum with a dash for its figure, as Excel shows a zero", proposal=0.0)
    if not any(letter.isalpha() for letter in tidy):
        return ValueText(UNREADABLE, problem="not one number", proposal=_ungrouped(tidy))
    return ValueText(UNREADABLE, problem="words where a number belongs")


def _ungrouped(tidy: str) -> float | None:
    """`1.234,50` with its comma as a point, `1,8.9` without its signs; None where neither can be meant."""
    joined = re.sub(r"[.,]", "", tidy)
    if _EUROPEAN.fullmatch(tidy):
        return float(tidy.replace(".", "").replace(",", "."))
    return float(joined) if tidy.count(".") + tidy.count(",") > 1 and joined.isdecimal() else None
