"""The facilities of the worked example on their pages: what a hand worked out can be read there."""

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.facility.behind import behind
from components.frame.navigation import menu, page_file
from components.parts.behind import detail_html
from core.criteria.catalog import catalog
from core.criteria.model import AreaShare
from core.periods import parse_period
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.services.profiles.themes import ThemeResult, explained_result, facility_themes
from core.services.stores import open_store, own_store
from core.store.engine.unit_of_work import close_engines
from tests.components.drawn import html_of
from tests.worked import (
    HOSPITAL,
    Matrix,
    Row,
    Section,
    areas,
    facility_of,
    matrices,
    number,
    sections,
    sheets,
)

MONTH = "2566-M09"
EARLIER = "2566-R1"
"""Of round 1 the page of June shows only what is not judged in round 2."""
NONE = "–"
HALF_A_CENT = 0.005_000_1
"""Pages print two decimals; the hand writes six."""
AREA = pytest.mark.parametrize("area", ["P61", "TH"])
FACILITY = pytest.mark.parametrize("hcode", [HOSPITAL, "99921", "99922", "99923"])
THEMES = [one for one in sections() if one.indicators[0] not in ("crisis.level", "tps.score")]
WORDS = {"pass": "Pass", "fail": "Fail", "not judged": "Not judged"}
ANSWERS = {"yes": 1, "no": 0}
"""The hand writes the figure of a question as a number."""
_RESULT = re.compile(
    r"<tbody><tr><td><span[^>]*>(?:<b[^>]*>[^<]*</b>)?(?P<verdict>[^<]*)</span></td>"
    r'<th scope="row" translate="no">[^<]*<small class="t-when">(?P<when>[^<]*)</small>'
    r"(?:(?!</th>).)*</th>"
    r"<td>(?P<value>[^<]*)</td><td>(?P<asked>[^<]*)"
)
_NUMBER = re.compile(r"(?:level )?(?P<number>[−-]?[\d,]+(?:\.\d+)?)(?:%| [a-z][a-z ]*)?")
"""A figure with its unit, as in `level 5`, `40.00%`, `−9,000,000 baht`."""
_TEST = re.compile(
    r'<td[^>]*data-label="Figure">(?P<figure>[^<]*)</td>'
    r'<td[^>]*data-label="Asked">(?P<asked>[^<]*)</td>'
    r'<td[^>]*data-label="Points">(?P<points>[^<]*)</td>'
    r'|<td class="t-number" colspan="3">(?P<sum>[^<]*)</td>'
)
_VERIFIED = r'<small>(?:<a href="verify\?|<span class="t-status)(?:(?!</small>).)*</small>'
"""How far what a facility sent is verified."""
_UNIT = re.compile(
    r'href="facility\?(?:[^"]*;)?facility=(?P<hcode>\d+)[^"]*"[^>]*>[^<]*</a>'
    rf" ?(?:{_VERIFIED})?</th>"
    r'<td class="t-number">(?P<value>[^<]*)</td>'
)
THEME_SHARES = [
    pytest.param(page.id, row, id=row["Criterion"])
    for page in menu().pages
    for row in areas()["Share of"]
    if row["Criterion"] in page.indicators and not row["Criterion"].startswith("crisis.")
]


@pytest.fixture(scope="module", autouse=True)
def written_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store that holds what the document says was reported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUAT_VAR_FOLDER", str(tmp_path_factory.mktemp("worked")))
        patch.delenv("TRUAT_DATABASE_URL", raising=False)
        engine, _ = own_store()
        for sheet in sheets():
            data = sheet.csv()
            store(engine, examine(data, sheet.name), data, by="office")
        yield
        close_engines()
        page.cache_clear()


@cache
def page(name: str, **address: str) -> str:
    """A page's HTML."""
    app = AppTest.from_file(page_file(name), default_timeout=30)
    for key, value in {"lang": "en", **address}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return html_of(app)


