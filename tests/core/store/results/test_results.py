"""Results: what stands, what stood, and what explains it."""

import math

import numpy as np
import pytest
from sqlalchemy import Engine, text

from core.errors import StoreError
from core.scoring.base.states import State, Verdict
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.results.detail import PartTable
from core.store.results.repository import (
    Results,
    details,
    history,
    periods_with_results,
    result,
    results,
    results_about,
    results_of,
)
from core.store.results.versions import (
    latest_version,
    open_version,
    snapshot,
    snapshots,
    stamp,
    take_snapshot,
    version,
)
from core.store.results.writing import NewResults, Written, remove_results
from tests.core.store.filling import MONTH, NEXT_MONTH, a_file, a_month, levels, send, write

NAN = math.nan


def standing(engine: Engine, at: int | None = None) -> dict[str, float]:
    with reading(engine) as session:
        stored = results(session, "crisis.level", MONTH, at=at)
    return dict(zip(stored.subjects, stored.value.tolist(), strict=True))


def two_tests(rows: int = 1, **changed: float) -> PartTable:
    said = {"figure": 1.499, "cutoff": 1.5, "points": 1.0, "full_marks": 1.0, "peer_value": NAN}
    columns = {name: np.full((rows, 2), value) for name, value in (said | changed).items()}
    return PartTable(
        ids=("crisis.current_ratio", "crisis.cash_ratio"),
        state=np.full((rows, 2), State.REPORTED, dtype=np.int8),
        peer_count=np.full((rows, 2), 4),
        **columns,
    )


def test_results_of_a_period_come_as_columns(engine: Engine) -> None:
    write(engine, levels({"11224": 7, "11223": NAN}), levels({"11223": 1}, period=NEXT_MONTH))
    with reading(engine) as session:
        stored = results(session, "crisis.level", MONTH)
    assert stored.subjects == ("11223", "11224")
    assert stored.periods == (MONTH, MONTH)
    assert stored.value.dtype == stored.points.dtype == np.float64
    assert np.isnan(stored.value).tolist() == [True, False]
    assert stored.full_marks.tolist() == [7, 7]
    assert stored.verdict.tolist() == [Verdict.NOT_JUDGED, Verdict.FAIL]
    assert stored.state.tolist() == [State.NOT_REPORTED, State.REPORTED]


def test_a_period_without_results_has_empty_columns(engine: Engine) -> None:
    with reading(engine) as session:
        stored = results(session, "crisis.level", MONTH)
    assert (stored.subjects, stored.periods, stored.value.size) == ((), (), 0)
    assert stored.ids.dtype == np.int64


def test_figures_of_results_are_the_same_floats(engine: Engine) -> None:
    exact = [0.1 + 0.2, 1.499, -0.0, math.inf, 2 / 3, 5e-324]
    write(engine, levels({f"1000{n}": value for n, value in enumerate(exact)}))
    assert list(standing(engine).values()) == exact


def test_nan_is_null_in_the_table(engine: Engine) -> None:
    write(engine, levels({"11223": NAN}))
    with reading(engine) as session:
        assert session.execute(text("SELECT value FROM result")).scalar_one() is None


def test_equal_results_keep_their_row_and_number(engine: Engine) -> None:
    first, written = write(engine, levels({"11223": 4, "11224": NAN}, parts=two_tests(2)))
    assert written == [Written(new=2, replaced=0, unchanged=0)]
    _, written = write(engine, levels({"11223": 4, "11224": NAN}, parts=two_tests(2)))
    assert written == [Written(new=0, replaced=0, unchanged=2)]
    with reading(engine) as session:
        assert result(session, 1).since == first
        assert len(history(session, "crisis.level", "11223", MONTH)) == 1


@pytest.mark.parametrize("change", [{"figure": 1.498}, {"peer_value": 1.4}, {"cutoff": NAN}])
def test_a_result_whose_reasons_changed_is_written_anew(
    engine: Engine, change: dict[str, float]
) -> None:
    write(engine, levels({"11223": 4}, parts=two_tests()))
    _, written = write(engine, levels({"11223": 4}, parts=two_tests(**change)))
    assert written == [Written(new=0, replaced=1, unchanged=0)]


