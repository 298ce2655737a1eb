"""Small stores to test with. Every figure is invented."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.periods import Period, parse_period
from core.scoring.base.states import State, Verdict
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.register.repository import enter_areas
from core.store.register.row import AreaRow, FacilityRow
from core.store.results.detail import PartTable
from core.store.results.versions import open_version
from core.store.results.writing import NewResults, Written, write_results
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.observed_table import ObservedTable, observed_table
from core.store.uploads.repository import NewUpload, Stored, store_upload

MONTH = parse_period("2566-M09")
NEXT_MONTH = parse_period("2566-M10")

AREAS = (
    AreaRow("R03", "เขตสุขภาพที่ 3", "Health region 3"),
    AreaRow("R02", "เขตสุขภาพที่ 2", "Health region 2"),
    AreaRow("P61", "อุทัยธานี", "Uthai Thani", "R03"),
    AreaRow("P65", "พิษณุโลก", "Phitsanulok", "R02"),
    AreaRow("D6101", "เมืองอุทัยธานี", "Mueang Uthai Thani", "P61"),
    AreaRow("D6102", "ทัพทัน", "Thap Than", "P61"),
    AreaRow("D6501", "เมืองพิษณุโลก", "Mueang Phitsanulok", "P65"),
)


def hospital(hcode: str, district: str = "D6101", **known: object) -> FacilityRow:
    """A hospital called by its code."""
    names = f"โรงพยาบาล {hcode}", f"Hospital {hcode}"
    return FacilityRow(hcode, None, *names, "hospital", district, **known)  # type: ignore[arg-type]


def a_register(session: Session) -> None:
    """Three provinces' worth of areas."""
    enter_areas(session, AREAS)


def a_month(
    subject: str, period: Period = MONTH, *, cash: float = 1.0, **more: float
) -> NewSubmission:
    """A subject's month: cash and whatever else, each in a cell of its own."""
    figures = {"cash": cash, **more}
    return NewSubmission(
        subject,
        period,
        [
            Observed(
                f"finance.{name}",
                value,
                State.NOT_REPORTED if np.isnan(value) else State.REPORTED,
                "การเงิน",
                f"{column}2",
            )
            for column, (name, value) in zip("ABCDEFGH", figures.items(), strict=False)
        ],
    )


def a_file(content: bytes = b"PK", subject: str = "11223", **more: object) -> NewUpload:
    """A finance workbook of these bytes."""
    said = {"form": "finance", "form_version": "1", "fiscal_year": 2566, "filled": 1, "inputs": 2}
    said |= {"file_name": "การเงิน.xlsx", "uploaded_by": "a CUP team"}
    return NewUpload(subject=subject, content=content, **(said | more))  # type: ignore[arg-type]


def send(engine: Engine, new: NewUpload, *submissions: NewSubmission) -> Stored:
    """Store a file in a unit of work of its own."""
    with unit_of_work(engine) as session:
        stored = store_upload(session, new, submissions)
        session.commit()
    return stored


def what_counts(engine: Engine, form: str = "finance") -> ObservedTable:
    """What counts now."""
    with reading(engine) as session:
        return observed_table(session, form)


def cash_that_counts(engine: Engine) -> dict[tuple[str, str], float]:
    """Cash by subject and period."""
    table = what_counts(engine)
    cash = table.columns["finance.cash"].values if table.columns else []
    keys = zip(table.subjects, map(str, table.periods), strict=True)
    return dict(zip(keys, map(float, cash), strict=True))


def levels(
    values: dict[str, float],
    *,
    period: Period = MONTH,
    criterion: str = "crisis.level",
    parts: PartTable | None = None,
    submissions: Sequence[int] | None = None,
) -> NewResults:
    """Crisis levels by subject; NaN was not reported."""
    value = np.array(list(values.values()), dtype=np.float64)
    missing = np.isnan(value)
    return NewResults(
        criterion=criterion,
        subjects=tuple(values),
        periods=(period,) * len(values),
        value=value,
        points=value,
        full_marks=np.full(len(values), 7.0),
        verdict=np.where(missing, Verdict.NOT_JUDGED, Verdict.FAIL).astype(np.int8),
        state=np.where(missing, State.NOT_REPORTED, State.REPORTED).astype(np.int8),
        submissions=None if submissions is None else np.array(submissions),
        parts=parts,
    )


def write(engine: Engine, *new: NewResults) -> tuple[int, list[Written]]:
    """Write results as one version: its number and what was written."""
    with unit_of_work(engine) as session:
        version = open_version(session, why="test", by="a test")
        written = [write_results(session, version, results) for results in new]
        session.commit()
    return version, written
