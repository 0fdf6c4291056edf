"""What went out and what came in from other teams: exports, and evidence packs."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.base import KEPT_IDS, Row, one_of


class ExportKind(StrEnum):
    """What was handed over."""

    WORKBOOK = "workbook"
    PAGE = "page"
    PICTURE = "picture"
    CLIPBOARD = "clipboard"
    PACK = "evidence pack"


class ExportRecordBase(SQLModel):
    """One export: what left, under which small-number policy. `shown` is JSON of the cells that were shown.

    `edition` is portfolio or role; `grain` the length of the periods shown, where they were put together.
    """

    made_at: str = Field(max_length=30)
    kind: ExportKind = Field(sa_type=String(20))
    audience: str = Field(default="", max_length=40)
    policy: str = Field(max_length=40)
    policy_reason: str = Field(default="", sa_type=Text)
    period_start: date | None = None
    period_end: date | None = None
    roles: str = Field(default="", sa_type=Text)
    file_name: str = Field(default="", max_length=255)
    file_sha256: str = Field(default="", max_length=64)
    data_hash: str = Field(default="", max_length=64)
    shown: str = Field(default="", sa_type=Text)
    edition: str = Field(default="", max_length=40)
    grain: str = Field(default="", max_length=10)


class ExportRecord(ExportRecordBase, Row, table=True):
    """An export."""

    __tablename__: ClassVar[str] = "export_record"
    __table_args__ = (one_of("kind", ExportKind), KEPT_IDS)


class EvidencePackBase(SQLModel):
    """Results of another team, as they came: `content` is the pack's own JSON, checked against its SHA-256."""

    imported_at: str = Field(max_length=30)
    file_name: str = Field(min_length=1, max_length=255)
    sha256: str = Field(max_length=64)
    pack_version: int = Field(ge=1)
    content: str = Field(sa_type=Text)


class EvidencePack(EvidencePackBase, Row, table=True):
    """An evidence pack brought in."""

    __tablename__: ClassVar[str] = "evidence_pack"
    __table_args__ = (UniqueConstraint("sha256"), KEPT_IDS)
