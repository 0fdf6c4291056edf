"""The grammar of periods as people write them: `Apr-19`, `2019/20 Q1`, `w/e 07/04/2019`, `M01 19-20`...

A text is normalised, its footnote marks are cut off and kept, and a table of forms is tried in order
(`importers.forms`). The result may need company: a month name needs a year, `03/04/2023` needs to know which part is
the day, `Q2 2019` whether the year is financial. `importers.axes` decides those for a whole row or column.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache

from analysis import periods
from analysis.periods import Period
from importers.forms import BEGIN_IN_FIGURES, BEGIN_IN_WORDS, MONTHS, SPELT, WEEKS, Builder
from importers.grids import Cell
from importers.period_text import Kind, PeriodText

__all__ = [
    "Kind",
    "PeriodText",
    "financial_year_code",
    "parse_period_text",
    "periods_in",
    "read_period",
    "read_period_text",
]

_SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹ᵃᵇ"
_LONGEST = 60
_MARKS = re.compile(
    rf"\s*(?:[*†‡§#{_SUPERSCRIPTS}]+|\(\d{{1,2}}\)|\[(?:note )?\d{{1,2}}\]|[(\[][rpe][)\]]|"
    r"(?<=\d)\s?[rpe](?![a-z0-9])|\(?\b(?:provisional|revised|estimated?)\b\)?)\s*$",
    re.IGNORECASE,
)
_MATURITY = (("prov", "provisional"), ("estim", "estimated"))
_LETTERS = {"p": "provisional", "r": "revised", "e": "estimated"}
_BARE_LENGTHS = (4, 5, 6)
_FIRST_LETTERS = frozenset("qmpfytsh")
_A_MONTH = re.compile("|".join(MONTHS))
Form = tuple[re.Pattern[str], Builder]
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def normalised(text: str) -> tuple[str, str]:
    """The text in one case and spacing without its footnote marks, and the marks that were cut off."""
    tidy = " ".join(text.split())
    notes: list[str] = []
    while found := _MARKS.search(tidy):
        if not found.start():
            break
        notes.insert(0, found.group(0).strip())
        tidy = tidy[: found.start()].rstrip()
    plain = unicodedata.normalize("NFKC", tidy).replace("–", "-").replace("—", "-").replace("−", "-").replace("’", "'")
    return " ".join(plain.split()).lower(), " ".join(notes)


@lru_cache(maxsize=50_000)
def read_period_text(text: str) -> PeriodText | None:
    """What period a text names, or None when it names none. The text must be the whole name, not a sentence."""
    if not text or len(text) > _LONGEST:
        return None
    if text.replace(".", "", 1).isdecimal() and ("." in text or len(text) not in _BARE_LENGTHS):
        return None
    tidy, notes = normalised(text)
    if not any(letter.isdigit() for letter in tidy) and not _may_be_month(tidy):
        return None
    for pattern, build in _forms_for(tidy):
        if found := pattern.fullmatch(tidy):
            reading = build(found)
            if reading is not None:
                weak = reading.weak or tidy.isdecimal()
                return replace(reading, note=_note(reading.note, notes), weak=weak) if notes or weak else reading
    return None


def _forms_for(tidy: str) -> tuple[Form, ...]:
    """The forms a normalised text may have, in the order they are tried, by how it begins.

    Each set of patterns is compiled when the first text needs it: a reading process has no time to lose.
    """
    if tidy[:1].isdecimal():
        return _compiled(figures=True)
    if tidy[:1] == "w":
        return (*_compiled(figures=False), *_weeks())
    return _compiled(figures=False) if tidy[:1] in _FIRST_LETTERS or _A_MONTH.search(tidy) else ()


@cache
def _compiled(*, figures: bool) -> tuple[Form, ...]:
    others = BEGIN_IN_WORDS if figures else BEGIN_IN_FIGURES
    return tuple((re.compile(pattern), build) for pattern, build in SPELT if not pattern.startswith(others))


@cache
def _weeks() -> tuple[Form, ...]:
    return tuple((re.compile(pattern), build) for pattern, build in WEEKS)


def _may_be_month(tidy: str) -> bool:
    return tidy[:3] in {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}


def _note(own: str, cut: str) -> str:
    word = _LETTERS.get(cut.strip("()[] ").lower(), cut)
    for start, meaning in _MATURITY:
        if start in word.lower():
            word = meaning
    return f"{own} {word}".strip()


def read_period(cell: Cell) -> PeriodText | None:
    """What period a cell of any type names. Bare numbers are years, month numbers or date serials: weak readings."""
    if type(cell) is float:
        return _bare_number(int(cell)) if _FIRST_YEAR <= cell <= 210_012 and cell == int(cell) else None
    if isinstance(cell, str):
        return read_period_text(cell) if cell else None
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return PeriodText(Kind.DAY, Period(cell, cell)) if _FIRST_YEAR <= cell.year <= 9999 else None
    return _bare_number(cell) if type(cell) is int else None


def _bare_number(number: int) -> PeriodText | None:
    if _FIRST_YEAR <= number <= _LAST_YEAR:
        return PeriodText(Kind.YEAR, periods.year(number), weak=True)
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return PeriodText(Kind.SERIAL, None, number=number, weak=True)
    if 190_001 <= number <= 210_012:
        reading = read_period_text(str(number))
        return replace(reading, weak=True) if reading else None
    return None


def parse_period_text(text: str, *, day_first: bool = True) -> Period | None:
    """The period one typed or pasted text names on its own, or None when it names none or needs other cells.

    `03/04/2024` is 3 April unless `day_first` is False; `Q2 2024` is April to June, `2024/25` the financial year.
    """
    reading = read_period_text(text)
    if reading is None:
        return None
    if reading.kind is Kind.DAY and not day_first and reading.other is not None:
        return reading.other
    return reading.period


_MONTH_WORD = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_FY_WORDS = r"(?:19|20)\d\d ?(?:[-/]|to) ?(?:(?:19|20)\d\d|\d\d)"
_QUARTER_WORD = r"(?:q|qtr|quarter) ?[1-4]"
_DAY_WORDS = rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH_WORD},? \d{{4}}"
_DAY_FIGURES = r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})"
_A_DAY = rf"(?:{_DAY_WORDS}|{_DAY_FIGURES}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d\d)"
_IN_TEXT = (
    r"(?<![\w£$.])(?:"
    + "|".join(
        (
            rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH_WORD},?(?: \d{{4}})? ?(?:-|to) ?{_DAY_WORDS}",
            rf"{_DAY_FIGURES} ?(?:-|to|/) ?{_DAY_FIGURES}",
            rf"(?:w[/\- ]?[ce]|week (?:commencing|beginning|ending|ended)):? ?{_A_DAY}",
            rf"{_MONTH_WORD}(?: \d{{4}})? ?(?:-|to) ?{_MONTH_WORD} \d{{4}}",
            rf"(?:fy ?)?{_FY_WORDS}[ ,-]{{1,3}}{_QUARTER_WORD}",
            rf"{_QUARTER_WORD}[ ,-]{{1,3}}(?:fy ?)?(?:{_FY_WORDS}|\d{{4}})",
            rf"\d{{4}}[ ,-]{{0,2}}{_QUARTER_WORD}",
            rf"{_FY_WORDS}[ ,-]{{1,3}}(?:mth|month|m) ?\d{{1,2}}",
            rf"(?:mth|month|m) ?\d{{1,2}}[ ,]{{1,2}}{_FY_WORDS}",
            _DAY_WORDS,
            _DAY_FIGURES,
            rf"{_MONTH_WORD}[ \-_]{{0,2}}'?(?:\d{{4}}|\d{{2}})",
            r"20\d\d[-/](?:0[1-9]|1[0-2])(?!\d)",
            _FY_WORDS,
            rf"{_MONTH_WORD}",
            r"20(?:0\d|1\d|2\d)(?:0[1-9]|1[0-2])",
            r"(?:19|20)\d\d",
        )
    )
    + r")(?![\w%]|\.\d)"
)


@cache
def _in_text() -> re.Pattern[str]:
    """Compiled for the first sentence that is searched."""
    return re.compile(_IN_TEXT, re.IGNORECASE)


_NOT_OF_THE_DATA = re.compile(
    r"(?:publi\w+|revis\w+|releas\w+|next|updat\w+|copyright|©|print\w*|creat\w+|extract\w+|issued|due|version|since|"
    r"census|downloaded|produced|submitted|before|until|started|launch\w*)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_NOT_A_PERIOD = re.compile(
    r"\s+(?:prices|census|definitions?|boundar|constituenc|population|based|standard)", re.IGNORECASE
)


_FINANCIAL_YEAR = re.compile(r"(\d{4})\s?[-/\u2013]\s?(\d{2}|\d{4})")


def financial_year_code(text: str) -> str | None:
    """`2024/25`, `2024-25` or `2024/2025` as `2024-25`; None for anything else: a bare 2024 may mean either year."""
    found = _FINANCIAL_YEAR.fullmatch(text.strip())
    if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    after = int(found[1]) + 1
    return f"{found[1]}-{after % 100:02}" if found[2] in (str(after), f"{after % 100:02}") else None


def periods_in(text: str) -> list[PeriodText]:
    """The periods named inside a sentence, a sheet name or a file name, without dates of publication or revision.

    A lone month name (`may`) counts only with a capital and where nothing better is named.
    """
    return list(_named_in(text))


@lru_cache(maxsize=5_000)
def _named_in(text: str) -> tuple[PeriodText, ...]:
    """Titles and names come again on every sheet of a workbook, and are searched once."""
    tidy = unicodedata.normalize("NFKC", " ".join(text.split()))
    plain = tidy.replace("\u2013", "-").replace("\u2014", "-").replace("\u2019", "'")
    found: list[PeriodText] = []
    for match in _in_text().finditer(plain):
        near = plain[max(0, match.start() - 40) : match.start()]
        if _NOT_OF_THE_DATA.search(near) or _NOT_A_PERIOD.match(plain, match.end()):
            continue
        reading = read_period_text(match[0])
        if reading is None or (reading.kind is Kind.MONTH_NAME and not match[0][0].isupper() and len(plain) > 12):
            continue
        found.append(reading)
    better = [reading for reading in found if reading.period is not None and reading.kind is not Kind.YEAR]
    whole = [reading for reading in found if reading.period is not None]
    return tuple(better or whole or found)
