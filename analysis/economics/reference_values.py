"""Indices, on-costs, discount rates and pay scales: shipped, or a team's own figure in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from analysis.problems import UserProblem
from analysis.wording import number, percent, pounds


class ReferenceSet(StrEnum):
    """What a reference value belongs to; the value is the heading it stands under."""

    INDEX = "Price index"
    ON_COSTS = "On-costs"
    DISCOUNT = "Discount rates"
    PAY = "Pay scales"


class Form(StrEnum):
    """How a value is written."""

    SHARE = "share"
    POUNDS = "pounds"
    POINTS = "points"


@dataclass(frozen=True)
class ReferenceValue:
    """One value; `value` is a decimal as text, None where it is not shipped and has to be typed with its source.

    `own_id` is the row of the file that holds a team's own figure, `shipped_value` what it stands in place of.
    """

    key: str
    part: ReferenceSet
    label: str
    value: str | None
    form: Form
    unit: str
    year: str
    source: str
    edition: str = ""
    licence: str = ""
    confidence: str = ""
    checked_on: date | None = None
    note: str = ""
    own_id: int | None = None
    shipped_value: str | None = None
    is_shipped: bool = True

    @property
    def whose(self) -> str:
        """Whether it is shipped, own, or an own figure in place of a shipped one."""
        if self.own_id is None:
            return "shipped" if self.value is not None else "not shipped"
        return "own figure" if self.is_shipped else "own"


INDEX = "gdp-deflator"
KINDS: dict[str, tuple[ReferenceSet, Form, str]] = {
    INDEX: (ReferenceSet.INDEX, Form.POINTS, "GDP deflator"),
    "ni-rate": (ReferenceSet.ON_COSTS, Form.SHARE, "Employer's national insurance"),
    "ni-threshold": (ReferenceSet.ON_COSTS, Form.POUNDS, "Secondary threshold"),
    "nhs-pension": (ReferenceSet.ON_COSTS, Form.SHARE, "NHS Pension Scheme, paid by the employer"),
    "nhs-pension-central": (ReferenceSet.ON_COSTS, Form.SHARE, "NHS Pension Scheme, paid centrally"),
}
"""What a team may give a figure of for a year that is not shipped, by the beginning of its key."""
_BY_YEAR = re.compile(r"(?P<kind>[a-z-]+)-(?P<year>\d{4}-\d{2})")


def key_of_year(kind: str, year: str) -> str:
    """The key of one of `KINDS` in a financial year, such as `ni-rate-2027-28`."""
    return f"{kind}-{year}"


def kind_and_year(key: str) -> tuple[str, str] | None:
    """The kind and the financial year a key names; None for a key that names no year."""
    found = _BY_YEAR.fullmatch(key)
    return (found["kind"], found["year"]) if found and found["kind"] in KINDS else None


def value_from(text: str, form: Form) -> str:
    """A typed value as decimal text: `15 %` is 0.15, `£5,000` is 5000.

    Raises UserProblem when it is no number, or one that cannot be.
    """
    bare = text.strip().replace(",", "").replace("£", "").replace("\u00a0", " ")
    is_percent = bare.endswith("%")
    try:
        value = Decimal(bare.removesuffix("%").strip())
    except InvalidOperation:
        raise UserProblem(f"“{text.strip()}” is not a number.", f"Write {_EXAMPLES[form]}.") from None
    if is_percent and form is not Form.SHARE:
        raise UserProblem("This is not a share.", f"Write {_EXAMPLES[form]}.")
    value = value / 100 if is_percent else value
    if not value.is_finite() or value < 0 or (form is Form.SHARE and value > 1) or (form is Form.POINTS and value == 0):
        raise UserProblem(f"“{text.strip()}” cannot be.", f"Write {_EXAMPLES[form]}.")
    return f"{value.normalize():f}"


_EXAMPLES = {
    Form.SHARE: "a share such as 15 % or 0.15",
    Form.POUNDS: "pounds a year such as £5,000",
    Form.POINTS: "index points above 0 such as 104.2, on the same base as the others",
}

NOT_SHIPPED = "not shipped"


def value_text(value: str | None, form: Form) -> str:
    """A value as people write it: `15 %`, `£5,000`, `104.2`."""
    if value is None:
        return NOT_SHIPPED
    held = float(value)
    if form is Form.SHARE:
        return percent(held, _places(str(float(f"{held * 100:.6f}"))))
    return pounds(held, 0 if held.is_integer() else 2) if form is Form.POUNDS else number(held, _places(value))


def _places(decimal: str) -> int:
    return len(decimal.partition(".")[2].rstrip("0"))
