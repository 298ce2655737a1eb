"""The rows of documents, such as a province's strategy plan, behind their submissions."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table of rows; there were no documents before."""
    op.create_table(
        "document_line",
        sa.Column("submission_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_document_line_submission_id"
        ),
        sa.PrimaryKeyConstraint("submission_id", "place", name="pk_document_line"),
        sqlite_with_rowid=False,
    )
