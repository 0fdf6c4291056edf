"""Groups of people that values can be about besides everyone, and a role's figures by group."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from analysis.vocabulary import Series
from db.queries.series import EVERYONE, series
from db.recorder import table_of
from db.store import Store
from db.tables import PopulationGroup


@dataclass(frozen=True)
class Group:
    """A group of people; `dimension` says by what they differ."""

    id: int
    name: str
    dimension: str

    @property
    def label(self) -> str:
        """The name with what the groups differ by: `most deprived fifth (deprivation)`."""
        return f"{self.name} ({self.dimension})" if self.dimension else self.name


@dataclass(frozen=True)
class GroupFigures:
    """The role's own series of one group, those that hold something."""

    group: Group
    series: tuple[Series, ...]


def groups(store: Store) -> tuple[Group, ...]:
    """Groups of people on record besides everyone, by what they differ by, in the order they were added."""
    held = table_of(PopulationGroup)
    query = select(held).where(held.c.id != EVERYONE).order_by(held.c.dimension, held.c.id)
    with store.read() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(Group(row["id"], row["name"], row["dimension"]) for row in rows)


def group_figures(store: Store, role_id: int) -> tuple[GroupFigures, ...]:
    """A role's figures for every group on record, empty ones too."""
    return tuple(
        GroupFigures(group, tuple(one for one in series(store, role_id, group_id=group.id) if len(one)))
        for group in groups(store)
    )
