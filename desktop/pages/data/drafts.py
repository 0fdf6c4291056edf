"""What has been typed but is not in the record: on its way there, or refused and waiting to be put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from analysis.periods import Period
from analysis.vocabulary import MeasureFacts
from analysis.wording import plural
from desktop.grid.state import Cell, CellMark
from desktop.pages.data.entry import Typed, read_entry

Place = tuple[Period, int]
"""A cell by what it is: the period and the id of the measure."""
Layer = Mapping[Period, Mapping[int, Cell]]
"""Cells to lay over what is recorded, by period and by the id of the measure."""


def _layer(cells: Iterable[tuple[Place, Cell]]) -> Layer:
    found: dict[Period, dict[int, Cell]] = {}
    for (period, measure_id), cell in cells:
        found.setdefault(period, {})[measure_id] = cell
    return found


@dataclass(frozen=True)
class Batch:
    """The texts of one gesture and the name of the step they make. A batch is written whole or not at all."""

    texts: Mapping[Place, str]
    label: str

    @cached_property
    def layer(self) -> Layer:
        """Its texts as cells on their way into the record."""
        return _layer((place, Cell(text, source="typed")) for place, text in self.texts.items())

    def with_texts(self, texts: Mapping[Place, str]) -> Batch:
        """The batch with some of its texts put right."""
        return replace(self, texts={**self.texts, **texts})

    def read(self, measures: Mapping[int, MeasureFacts]) -> dict[Place, Typed]:
        """Each text read by its measure."""
        return {place: read_entry(measures[place[1]], text) for place, text in self.texts.items()}


def _waiting(text: str, fault: str) -> Cell:
    if fault:
        return Cell(text, marks=frozenset({CellMark.FIX}), source="not saved")
    return Cell(text, marks=frozenset({CellMark.CHECK}), source="not saved yet")


@dataclass(frozen=True)
class Refused:
    """A batch that could not be written, with the reading of each of its texts."""

    batch: Batch
    read: Mapping[Place, Typed]

    @cached_property
    def layer(self) -> Layer:
        """Its texts as cells that are not saved: those to put right, and those that wait for them."""
        return _layer((place, _waiting(text, self.read[place].fault)) for place, text in self.batch.texts.items())

    @cached_property
    def faulty(self) -> tuple[Place, ...]:
        """The cells to put right, in order."""
        return tuple(sorted(place for place, typed in self.read.items() if typed.fault))

    @property
    def words(self) -> str:
        """How many values of how many will not do."""
        wrong, all_of_them = len(self.faulty), len(self.batch.texts)
        if all_of_them == 1:
            return "This cannot be kept as it stands."
        return f"{wrong} of {plural(all_of_them, 'value')} cannot be kept, so none of them has been saved."


@dataclass(frozen=True)
class Drafts:
    """All that is not in the record: `moving` batches on their way, `refused` ones waiting."""

    moving: tuple[Batch, ...] = ()
    refused: tuple[Refused, ...] = field(default=())

    def layers(self) -> tuple[Layer, ...]:
        """Every cell with a draft; a refused text lies over one on its way."""
        return (*(batch.layer for batch in self.moving), *(held.layer for held in self.refused))

    def sent(self, batch: Batch) -> Drafts:
        """With one more batch on its way."""
        return replace(self, moving=(*self.moving, batch))

    def settled(self, batch: Batch) -> Drafts:
        """With a batch no longer on its way."""
        return replace(self, moving=tuple(held for held in self.moving if held is not batch))

    def refuse(self, refused: Refused) -> Drafts:
        """With one more batch waiting to be put right."""
        return replace(self, refused=(*self.refused, refused))

    def take_up(self, asked: Batch) -> tuple[Drafts, Batch]:
        """The drafts without the refused batches that `asked` touches, and those batches joined with it as one."""
        touched = [held for held in self.refused if set(held.batch.texts) & set(asked.texts)]
        whole = asked
        for held in touched:
            whole = held.batch.with_texts(whole.texts)
        return replace(self, refused=tuple(held for held in self.refused if held not in touched)), whole

    def dropped(self, place: Place) -> Drafts:
        """Without the refused batch a cell belongs to: the record stays as it was."""
        return replace(self, refused=tuple(held for held in self.refused if place not in held.batch.texts))

    def refused_at(self, place: Place) -> Refused | None:
        """The refused batch a cell belongs to, or else the first that waits."""
        here = next((held for held in self.refused if place in held.batch.texts), None)
        return here or (self.refused[0] if self.refused else None)
