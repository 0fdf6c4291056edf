"""Revision two: the fuller record of a role, its measures, its money, and what went out and came in."""

from alembic import op

from db import sqlite
from db.migrations.rebuilding import rebuild
from db.schema import frozen_schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIRST_VALUES: dict[tuple[str, str], str | int] = {
    ("comparator", "assignment"): "none",
    ("event", "arm"): "role",
    ("cost_line", "real_growth"): "0",
    ("benefit_line", "unit_cost_type"): "average",
    ("appraisal", "perspective"): "public sector",
    ("appraisal", "seed"): 20160601,
    ("appraisal", "draws"): 10000,
}
"""What rows of revision one hold in the columns they lacked; other texts start empty, and what may be unknown is."""


def upgrade() -> None:
    """Rebuild the tables that differ, add the new ones; every row is kept under its own id."""
    connection = op.get_bind()
    rebuild(connection, frozen_schema(1), frozen_schema(2), FIRST_VALUES)
    sqlite.set_identity(connection, 2)
