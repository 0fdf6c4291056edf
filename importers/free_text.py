"""What a person types into a text field, looked over before anything is stored: identifiers of people are refused."""

from __future__ import annotations

from analysis.identifiers import identifiers_in as found_in
from analysis.problems import UserProblem

__all__ = ["found_in", "refuse_identifiers"]


def refuse_identifiers(text: str) -> str:
    """The text itself when it may be kept. Raises UserProblem naming the kind of identifier, never its value.

    Names are not looked for: job titles are asked for instead.
    """
    found = found_in(text)
    if found:
        listed = " and ".join(found)
        raise UserProblem(
            f"This seems to hold an identifier of a person ({listed}), so it was not saved.",
            "What you typed is still here: take the identifier out, and say it without naming anyone.",
        )
    return text
