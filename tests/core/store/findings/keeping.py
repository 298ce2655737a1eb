"""A finding with a change, evidence and all else that is kept of findings."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from core.findings.lights import Kind, Light
from core.findings.states import Stage
from core.store.findings.closings import choose, enter_closing
from core.store.findings.narratives import enter_narrative
from core.store.findings.repository import enter, enter_evidence
from core.store.findings.rows import Narrative, NewChange, NewClosing, StoredFinding
from core.text import Text
from tests.core.store.filling import MONTH

AT = datetime(2023, 10, 24, 9, tzinfo=UTC)
FINDING = StoredFinding(
    id=1, subject="11223", criterion="crisis.level", tests=("liquidity.cash_ratio",),
    kind=Kind.RED, stage=Stage.PLANNED, light=Light.RED, opened_in=MONTH, result_period=MONTH,
    opened_at=AT, value=7.0, requirement=Text("ไม่เกิน 0", "at most 0"), cause="income",
    measure="มาตรการ", owner_role="director", owner_unit="รพ.", due=date(2024, 1, 31),
    green_in=None, seen_in=MONTH,
)  # fmt: skip


def keep_a_finding(session: Session) -> None:
    """One row in every table of findings."""
    enter(session, [(FINDING, NewChange(action="opened", by="ก", role="province", at=AT))])
    enter_evidence(
        session, FINDING, link="", file_name="รูป.png", sha256="0" * 64, content=b"\x89png"
    )
    new = NewClosing(area="TH", period=MONTH, by="ก", role="province", at=AT, lights=1, opened=1,
                     reopened=0, closed=0)  # fmt: skip
    enter_closing(session, new)
    choose(session, "P61", watched=True, by="ก", at=AT, why="ทดลอง")
    enter_narrative(
        session,
        Narrative("P61", MONTH.round, "d_watch", 1, "มีระบบ", "คำสั่ง", "province", "ก", AT, 0),
    )
