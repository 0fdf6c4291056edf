"""What a person types into a text field, looked over before anything is stored: identifiers of people are refused."""

from __future__ import annotations

import re

from analysis.problems import UserProblem
from importers.privacy import identifiers_in

_BIRTH = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth)(?:\b|(?<=\.)).{0,12}?\d|\bborn (?:on )?(?:the )?\d{1,2}[ ./-]", re.IGNORECASE
)


def found_in(text: str) -> tuple[str, ...]:
    """The kinds of identifiers a text seems to hold, in plain words; empty for a text that may be kept.

    Example: "seen by 943 476 5919" gives ("NHS number",). Names are not looked for: job titles are asked for instead.
    """
    return (*identifiers_in(text), *(("date of birth",) if _BIRTH.search(text) else ()))


def refuse_identifiers(text: str) -> str:
    """The text itself when it may be kept. Raises UserProblem naming the kind of identifier, never its value."""
    found = found_in(text)
    if found:
        listed = " and ".join(found)
        raise UserProblem(
            f"This seems to hold an identifier of a person ({listed}), so it was not saved.",
            "What you typed is still here: take the identifier out, and say it without naming anyone.",
        )
    return text
