"""Unit costs: what one attendance, visit or hour costs, in whose prices, and where that is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class UnitCostFacts:
    """One unit cost of the library; `amount_pence` None: its licence keeps it from being shipped, `where` says where.

    `own_id` is the row of the file where a team typed or imported it. `shipped_pence` is what the shipped row said
    where an own one stands in its place; `is_shipped` whether there is a shipped row at all.
    """

    key: str
    label: str
    unit: str
    amount_pence: int | None
    price_year: str
    source: str
    kind: str = "average"
    licence: str = ""
    checked_on: date | None = None
    theme: str = ""
    agency: str = ""
    quality: str = ""
    edition: str = ""
    link: str = ""
    comment: str = ""
    where: str = ""
    confidence: str = ""
    own_id: int | None = None
    is_shipped: bool = True
    shipped_pence: int | None = None

    @property
    def citation(self) -> str:
        """The source with its edition, as it goes beside a benefit."""
        edition = "" if not self.edition or self.edition in self.source else self.edition
        return ", ".join(part for part in (self.source, edition) if part)

    @property
    def whose(self) -> str:
        """Whether it is shipped, own, or an own figure in place of a shipped one."""
        if self.own_id is None:
            return "shipped"
        return "own figure" if self.is_shipped else "own"
