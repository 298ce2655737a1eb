"""Findings come back as they were stored, on every database."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from core.errors import NotFoundError
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.findings.closings import choose, closings, watching
from core.store.findings.narratives import narratives
from core.store.findings.repository import (
    change,
    changes,
    evidence,
    evidence_file,
    finding,
    findings,
    stamp,
)
from core.store.findings.rows import NewChange
from tests.core.store.filling import MONTH, a_register
from tests.core.store.findings.keeping import AT, FINDING, keep_a_finding


@pytest.fixture
def kept(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        a_register(session)
        keep_a_finding(session)
        session.commit()
    return engine


def test_a_finding_and_all_about_it_comes_back(kept: Engine) -> None:
    with reading(kept) as session:
        assert findings(session, subjects=["11223"], criteria=["crisis.level"]) == (FINDING,)
        assert findings(session, subjects=["11224"]) == ()
        (handed,) = evidence(session, 1)
        assert evidence_file(session, handed.change) == b"\x89png"
        assert [one.area for one in closings(session)] == ["TH"]
        assert watching(session) == {"P61"}
        (typed,) = narratives(session, "P61", MONTH.round)
        assert (typed.words, typed.at) == ("มีระบบ", AT)


def test_a_change_is_kept_and_moves_the_stamp(kept: Engine) -> None:
    now = replace(FINDING, value=None, tests=(), green_in=MONTH, revision=2)
    with unit_of_work(kept) as session:
        before = stamp(session)
        change(session, [(now, NewChange(action="green", by="ข", role="province", at=AT))])
        choose(session, "P61", watched=False, by="ก", at=AT, why="")
        session.commit()
    with reading(kept) as session:
        assert finding(session, 1) == now
        assert [one.action for one in changes(session, 1)] == ["opened", "green"]
        assert stamp(session) != before
        assert watching(session) == frozenset()


def test_what_is_not_there_is_said(kept: Engine) -> None:
    with reading(kept) as session:
        with pytest.raises(NotFoundError, match="S070"):
            finding(session, 2)
        with pytest.raises(NotFoundError, match="S071"):
            evidence_file(session, 99)
