"""Spreadsheets brought in, and the saved answers that bring in the next one. The recipe's columns are frozen."""

from typing import ClassVar

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.base import KEPT_IDS, Row


class RecipeBase(SQLModel):
    """The saved answers of an import, found again by the fingerprint of the sheet's headers."""

    name: str = Field(min_length=1, max_length=200)
    fingerprint: str = Field(max_length=64)
    implementation_id: int | None = Field(default=None, foreign_key="implementation.id", ondelete="CASCADE", index=True)
    answers: str = Field(default="{}", sa_type=Text)
    saved_at: str = Field(max_length=30)


class Recipe(RecipeBase, Row, table=True):
    """A recipe."""

    __tablename__: ClassVar[str] = "recipe"
    __table_args__ = (UniqueConstraint("fingerprint", "implementation_id"), KEPT_IDS)


class ImportBatchBase(SQLModel):
    """One spreadsheet brought in: which file, when, how much of it."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    recipe_id: int | None = Field(default=None, foreign_key="recipe.id", ondelete="SET NULL")
    file_name: str = Field(min_length=1, max_length=255)
    file_sha256: str = Field(max_length=64)
    file_bytes: int = Field(ge=0)
    sheets: str = Field(default="", sa_type=Text)
    imported_at: str = Field(max_length=30)
    added: int = Field(default=0, ge=0)
    replaced: int = Field(default=0, ge=0)
    unchanged: int = Field(default=0, ge=0)
    held: int = Field(default=0, ge=0)


class ImportBatch(ImportBatchBase, Row, table=True):
    """An import."""

    __tablename__: ClassVar[str] = "import_batch"
    __table_args__ = (KEPT_IDS,)
