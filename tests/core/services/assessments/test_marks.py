"""How far figures are verified is said wherever they are listed, explained or taken away."""

import pytest
from sqlalchemy import Engine

from core.errors import UsageError
from core.periods import Period
from core.services.assessments.changes import Score, accept_agreeing, lock, verify
from core.services.assessments.listing import whole_assessment
from core.services.assessments.totals import with_verified
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.services.results.json_document import row_json, rows_csv, why_json
from core.services.results.listing import ResultRow, results
from core.services.results.terminal_text import result_lines
from core.services.results.why import explain
from core.services.rules.origin import origin
from core.store.assessments.rows import Key
from core.store.results.versions import stamp_now, stamps_now
from tests.core.forms.table.theme_samples import DATA
from tests.core.services.sending import BROKE, hospital, register, row, send

ONE_DATABASE = True
ROUND = Period(2566, "R", 1)
KEY = Key("revenue-4s4c", "99901", ROUND)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    register(engine, hospital("99901"), hospital("99902"))
    path = DATA / "revenue-4s4c" / "revenue-4s4c-good.xlsx"
    data = path.read_bytes()
    store(engine, examine(data, path.name), data, by="province")
    return engine


def rows(engine: Engine, indicator: str = "revenue.score") -> dict[str, ResultRow]:
    every = with_verified(engine, results(engine, indicator=indicator))
    return {one.subject: one for one in every}


def test_lists_tell_own_and_verified_values_and_the_state(engine: Engine) -> None:
    before = row_json(rows(engine)["99901"])
    assert before["verification"] is not None
    assert (before["verification"]["state"], before["verified_value"]) == ("unverified", None)
    item = next(one for one in whole_assessment(engine, KEY).items if one.own > 0)
    verify(engine, KEY, [Score(item.item.measure, 0.0, "ไม่พบ")], by="สสจ.")
    after = row_json(rows(engine)["99901"])
    assert after["verification"] is not None
    assert (after["verification"]["state"], after["verification"]["differing"]) == ("under_way", 1)
    assert after["value"] == before["value"]
    assert after["verified_value"] is not None
    assert after["verified_value"] < after["value"]  # type: ignore[operator]
    other = row_json(rows(engine)["99902"])
    assert (other["verification"] or {})["state"] == "unverified"
    (line,) = (one.th for one in result_lines([rows(engine)["99901"]]))
    assert "กำลังตรวจ 1/" in line
    assert "ตรวจได้" in line
    assert "under_way" in rows_csv([rows(engine)["99901"]], "th")


@pytest.mark.parametrize("above", [0.1, float("inf")])
def test_points_cannot_be_more_than_the_full_marks_that_were_sent(
    engine: Engine, above: float
) -> None:
    item = next(one for one in whole_assessment(engine, KEY).items if one.most < float("inf"))
    with pytest.raises(UsageError, match="U121"):
        verify(engine, KEY, [Score(item.item.measure, item.most + above, "ก")], by="สสจ.")
    verify(engine, KEY, [Score(item.item.measure, item.most, "ก")], by="สสจ.")


def test_all_that_agree_come_to_the_published_value(engine: Engine) -> None:
    accept_agreeing(engine, KEY, by="สสจ.")
    one = rows(engine)["99901"]
    assert one.verified_value == one.value


def test_areas_say_how_many_and_other_results_say_nothing(engine: Engine) -> None:
    send(engine, row("99901", BROKE))
    accept_agreeing(engine, KEY, by="สสจ.")
    lock(engine, KEY, by="สสจ.")
    shares = row_json(rows(engine, "revenue.area")["P61"])
    assert shares["verification"] == {
        "form": KEY.form, "period": "2566-R1", "sent": 2, "under_way": 0, "verified": 1,
        "locked": 1,
    }  # fmt: skip
    assert row_json(rows(engine, "crisis.level")["99901"])["verification"] is None


def test_a_why_and_an_origin_follow_each_step_at_once(engine: Engine) -> None:
    result = rows(engine)["99901"].id
    assert (why_json(explain(engine, result))["verification"] or {})["state"] == "unverified"
    (counts,) = origin(engine, ["revenue.score", "crisis.level"], ROUND, "P61").verified
    assert (counts.sent, counts.verified) == (2, 0)
    accept_agreeing(engine, KEY, by="สสจ.")
    assert (why_json(explain(engine, result))["verification"] or {})["state"] == "verified"
    (counts,) = origin(engine, ["governance.financial"], Period(2566, "M", 6), "P61").verified
    assert (counts.sent, counts.verified) == (2, 1)
    assert origin(engine, ["crisis.level"], Period(2566, "M", 6)).verified == ()


def test_a_step_is_no_other_version_of_the_results(engine: Engine) -> None:
    stamp, step = stamps_now(engine).verified
    accept_agreeing(engine, KEY, by="สสจ.")
    assert stamp_now(engine) == stamp
    assert stamps_now(engine).step == step + 1
