"""Findings with their changes and evidence, closings of rounds, and what reports narrate."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the six tables; there were none before."""
    _findings()
    _changes()
    _closings()
    op.create_table(
        "narrative",
        _number("id"),
        _text("area"),
        _number("period_id"),
        _text("part"),
        _number("version"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        _text("role"),
        _text("written_by"),
        _moment("written_at"),
        _number("unseen"),
        _of_period("narrative", "period_id"),
        sa.PrimaryKeyConstraint("id", name="pk_narrative"),
        sa.UniqueConstraint(
            "area", "period_id", "part", "version", name="uq_narrative_area_period_id_part_version"
        ),
    )


def _findings() -> None:
    texts = ("subject", "criterion", "tests")
    numbers = ("kind", "stage", "light", "opened_in", "result_period")
    words = ("asked_th", "asked_en", "cause", "cause_words", "measure", "owner_role", "owner_unit")
    op.create_table(
        "finding",
        _number("id"),
        *map(_text, texts),
        *map(_number, numbers),
        _moment("opened_at"),
        sa.Column("value", sa.Double(), nullable=True),
        *map(_text, words),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        _number("green_in"),
        _number("seen_in"),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        _number("relapses"),
        _number("revision"),
        _of_period("finding", "opened_in"),
        _of_period("finding", "result_period"),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("subject", "criterion", name="uq_finding_subject_criterion"),
    )
    op.create_index("ix_finding_criterion", "finding", ["criterion"])


def _changes() -> None:
    op.create_table(
        "finding_change",
        _number("id"),
        _number("finding_id"),
        _number("revision"),
        _text("action"),
        _text("changed_by"),
        _text("role"),
        _moment("changed_at"),
        _text("why"),
        _number("period_id"),
        sa.Column("content", sa.Text(), nullable=False),
        _number("unseen"),
        _of_finding("finding_change"),
        sa.PrimaryKeyConstraint("id", name="pk_finding_change"),
        sa.UniqueConstraint("finding_id", "revision", name="uq_finding_change_finding_id_revision"),
    )
    op.create_table(
        "finding_evidence",
        _number("change_id"),
        _number("finding_id"),
        _text("link"),
        _text("file_name"),
        _text("sha256"),
        _number("size"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["finding_change.id"], name="fk_finding_evidence_change_id"
        ),
        _of_finding("finding_evidence"),
        sa.PrimaryKeyConstraint("change_id", name="pk_finding_evidence"),
    )
    op.create_index("ix_finding_evidence_finding_id", "finding_evidence", ["finding_id"])


def _closings() -> None:
    op.create_table(
        "finding_closing",
        _number("id"),
        _text("area"),
        _number("period_id"),
        _text("closed_by"),
        _text("role"),
        _moment("closed_at"),
        *map(_number, ("lights", "opened", "reopened", "closed")),
        _of_period("finding_closing", "period_id"),
        sa.PrimaryKeyConstraint("id", name="pk_finding_closing"),
    )
    op.create_table(
        "finding_choice",
        _number("id"),
        _text("province"),
        sa.Column("watched", sa.Boolean(), nullable=False),
        _text("chosen_by"),
        _moment("chosen_at"),
        _text("why"),
        sa.PrimaryKeyConstraint("id", name="pk_finding_choice"),
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _of_period(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["period.id"], name=f"fk_{table}_{column}")


def _of_finding(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=f"fk_{table}_finding_id")