def test_a_result_of_another_submission_is_written_anew(engine: Engine) -> None:
    for content in (b"1", b"2"):
        send(engine, a_file(content), a_month("11223"))
    write(engine, levels({"11223": 4}, submissions=[1]))
    _, written = write(engine, levels({"11223": 4}, submissions=[2]))
    assert written == [Written(new=0, replaced=1, unchanged=0)]
    with reading(engine) as session:
        stored = history(session, "crisis.level", "11223", MONTH)
    assert [f.submission_id for f in stored] == [2, 1]


def test_replaced_results_can_be_read_as_they_stood(engine: Engine) -> None:
    first, _ = write(engine, levels({"11223": 4, "11224": 1}))
    second, _ = write(engine, levels({"11223": 5}))
    third, _ = write(engine, levels({"11223": 6, "11225": 0}))
    assert standing(engine) == {"11223": 6, "11224": 1, "11225": 0}
    assert standing(engine, at=third) == standing(engine)
    assert standing(engine, at=second) == {"11223": 5, "11224": 1}
    assert standing(engine, at=first) == {"11223": 4, "11224": 1}
    assert standing(engine, at=first - 1) == {}


def test_the_history_of_a_result_is_told_newest_first(engine: Engine) -> None:
    versions = [write(engine, levels({"11223": value}))[0] for value in (4, 5, 6)]
    with reading(engine) as session:
        stored = history(session, "crisis.level", "11223", MONTH)
    assert [(f.value, f.since, f.until) for f in stored] == [
        (6, versions[2], None),
        (5, versions[1], versions[2]),
        (4, versions[0], versions[1]),
    ]


def test_removed_results_stand_no_longer_and_stay_readable(engine: Engine) -> None:
    before, _ = write(engine, levels({"11223": 4, "11224": 1}))
    with unit_of_work(engine) as session:
        now = open_version(session, why="withdraw", by="a test")
        keys = [("11223", MONTH), ("11223", NEXT_MONTH)]
        assert remove_results(session, now, "crisis.level", keys) == 1
        session.commit()
    assert standing(engine) == {"11224": 1}
    assert standing(engine, at=before) == {"11223": 4, "11224": 1}
    _, written = write(engine, levels({"11223": 4}))
    assert written == [Written(new=1, replaced=0, unchanged=0)]


def test_within_one_version_the_last_word_counts(engine: Engine) -> None:
    number, written = write(engine, levels({"11223": 4}), levels({"11223": 5}))
    assert written == [Written(1, 0, 0), Written(0, 1, 0)]
    assert standing(engine) == standing(engine, at=number) == {"11223": 5}


def test_a_result_tells_what_explains_it(engine: Engine) -> None:
    send(engine, a_file(), a_month("11223"))
    parts = two_tests(figure=math.inf, peer_value=2 / 3)
    notes = [{"reading": "ni", "months": 2.5}]
    plain = levels({"11223": 4}, submissions=[1], parts=parts)
    write(engine, NewResults(**(vars(plain) | {"notes": notes})))
    with reading(engine) as session:
        stored = result(session, 1)
        assert results_about(session, "11223", MONTH) == {"crisis.level": stored}
        assert details(session, [1, 99]) == {1: stored.detail}
    assert (stored.criterion, stored.subject, stored.period) == ("crisis.level", "11223", MONTH)
    assert (stored.value, stored.full_marks, stored.submission_id) == (4, 7, 1)
    assert (stored.verdict, stored.state) == (Verdict.FAIL, State.REPORTED)
    assert stored.detail.notes == {"reading": "ni", "months": 2.5}
    assert list(stored.detail.parts) == ["crisis.current_ratio", "crisis.cash_ratio"]
    part = stored.detail.parts["crisis.cash_ratio"]
    assert part == (math.inf, 1.5, 1.0, 1.0, State.REPORTED, 2 / 3, 4)


