"""The log of every change: audit trail, history of a value, and undo that survives closing the file. Frozen."""

from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.base import KEPT_IDS, Row, one_of


class StepKind(StrEnum):
    """What sort of step it was."""

    CHANGE = "change"
    IMPORT = "import"
    UNDO = "undo"
    REDO = "redo"
    CHECKPOINT = "checkpoint"
    REDACTION = "redaction"
    SETTING = "setting"


class HistoryStep(Row, table=True):
    """One step a person took, chained to the one before by its hash.

    `digest` covers the changes and the payload; `hash` covers the step, the digest and the hash before it. Redaction
    removes texts and payloads but neither digest nor hash.
    """

    __tablename__: ClassVar[str] = "history_step"
    __table_args__ = (one_of("kind", StepKind), KEPT_IDS)

    made_at: str = Field(max_length=30)
    who: str = Field(default="", max_length=120)
    label: str = Field(max_length=300)
    kind: StepKind = Field(sa_type=String(12))
    target_step_id: int | None = Field(default=None, foreign_key="history_step.id", index=True)
    import_id: int | None = Field(default=None, index=True)
    digest: str = Field(max_length=64)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class HistoryChange(SQLModel, table=True):
    """One row changed in a step: `before` and `after` are JSON of the columns concerned, None where there is no row."""

    __tablename__: ClassVar[str] = "history_change"
    __table_args__ = (
        one_of("operation", ("insert", "update", "delete")),
        Index(None, "table_name", "row_id"),
        KEPT_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    step_id: int = Field(foreign_key="history_step.id", index=True)
    table_name: str = Field(max_length=40)
    row_id: int
    operation: str = Field(max_length=6)
    before: str | None = Field(default=None, sa_type=Text, nullable=True)
    after: str | None = Field(default=None, sa_type=Text, nullable=True)


class HistoryPayload(SQLModel, table=True):
    """The rows of a bulk change, compressed, kept so that undo and redo are exact."""

    __tablename__: ClassVar[str] = "history_payload"

    step_id: int = Field(
        sa_column=Column(Integer, ForeignKey("history_step.id"), primary_key=True, autoincrement=False)
    )
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class RowCheck(SQLModel, table=True):
    """Checksums of the rows of one block of a table, so that a changed bit is noticed and its row named.

    `block` is the row's id divided by 256; `checks` packs 256 checksums of eight bytes each in the order of the ids,
    all zero where there is no row. Written with every row, by the one writer; itself no part of the history.
    """

    __tablename__: ClassVar[str] = "row_check"

    table_name: str = Field(max_length=40, primary_key=True)
    block: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    checks: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Setting(Row, table=True):
    """A fact about this file: who keeps it, whether it is a sample."""

    __tablename__: ClassVar[str] = "setting"
    __table_args__ = (UniqueConstraint("key"), KEPT_IDS)

    key: str = Field(max_length=60)
    value: str = Field(default="", sa_type=Text)