def facility(hcode: str = HOSPITAL) -> str:
    return page("facility", area=hcode, period=MONTH)


def said(drawn: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", drawn)))


def near(printed: str) -> Any:
    """What a page prints as a number; None where it prints none."""
    plain = printed.rpartition("· ")[2]
    if plain == NONE:
        return None
    if plain in ANSWERS:
        return ANSWERS[plain]
    figure = _NUMBER.fullmatch(plain)
    assert figure, printed
    return pytest.approx(float(number(figure["number"])), abs=HALF_A_CENT)


def written(cell: str) -> float | None:
    return float(number(cell)) if cell else None


# The hospital


def test_the_page_says_what_the_hand_worked_out() -> None:
    values = {row["Indicator"]: row["Value"] for one in sections() for row in one.rows("Result")}
    text = said(facility())
    assert f"crisis level {values['crisis.level']} in Jun 2566" in text
    assert f"TPS {values['tps.score']} of 15 points, grade {values['tps.grade']}" in text


def test_every_cut_off_of_the_hand_stands_beside_its_test() -> None:
    level, score = facility().split('class="t-items"')[1:3]
    for drawn, section in zip((level, score), sections(), strict=False):
        rows = [row for row in drawn.split("<tbody>")[1:] if "t-status" in row]
        tests = section.rows("Test")
        assert len(rows) == len(tests)
        for row, test in zip(rows, tests, strict=True):
            assert test["Asked"].replace("-", "−") in row.replace("-", "−"), test


def behind_result(hcode: str, indicator: str) -> str:
    """What stands behind the line of an indicator on a facility's page."""
    html = detail_html(behind, f"lang=en&area={hcode}&period={MONTH}&why={indicator}")
    assert html is not None
    return html


def results(hcode: str) -> Iterator[tuple[ThemeResult, re.Match[str], list[re.Match[str]]]]:
    """The results of a facility's page, each with its tests; what they are of a service tells."""
    known = facility_themes(open_store(), hcode, parse_period(MONTH))
    drawn = facility(hcode)
    for one, match in zip(known, _RESULT.finditer(drawn), strict=True):
        yield one, match, list(_TEST.finditer(behind_result(hcode, one.unit.id)))


def worked(hcode: str, *kinds: str) -> Iterator[tuple[Section, Row]]:
    """What a hand made of the themes of a facility, row by row."""
    for section in THEMES:
        for kind in kinds:
            for row in section.rows(kind):
                if facility_of(row) == hcode:
                    yield section, row


@FACILITY
def test_the_page_prints_every_result_of_the_hand(hcode: str) -> None:
    rows = {(row["Indicator"], section.period): row for section, row in worked(hcode, "Result")}
    for one, printed, _tests in results(hcode):
        row = rows.pop((one.unit.id, str(one.period)))
        grade = f"{row['Grade']} · " if row.get("Grade") else ""
        assert printed["value"].startswith(grade), row
        assert near(printed["value"]) == written(row["Value"]), row
        assert printed["asked"] == (row.get("Asked") or NONE), row
        assert printed["verdict"] == (WORDS[row["Verdict"]] if row["Value"] else "No data"), row
    assert {period for _indicator, period in rows} <= {EARLIER}


@FACILITY
def test_the_page_prints_every_test_of_the_hand(hcode: str) -> None:
    printed = {
        (test.id, str(one.period)): matches
        for one, _result, all_found in results(hcode)
        for test, matches in zip(explained_result(open_store(), one).parts, all_found, strict=True)
    }
    for section, row in worked(hcode, "Test", "Sum", "Shown", "Dimension"):
        matches = printed.get((section.part(row), section.period))
        if matches is None:
            assert section.period == EARLIER, row
            continue
        if "Figure" in row:
            assert near(matches["figure"]) == written(row["Figure"]), row
            assert matches["asked"] == (row.get("Asked") or NONE), row
        if row.get("Points"):
            earned, full = (matches["sum"] or matches["points"]).split(" of ")
            assert (near(earned), near(full)) == (written(row["Points"]), written(row["Of"])), row


# The areas


@pytest.mark.parametrize(("name", "row"), THEME_SHARES)
@AREA
def test_the_page_of_a_theme_says_the_share_of_the_hand(name: str, row: Row, area: str) -> None:
    text = said(page(name, criterion=row["Criterion"], period=row["Period"], area=area))
    if row[area] == "nothing told":
        assert "nothing was reported for" in text
        return
    share, verdict, told, *is_open = row[area].split(", ")
    number_of, _, percent = share.partition(" = ")
    units = "primary care units" if row["Criterion"] == "transfer.area" else "hospitals"
    verb = "passes" if number_of.startswith("1 ") else "pass"
    shown = f"{number_of.replace('÷', 'of')} {units} {verb} ({float(percent):.1f}%)"
    target = f" · target {row['Asked']} · {WORDS[verdict]}" if row["Asked"] else ""
    assert f": {shown}{target} Share that passes " in text
    assert f"Share that passes {float(percent):.1f}%" in text
    assert told.replace(" told", " reported") in text
    assert ("could become" in text) == bool(is_open)


@pytest.mark.parametrize(("name", "row"), THEME_SHARES)
def test_the_page_of_a_theme_lists_what_each_hospital_came_to(name: str, row: Row) -> None:
    drawn = page(name, criterion=row["Criterion"], period=row["Period"], area="TH")
    printed = {match["hcode"]: match["value"] for match in _UNIT.finditer(drawn)}
    outcome = next((one for one in areas()["Result of"] if one["Criterion"] == counted(row)), {})
    for hcode, came_to in outcome.items():
        if hcode.isdigit():
            value, _, verdict = came_to.partition(" ")
            assert near(printed[hcode]) == (written(value) if verdict in WORDS else None), hcode


def counted(row: Row) -> str:
    """The criterion whose results an area's share counts."""
    year = parse_period(row["Period"]).fiscal_year
    rule = catalog().ruleset(year).rule(row["Criterion"])
    assert isinstance(rule, AreaShare)
    return rule.of


@AREA
def test_the_page_of_the_crisis_level_says_the_shares_of_the_hand(area: str) -> None:
    for row in areas()["Share of"]:
        if not row["Criterion"].startswith("crisis."):
            continue
        text = said(page("crisis", period=row["Period"], area=area))
        share, verdict, told, *_open = row[area].split(", ")
        number_of, _, percent = share.partition(" = ")
        if row["Asked"]:
            name = re.escape(catalog().criteria[row["Criterion"]].name.en)
            counts = told.removesuffix(" told").replace(" of ", "/")
            line = f"{name} {row['Asked']} {float(percent):.1f} – {counts} . {WORDS[verdict]}"
            assert re.search(line, text), row
        else:  # The share of the levels, which its lines judge.
            counted_as = number_of.replace("÷", "of")
            one, verb = counted_as.endswith("of 1"), "is" if counted_as[0] == "1" else "are"
            assert f": {counted_as} hospital{'' if one else 's'} {verb} at level 4–7" in text


@pytest.mark.parametrize("matrix", matrices(), ids=lambda one: one.matrix)
def test_the_page_of_the_matrices_shows_the_lights_of_the_hand(matrix: Matrix) -> None:
    drawn = page("governance", matrix=matrix.matrix, period=matrix.period, area="D6101")
    cells = re.findall(r'<td translate="no"><(?:a|span)[^>]*aria-label="([^"]*)"', drawn)
    for cell, row in zip(map(html.unescape, cells), matrix.rows, strict=True):
        if row["Light"] == "none":
            assert cell.endswith("Does not apply"), row
            continue
        figure = re.search(rf": {row['Light'].capitalize()}, \+?([−\d.,]+)", cell)
        assert figure, row
        assert near(figure[1]) == written(row["Figure"]), row
        assert ("by the TPS with its exceptions" in cell) == bool(row.get("TPS beside")), row
