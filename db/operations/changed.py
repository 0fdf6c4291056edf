"""What an operation returns: the kinds of things it changed, so that screens know what to read again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Thing(StrEnum):
    """Kinds of things a write can change."""

    ROLES = "roles"
    MEASURES = "measures"
    OBSERVATIONS = "observations"
    EVENTS = "events"
    MONEY = "money"
    FACTORS = "factors"
    NOTES = "notes"
    CELL_NOTES = "notes on cells"
    IMPORTS = "imports"
    SETTINGS = "settings"
    LIBRARY = "library"
    PACKS = "packs"
    EXPORTS = "exports"
    APPRAISALS = "appraisals"


EVERYTHING = frozenset(Thing)
BESIDE = frozenset({Thing.SETTINGS, Thing.PACKS, Thing.APPRAISALS, Thing.EXPORTS, Thing.CELL_NOTES})
"""What no answer rests on."""


@dataclass(frozen=True)
class Changed:
    """The name of the step, what it changed, and the id of a new row if there is one."""

    label: str
    things: frozenset[Thing]
    new_id: int | None = None
