"""How barriers and enablers stand on a day. Twins share one rating; a later rating is a new row, so history is kept.

There is never a score: states are listed, not added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

NOT_LOOKED_AT = "not looked at"

Row = Mapping[str, Any]  # Any: a row of the factor list or of the ratings


@dataclass(frozen=True)
class Standing:
    """How one factor stands: its newest rating by a day, and every rating until then in words' order, oldest first."""

    key: str
    state: str
    since: date
    owner: str
    action: str
    review_on: date | None
    note: str
    history: tuple[tuple[str, date], ...]

    def is_overdue(self, today: date) -> bool:
        """Whether its review day has passed while it is not settled."""
        return self.review_on is not None and self.review_on < today and self.state in ("barrier", "in hand")


def rating_keys(factors: Iterable[Row]) -> dict[str, str]:
    """Every factor's key with the key its rating is kept under: its twin's, where it has one."""
    return {row["key"]: row.get("twin") or row["key"] for row in factors}


def standings(ratings: Iterable[Row], kept_under: Mapping[str, str], on: date | None = None) -> dict[str, Standing]:
    """The newest rating of each factor by a day (the newest of all when `on` is None), by the key it is kept under."""
    by_key: dict[str, list[Row]] = {}
    for rating in sorted(ratings, key=lambda held: (held["since"], held["id"])):
        if on is None or rating["since"] <= on:
            key = kept_under.get(rating["factor_key"], rating["factor_key"])
            by_key.setdefault(key, []).append(rating)
    return {key: _standing(key, held) for key, held in by_key.items()}


def _standing(key: str, held: list[Row]) -> Standing:
    now = held[-1]
    return Standing(
        key=key,
        state=now["state"],
        since=now["since"],
        owner=now["owner"],
        action=now["action"],
        review_on=now["review_on"],
        note=now["note"],
        history=tuple((one["state"], one["since"]) for one in held),
    )
