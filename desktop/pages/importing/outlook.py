"""What a draft would do to the record, value by value, without Qt: ready, to fix, to check, different, here already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis.vocabulary import State
from analysis.wording import number, plural
from db.operations.imports import Existing, Foreseen, HeldValue
from db.store import Store
from desktop.importing import foresee_collected
from desktop.pages.importing.draft import Draft
from importers.collecting import CellIssue, Collected, Observation
from importers.privacy import PersonalData

FIX, CHECK, DIFFERENT, MENDED, REMARK = "fix", "check", "different", "mended", "remark"
MENDABLE = (FIX, CHECK)


@dataclass(frozen=True)
class Doubt:
    """One line of the list: a cell that needs a person, has been mended, or is said something about.

    `offers` are texts to put in; the first is the proposal. `key` names the line from one look to the next.
    """

    level: str
    part: int
    file: str
    cell: str
    raw: str
    message: str
    offers: tuple[str, ...] = ()
    now: str = ""

    @property
    def key(self) -> str:
        """File and cell."""
        return f"{self.level} {self.part} {self.cell} {self.raw if self.level == REMARK else ''}"


@dataclass(frozen=True)
class Outlook:
    """What the import would find. `collected` is by the number of the file."""

    draft: Draft
    collected: dict[int, Collected]
    foreseen: Foreseen

    @cached_property
    def ready(self) -> tuple[tuple[int, Observation], ...]:
        """Every ready value with the number of its file, in the order of the foreseen rows."""
        return tuple((part, value) for part, held in self.collected.items() for value in held.ready)

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """Every line of the list: what must be fixed first."""
        return (*self._held(FIX), *self._held(CHECK), *self._different(), *self._mended(), *self._remarks())

    @cached_property
    def same_cells(self) -> frozenset[tuple[int, str]]:
        """Cells whose values are here already, by file."""
        return frozenset((self.ready[at][0], self.ready[at][1].cell) for at in self.foreseen.same)

    @property
    def held(self) -> int:
        """Cells kept back for a person."""
        return sum(len(one.fix) + len(one.check) for one in self.collected.values())

    @property
    def dropped(self) -> tuple[PersonalData, ...]:
        """Columns that hold people and were not read."""
        return tuple(found for one in self.collected.values() for found in one.dropped_columns)

    def count(self, level: str) -> int:
        """How many lines of one level there are."""
        return sum(doubt.level == level for doubt in self.doubts)

    def listed(self, level: str) -> tuple[Doubt, ...]:
        """The lines of one level; of those that need a person where none is chosen."""
        wanted = (level,) if level in (FIX, CHECK, DIFFERENT, MENDED, REMARK) else MENDABLE
        return tuple(doubt for doubt in self.doubts if doubt.level in wanted)

    def _held(self, level: str) -> list[Doubt]:
        return [
            _doubt(part, one.file, issue)
            for part, one in self.collected.items()
            for issue in (one.fix if level == FIX else one.check)
        ]

    def _different(self) -> list[Doubt]:
        return [self._differing(held) for held in self.foreseen.differing]

    def _differing(self, held: HeldValue) -> Doubt:
        part, value = self.ready[held.row]
        said = f"{value.measure.name}, {value.period.label}: held is {held_words(held.state, held.value)}"
        mine = "Yours is kept" if self.draft.existing is Existing.KEEP else ""
        now = mine or ("Replaced" if self.draft.existing is Existing.REPLACE else "The import stops")
        return Doubt(DIFFERENT, part, self.collected[part].file, value.cell, value.raw, said, now=now)

    def _mended(self) -> list[Doubt]:
        files = {part: one.file for part, one in self.collected.items()}
        return [
            Doubt(MENDED, part, files[part], cell, text or "left blank", "as you put it; the sheet stays as it is")
            for (part, cell), text in self.draft.fixes.items()
            if part in files
        ]

    def _remarks(self) -> list[Doubt]:
        return [
            Doubt(REMARK, part, one.file, note.cell, note.level, f"{note.message} {note.hint}")
            for part, one in self.collected.items()
            for note in one.notes
            if note.level in MENDABLE
        ]


def _doubt(part: int, file: str, issue: CellIssue) -> Doubt:
    about = f"{issue.message} ({issue.measure}, {issue.period})" if issue.measure else issue.message
    return Doubt(issue.level, part, file, issue.cell, issue.raw, about, issue.proposals)


def held_words(state: str, value: float | None) -> str:
    """A value that is held, for people: a number, or what it is instead."""
    if value is None or state != State.VALUE.value:
        return state.replace("_", " ")
    return number(value, 0 if float(value).is_integer() else 2)


def look_ahead(draft: Draft, store: Store | None, role_id: int | None) -> Outlook:
    """What a draft would do to the record of a role; a new role holds nothing yet."""
    collected = draft.collected()
    values = [value for one in collected.values() for value in one.ready]
    if store is None or role_id is None:
        return Outlook(draft, collected, Foreseen(len(values)))
    return Outlook(draft, collected, foresee_collected(store, role_id=role_id, values=values))


def button_words(outlook: Outlook, existing: Existing) -> str:
    """What the primary button will do, with its numbers."""
    replacing = outlook.foreseen.different if existing is Existing.REPLACE else 0
    count = outlook.foreseen.fresh + replacing
    if not count:
        return "Nothing new to import"
    words = f"Import {plural(count, 'value')}"
    return f"{words}, hold {outlook.held:,}" if outlook.held else words


def total_words(outlook: Outlook) -> str:
    """How many values were found, and where."""
    total = len(outlook.ready) + outlook.held
    areas = [table.range for part in outlook.draft.wanted() for table in part.inspection.tables]
    where = areas[0] if len(areas) == 1 else outlook.draft.name
    return f"{plural(total, 'value')} in {where}"
