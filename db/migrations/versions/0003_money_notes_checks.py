"""Revision three: benefits from a measure, sources and ranges of shares, scale, staff time, cell notes, row checks."""

from alembic import op

from db import sqlite
from db.migrations.rebuilding import rebuild
from db.schema import frozen_schema

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIRST_VALUES: dict[tuple[str, str], str | int] = {("benefit_line", "method"): "entered"}
"""What rows of revision two hold in the columns they lacked; other texts start empty, and what may be unknown is."""


def upgrade() -> None:
    """Rebuild the tables that differ, add the new ones; every row is kept under its own id."""
    connection = op.get_bind()
    rebuild(connection, frozen_schema(2), frozen_schema(3), FIRST_VALUES)
    sqlite.set_identity(connection, 3)
