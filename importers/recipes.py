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
WHOSE_KEY = "whose values"
"""The answer a recipe keeps about a file that holds the values of a comparator or a benchmark."""

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

    def changes(self, inspection: Inspection) -> HeaderChanges:
        """What is different about the headings of a file, against the file this was saved from."""
        now, then = headings(inspection), self.headings
        new = [heading for heading in now if heading not in then]
        gone = [heading for heading in then if heading not in now]
        renamed = _renamed(gone, new)
        return HeaderChanges(
            tuple(heading for heading in new if heading not in renamed.values()),
            tuple(heading for heading in gone if heading not in renamed),
            tuple(renamed.items()),
        )

    def likeness(self, inspection: Inspection) -> float:
        """The share of headings, 0 to 1, that a file has in common with the file this was saved from."""
        now, then = set(headings(inspection)), set(self.headings)
        return len(now & then) / len(now | then) if now | then else 0.0


@dataclass(frozen=True)
class HeaderChanges:
    """Headings that are new, gone, or renamed (old and new), each as `sheet | axis | measure | unit`."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.renamed)

    @property
    def sentences(self) -> tuple[str, ...]:
        """One line for each change."""
        return (
            *(f"Renamed: {short_heading(old)} is now {short_heading(new)}" for old, new in self.renamed),
            *(f"New in this file: {short_heading(heading)}" for heading in self.new),
            *(f"No longer in this file: {short_heading(heading)}" for heading in self.gone),
        )


_ALIKE = 60.0


def _renamed(gone: list[str], new: list[str]) -> dict[str, str]:
    """Old heading to the new one that is most like it, on the same sheet and axis."""
    from rapidfuzz import fuzz

    near = [(old, heading) for old in gone for heading in new if parts_of(old)[:2] == parts_of(heading)[:2]]
    texts = [tuple(parts_of(heading)[2].lower() for heading in pair) for pair in near]
    scores = [fuzz.token_set_ratio(old, heading) for old, heading in texts]
    pairs = sorted(((score, *pair) for score, pair in zip(scores, near, strict=True)), reverse=True)
    found: dict[str, str] = {}
    for score, old, heading in pairs:
        if score >= _ALIKE and old not in found and heading not in found.values():
            found[old] = heading
    return found


def parts_of(heading: str) -> tuple[str, str, str, str]:
    """Sheet pattern, axis, measure and unit of a heading."""
    sheet, axis, rest = heading.split(" | ", 2)
    measure, _, unit = rest.rpartition(" | ")
    return sheet, axis, measure, unit


def short_heading(heading: str) -> str:
    """The measure of a heading with its unit."""
    _, _, measure, unit = parts_of(heading)
    return f"{measure} ({unit})" if unit else measure


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
