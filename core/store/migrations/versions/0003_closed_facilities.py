"""The new long code of a facility, and the last day of one that was closed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Give facilities both; none is known of those that are there."""
    op.add_column("facility", sa.Column("hcode9_new", sa.String(), nullable=True))
    op.add_column("facility", sa.Column("closed_on", sa.Date(), nullable=True))
    op.create_index("ix_facility_hcode9_new", "facility", ["hcode9_new"])
