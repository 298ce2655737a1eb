"""Another reading is compared before it is chosen, and choosing it is one version. All invented."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, func, select

from core.errors import UsageError
from core.periods import Period, parse_period
from core.scoring.base.states import State, Verdict
from core.services.rereading.changes import ChangedResult
from core.services.rereading.compare import Rescored, Switched, rescore, rescored_periods, switch
from core.services.rereading.counts import (
    Tally,
    about_areas,
    by_criterion,
    by_part,
    changed_areas,
    changed_facilities,
    transitions,
    whole,
)
from core.services.results.listing import results as listed
from core.services.results.why import explain
from core.services.rules.in_force import readings_in_force
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.results.reading_changes import reading_changes
from core.store.results.repository import results_about
from core.store.results.versions import latest_version, open_version, version
from core.store.results.writing import remove_results
from core.store.schema.tables import Stored
from core.store.uploads.changes import result_changes
from tests.core.services.sending import (
    BROKE,
    SOUND,
    STAR_HALF,
    hospital,
    register,
    row,
    send,
    send_star,
)

MONTH = parse_period("2566-M09")
INCOME = "crisis.level"
ADDED = {INCOME: "ni_plus_depreciation"}
THIN = SOUND | {
    "finance.cash": 70, "finance.current_assets": 110, "finance.net_income": -1,
    "finance.revenue": 99, "finance.depreciation": 5,
}  # fmt: skip
"""Level 4, with its depreciation added back to its income level 3."""
SURE = {"finance.depreciation": 5}


def a_month(engine: Engine) -> None:
    """Four hospitals in two provinces: one thin, one broke, one sound, one without depreciation."""
    register(
        engine, hospital("10001"), hospital("10002", "D6102"), hospital("10003", "D6501"),
        hospital("10004", "D6501"),
    )  # fmt: skip
    send(
        engine, row("10001", THIN), row("10002", BROKE | SURE), row("10003", SOUND | SURE),
        row("10004", SOUND),
    )  # fmt: skip


def everything(engine: Engine) -> dict[str, int]:
    """How many rows every table has."""
    with reading(engine) as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Stored.metadata.tables.items()
        }


def said(engine: Engine) -> list[tuple[object, ...]]:
    """Everything that stands, without its numbers."""
    return [
        (r.indicator, r.subject, r.period, r.value, r.points, r.full_marks, r.verdict, r.state)
        for r in listed(engine)
    ]


def moved(found: Rescored, criterion: str) -> dict[str, ChangedResult]:
    return {m.subject: m for one in found.compared for m in one.changed if m.criterion == criterion}


# Compared


def test_who_would_come_out_otherwise_and_from_what_to_what(engine: Engine) -> None:
    a_month(engine)
    found = rescore(engine, ADDED, period=MONTH)
    thin = moved(found, INCOME)["10001"]
    assert thin.before is not None
    assert thin.after is not None
    assert (thin.before.value, thin.after.value) == (4, 3)
    assert (thin.before.verdict, thin.after.verdict) == (Verdict.FAIL, Verdict.WATCH)
    assert (thin.direction, thin.turns) == ("better", True)
    assert thin.id == about(engine, "10001")


def about(engine: Engine, subject: str, criterion: str = INCOME) -> int:
    with reading(engine) as session:
        return results_about(session, subject, MONTH)[criterion].id


def test_what_a_reading_needs_and_nobody_told_takes_the_result_away(engine: Engine) -> None:
    a_month(engine)
    lost = moved(rescore(engine, ADDED, period=MONTH), INCOME)["10004"]
    assert lost.after is not None
    assert (lost.direction, lost.after.value, lost.after.state) == (
        "lost",
        None,
        State.NOT_REPORTED,
    )


def test_everybody_is_counted_once_those_that_stay_too(engine: Engine) -> None:
    a_month(engine)
    found = rescore(engine, ADDED, period=MONTH)
    assert whole(found) == Tally(better=1, lost=1, unchanged=2)
    assert by_criterion(found)[INCOME] == Tally(better=1, lost=1, unchanged=2)
    assert {move.subject for move in changed_facilities(found)} == {"10001", "10004"}
    levels = transitions(one for one in found.compared if one.criterion == INCOME)
    assert levels == {(4, 3): 1, (0, None): 1, (7, 7): 1, (0, 0): 1}


def test_areas_move_with_their_hospitals(engine: Engine) -> None:
    a_month(engine)
    found = rescore(engine, ADDED, period=MONTH)
    areas = {move.subject: move for move in changed_areas(found)}
    assert "D6101" in areas
    assert (areas["D6101"].direction, areas["D6101"].criterion) == ("better", "crisis.area")
    assert "P61" not in areas  # Its other hospital is broke under both readings.
    assert [move.subject for move in changed_areas(found)] == sorted(areas, key=len)


def test_parts_of_an_area_are_told_apart(engine: Engine) -> None:
    a_month(engine)
    country = {part.code: part.tally for part in by_part(rescore(engine, ADDED, period=MONTH))}
    assert {code: tally.turned for code, tally in country.items()} == {"R02": 1, "R03": 1}
    province = by_part(rescore(engine, ADDED, period=MONTH, area="P61"))
    assert [(part.code, part.tally.better) for part in province] == [("D6101", 1), ("D6102", 0)]
    assert [move.criterion for move in province[0].own_changes] == ["crisis.area"]


def test_an_area_leaves_out_what_lies_elsewhere(engine: Engine) -> None:
    a_month(engine)
    found = rescore(engine, ADDED, period=MONTH, area="P61")
    assert whole(found) == Tally(better=1, unchanged=1)
    assert whole(rescore(engine, ADDED, period=MONTH, area="10004")) == Tally(lost=1)
    assert whole(rescore(engine, ADDED, period=MONTH, area="P50")) == Tally()


def test_a_target_read_otherwise_moves_areas_alone(engine: Engine) -> None:
    a_month(engine)
    found = rescore(engine, {"crisis.area": "levels_6_and_7"}, period=MONTH)
    assert about_areas(found)
    assert {one.criterion for one in found.compared} == {"crisis.area"}
    assert changed_facilities(found) == ()
    assert whole(found).turned == len(changed_areas(found)) > 0


def test_a_score_is_told_by_its_grade(engine: Engine) -> None:
    register(engine, hospital("10001", hgr="M2"))
    send(engine, row("10001", SOUND | {"finance.cash": 70, "days.payables": 120}))
    found = rescore(engine, {"tps.payables_days": "always_90"}, period=MONTH)
    assert {"tps.score", "tps.grade"} <= by_criterion(found).keys()
    assert {move.criterion for move in changed_facilities(found)} <= {"tps.grade"}
    assert whole(found).all == 1


def test_a_reading_in_force_changes_nothing(engine: Engine) -> None:
    a_month(engine)
    found = rescore(engine, {INCOME: "ni"}, period=MONTH)
    assert whole(found) == Tally(unchanged=4)
    assert not any(one.changed for one in found.compared)


def test_what_older_rules_left_in_a_store_is_no_matter_of_readings(engine: Engine) -> None:
    a_month(engine)
    with unit_of_work(engine) as session:
        gone = open_version(session, why="rules", by="an older program")
        remove_results(session, gone, "crisis.budgeting", [("TH", MONTH), ("R03", MONTH)])
        session.commit()
    found = rescore(engine, ADDED, period=MONTH)
    assert "crisis.budgeting" not in by_criterion(found)
    assert whole(found) == Tally(better=1, lost=1, unchanged=2)


def test_all_periods_are_compared_where_none_is_named(engine: Engine) -> None:
    a_month(engine)
    send(engine, row("10001", THIN, month=8), row("10001", THIN, year=2565))
    told: list[float] = []
    found = rescore(engine, ADDED, progress=told.append)
    months = ("2565-M09", "2566-M08", "2566-M09")
    assert found.periods == tuple(map(parse_period, months)) == rescored_periods(engine, ADDED)
    assert told == pytest.approx([1 / 3, 2 / 3, 1])
    assert len(changed_facilities(found)) == 4
    assert rescore(engine, ADDED, period=Period(2566)).periods == found.periods[1:]


def test_networks_without_a_verdict_are_told_by_their_scores(engine: Engine) -> None:
    send_star(engine, STAR_HALF)
    year = rescored_periods(engine, {"star.form": "filled_only"})[-1]
    found = rescore(engine, {"star.form": "filled_only"}, period=year)
    assert whole(found).better == 1
    assert moved(found, "star.a")["D6101"].direction == "better"


def test_nothing_is_stored_to_find_out(engine: Engine) -> None:
    a_month(engine)
    send_star(engine, STAR_HALF)
    before, results = everything(engine), said(engine)
    for readings in (ADDED, {"tps.management": "section_capped"}, {"star.form": "filled_only"}):
        rescore(engine, readings)
    assert everything(engine) == before
    assert said(engine) == results


@pytest.mark.parametrize("readings", [{"crisis.level": "gross"}, {"crisis": "ni"}])
def test_an_unknown_reading_is_refused(engine: Engine, readings: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="U003"):
        rescore(engine, readings)
    with pytest.raises(UsageError, match="U003"):
        switch(engine, readings, by="administrator", reason="x")


def test_an_area_that_is_none_is_refused(engine: Engine) -> None:
    with pytest.raises(UsageError, match="U006"):
        rescore(engine, ADDED, area="somewhere")


def test_a_store_without_results_has_nothing_to_compare(engine: Engine) -> None:
    found = rescore(engine, ADDED)
    assert (found.periods, found.compared, whole(found)) == ((), (), Tally())


# Switched


def test_switching_does_what_the_comparison_said(engine: Engine) -> None:
    a_month(engine)
    found = rescore(engine, ADDED)
    done = switch(engine, ADDED, by="administrator", reason=" an office's letter ")
    assert done.recomputed is not None
    with reading(engine) as session:
        changed = result_changes(session, done.recomputed.version)
        made = version(session, done.recomputed.version)
        assert readings_in_force(session) == ADDED
        (entered,) = reading_changes(session)
    assert (made.why, made.made_by, made.reason) == (
        "readings", "administrator", "an office's letter",
    )  # fmt: skip
    assert (entered.switch, entered.before, entered.after) == (INCOME, "ni", ADDED[INCOME])
    promised = {
        (m.criterion, m.subject, m.after.value if m.after else None)
        for one in found.compared
        for m in one.changed
    }
    happened = {(c.criterion, c.subject, c.value) for c in changed}
    others = {(c.criterion, c.subject) for c in changed if c.value != c.value_before}
    assert promised <= happened
    assert others <= {(criterion, subject) for criterion, subject, _ in promised}


def test_switching_back_gives_what_stood_before(engine: Engine) -> None:
    a_month(engine)
    send_star(engine, STAR_HALF)
    before = said(engine)
    many = {**ADDED, "star.form": "filled_only", "tps.management": "section_capped"}
    switch(engine, many, by="me", reason="to try")
    assert said(engine) != before
    back = {INCOME: "ni", "star.form": "as_form", "tps.management": "cost_block_capped"}
    switch(engine, back, by="me", reason="back")
    assert said(engine) == before
    with reading(engine) as session:
        assert readings_in_force(session) == {}
        assert len(reading_changes(session)) == 6


def test_the_version_before_stays_visible_and_told_by_its_own_rules(engine: Engine) -> None:
    a_month(engine)
    old, before = about(engine, "10001"), said(engine)
    with reading(engine) as session:
        held = latest_version(session)
    switch(engine, ADDED, by="me", reason="to try")
    stood = [(r.indicator, r.subject, r.value) for r in listed(engine, at=held)]
    assert stood == [(row[0], row[1], row[3]) for row in before]
    now, then = explain(engine, about(engine, "10001")), explain(engine, old)
    assert not then.stored.stands
    assert now.rule.questions[0].reading.en == "NI with depreciation added back (ANI)"
    assert then.rule.questions[0].reading.en == "Net income (NI)"
    assert (now.stored.version.why, now.stored.version.reason) == ("readings", "to try")
    assert now.stored.before == then.stored.result


def test_what_arrives_later_follows_the_readings_in_force(engine: Engine) -> None:
    a_month(engine)
    switch(engine, ADDED, by="me", reason="to try")
    send(engine, row("10001", THIN, month=8))
    with reading(engine) as session:
        kept = results_about(session, "10001", parse_period("2566-M08"))
    assert kept[INCOME].value == 3


def test_nothing_happens_where_a_reading_is_in_force_already(engine: Engine) -> None:
    a_month(engine)
    before = everything(engine)
    assert switch(engine, {INCOME: "ni"}, by="me", reason="again").recomputed is None
    assert everything(engine) == before


def test_a_reason_is_asked_for(engine: Engine) -> None:
    with pytest.raises(UsageError, match="U007"):
        switch(engine, ADDED, by="me", reason="  ")


def test_a_failure_on_the_way_leaves_everything_as_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_month(engine)
    before, results = everything(engine), said(engine)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("core.services.rereading.compare.choose_readings", fail)
    with pytest.raises(RuntimeError):
        switch(engine, ADDED, by="me", reason="to try")
    assert (everything(engine), said(engine)) == (before, results)


def test_a_switch_tells_how_far_it_is(engine: Engine) -> None:
    a_month(engine)
    told: list[float] = []
    switch(engine, ADDED, by="me", reason="to try", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def at_once(*work: Callable[[], Switched]) -> list[Switched]:
    done: list[Switched] = []
    begin = threading.Barrier(len(work))

    def run(one: Callable[[], Switched]) -> None:
        begin.wait()
        done.append(one())

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_two_administrators_at_once_both_have_their_way(engine: Engine) -> None:
    a_month(engine)
    other = {"tps.management": "section_capped"}
    done = at_once(
        lambda: switch(engine, ADDED, by="one", reason="a letter"),
        lambda: switch(engine, other, by="two", reason="another letter"),
    )
    versions = sorted(one.recomputed.version for one in done if one.recomputed)
    assert versions == [versions[0], versions[0] + 1]
    with reading(engine) as session:
        assert readings_in_force(session) == ADDED | other
    results = said(engine)
    with reading(engine) as session:
        assert latest_version(session) == versions[-1]
    assert rescore(engine, ADDED | other).compared
    assert not any(one.changed for one in rescore(engine, ADDED | other).compared)
    assert said(engine) == results


def test_of_two_who_want_the_same_one_finds_it_done(engine: Engine) -> None:
    a_month(engine)
    done = at_once(
        *(lambda by=by: switch(engine, ADDED, by=by, reason="a letter") for by in ("one", "two"))
    )
    assert sorted(one.recomputed is None for one in done) == [False, True]
    with reading(engine) as session:
        assert len(reading_changes(session)) == 1


def test_a_long_code_the_register_does_not_know_is_compared_and_explained(engine: Engine) -> None:
    a_month(engine)
    send(engine, row("123456789", THIN | SURE))
    (move,) = [
        one for one in changed_facilities(rescore(engine, ADDED)) if one.subject == "123456789"
    ]
    assert (move.before and move.before.value, move.after and move.after.value) == (4, 3)
    assert move.id is not None
    assert explain(engine, move.id).stored.subject_name is None
