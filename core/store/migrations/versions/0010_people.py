"""People: who signs in, grants, passwords, sessions, failed attempts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables; there were none before."""
    _people()
    _grants()
    _keys()
    op.create_table(
        "sign_in_failure",
        _number("id"),
        _text("account"),
        _text("origin"),
        _time("at"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_failure"),
    )
    op.create_index("ix_sign_in_failure_account", "sign_in_failure", ["account"])
    op.create_index("ix_sign_in_failure_origin", "sign_in_failure", ["origin"])


def _people() -> None:
    op.create_table(
        "person",
        _number("id"),
        _text("issuer"),
        _text("subject"),
        _text("name"),
        _time("added_at"),
        _text("added_by"),
        _time("disabled_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("issuer", "subject", name="uq_person_issuer_subject"),
    )


def _grants() -> None:
    op.create_table(
        "person_grant",
        _number("id"),
        _number("person_id"),
        _text("role"),
        _text("area"),
        _text("source"),
        _time("granted_at"),
        _text("granted_by"),
        _time("revoked_at", nullable=True),
        _text("revoked_by"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_grant_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person_grant"),
    )
    op.create_index("ix_person_grant_person_id", "person_grant", ["person_id"])


def _keys() -> None:
    op.create_table(
        "person_password",
        _number("person_id"),
        _text("hashed"),
        _time("changed_at"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_password_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_person_password"),
    )
    op.create_table(
        "person_session",
        _text("digest"),
        _number("person_id"),
        _text("way"),
        _time("begun_at"),
        _time("seen_at"),
        _time("ends_at"),
        _time("ended_at", nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_session_person_id"),
        sa.PrimaryKeyConstraint("digest", name="pk_person_session"),
    )
    op.create_index("ix_person_session_person_id", "person_session", ["person_id"])


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
