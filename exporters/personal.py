"""A last look for data that point to a person in any text that is about to leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analysis.problems import UserProblem
from exporters.declared import Sheet

CONTACT_ROWS = ("Contact", "Producer")

_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:GIR ?0AA|[A-PR-UWYZ]"
    r"(?:[0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRVWXY])"
    r" ?[0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])"
)
_INSURANCE = re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_EMAIL = re.compile(r"\b[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_TEN_DIGITS = re.compile(r"(?<![0-9A-Za-z])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?![0-9A-Za-z])")


@dataclass(frozen=True)
class Found:
    """One text that may point to a person. `masked` shows no more than its first characters."""

    kind: str
    sheet: str
    masked: str


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits pass the check of the NHS number; ten times the same digit is none."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return (0 if check == 11 else check) == int(digits[9])


def _nhs_numbers(text: str) -> Iterable[str]:
    return (found[0] for found in _TEN_DIGITS.finditer(text) if is_nhs_number("".join(found.groups())))


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Iterable[str]]:
    return lambda text: (found[0] for found in pattern.finditer(text))


_KINDS: dict[str, Callable[[str], Iterable[str]]] = {
    "an NHS number": _nhs_numbers,
    "a National Insurance number": _matches(_INSURANCE),
    "an e-mail address": _matches(_EMAIL),
    "a postcode": _matches(_POSTCODE),
}


def personal_data(sheets: Sequence[Sheet]) -> list[Found]:
    """Everything in the texts of these sheets that looks like a person's own."""
    return [
        Found(kind, sheet.name, f"{text[:2]}{'*' * (len(text) - 2)}")
        for sheet in sheets
        for cell in _texts(sheet)
        for kind, look in _KINDS.items()
        for text in look(cell)
    ]


def _texts(sheet: Sheet) -> Iterable[str]:
    yield from (sheet.title, *sheet.lines, *(column.heading for column in sheet.columns))
    for row in sheet.rows:
        if sheet.name != "Cover" or row[0] not in CONTACT_ROWS:
            yield from (cell for cell in row if isinstance(cell, str))


def refuse_personal_data(sheets: Sequence[Sheet]) -> None:
    """Raises UserProblem, naming the sheet and the kind with the text masked, when there is any."""
    found = personal_data(sheets)
    if found:
        first = found[0]
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise UserProblem(
            f"The worksheet {first.sheet} would hold what looks like {first.kind} ({first.masked}){more}.",
            "Nothing was written. Take it out of the text it stands in, then export again.",
        )


def refuse_in_texts(where: str, texts: Iterable[str]) -> None:
    """Raises UserProblem, naming the kind with the text masked, when one of the texts looks like a person's own."""
    for text in texts:
        for kind, look in _KINDS.items():
            for found in look(text):
                raise UserProblem(
                    f"{where} would hold what looks like {kind} ({found[:2]}{'*' * (len(found) - 2)}).",
                    "Nothing was written. Take it out of the text it stands in, then save again.",
                )
