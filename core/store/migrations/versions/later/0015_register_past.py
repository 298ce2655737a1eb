"""What the register said before it was changed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the table; there was none before."""
    op.create_table(
        "register_past",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name_th", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("was_there", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", "until", name="pk_register_past"),
    )
