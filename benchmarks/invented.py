"""Identifiers of nobody, made by chance from a seed. NHS numbers carry a right check digit, telephone numbers are of
ranges in use; names are drawn from a list of their own (`planted_words.json`), part of which the guard does not know.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from analysis.identifiers import issued_nhs_number

_WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_name("planted_words.json").read_text(encoding="utf-8"))
FORENAMES, SURNAMES = _WORDS["forenames"], _WORDS["surnames"]
ORGANISATIONS, MEASURES, MONTHS = _WORDS["organisations"], _WORDS["measures"], _WORDS["months"]
_OUTWARD = (
    "LS1",
    "LS27",
    "BD18",
    "M14",
    "SW1A",
    "EC2M",
    "B33",
    "CF10",
    "G12",
    "NE4",
    "OX3",
    "TR27",
    "HU5",
    "W1D",
    "S11",
)


def nhs_number(source: random.Random) -> str:
    """Ten digits with a right check digit, of a range in use."""
    while True:
        nine = source.choice((f"{source.randint(400, 499)}", f"{source.randint(600, 799)}", "999"))
        nine += f"{source.randrange(10**6):06d}"
        for check in range(10):
            if issued_nhs_number(f"{nine}{check}"):
                return f"{nine}{check}"


def _nhs(source: random.Random) -> str:
    number = nhs_number(source)
    return source.choice(
        (number, f"{number[:3]} {number[3:6]} {number[6:]}", f"{number[:3]}-{number[3:6]}-{number[6:]}")
    )


def _nino(source: random.Random) -> str:
    pair = source.choice(("AB", "CE", "JK", "PW", "SX", "YL", "HM", "RA"))
    digits = f"{source.randrange(10**6):06d}"
    end = source.choice("ABCD")
    return source.choice((f"{pair}{digits}{end}", f"{pair} {digits[:2]} {digits[2:4]} {digits[4:]} {end}"))


def _email(source: random.Random) -> str:
    name = f"{source.choice(FORENAMES)}.{source.choice(SURNAMES)}".replace("'", "").lower()
    host = source.choice(("gmail.com", "btinternet.com", "nhs.net", "x.org.uk"))
    return f"{name}{source.choice(('', '7', '1953'))}@{host}"


def phone_number(source: random.Random) -> str:
    """A number that could be dialled: one that could not is drawn again."""
    import phonenumbers

    while not phonenumbers.is_valid_number(phonenumbers.parse(shown := _any_phone(source), "GB")):
        pass
    return shown


def _any_phone(source: random.Random) -> str:
    rest = f"{source.randrange(10**6):06d}"
    return source.choice(
        (
            f"07{source.choice(('911', '700', '725', '812', '966'))} {source.randrange(200000, 899999)}",
            f"0113 2{source.randrange(40, 99)} {source.randrange(1000, 9999)}",
            f"+44 7911 {rest}",
            f"020 7{source.randrange(200, 899)} {source.randrange(1000, 9999)}",
            f"(01274) {source.randrange(200000, 799999)}",
        )
    )


def full_postcode(source: random.Random) -> str:
    """A full postcode of a real district, with or without its space."""
    area = source.choice(_OUTWARD)
    return f"{area}{source.choice((' ', ' ', ''))}{source.randrange(10)}{source.choice(('AB', 'XY', 'QT', 'LW', 'HJ'))}"


def _birth(source: random.Random) -> str:
    day = date(1925, 1, 1) + timedelta(days=source.randrange(32_000))
    shown = source.choice((f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"{day.day} {day:%B %Y}", day.isoformat()))
    return f"{source.choice(('DOB', 'DOB:', 'D.O.B.', 'date of birth', 'born'))} {shown}"


def _person_id(source: random.Random) -> str:
    label = source.choice(
        ("MRN", "hospital no", "Hospital number:", "EMIS no.", "patient ID", "SystmOne no", "client ref")
    )
    return f"{label} {source.choice(('', 'K', 'RX'))}{source.randrange(10**5, 10**7)}"


def _name(source: random.Random) -> str:
    first, last = source.choice(FORENAMES), source.choice(SURNAMES)
    title = source.choice(("Mrs", "Mr", "Miss", "Ms"))
    return source.choice((f"{first} {last}", f"{title} {last}", f"{title} {first} {last}", f"{last.upper()}, {first}"))


PLANTS: dict[str, Callable[[random.Random], str]] = {
    "nhs_number": _nhs,
    "nino": _nino,
    "email": _email,
    "phone": phone_number,
    "postcode": full_postcode,
    "birth": _birth,
    "person_id": _person_id,
    "name": _name,
}
