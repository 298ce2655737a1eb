"""What people typed for the inspection report of an area: the newest version of each part."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.findings.rows import Narrative
from core.store.schema.bulk import next_id, table_of
from core.store.schema.codes import enter_periods
from core.store.schema.finding_tables import Narrative as NarrativeRow
from core.store.schema.keys import period_key, period_of
from core.store.schema.moment import moment_read

_NARRATIVE: Final = table_of(NarrativeRow)


def narratives(session: Session, area: str, period: Period) -> tuple[Narrative, ...]:
    """All versions of what was typed for an area and a period, oldest first."""
    n = _NARRATIVE.c
    query = select(
        n.area, n.period_id, n.part, n.version, n.words, n.evidence, n.role,
        n.written_by, n.written_at, n.unseen,
    ).where(n.area == area, n.period_id == period_key(period))  # fmt: skip
    if (moment := moment_read(session)) is not None:
        query = query.where(n.written_at <= moment)
    return tuple(
        Narrative(place, period_of(key), *rest)
        for place, key, *rest in session.execute(query.order_by(n.id))
    )


def enter_narrative(session: Session, new: Narrative) -> None:
    """Store another version."""
    enter_periods(session, [period_key(new.period)])
    session.execute(
        _NARRATIVE.insert(),
        {"id": next_id(session, _NARRATIVE), "area": new.area, "period_id": period_key(new.period)}
        | {"part": new.part, "version": new.version, "words": new.words}
        | {"evidence": new.evidence, "role": new.role, "written_by": new.by}
        | {"written_at": new.at, "unseen": new.unseen},
    )