def test_missing_figures_of_a_test_come_back_as_nan(engine: Engine) -> None:
    parts = PartTable(
        ids=("tps.occupancy",),
        figure=np.array([[NAN]]),
        cutoff=np.array([[-math.inf]]),
        points=np.array([[NAN]]),
        full_marks=np.array([[1.0]]),
        state=np.array([[State.CONTRADICTORY]], dtype=np.int8),
    )
    write(engine, levels({"11223": 4}, parts=parts))
    with reading(engine) as session:
        part = result(session, 1).detail.parts["tps.occupancy"]
    assert [math.isnan(x) for x in (part.figure, part.points, part.peer_value)] == [True] * 3
    assert (part.cutoff, part.state, part.peer_count) == (-math.inf, State.CONTRADICTORY, 0)


def test_a_result_without_tests_explains_itself_by_notes_or_not_at_all(engine: Engine) -> None:
    write(engine, levels({"P61": 4}))
    with reading(engine) as session:
        stored = result(session, 1)
    assert (stored.detail.parts, stored.detail.notes, stored.submission_id) == ({}, {}, None)


def test_results_of_subjects_through_time(engine: Engine) -> None:
    write(
        engine,
        levels({"11223": 1, "11224": 2}),
        levels({"11223": 3, "11224": 4}, period=NEXT_MONTH),
        levels({"11223": 9}, criterion="tps.score"),
    )

    def told(found: Results) -> list[tuple[str, float]]:
        return list(zip(found.subjects, found.value.tolist(), strict=True))

    with reading(engine) as session:
        both = results_of(session, "crisis.level", ["11223", "11224"])
        assert told(both) == [("11223", 1), ("11223", 3), ("11224", 2), ("11224", 4)]
        assert both.periods == (MONTH, NEXT_MONTH) * 2
        late = results_of(session, "crisis.level", ["11223"], first=NEXT_MONTH, last=NEXT_MONTH)
        assert told(late) == [("11223", 3)]
        early = results_of(session, "crisis.level", ["11223"], last=MONTH)
        assert told(early) == [("11223", 1)]
        assert periods_with_results(session, "crisis.level") == (MONTH, NEXT_MONTH)
        assert periods_with_results(session, "tps.score") == (MONTH,)
        assert set(results_about(session, "11223", MONTH)) == {"crisis.level", "tps.score"}


def test_a_result_that_is_not_there_is_an_error_of_ours(engine: Engine) -> None:
    with reading(engine) as session, pytest.raises(StoreError, match="S011"):
        result(session, 7)


def test_a_version_tells_when_why_and_by_whom(engine: Engine) -> None:
    number = send(engine, a_file(), a_month("11223")).upload.id
    with unit_of_work(engine) as session:
        opened = open_version(session, why="import", by="a CUP team", upload_id=number)
        session.commit()
    with reading(engine) as session:
        stored = version(session, opened)
        assert latest_version(session) == opened
    assert (stored.why, stored.made_by, stored.upload_id) == ("import", "a CUP team", number)
    assert stored.made_at.tzinfo is not None


def test_a_snapshot_holds_the_figures_of_its_moment(engine: Engine) -> None:
    write(engine, levels({"11223": 4}))
    with unit_of_work(engine) as session:
        taken = take_snapshot(session, "ประชุม พ.ย.", by="a presenter")
        session.commit()
    write(engine, levels({"11223": 7, "11224": 7}))
    assert standing(engine, at=taken.version_id) == {"11223": 4}
    with reading(engine) as session:
        assert snapshot(session, "ประชุม พ.ย.") == taken
        assert snapshots(session) == (taken,)


def test_a_snapshot_of_an_empty_store_stays_empty(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        taken = take_snapshot(session, "early", by="a presenter")
        session.commit()
    write(engine, levels({"11223": 7}))
    assert standing(engine, at=taken.version_id) == {}


def test_names_of_snapshots_are_taken_once_and_must_exist(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        take_snapshot(session, "round 1", by="a presenter")
        with pytest.raises(StoreError, match="S015"):
            take_snapshot(session, "round 1", by="a presenter")
        for missing in (lambda: snapshot(session, "round 2"), lambda: version(session, 99)):
            with pytest.raises(StoreError, match="S012"):
                missing()


def test_the_stamp_moves_with_every_version_and_only_then(engine: Engine) -> None:
    def now() -> str:
        with reading(engine) as session:
            return stamp(session)

    before = now()
    assert now() == before
    write(engine, levels({"11223": 7}))
    assert now() != before
