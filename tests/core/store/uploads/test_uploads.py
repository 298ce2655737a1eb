"""Files as they were sent: versions, what counts, taking back and bringing back."""

import math
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from core.errors import StoreError
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.uploads.observations import compare
from core.store.uploads.repository import (
    Stored,
    UploadState,
    content,
    find_same,
    restore_upload,
    store_upload,
    upload,
    upload_changes,
    uploads,
    withdraw_upload,
)
from core.store.uploads.submissions import keys_of, submissions, submissions_by_id
from tests.core.store.filling import (
    MONTH,
    NEXT_MONTH,
    a_file,
    a_month,
    cash_that_counts,
    send,
    what_counts,
)

ONE, OTHER = ("11223", "2566-M09"), ("11224", "2566-M09")


def states(engine: Engine) -> dict[int, UploadState]:
    with reading(engine) as session:
        return {found.id: found.state for found in uploads(session)}


def again(engine: Engine, do: Callable[..., Stored], number: int) -> Stored:
    with unit_of_work(engine) as session:
        done = do(session, number, by="an officer", reason="sent by mistake")
        session.commit()
    return done


def test_an_upload_keeps_who_when_name_hash_and_bytes(engine: Engine) -> None:
    stored = send(engine, a_file(b"PK\x03\x04 and so on"), a_month("11223"))
    with reading(engine) as session:
        found = upload(session, stored.upload.id)
        assert content(session, found.id) == b"PK\x03\x04 and so on"
        assert [change.action for change in upload_changes(session, found.id)] == ["stored"]
    assert found == stored.upload
    assert (found.file_name, found.uploaded_by) == ("การเงิน.xlsx", "a CUP team")
    assert found.sha256 == a_file(b"PK\x03\x04 and so on").sha256
    assert (found.size, found.version, found.state) == (14, 1, "active")
    assert found.uploaded_at.tzinfo is not None
    assert (found.filled, found.inputs, found.submissions, found.current) == (1, 2, 1, 1)


def test_storing_tells_what_is_to_be_recomputed(engine: Engine) -> None:
    stored = send(engine, a_file(), a_month("11223"), a_month("11224", NEXT_MONTH))
    assert stored.is_new
    assert stored.changed == (("11223", MONTH), ("11224", NEXT_MONTH))
    with reading(engine) as session:
        assert keys_of(session, stored.upload.id) == stored.changed


def test_the_same_bytes_twice_are_one_upload(engine: Engine) -> None:
    first = send(engine, a_file(), a_month("11223"))
    second = send(engine, a_file(), a_month("11223"))
    assert (second.is_new, second.changed) == (False, ())
    assert second.upload == first.upload
    assert len(states(engine)) == 1


@pytest.mark.parametrize("other", [{"subject": "11224"}, {"fiscal_year": 2567}, {"form": "star"}])
def test_the_same_bytes_for_another_subject_year_or_form_are_another_upload(
    engine: Engine, other: dict[str, object]
) -> None:
    send(engine, a_file(), a_month("11223"))
    stored = send(engine, a_file(**other), a_month("11224", NEXT_MONTH))  # type: ignore[arg-type]
    assert stored.is_new
    assert stored.upload.version == 1


def test_a_preview_can_ask_whether_the_bytes_are_there_already(engine: Engine) -> None:
    stored = send(engine, a_file(), a_month("11223"))
    with reading(engine) as session:
        assert find_same(session, a_file()) == stored.upload
        assert find_same(session, a_file(b"other bytes")) is None


def test_a_later_upload_counts_and_the_earlier_one_stays(engine: Engine) -> None:
    first = send(engine, a_file(b"1"), a_month("11223", cash=1)).upload
    second = send(engine, a_file(b"2"), a_month("11223", cash=2)).upload
    assert (first.version, second.version) == (1, 2)
    assert states(engine) == {first.id: "superseded", second.id: "active"}
    assert cash_that_counts(engine) == {ONE: 2}


