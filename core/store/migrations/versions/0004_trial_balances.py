"""Accounts of trial balances, and results computed from one beside what was typed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_AMOUNTS = ("brought", "debit", "credit", "carried")


def upgrade() -> None:
    """Create the table of accounts; no result so far was computed from any."""
    op.create_table(
        "account_balance",
        sa.Column("submission_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=True) for name in _AMOUNTS),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("cell", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_account_balance_submission_id"
        ),
        sa.PrimaryKeyConstraint("submission_id", "place", name="pk_account_balance"),
        sqlite_with_rowid=False,
    )
    # With its key in the column's own definition no database has to write all results anew.
    op.execute(
        "ALTER TABLE result ADD COLUMN books_id INTEGER"
        " CONSTRAINT fk_result_books_id REFERENCES submission (id)"
    )
