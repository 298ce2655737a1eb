"""The states of facilities before they were changed."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Create the table; there was none before."""
    op.create_table(
        "facility_state_past",
        sa.Column("hcode", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_there", sa.Boolean(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("hgr", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("beds", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("island", sa.Boolean(), nullable=False),
        sa.Column("transferred", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hcode", "valid_from", "until", name="pk_facility_state_past"),
    )
