"""Identifiers of people written into a text: the one definition that import, the record's fields and export share.

Pure: a text in, kinds and places out. Formats and check digits are those the NHS, HMRC and Royal Mail publish;
telephone numbers are judged by `phonenumbers` for Great Britain. Names are not looked for: a list of names is data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

KIND_WORDS = {
    "nhs_number": "NHS number",
    "nino": "National Insurance number",
    "email": "e-mail address",
    "phone": "telephone number",
    "postcode": "full postcode",
    "birth": "date of birth",
    "person_id": "number of a person",
    "name": "name of a person",
    "address": "address",
    "row_per_person": "one row for each person",
}
_AREAS = (
    "|AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|"
    "EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|"
    "ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|"
    "SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE|ZZ|"
)
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:GIR ?0AA|([A-Z]{1,2})(?:[0-9]{1,2}|[0-9][A-HJKPSTUW]|[0-9][ABEHMNPRVWXY])"
    r"[ \u00a0]{0,2}[0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])"
)
_NINO = re.compile(
    r"(?<![A-Z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r" ?-?\d{2} ?-?\d{2} ?-?\d{2} ?-?[A-D](?![A-Z0-9])"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SHARED_BOX = re.compile(
    r"^(?:info|information|enquir\w*|contact\w*|admin\w*|reception|office|team|data|stat\w*|help\w*|feedback|comms|"
    r"press|analytic\w*|england|hello|mail|support|noreply|no-reply)\b",
    re.IGNORECASE,
)
_PHONE_LIKE = re.compile(r"(?<![\d.])(?:\+ ?44|\(?0)(?![ ()\u00a0.-]*0?[ ()\u00a0.-]*[389])[\d ()\u00a0.-]{8,16}(?!\d)")
"""What may be the number of a line or a mobile: 03, 08 and 09 numbers are those of organisations."""
_PART_OF_ONE = re.compile(r"\s*-?0\.\d+\s*")
_SAID_TO_BE_ONE = re.compile(
    r"\b(?:telephone|tel|phone|mobile|mob)\b\.?(?: (?:no|number)\b\.?)?:? {0,3}"
    r"((?:\+ ?44 ?(?:\(0\))? ?|\(?0)(?:[127]\d{2,4}\)? ?\d{2,4} ?\d{3,4}))(?!\d)",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?<![\d.])07\d{3} \d{3} ?\d{3}(?![\d.])")
"""A mobile number in groups; the ranges kept for plays and tests are none that `phonenumbers` knows."""
_TEN_DIGITS = re.compile(r"(?<![\d.,£])(\d{3})([ \u00a0.-]?)(\d{3})\2(\d{4})(?!\d|[.,]\d)")
_DAY = (
    r"(?:\d{1,2}[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-]\d{2,4}|\d{4}-\d{2}-\d{2}|"
    r"\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8},? \d{4})"
)
_BIRTH = re.compile(
    rf"\b(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|birthday)[^\d\n]{{0,12}}\d|\bborn (?:on )?(?:the )?{_DAY}",
    re.IGNORECASE,
)
_PERSON_NUMBER = re.compile(
    r"\b(?:(?:hosp(?:ital)?|chi|patient|client|case|person|pas|service user|record)[ _-]*(?:no|nr|num|number|id|"
    r"ref(?:erence)?|identifier)\b|(?:mrn|emis|systmone|rio|carefirst|mosaic|liquidlogic|upn)\b[ _-]*(?:no|nr|number|"
    r"id|ref)?)\.?\s*[:#=]?\s*([A-Za-z]{0,3}[-/]?\d{4,10}[A-Za-z]?)\b",
    re.IGNORECASE,
)
_PERSON_WORDS = re.compile(
    r"\b(?:nhs|patient|client|service user|resident|mrs?|miss|ms|hospital n\w+|pt|she|he|her|his|him|lady|gentleman)\b",
    re.IGNORECASE,
)
_MASK_DIGIT, _MASK_LETTER, _LONGEST_MASK = "#", "x", 24


class Identifier(NamedTuple):
    """One find in a text. `sure` is false where ten digits alone could be chance (1 in 11 passes the check)."""

    kind: str
    start: int
    end: int
    sure: bool


def identifiers_in(text: str) -> tuple[str, ...]:
    """The kinds of identifiers written into one text, in plain words, each once; empty for a text that may be kept.

    Example: "seen by 943 476 5919" gives ("NHS number",). Names of people are not looked for.
    """
    return tuple(dict.fromkeys(KIND_WORDS[found.kind] for found in find_identifiers(text)))


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Every identifier in a text with its place, in the order of the kinds."""
    if len(text) < 5:
        return ()
    digits = _digits_in(text)
    found = list(_emails(text)) if "@" in text else []
    if digits >= 2:
        found += [one for least, look in _LOOKS if digits >= least for one in look(text)]
    return tuple(found)


