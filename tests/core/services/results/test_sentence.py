"""What the sentence of a stored result says while figures are still missing."""

import pytest

from core.criteria.catalog import catalog
from core.periods import parse_period
from core.scoring.base.states import State, Verdict
from core.services.results.sentence import sentence_of
from core.store.results.detail import Detail
from core.store.results.repository import StoredResult

OPEN = {"best": 100.0, "worst": 87.5}


def said(verdict: Verdict, notes: dict[str, float]) -> str:
    rule = catalog().ruleset(2566).rule("payables.round_1")
    found = StoredResult(
        id=1,
        criterion=rule.id,
        subject="11201",
        period=parse_period("2566-R1"),
        value=100.0,
        points=7,
        full_marks=7,
        verdict=verdict,
        state=State.REPORTED,
        submission_id=1,
        books_id=None,
        since=1,
        until=None,
        detail=Detail({}, notes),
    )
    return sentence_of(found, rule, None).en


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.FAIL, Verdict.NOT_JUDGED])
def test_both_ends_are_told_whether_or_not_the_verdict_waits_for_them(verdict: Verdict) -> None:
    assert said(verdict, OPEN).endswith("with what is missing at best 100%, at worst 87.5%.")


def test_a_whole_value_has_no_ends() -> None:
    assert "at best" not in said(Verdict.PASS, {})
    assert "passes, asked is" in said(Verdict.PASS, {})
