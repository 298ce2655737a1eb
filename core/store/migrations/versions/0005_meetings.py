"""Meetings with their agenda and the questions asked in them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the three tables of meetings; there were none before."""
    op.create_table(
        "meeting",
        _number("id"),
        _text("title"),
        _text("area"),
        _number("period_id"),
        _number("snapshot_id"),
        _text("rules"),
        _number("minutes"),
        _text("made_by"),
        _moment("made_at"),
        _number("revision"),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_meeting_period_id"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name="fk_meeting_snapshot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_table(
        "meeting_entry",
        _number("meeting_id"),
        _number("place"),
        _text("page"),
        _text("parameters"),
        _text("title_th"),
        _text("title_en"),
        _text("note"),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_entry_meeting_id"),
        sa.PrimaryKeyConstraint("meeting_id", "place", name="pk_meeting_entry"),
    )
    op.create_table(
        "meeting_question",
        _number("id"),
        _number("meeting_id"),
        _text("view"),
        _text("question"),
        _text("asked_by"),
        _moment("asked_at"),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_meeting_question_meeting_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_question"),
    )
    op.create_index("ix_meeting_question_meeting_id", "meeting_question", ["meeting_id"])


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