def test_a_file_replaces_only_the_subjects_and_months_it_speaks_of(engine: Engine) -> None:
    province = a_file(b"1", "P61")
    whole = send(engine, province, a_month("11223", cash=1), a_month("11224", cash=1)).upload
    part = send(
        engine, a_file(b"2"), a_month("11224", cash=2), a_month("11224", NEXT_MONTH, cash=3)
    )
    assert cash_that_counts(engine) == {ONE: 1, OTHER: 2, ("11224", "2566-M10"): 3}
    with reading(engine) as session:
        found = upload(session, whole.id)
    assert (found.state, found.current, found.submissions) == ("active", 1, 2)
    assert part.upload.state == "active"


def test_what_one_form_says_does_not_replace_what_another_says(engine: Engine) -> None:
    send(engine, a_file(b"1"), a_month("11223", cash=1))
    send(engine, a_file(b"2", form="payables"), a_month("11223", cash=2))
    assert cash_that_counts(engine) == {ONE: 1}
    assert what_counts(engine, "payables").columns["finance.cash"].values.tolist() == [2]


def test_withdrawing_lets_the_earlier_version_count_again(engine: Engine) -> None:
    first = send(engine, a_file(b"1"), a_month("11223", cash=1)).upload
    second = send(engine, a_file(b"2"), a_month("11223", cash=2), a_month("11224", cash=5)).upload
    done = again(engine, withdraw_upload, second.id)
    assert set(done.changed) == {("11223", MONTH), ("11224", MONTH)}
    assert done.upload.state == "withdrawn"
    assert states(engine) == {first.id: "active", second.id: "withdrawn"}
    assert cash_that_counts(engine) == {ONE: 1}


def test_withdrawing_what_no_longer_counts_changes_nothing_that_counts(engine: Engine) -> None:
    first = send(engine, a_file(b"1"), a_month("11223", cash=1)).upload
    send(engine, a_file(b"2"), a_month("11223", cash=2))
    assert again(engine, withdraw_upload, first.id).changed == ()
    assert cash_that_counts(engine) == {ONE: 2}


def test_a_withdrawn_version_does_not_come_back_by_itself(engine: Engine) -> None:
    numbers = [
        send(engine, a_file(bytes([n])), a_month("11223", cash=n)).upload.id for n in (1, 2, 3)
    ]
    again(engine, withdraw_upload, numbers[1])
    again(engine, withdraw_upload, numbers[2])
    assert cash_that_counts(engine) == {ONE: 1}
    again(engine, withdraw_upload, numbers[0])
    assert cash_that_counts(engine) == {}


def test_restoring_has_an_earlier_version_count(engine: Engine) -> None:
    first = send(engine, a_file(b"1"), a_month("11223", cash=1)).upload
    second = send(engine, a_file(b"2"), a_month("11223", cash=2)).upload
    done = again(engine, restore_upload, first.id)
    assert done.changed == (("11223", MONTH),)
    assert states(engine) == {first.id: "active", second.id: "superseded"}
    assert cash_that_counts(engine) == {ONE: 1}


def test_a_withdrawn_upload_can_be_restored_and_all_that_happened_is_told(engine: Engine) -> None:
    number = send(engine, a_file(), a_month("11223")).upload.id
    again(engine, withdraw_upload, number)
    assert again(engine, restore_upload, number).upload.state == "active"
    with reading(engine) as session:
        told = upload_changes(session, number)
    assert [(c.action, c.changed_by, c.reason) for c in told] == [
        ("stored", "a CUP team", ""),
        ("withdrawn", "an officer", "sent by mistake"),
        ("restored", "an officer", "sent by mistake"),
    ]
    assert all(change.changed_at.tzinfo for change in told)


