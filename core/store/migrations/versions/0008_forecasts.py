"""Forecasts, kept as they were made."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the table; there was none before."""
    op.create_table(
        "forecast",
        _number("id"),
        _text("subject"),
        _number("period_id"),
        _number("horizon"),
        sa.Column("probability", sa.Float(), nullable=False),
        _number("first_red"),
        _text("model"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_forecast_period_id"),
        sa.PrimaryKeyConstraint("id", name="pk_forecast"),
        sa.UniqueConstraint(
            "subject",
            "period_id",
            "horizon",
            "model",
            name="uq_forecast_subject_period_id_horizon_model",
        ),
    )
    op.create_index("ix_forecast_period_id", "forecast", ["period_id"])


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)
