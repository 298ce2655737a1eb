"""One table of everything: what its rows, cells and order say. Figures are invented."""

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.scoring.base.states import Verdict
from core.services.comparison.data import FIRST
from core.services.scorecard.selection import NAME, Order, Selection, resolve_selection
from core.services.scorecard.takeaways import gap_text, scorecard_rows
from core.services.scorecard.view import Cell, Scorecard, scorecard
from core.store.engine.migrate import open_database
from tests.core.services.comparison.test_comparison import CRITERIA, MENU, R1, shares
from tests.core.services.recompute.test_indicators import hand_in, report
from tests.core.services.sending import hospital, register
from tests.core.services.themes.test_view import centre
from tests.country import small_country

ONE_DATABASE = True


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The small country; by rounds its provinces' revenue centres, in round 1 what Thais have."""
    folder = tmp_path_factory.mktemp("card")
    engine = small_country(open_database(f"sqlite:///{folder / 'truat.db'}", "own"))
    for when, best in ((R1, 1), (parse_period("2566-R2"), 0)):
        counts = {"TH": [1, best, 0], "P61": [1, best], "P65": [0], "D6101": [1], "D6102": [best]}
        shares(engine, "revenue.area", when, counts)
    shares(engine, "coverage.thai_area", R1, {"TH": [1, 0], "P61": [1], "P65": [float("nan")]})
    return engine


def ask(engine: Engine, **asked: str) -> Selection:
    empty = {"period": "", "area": "", "rows": "", "sort": ""}
    found = resolve_selection(engine, MENU, **empty | asked)
    assert found is not None
    return found


def card(engine: Engine, **asked: str) -> Scorecard:
    return scorecard(engine, ask(engine, **asked))


def cells(shown: Scorecard, criterion: str) -> dict[str, Cell]:
    place = [column.criterion for column in shown.columns].index(criterion)
    rows = [*shown.rows, *((shown.whole,) if shown.whole else ())]
    return {row.place.code: row.cells[place] for row in rows}


def codes(shown: Scorecard) -> list[str]:
    return [row.place.code for row in shown.rows]


def test_the_columns_are_the_indicators_of_the_menu_that_were_reported(country: Engine) -> None:
    shown = card(country)
    assert [column.criterion for column in shown.columns] == [
        "crisis.area", "crisis.budgeting", "revenue.area", "coverage.thai_area",
    ]  # fmt: skip
    assert set(CRITERIA) >= {column.criterion for column in shown.columns} >= {FIRST[0]}


def test_rows_go_down_level_by_level_to_the_hospitals(country: Engine) -> None:
    assert codes(card(country)) == ["P61", "P65"]
    assert codes(card(country, rows="regions")) == ["R02", "R03"]
    assert codes(card(country, area="R03")) == ["P61"]
    assert codes(card(country, area="P61")) == ["D6101", "D6102"]
    assert codes(card(country, area="D6101")) == ["11201", "11202"]
    assert card(country, area="P61", rows="regions").selection.rows == "districts"
    assert card(country, area="11301").area.code == "TH", "a hospital is no area"
    assert card(country, area="rubbish").area.code == "TH"


def test_the_area_itself_stands_beside_its_rows(country: Engine) -> None:
    shown = card(country, area="P61")
    assert shown.whole is not None
    assert (shown.whole.place.code, shown.count) == ("P61", 2)
    assert cells(shown, "revenue.area")["P61"].value == 50
    assert [place.code for place in shown.chain] == ["TH", "R03", "P61"]
    assert shown.met == (0, 3)
    assert card(country, area="D6101").whole is None, "a share is no hospital's figure"


def test_no_figure_says_why(country: Engine) -> None:
    shown = card(country)
    thai = cells(shown, "coverage.thai_area")
    assert (thai["P61"].value, thai["P61"].gap, thai["P61"].verdict) == (100, "", 0)
    assert (thai["P65"].value, thai["P65"].gap) == (None, "not_reported")
    districts = cells(card(country, area="P61"), "coverage.thai_area")
    assert districts["D6101"].gap == "not_applicable", "nobody there had to report it"


def test_what_is_of_an_earlier_round_is_marked(country: Engine) -> None:
    columns = {column.criterion: column for column in card(country).columns}
    assert (columns["coverage.thai_area"].period, columns["coverage.thai_area"].is_stale) == (
        R1,
        True,
    )
    assert not columns["revenue.area"].is_stale
    assert not columns["crisis.area"].is_stale


def test_a_cell_holds_what_came_before(country: Engine) -> None:
    shown = card(country)
    assert cells(shown, "revenue.area")["P61"].past == (100, 50)
    assert cells(shown, "crisis.area")["P61"].past == (25 * 2, 50)
    hospitals = card(country, area="P65", rows="hospitals")
    level = cells(hospitals, "crisis.level")
    assert (level["11301"].past, level["11301"].gap) == ((0, 0), "")
    assert (level["11302"].past, level["11302"].gap) == ((0, None), "not_reported")