@pytest.mark.parametrize(
    ("do", "wanted"), [(restore_upload, "active"), (withdraw_upload, "withdrawn")]
)
def test_doing_what_is_done_already_changes_nothing(
    engine: Engine, do: Callable[..., Stored], wanted: str
) -> None:
    number = send(engine, a_file(), a_month("11223")).upload.id
    again(engine, do, number)
    with reading(engine) as session:
        told = upload_changes(session, number)
    done = again(engine, do, number)
    assert (done.changed, done.upload.state) == ((), wanted)
    with reading(engine) as session:
        assert upload_changes(session, number) == told


def test_bytes_of_a_withdrawn_upload_stay_one_upload(engine: Engine) -> None:
    number = send(engine, a_file(), a_month("11223")).upload.id
    again(engine, withdraw_upload, number)
    stored = send(engine, a_file(), a_month("11223"))
    assert (stored.is_new, stored.upload.id, stored.upload.state) == (False, number, "withdrawn")
    assert cash_that_counts(engine) == {}


def test_two_versions_are_compared_figure_by_figure(engine: Engine) -> None:
    nan = math.nan
    one = send(engine, a_file(b"1"), a_month("11223", cash=1, debt=5, stock=nan), a_month("11224"))
    two = send(engine, a_file(b"2"), a_month("11223", cash=2, debt=5, stock=nan, assets=7))
    with reading(engine) as session:
        found = {
            (d.subject, d.measure): (d.before and d.before.value, d.after and d.after.value)
            for d in compare(session, one.upload.id, two.upload.id)
        }
    assert found == {
        ("11223", "finance.cash"): (1, 2),
        ("11223", "finance.assets"): (None, 7),
        ("11224", "finance.cash"): (1, None),
    }


def test_a_figure_that_was_not_reported_differs_from_zero(engine: Engine) -> None:
    one = send(engine, a_file(b"1"), a_month("11223", cash=math.nan)).upload
    two = send(engine, a_file(b"2"), a_month("11223", cash=0)).upload
    with reading(engine) as session:
        assert len(compare(session, one.id, two.id)) == 1
        assert compare(session, one.id, one.id) == ()


def test_uploads_are_listed_newest_first_and_by_what_is_asked_for(engine: Engine) -> None:
    for number, subject in enumerate(["11223", "11224", "11223"]):
        send(engine, a_file(bytes([number]), subject), a_month(subject, cash=number))
    with reading(engine) as session:
        assert [found.id for found in uploads(session)] == [3, 2, 1]
        assert [found.id for found in uploads(session, subject="11223")] == [3, 1]
        assert [found.id for found in uploads(session, limit=1)] == [3]
        assert uploads(session, fiscal_year=2567) == ()
        assert uploads(session, form="star-2561") == ()


def test_submissions_of_a_subject_tell_their_versions(engine: Engine) -> None:
    send(engine, a_file(b"1"), a_month("11223"))
    send(engine, a_file(b"2"), a_month("11223"), a_month("11223", NEXT_MONTH))
    with reading(engine) as session:
        found = submissions(session, subject="11223", form="finance", period=MONTH)
        assert [(s.version, s.current) for s in found] == [(2, True), (1, False)]
        assert len(submissions(session, subject="11223")) == 3
        assert len(submissions(session, subject="11223", only_current=True)) == 2
        assert submissions_by_id(session, [found[0].id, 99]) == {found[0].id: found[0]}


@pytest.mark.parametrize("ask", [upload, content])
def test_an_upload_that_is_not_there_is_an_error_of_ours(
    engine: Engine, ask: Callable[..., object]
) -> None:
    with reading(engine) as session, pytest.raises(StoreError, match="S010"):
        ask(session, 7)


def test_an_upload_that_fails_midway_leaves_nothing(engine: Engine) -> None:
    twice = a_month("11223"), a_month("11223")
    with pytest.raises(StoreError, match="S014"):
        send(engine, a_file(), *twice)
    assert states(engine) == {}
    assert what_counts(engine).subjects == ()
    with unit_of_work(engine) as session:
        assert store_upload(session, a_file(), [a_month("11223")]).upload.id == 1
