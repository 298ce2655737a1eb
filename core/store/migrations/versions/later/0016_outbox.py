"""The outbox: messages that are to be sent, and where people get them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create the tables; there were none before."""
    op.create_table(
        "person_contact",
        _number("person_id"),
        _text("email"),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        _time("changed_at"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_contact_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_person_contact"),
    )
    op.create_table(
        "outbox_message",
        _number("id"),
        *map(_text, ("event", "channel")),
        _number("person_id"),
        sa.Column("content", sa.Text(), nullable=False),
        _text("state"),
        _number("tries"),
        _time("next_at"),
        _time("made_at"),
        _time("ended_at", nullable=True),
        _text("why"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_message"),
        sa.UniqueConstraint(
            "event", "channel", "person_id", name="uq_outbox_message_event_channel_person_id"
        ),
    )
    op.create_index("ix_outbox_message_state", "outbox_message", ["state"])


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
