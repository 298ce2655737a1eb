"""Tokens of programs, and jobs that take long."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the tables; there were none before."""
    op.create_table(
        "program_token",
        _number("id"),
        *map(_text, ("name", "digest", "role", "area")),
        _time("made_at"),
        _text("made_by"),
        _time("ends_at"),
        _time("revoked_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_program_token"),
        sa.UniqueConstraint("digest", name="uq_program_token_digest"),
    )
    op.create_table(
        "job",
        _number("id"),
        _text("kind"),
        _long("asked"),
        _text("state"),
        sa.Column("share", sa.Float(), nullable=False),
        _long("answer"),
        _text("asked_by"),
        _time("asked_at"),
        _text("held_by"),
        _time("held_until", nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        _time("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_state", "job", ["state"])


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _long(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
