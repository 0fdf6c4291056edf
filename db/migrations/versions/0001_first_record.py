"""Revision one: the frozen record, built from `schema_0001.json`."""

from alembic import op
from sqlalchemy import MetaData, insert

from db import sqlite
from db.recorder import now_text
from db.schema import build, frozen_schema
from db.tables.base import new_uuid

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first schema, with the group "everyone"."""
    connection = op.get_bind()
    metadata = MetaData()
    build(frozen_schema(1), metadata)
    metadata.create_all(connection)
    groups, settings = metadata.tables["population_group"], metadata.tables["setting"]
    connection.execute(insert(groups).values(id=1, uuid=new_uuid(), name="everyone", dimension=""))
    connection.execute(insert(settings).values(uuid=new_uuid(), key="made_at", value=now_text()))
    sqlite.set_identity(connection, 1)
