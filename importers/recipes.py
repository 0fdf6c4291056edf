"""The saved answers of an import, which bring in next month's file: fingerprint, targets and answers, as JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from importers.found import FoundSeries, FoundTable
from importers.grammar import read_period_text
from importers.inspection import Inspection

VERSION = 1
_PERIOD_LIKE = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \-_']*\d{0,4}|\d{1,4}(?:[-/ ]\d{1,4}){0,2}|q[1-4]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SavedTarget:
    """What becomes of one series: `action` is existing, new or leave out."""

    series: str
    action: str
    measure_id: int | None = None
    measure: str = ""


@dataclass(frozen=True)
class Recipe:
    """Saved answers keyed by the file's fingerprint (header paths, sheet-name pattern, axis kind, units)."""

    name: str
    fingerprint: str
    headings: tuple[str, ...]
    targets: tuple[SavedTarget, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> str:
        """The recipe as text to store."""
        content = {
            "version": VERSION,
            "name": self.name,
            "fingerprint": self.fingerprint,
            "headings": list(self.headings),
            "targets": [vars(target) for target in self.targets],
            "answers": dict(self.answers),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """Read a stored recipe. Raises ValueError for text that is none."""
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("version") != VERSION:
            said = "not a recipe of this version"
            raise ValueError(said)
        targets = tuple(SavedTarget(**target) for target in content["targets"])
        return cls(content["name"], content["fingerprint"], tuple(content["headings"]), targets, content["answers"])

    def changes(self, inspection: Inspection) -> list[str]:
        """Sentences that say which headings are new, and which are gone, against the file this was saved from."""
        now, then = set(headings(inspection)), set(self.headings)
        return [
            *(f"New in this file: {heading}" for heading in sorted(now - then)),
            *(f"No longer in this file: {heading}" for heading in sorted(then - now)),
        ]


def masked(name: str) -> str:
    """A sheet name with its period masked, so that `Apr 24` and `May 24` are the same pattern."""
    if read_period_text(name) is not None:
        return "#"
    return " ".join(_PERIOD_LIKE.sub("#", name).split()).lower()


def series_key(table: FoundTable, series: FoundSeries) -> str:
    """The name of a series that stays the same from month to month."""
    return f"{masked(table.sheet)} | {series.label}"


def headings(inspection: Inspection) -> tuple[str, ...]:
    """The headings of every table with units, one for each distinct measure path, in order."""
    found: dict[str, None] = {}
    for table in inspection.tables:
        for series in table.series:
            found[f"{masked(table.sheet)} | {table.axis_kind} | {series.measure} | {series.unit}"] = None
    return tuple(found)


def fingerprint(inspection: Inspection) -> str:
    """The same for next month's file of the same shape, whatever its periods, rows and values."""
    text = "\n".join(headings(inspection))
    return hashlib.sha256(text.encode()).hexdigest()
