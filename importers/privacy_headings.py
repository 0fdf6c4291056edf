"""What a heading says its cells hold: people and their numbers, or counts of them, or sites."""

from __future__ import annotations

import re

_I = re.IGNORECASE
HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("nhs_number", re.compile(r"\bnhs ?(?:no|num|number|id)\b", _I)),
    ("nino", re.compile(r"\bn(?:ational )?i(?:nsurance)? ?(?:no|num|number)\b|\bnino\b", _I)),
    ("birth", re.compile(r"\b(?:d\. ?o\. ?b\b\.?|dob|date of birth|birth ?date)(?:\b|$)", _I)),
    (
        "name",
        re.compile(
            r"\b(?:(?:fore|sur|first|last|full|middle|family|given|patient|client|service user|resident|staff|worker|"
            r"employee|carer).{0,6}name|surname|next of kin|names? of (?:patient|client|service user|resident|"
            r"person))\b",
            _I,
        ),
    ),
    (
        "person_id",
        re.compile(
            r"\b(?:hosp(?:ital)?|mrn|emis|systmone|rio|carefirst|mosaic|liquidlogic|upn|chi|patient|client|person|"
            r"service user|case|pas|local patient)[ _]?(?:no|num|number|id|identifier|ref(?:erence)?)\b|^mrn$|^upn$",
            _I,
        ),
    ),
    ("postcode", re.compile(r"\bpost ?code\b", _I)),
    ("address", re.compile(r"\b(?:home|patient|client)? ?address(?: line)? ?\d?$", _I)),
    ("phone", re.compile(r"\b(?:tele)?phone\b|\bmobile\b|\btel(?: no)?\b", _I)),
    ("email", re.compile(r"\be-?mail\b", _I)),
)
SITE = re.compile(
    r"\b(?:site|practice|surgery|service|ward|provider|organisation|trust|clinic|hospital|team|school|care home|"
    r"council|gp|area|locality|district|borough|constituency|place|town|neighbourhood|pcn|icb|supplier|payee|vendor)\b",
    _I,
)
PEOPLE = re.compile(r"\b(?:nhs|patient|client|service user|resident|mrs?|miss|ms|hospital no)\b", _I)
OF_SITES_TOO = ("postcode", "address", "phone", "email", "name")
COUNTS = re.compile(
    r"\b(?:count|number of|no\.? of|total|rate|percent|completeness|valid|value|calls|contacts)\b|%|#", _I
)
CONTACT = re.compile(
    r"\b(?:contact|enquir\w+|e-?mail|tel|telephone|phone|statistician|responsible|produced|prepared|published|author|"
    r"lead|press|web ?site|address|queries|questions|further information|source|copyright|©|office)\b|©",
    _I,
)
"""Words of a line that says whom to ask about the figures."""

PERSON_FIELDS = re.compile(
    r"^(?:age|sex|gender|ethnicity|ethnic group|ethnic origin|lsoa|gp|gp practice|referral date|date of referral|"
    r"diagnosis|postcode|admission date|date of admission|discharge date|date of discharge|marital status|"
    r"first language|date of death|next of kin)$",
    _I,
)


def named_kind(heading: str) -> str | None:
    """The kind of identifier a heading names; None where it names none, counts them, or they are those of sites."""
    if COUNTS.search(heading):
        return None
    kind = next((kind for kind, pattern in HEADINGS if pattern.search(heading)), None)
    return None if kind in OF_SITES_TOO and SITE.search(heading) and not PEOPLE.search(heading) else kind
