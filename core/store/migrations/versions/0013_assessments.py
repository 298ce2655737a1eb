"""Self-assessments as provinces verify them: steps, items, evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the tables; there were none before."""
    op.create_table(
        "assessment_step",
        _number("id"),
        *map(_text, ("form", "subject")),
        _number("period_id"),
        _number("revision"),
        _text("action"),
        *map(_number, ("stage", "items", "verified", "differing")),
        *map(_text, ("done_by", "role")),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        _text("why"),
        _number("unseen"),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_assessment_step_period_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment_step"),
        sa.UniqueConstraint(
            "form",
            "subject",
            "period_id",
            "revision",
            name="uq_assessment_step_form_subject_period_id_revision",
        ),
    )
    op.create_index("ix_assessment_step_period_id_form", "assessment_step", ["period_id", "form"])
    op.create_table(
        "assessment_item",
        _number("step_id"),
        _text("measure"),
        sa.Column("own", sa.Double(), nullable=True),
        _number("own_state"),
        sa.Column("verified", sa.Double(), nullable=True),
        _text("why"),
        _of_step("assessment_item"),
        sa.PrimaryKeyConstraint("step_id", "measure", name="pk_assessment_item"),
    )
    op.create_table(
        "assessment_evidence",
        _number("step_id"),
        *map(_text, ("measure", "link", "file_name", "sha256")),
        _number("size"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _of_step("assessment_evidence"),
        sa.PrimaryKeyConstraint("step_id", "measure", name="pk_assessment_evidence"),
    )


def _of_step(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["step_id"], ["assessment_step.id"], name=f"fk_{table}_step_id")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)
