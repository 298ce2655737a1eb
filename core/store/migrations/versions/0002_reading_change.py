"""Which readings of contradictory rules results follow, since which version, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Give versions a reason, and create the table of readings."""
    op.add_column("results_version", sa.Column("reason", sa.String(), nullable=True))
    op.create_table(
        "reading_change",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("switch", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["results_version.id"], name="fk_reading_change_version_id"
        ),
        sa.PrimaryKeyConstraint("version_id", "switch", name="pk_reading_change"),
    )
