"""Which page of the help belongs to a control: the table of `resources/help_places.json`. Qt-free."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

import resources

Names = AbstractSet[str]
"""What a control is called: the classes it is of, and its accessible name."""


@dataclass(frozen=True)
class Place:
    """A heading of a page of the help; without a heading, the page from its top."""

    page: str
    heading: str = ""


@dataclass(frozen=True)
class HelpRow:
    """What F1 shows in a page and tab of the window; `within` narrows it to a kind of control or a named card."""

    go: Place
    page: str = ""
    tab: str = ""
    within: str = ""

    def covers(self, page: str, tab: str) -> bool:
        """Whether the row holds in a page and tab."""
        return self.page in ("", page) and self.tab in ("", tab)


def place_named(text: str) -> Place:
    """`what-changed#Fitted trend` as a place."""
    page, _, heading = text.partition("#")
    return Place(page, heading)


@cache
def help_rows() -> tuple[HelpRow, ...]:
    """Every row of the table."""
    rows = resources.load("help_places")["places"]
    return tuple(HelpRow(**{**row, "go": place_named(row["go"])}) for row in rows)


def place_of(chain: Sequence[Names], page: str, tab: str) -> Place | None:
    """Where the help speaks of a control.

    `chain` holds the names of the control, of what it stands in, and so on outwards: the nearest that has a row wins,
    then the tab, then the page. None where the table knows neither.
    """
    rows = [row for row in help_rows() if row.covers(page, tab)]
    near = (row.go for names in chain for row in rows if row.within in names)
    whole = sorted((row for row in rows if row.page and not row.within), key=lambda row: not row.tab)
    return next(near, whole[0].go if whole else None)


def slug(heading: str) -> str:
    """A heading as the end of a link: `Earlier trends` is `earlier-trends`."""
    return re.sub(r"[^a-z0-9]+", "-", heading.casefold()).strip("-")
