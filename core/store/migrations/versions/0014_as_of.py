"""What puts a hospital's month in doubt, and the moment its file says its figures are of."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add both; what was stored before is in no doubt that is known, and of no known moment."""
    op.add_column("submission", sa.Column("doubts", sa.String(), nullable=True))
    op.add_column("submission", sa.Column("as_of", sa.String(), nullable=True))
