"""Revision four: own figures in place of shipped indices, on-costs, discount rates and pay."""

from alembic import op

from db import sqlite
from db.migrations.rebuilding import rebuild
from db.schema import frozen_schema

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of own figures."""
    connection = op.get_bind()
    rebuild(connection, frozen_schema(3), frozen_schema(4), {})
    sqlite.set_identity(connection, 4)
