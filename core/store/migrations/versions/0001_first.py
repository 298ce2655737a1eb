"""The first tables: register, uploads with their figures, results with their versions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=null)


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "about", _text("key"), _text("value"), sa.PrimaryKeyConstraint("key", name="pk_about")
    )
    op.create_table(
        "facility",
        _text("hcode"),
        _text("hcode9", null=True),
        _text("name_th"),
        _text("name_en"),
        _text("kind"),
        sa.PrimaryKeyConstraint("hcode", name="pk_facility"),
        sa.UniqueConstraint("hcode9", name="uq_facility_hcode9"),
    )
    op.create_table(
        "measure",
        _number("id"),
        _text("code"),
        sa.PrimaryKeyConstraint("id", name="pk_measure"),
        sa.UniqueConstraint("code", name="uq_measure_code"),
    )
    op.create_table(
        "period",
        _number("id"),
        _text("code"),
        _number("fiscal_year"),
        _text("part"),
        _number("number"),
        _number("ordinal", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_period"),
        sa.UniqueConstraint("code", name="uq_period_code"),
    )
    op.create_table(
        "region",
        _text("code"),
        _text("name_th"),
        _text("name_en"),
        sa.PrimaryKeyConstraint("code", name="pk_region"),
    )
    op.create_table(
        "upload",
        _number("id"),
        _text("form"),
        _text("form_version"),
        _text("subject"),
        _number("fiscal_year"),
        _number("version"),
        _text("file_name"),
        _text("sha256"),
        _number("size"),
        _text("uploaded_by"),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        _number("filled"),
        _number("inputs"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
        sa.UniqueConstraint(
            "form",
            "subject",
            "fiscal_year",
            "sha256",
            name="uq_upload_form_subject_fiscal_year_sha256",
        ),
        sa.UniqueConstraint(
            "form",
            "subject",
            "fiscal_year",
            "version",
            name="uq_upload_form_subject_fiscal_year_version",
        ),
    )
    op.create_index("ix_upload_subject", "upload", ["subject"], unique=False)
    op.create_table(
        "province",
        _text("code"),
        _text("name_th"),
        _text("name_en"),
        _text("region"),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name="fk_province_region"),
        sa.PrimaryKeyConstraint("code", name="pk_province"),
    )
    op.create_index("ix_province_region", "province", ["region"], unique=False)
    op.create_table(
        "results_version",
        _number("id"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _text("made_by"),
        _text("why"),
        _number("upload_id", null=True),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name="fk_results_version_upload_id"),
        sa.PrimaryKeyConstraint("id", name="pk_results_version"),
    )
    op.create_table(
        "submission",
        _number("id"),
        _number("upload_id"),
        _text("form"),
        _text("subject"),
        _number("period_id"),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_submission_period_id"),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name="fk_submission_upload_id"),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint(
            "upload_id", "subject", "period_id", name="uq_submission_upload_id_subject_period_id"
        ),
    )
    op.create_index(
        "ix_submission_subject_form_period_id",
        "submission",
        ["subject", "form", "period_id"],
        unique=False,
    )
    op.create_index(
        "uq_submission_current",
        "submission",
        ["form", "period_id", "subject"],
        unique=True,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "upload_change",
        _number("id"),
        _number("upload_id"),
        _text("action"),
        _text("changed_by"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _text("reason"),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name="fk_upload_change_upload_id"),
        sa.PrimaryKeyConstraint("id", name="pk_upload_change"),
    )
    op.create_index("ix_upload_change_upload_id", "upload_change", ["upload_id"], unique=False)
    op.create_table(
        "upload_content",
        _number("upload_id"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name="fk_upload_content_upload_id"),
        sa.PrimaryKeyConstraint("upload_id", name="pk_upload_content"),
    )
    op.create_table(
        "district",
        _text("code"),
        _text("name_th"),
        _text("name_en"),
        _text("province"),
        sa.ForeignKeyConstraint(["province"], ["province.code"], name="fk_district_province"),
        sa.PrimaryKeyConstraint("code", name="pk_district"),
    )
    op.create_index("ix_district_province", "district", ["province"], unique=False)
    op.create_table(
        "observation",
        _number("submission_id"),
        _number("measure_id"),
        sa.Column("value", sa.Double(), nullable=True),
        _number("state"),
        _text("sheet"),
        _text("cell"),
        _text("text", null=True),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name="fk_observation_measure_id"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_observation_submission_id"
        ),
        sa.PrimaryKeyConstraint("submission_id", "measure_id", name="pk_observation"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "result",
        _number("id"),
        _text("criterion"),
        _text("subject"),
        _number("period_id"),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("full_marks", sa.Double(), nullable=True),
        _number("verdict"),
        _number("state"),
        _number("submission_id", null=True),
        _number("since"),
        _number("until", null=True),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_result_period_id"),
        sa.ForeignKeyConstraint(["since"], ["results_version.id"], name="fk_result_since"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_result_submission_id"
        ),
        sa.ForeignKeyConstraint(["until"], ["results_version.id"], name="fk_result_until"),
        sa.PrimaryKeyConstraint("id", name="pk_result"),
        sa.UniqueConstraint(
            "criterion",
            "period_id",
            "subject",
            "since",
            name="uq_result_criterion_period_id_subject_since",
        ),
    )
    op.create_index(
        "ix_result_subject_criterion_period_id",
        "result",
        ["subject", "criterion", "period_id"],
        unique=False,
    )
    op.create_index(
        "uq_result_current",
        "result",
        ["criterion", "period_id", "subject"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "snapshot",
        _number("id"),
        _text("name"),
        _text("taken_by"),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        _number("version_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["results_version.id"], name="fk_snapshot_version_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_snapshot"),
        sa.UniqueConstraint("name", name="uq_snapshot_name"),
    )
    op.create_table(
        "facility_state",
        _text("hcode"),
        _number("valid_from"),
        _text("district"),
        _text("hgr", null=True),
        _text("level", null=True),
        _number("beds", null=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("island", sa.Boolean(), nullable=False),
        sa.Column("transferred", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["district"], ["district.code"], name="fk_facility_state_district"),
        sa.ForeignKeyConstraint(["hcode"], ["facility.hcode"], name="fk_facility_state_hcode"),
        sa.PrimaryKeyConstraint("hcode", "valid_from", name="pk_facility_state"),
    )
    op.create_index("ix_facility_state_district", "facility_state", ["district"], unique=False)
    op.create_table(
        "result_detail",
        _number("result_id"),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name="fk_result_detail_result_id"),
        sa.PrimaryKeyConstraint("result_id", name="pk_result_detail"),
    )
