"""Deeds: who changed what; the database refuses to change or delete one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_REFUSED = "deeds are never changed"
_SHORT = ("who", "role", "via", "place", "action", "subject", "area")
_INDEXED = ("at", "action", "subject")


def upgrade() -> None:
    """Create the table and what guards it; there was none before."""
    op.create_table(
        "deed",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _SHORT),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("before", "after", "reason")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("previous", "hash")),
        sa.PrimaryKeyConstraint("id", name="pk_deed"),
    )
    for column in _INDEXED:
        op.create_index(f"ix_deed_{column}", "deed", [column])
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER deed_refuses_{what.lower()} BEFORE {what} ON deed"
            f" BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION deed_refuses() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER deed_refuses_row BEFORE UPDATE OR DELETE ON deed"
        " FOR EACH ROW EXECUTE FUNCTION deed_refuses()"
    )
    op.execute(
        "CREATE TRIGGER deed_refuses_all BEFORE TRUNCATE ON deed"
        " FOR EACH STATEMENT EXECUTE FUNCTION deed_refuses()"
    )