def _digits_in(text: str) -> int:
    """How many digits a text has, those of other scripts among them."""
    if text.isascii():
        return len(text) - len(text.encode("ascii").translate(None, b"0123456789"))
    return sum(map(str.isdigit, text))


def valid_nhs_number(digits: str) -> bool:
    """Ten digits whose last is the modulus 11 check digit; ten equal digits are no number."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdecimal()) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def issued_nhs_number(digits: str) -> bool:
    """A valid number in a range in use: England and Wales, Northern Ireland, Scotland (birth date first), tests (999).

    Ranges as published for the NHS number: first nine digits 400 to 499 and 600 to 799 million, 320 to 399 million; a
    Scottish number begins with the day and month of birth.
    """
    if not valid_nhs_number(digits):
        return False
    nine, day, month = int(digits[:9]), int(digits[:2]), int(digits[2:4])
    scottish = 1 <= day <= 31 and 1 <= month <= 12
    return (
        400_000_000 <= nine < 500_000_000
        or 600_000_000 <= nine < 800_000_000
        or 320_000_001 <= nine < 400_000_000
        or digits.startswith("999")
        or scottish
    )


def masked(text: str) -> str:
    """The shape of a text and nothing of it: every digit #, every letter x, at most 24 characters."""
    shape = "".join(
        _MASK_DIGIT
        if letter.isdigit()
        else _MASK_LETTER
        if letter.isalpha()
        else letter
        if letter in " .,-/@+()'"
        else "?"
        for letter in text.strip()[: _LONGEST_MASK + 1]
    )
    return shape if len(shape) <= _LONGEST_MASK else shape[:_LONGEST_MASK] + "…"


def _nhs_numbers(text: str) -> Iterator[Identifier]:
    """Written in groups, or among words, one is enough; bare digits that fill the text could be an amount."""
    plain = text.strip().removesuffix(".0")
    if plain.isdecimal():
        if len(plain) in (9, 10) and issued_nhs_number(plain.zfill(10)):
            yield Identifier("nhs_number", 0, len(text), False)
        return
    for found in _TEN_DIGITS.finditer(text):
        digits = found[1] + found[3] + found[4]
        told = bool(found[2]) or bool(_PERSON_WORDS.search(text))
        if valid_nhs_number(digits) and (told or issued_nhs_number(digits)):
            yield Identifier("nhs_number", found.start(), found.end(), True)


def _matching(kind: str, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Identifier]]:
    def look(text: str) -> Iterator[Identifier]:
        for found in pattern.finditer(text if len(text) > 12 else text.upper()):
            yield Identifier(kind, found.start(), found.end(), True)

    return look


def _postcodes(text: str) -> Iterator[Identifier]:
    """Full postcodes; two letters that no area has begin the code of something else."""
    for found in _POSTCODE.finditer(text if len(text) > 12 else text.upper()):
        if found[1] is None or f"|{found[1]}|" in _AREAS:
            yield Identifier("postcode", found.start(), found.end(), True)


def _emails(text: str) -> Iterator[Identifier]:
    """Addresses of people; a box an office shares (info@, enquiries@) is nobody's own."""
    for found in _EMAIL.finditer(text):
        if not _SHARED_BOX.match(found[0]):
            yield Identifier("email", found.start(), found.end(), True)


def _phones(text: str) -> Iterator[Identifier]:
    """Numbers of a line or a mobile; freephone, shared-cost and 03 numbers belong to organisations."""
    if _PART_OF_ONE.fullmatch(text) or not _PHONE_LIKE.search(text):
        return
    if said := list(_SAID_TO_BE_ONE.finditer(text)):
        yield from (Identifier("phone", one.start(1), one.end(1), True) for one in said)
        return
    import phonenumbers
    from phonenumbers import PhoneNumberType as Type

    for found in phonenumbers.PhoneNumberMatcher(text, "GB"):
        service = (Type.TOLL_FREE, Type.SHARED_COST, Type.UAN, Type.PREMIUM_RATE)
        if phonenumbers.number_type(found.number) not in service and text[found.start] in "+0(":
            yield Identifier("phone", found.start, found.end, True)
    for grouped in _MOBILE.finditer(text):
        yield Identifier("phone", grouped.start(), grouped.end(), True)


def _person_numbers(text: str) -> Iterator[Identifier]:
    for found in _PERSON_NUMBER.finditer(text):
        if not issued_nhs_number(found[1]):
            yield Identifier("person_id", found.start(1), found.end(1), True)


_LOOKS: tuple[tuple[int, Callable[[str], Iterator[Identifier]]], ...] = (
    (9, _nhs_numbers),
    (2, _postcodes),
    (6, _matching("nino", _NINO)),
    (9, _phones),
    (3, _matching("birth", _BIRTH)),
    (5, _person_numbers),
)
"""What to look for, with the fewest digits a text must have for it."""
