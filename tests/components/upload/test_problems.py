"""The list of what to mend: worst first, long lists folded, reconciliation apart."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import re

from tests.components.drawn import draw, html_of


def mixed() -> None:
    from components.upload.problems import problems
    from core.forms.model.issues import CellIssue
    from core.services.intake.kinds import Refused

    found = (
        CellIssue("W113", "S", "E1", "64.995", "65"),
        CellIssue("W112", "S", "E2", "", "5"),
        CellIssue("W101", "S", "E3", "108", "0–100"),
        CellIssue("W202"),
    )
    problems(Refused(file="a.xlsx", issues=found))


def test_errors_stand_before_warnings_before_notes() -> None:
    app = draw(mixed)
    assert re.findall(r"รหัส (W\d+)", html_of(app)) == ["W101", "W112", "W113"]
    assert "ข้อผิดพลาด 1 จุด · ข้อควรตรวจ 1 จุด · หมายเหตุ 1 จุด" in app.markdown[0].value


def many() -> None:
    import streamlit as st

    from components.upload.problems import problems
    from core.forms.model.issues import CellIssue
    from core.services.intake.kinds import Refused

    count = int(st.query_params["count"])
    found = tuple(CellIssue("W101", "S", f"E{n}", "108", "0–100") for n in range(count))
    problems(Refused(file="a.xlsx", issues=found))


def test_what_is_more_than_twenty_is_folded_and_not_lost() -> None:
    assert "<details" not in html_of(draw(many, count="20"))
    html = html_of(draw(many, count="21"))
    assert "แสดงอีก 1" in html
    assert html.split("<details")[1].count("W101") == 1
    assert html.count("(รหัส W101)") == 21


def nothing() -> None:
    from components.upload.problems import problems, reconciliation
    from core.services.intake.kinds import Refused

    problems(Refused(file="a.xlsx", issues=()))
    reconciliation(Refused(file="a.xlsx", issues=()))


def test_nothing_to_mend_is_said_in_words() -> None:
    assert len(draw(nothing).markdown) == 2
