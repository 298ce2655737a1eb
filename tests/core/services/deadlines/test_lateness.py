"""Who sent in time, late, or nothing: days of Thailand, the country's and a province's own."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, update

from core.access.actors import Actor, Grant, acting
from core.access.roles import Role
from core.access.settings import VARIABLE
from core.errors import AccessError, UsageError
from core.periods import parse_period
from core.services.audit.trail import deeds, wanted
from core.services.deadlines.attention import overdue
from core.services.deadlines.forms import due_forms
from core.services.deadlines.lateness import Sent, every_lateness, lateness
from core.services.deadlines.places import areas_to_read, areas_to_set, periods_of
from core.services.deadlines.setting import set_deadline
from core.services.deadlines.wording import late_list_json, late_rows, lateness_line, place_line
from core.services.importing.store_intake import withdraw
from core.store.audit.leaving import no_deed
from core.store.engine.unit_of_work import unit_of_work
from core.store.schema.bulk import table_of
from core.store.schema.tables import Upload
from tests.core.services.sending import SOUND, hospital, register, row, send, send_star

ONE_DATABASE = True
MONTH = parse_period("2566-M09")
DUE, AFTER = date(2023, 7, 15), date(2023, 7, 16)
BEFORE_MIDNIGHT = datetime(2023, 7, 15, 16, 59, tzinfo=UTC)
"""A minute before the day ends in Thailand."""
MIDNIGHT = datetime(2023, 7, 15, 17, 0, tzinfo=UTC)


def came(engine: Engine, number: int, at: datetime) -> None:
    """Let a file have come at a moment."""
    upload = table_of(Upload)
    with unit_of_work(engine) as session:
        session.execute(update(upload).where(upload.c.id == number).values(uploaded_at=at))
        no_deed(session, "a test")
        session.commit()


@pytest.fixture
def sent(engine: Engine) -> Engine:
    """Of four hospitals one sent by the day, one a minute after it, two nothing."""
    register(engine, hospital("11201"), hospital("11202", "D6102"), hospital("11203", "D6102"),
             hospital("11301", "D6501"))  # fmt: skip
    send(engine, row("11201", SOUND))
    send(engine, row("11202", SOUND))
    came(engine, 1, BEFORE_MIDNIGHT)
    came(engine, 2, MIDNIGHT)
    return engine


def states(engine: Engine, area: str = "TH", day: date = AFTER) -> dict[str, str]:
    late = lateness(engine, "finance", MONTH, area=area, day=day)
    assert sum(late.counts.values()) == len(late.places)
    return {one.place.code: one.sent.value for one in late.places}


def test_without_a_last_day_nobody_is_late(sent: Engine) -> None:
    assert set(states(sent).values()) == {"sent", "unsent"}
    assert every_lateness(sent, area="TH") == ()
    assert overdue(sent, MONTH, "TH", AFTER) is None


def test_a_day_ends_in_thailand_and_counts_itself(sent: Engine) -> None:
    set_deadline(sent, "finance", MONTH, DUE, area="TH", by="ผู้ดูแล")
    expected = {"11203": "overdue", "11301": "overdue", "11202": "late", "11201": "in_time"}
    assert states(sent) == expected
    assert [*states(sent)] == [*expected], "the overdue first"
    assert states(sent, day=DUE)["11203"] == "waiting"


def test_a_provinces_own_day_goes_before_the_countrys(sent: Engine) -> None:
    set_deadline(sent, "finance", MONTH, DUE, area="TH", by="ผู้ดูแล")
    set_deadline(sent, "finance", MONTH, AFTER, area="P61", by="สสจ.")
    assert states(sent) == {"11301": "overdue", "11203": "waiting", "11201": "in_time",
                            "11202": "in_time"}  # fmt: skip
    whole = lateness(sent, "finance", MONTH, area="TH", day=AFTER)
    assert (whole.due, whole.other_days) == (DUE, 3)
    assert lateness(sent, "finance", MONTH, area="D6101", day=AFTER).due == AFTER
    set_deadline(sent, "finance", MONTH, None, area="P61", by="สสจ.")
    assert states(sent)["11202"] == "late"


def test_the_counts_are_the_same_everywhere(sent: Engine) -> None:
    set_deadline(sent, "finance", MONTH, DUE, area="TH", by="ผู้ดูแล")
    one = lateness(sent, "finance", MONTH, area="P61", day=AFTER)
    listed = every_lateness(sent, area="P61", day=AFTER)
    point = overdue(sent, MONTH, "P61", AFTER)
    assert point is not None
    assert listed == (one,)
    assert point.late == (one,)
    assert "1" in point.text.en
    document = late_list_json(one)
    assert document["counts"] == {"overdue": 1, "late": 1, "waiting": 0, "in_time": 1, "unsent": 0,
                              "sent": 0}  # fmt: skip
    assert document["total"] == len(document["places"]) == 3
    rows = [*late_rows(one, "th")]
    assert [line[3] for line in rows[1:]] == ["", "2023-07-16 00:00+07:00",
                                              "2023-07-15 23:59+07:00"]  # fmt: skip
    assert "15 ก.ค. 2566" in lateness_line(one).th
    assert "16 ก.ค. 2566" in place_line(one.places[1]).th


def test_parts_add_up_to_the_whole(sent: Engine) -> None:
    set_deadline(sent, "finance", MONTH, DUE, area="TH", by="ผู้ดูแล")
    whole = lateness(sent, "finance", MONTH, area="TH", day=AFTER).counts
    parts = [lateness(sent, "finance", MONTH, area=one, day=AFTER).counts for one in ("P61", "P65")]
    assert all(whole[one] == sum(part[one] for part in parts) for one in Sent)


def test_a_file_taken_back_was_not_sent(sent: Engine) -> None:
    set_deadline(sent, "finance", MONTH, DUE, area="TH", by="ผู้ดูแล")
    withdraw(sent, 1, by="ก", reason="ผิด")
    assert states(sent)["11201"] == "overdue"


def test_networks_send_self_assessments(sent: Engine) -> None:
    send_star(sent)
    year = parse_period("2561")
    set_deadline(sent, "star-2561", year, date(2018, 9, 30), area="TH", by="ผู้ดูแล")
    late = lateness(sent, "star-2561", year, area="P61")
    assert [(one.place.code, one.sent) for one in late.places] == [
        ("D6102", Sent.OVERDUE), ("D6101", Sent.LATE),
    ]  # fmt: skip


def test_every_form_that_facilities_send_has_deadlines() -> None:
    known = due_forms()
    assert {"finance", "star-2561", "strategy-plan", "transfer", "msss-4s4p"} <= set(known)
    assert not {"trial-balance", "facilities", "account-map", "performance-kpi"} & set(known)
    assert known["finance"].sent_as == ("finance", "trial-balance")
    assert (known["transfer"].of, known["transfer"].part) == ("pcu", "R")


def test_periods_to_choose_hold_what_was_sent(sent: Engine) -> None:
    periods = periods_of(sent, due_forms()["finance"])
    assert MONTH in periods
    assert len(periods) == 2


@pytest.mark.parametrize(
    ("form", "period", "due", "area", "by", "code"),
    [
        ("finance", "2566-M09", DUE, "TH", " ", "U070"),
        ("nothing", "2566-M09", DUE, "TH", "ก", "U130"),
        ("trial-balance", "2566-M09", DUE, "TH", "ก", "U130"),
        ("finance", "2566-R1", DUE, "TH", "ก", "U131"),
        ("finance", "2566-M09", DUE, "R03", "ก", "U132"),
        ("finance", "2566-M09", DUE, "D6101", "ก", "U132"),
        ("finance", "2566-M09", date(2566, 7, 15), "TH", "ก", "U133"),
    ],
)
def test_what_cannot_be_set_is_refused(
    sent: Engine, form: str, period: str, due: date, area: str, by: str, code: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        set_deadline(sent, form, parse_period(period), due, area=area, by=by)
    assert refusal.value.code == code
    assert every_lateness(sent, area="TH") == ()


def test_setting_leaves_a_deed_and_setting_the_same_again_none(sent: Engine) -> None:
    for _ in range(2):
        set_deadline(sent, "finance", MONTH, DUE, area="P61", by="สสจ.")
    left = [one for one in deeds(sent, wanted()) if one.action == "deadline_set"]
    assert [(one.subject, one.who, one.area) for one in left] == [
        ("deadline:finance:2566-M09", "สสจ.", "P61")
    ]


@pytest.mark.parametrize(
    ("role", "area", "sets"),
    [(Role.PROVINCE, "P61", ["P61"]), (Role.ADMINISTRATOR, "TH", ["TH", "P61"]),
     (Role.CUP, "D6101", []), (Role.EXECUTIVE, "P61", [])],
)  # fmt: skip
def test_who_may_set_a_day_for_what(
    sent: Engine, monkeypatch: pytest.MonkeyPatch, role: Role, area: str, sets: list[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "local")
    with acting(Actor("here", role.value, "ใคร", (Grant(role, area),))):
        assert [*areas_to_set(sent, "P61")] == sets
        assert ("TH" in areas_to_read(sent, "P61")) is (area == "TH")
        for code in ("TH", "P61"):
            if code not in sets:
                with pytest.raises(AccessError):
                    set_deadline(sent, "finance", MONTH, DUE, area=code, by="ใคร")
        if area != "TH":
            with pytest.raises(AccessError):
                lateness(sent, "finance", MONTH, area="P65")