def test_hospitals_show_their_own_level(country: Engine) -> None:
    shown = card(country, rows="hospitals")
    assert [column.criterion for column in shown.columns] == [
        "crisis.level",
        "revenue.score",
        "coverage.thai",
    ]
    assert [column.kind for column in shown.columns] == ["level", "value", "value"]
    level = cells(shown, "crisis.level")
    assert (level["11201"].value, level["11201"].verdict) == (7, Verdict.FAIL)
    assert (level["11203"].value, level["11203"].verdict) == (0, Verdict.PASS)


def test_a_column_sorts_by_need_and_turned_by_the_best(country: Engine) -> None:
    by_level = codes(card(country, rows="hospitals", sort="crisis.level"))
    assert by_level[:2] == ["11201", "11202"], "the highest level needs attention first"
    assert by_level[-1] == "11302", "who told nothing comes last"
    best = codes(card(country, rows="hospitals", sort="-crisis.level"))
    assert best[:3] == ["11203", "11204", "11301"]
    assert best[-1] == "11302"
    assert codes(card(country, sort="revenue.area")) == ["P65", "P61"], "the lowest share first"
    assert codes(card(country, sort="-revenue.area")) == ["P61", "P65"]
    assert codes(card(country, sort=NAME)) == ["P65", "P61"]
    assert codes(card(country, sort=f"-{NAME}")) == ["P61", "P65"]
    assert codes(card(country, sort="rubbish")) == ["P61", "P65"], "by code"
    assert ask(country, sort="-revenue.area").order == Order("revenue.area", best_first=True)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("อุทัย", ["P61"]), ("อุทยั", []), ("uthai T", ["P61"]), ("p65", ["P65"]),
        ("พิษณุโลก", ["P65"]), ("%", []), ("", ["P61", "P65"]),
    ],
)  # fmt: skip
def test_rows_are_narrowed_by_name_or_code(country: Engine, name: str, found: list[str]) -> None:
    selected = Selection(**{  # type: ignore[arg-type]
        field: getattr(ask(country), field) for field in Selection.__dataclass_fields__
    } | {"name": name})  # fmt: skip
    shown = scorecard(country, selected)
    assert (codes(shown), shown.count) == (found, len(found))


def test_some_rows_are_shown_at_a_time_and_all_are_taken_away(country: Engine) -> None:
    selected = ask(country, rows="hospitals")
    some = scorecard(country, selected, 2, 3)
    assert (codes(some), some.first, some.count) == (["11203", "11204", "11301"], 2, 6)
    head, *every = scorecard_rows(country, selected, "th")
    assert head[:2] == ["รหัส", "ชื่อ"]
    assert [row[0] for row in every] == ["11201", "11202", "11203", "11204", "11301", "11302"]


def test_what_is_taken_away_says_its_gaps_and_keeps_numbers(country: Engine) -> None:
    head, first, second, whole = scorecard_rows(country, ask(country), "en")
    assert head[:2] == ["Code", "Name"]
    assert (first[0], second[0], whole[0]) == ("P61", "P65", "TH")
    thai = next(place for place, title in enumerate(head) if "2566-R1" in str(title))
    assert (first[thai], first[thai + 1]) == (100.0, "Not judged")
    assert (second[thai], second[thai + 1]) == (None, "Not reported")


def test_every_gap_has_words_of_its_own() -> None:
    gaps = ("not_reported", "partly", "not_applicable", "contradictory", "stale", "error")
    for words in ([gap_text(gap).th for gap in gaps], [gap_text(gap).en for gap in gaps]):  # type: ignore[arg-type]
        assert len(set(words)) == len(gaps)


def test_a_theme_of_hospitals_has_its_own_value_and_silence(engine: Engine) -> None:
    register(engine, *(hospital(hcode, "D6101", hgr="F2") for hcode in ("11201", "11202", "11203")))
    part = {name: value for name, value in centre(9).items() if "claim" not in name}
    hand_in(engine, "revenue-4s4c", report("11201", centre(9)), report("11202", part))
    found = cells(card(engine, area="D6101"), "revenue.score")
    assert (found["11201"].value, found["11201"].verdict, found["11201"].gap) == (90, 1, "")
    assert (found["11202"].value, found["11202"].gap) == (None, "partly")
    assert found["11203"].gap == "not_reported"


def test_an_empty_store_has_no_scorecard(engine: Engine) -> None:
    register(engine, hospital("11201"))
    assert resolve_selection(engine, MENU, period="", area="", rows="", sort="") is None
