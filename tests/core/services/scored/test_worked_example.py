"""The worked example: hand, terminal, store and page say the same."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import mean, median, stdev
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.criteria.catalog import catalog
from core.criteria.model import AreaShare, Indicator, LightMatrix
from core.forms.model.form import TableForm, form
from core.periods import Period, parse_period
from core.scoring.explain.words import edge_text
from core.scoring.explain.words import number as worded
from core.services.governance.data import matrix_month
from core.services.overview.area_share import Share
from core.services.overview.crisis import crisis_view
from core.services.profiles.facility import profile
from core.services.profiles.themes import explained_result, facility_themes
from core.services.recompute.area_results import AREA_CRITERIA
from core.services.rules.explanation import Explanation
from core.services.stores import open_store
from core.services.themes.radar import spoke_shares
from core.services.themes.view import Selection, theme_view
from core.store.engine.unit_of_work import close_engines
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
    worked_out,
)

EVERY = pytest.mark.parametrize(
    "section", sections(), ids=lambda one: f"{one.indicators[0]}-{one.period}"
)
MONTHLY = pytest.mark.parametrize(
    "section",
    [one for one in sections() if one.indicators[0] in ("crisis.level", "tps.score")],
    ids=lambda one: one.indicators[0],
)
THEMES = pytest.mark.parametrize(
    "section",
    # The figures of the matrices are worked out in a store only.
    [one for one in sections() if one.form != "finance"],
    ids=lambda one: f"{one.indicators[0]}-{one.period}",
)
MATRIX = pytest.mark.parametrize("matrix", matrices(), ids=lambda one: one.matrix)
SHARE = pytest.mark.parametrize("row", areas()["Share of"], ids=lambda row: row["Criterion"])
OUTCOME = pytest.mark.parametrize("row", areas()["Result of"], ids=lambda row: row["Criterion"])
AREAS = ("D6101", "P61", "TH")
SPREAD, SPREAD_IS = "Mean and deviation of", "Mean and deviation"
NEAR = 0.51e-6
"""The hand writes six decimals, and amounts whole."""
COMPUTED = {
    "Test": "Figure", "Shown": "Figure", "Sum": "Points", "Dimension": "Percent", "Mean of": "Mean",
    "Result": "Value", "Scored alone": "Value", "Switch": "Value",
}  # fmt: skip
"""Tables by the first cell of their heads, and what stands under *Computed* comes to."""
NO_SERVICE, SILENT, OPEN = "no service", "silent", "open"
_SHARE = re.compile(
    r"(?P<number>\d+) ÷ (?P<over>\d+) = (?P<share>[\d.]+), (?P<verdict>[a-z ]+),"
    r" (?P<told>\d+) of (?P<expected>\d+) told(?P<open>, open)?"
)


@pytest.fixture(scope="module", autouse=True)
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Path]]:
    """What was reported, imported into a store of its own: name of a file -> file."""
    folder = tmp_path_factory.mktemp("worked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUAT_VAR_FOLDER", str(folder / "var"))
        patch.delenv("TRUAT_DATABASE_URL", raising=False)
        files = {sheet.name: folder / sheet.name for sheet in sheets()}
        for sheet in sheets():
            files[sheet.name].write_bytes(sheet.csv())
            assert terminal("import", files[sheet.name])["stored"], sheet.name
        yield files
        close_engines()
        stored.cache_clear()
        listed.cache_clear()
        scored_rows.cache_clear()


def terminal(*words: object) -> Any:
    done = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def near(value: Any) -> Any:
    return pytest.approx(float(value), abs=NEAR, rel=1e-12)


def written(cell: str) -> Any:
    """A number of the hand, None where there is none."""
    return near(number(cell)) if cell else None


def coded(cell: str) -> str:
    """`not judged` as programs say it."""
    return cell.replace(" ", "_")


@cache
def stored(indicator: str, subject: str, period: str) -> dict[str, Any]:
    """What the store says of a facility or an area, by its own number."""
    result = listed(indicator, period)[subject]
    return {**terminal("explain", result["id"]), **result}


@cache
def listed(indicator: str, period: str) -> dict[str, dict[str, Any]]:
    """All results of an indicator in a period, by subject."""
    rows = terminal("results", "--indicator", indicator, "--period", period)["results"]
    return {row["subject"]: row for row in rows}


def parts(section: Section, subject: str) -> dict[str, dict[str, Any]]:
    """What the store explains a facility's results with, by full id."""
    found = (stored(one, subject, section.period) for one in section.indicators)
    return {part["id"]: part for one in found for part in one["parts"]}


@cache
def scored_rows(file: Path, *words: str) -> Any:
    return terminal("score", file, *words)["rows"]


def scored(
    section: Section, told: Mapping[str, Path], subject: str, *words: str
) -> dict[str, dict[str, Any]]:
    """What `score` says of a facility in all files of the section's form, by indicator or theme."""
    return {
        indicator: result
        for sheet in sheets()
        if sheet.form == section.form
        for row in scored_rows(told[sheet.name], *words)
        if (row["hcode"], row["period"]) == (subject, section.period)
        for indicator, result in row["results"].items()
    }


def of_kind(section: Section, *kinds: str) -> Iterator[tuple[str, str, Row]]:
    """The rows of some tables with their facility and the full id of their part."""
    for kind in kinds:
        for row in section.rows(kind):
            yield facility_of(row), section.part(row), row


def worked_parts(section: Section, subject: str) -> set[str]:
    """Every part that the hand worked out of a facility."""
    kinds = ("Test", "Sum", "Shown", "Dimension")
    found = {part for whose, part, _row in of_kind(section, *kinds) if whose == subject}
    return found | section.answers(subject).keys()


# The hand


@EVERY
def test_the_arithmetic_of_the_hand_is_right(section: Section) -> None:
    for kind, column in COMPUTED.items():
        for row in section.rows(kind):
            if row.get("Computed"):
                assert float(worked_out(row["Computed"])) == near(number(row[column])), row
    for row in (*section.rows("Sum"), *section.rows("Dimension")):
        if row.get("Percent"):
            share = 100 * number(row["Points"]) / number(row["Of"])
            assert float(share) == near(number(row["Percent"])), row
    for row in section.rows("Median of"):
        values = [number(value) for value in row["Values of the group, rising"].split(" · ")]
        assert values == sorted(values)
        assert (median(values), len(values)) == (number(row["Median"]), int(row["Facilities"])), row
    for row in section.rows(SPREAD):
        values = [number(value) for value in row["Values of the group, rising"].split(" · ")]
        spread = mean(values) + stdev(map(float, values))
        assert (spread, len(values)) == (near(number(row[SPREAD_IS])), int(row["Facilities"])), row


@EVERY
def test_the_hand_reckons_with_what_was_reported(section: Section) -> None:
    of_form = (sheet for sheet in sheets() if sheet.form == section.form)
    told = [cell for sheet in of_form for row in sheet.columns.values() for cell in row.values()]
    rows = [row for table in section.tables.values() for row in table]
    known = {cell.strip("−") for cell in told} | {row["Figure"] for row in rows if "Figure" in row}
    for row in rows:
        reckoned = row.get("Computed") or row.get("Values of the group, rising") or ""
        found = re.findall(r"[\d,]+(?:\.\d+)?", reckoned)
        assert {one for one in found if number(one) > 100} <= known, row


@SHARE
def test_the_shares_of_the_hand_are_right(row: Row) -> None:
    for area in AREAS:
        if said := _SHARE.fullmatch(row[area]):
            assert 100 * int(said["number"]) / int(said["over"]) == near(number(said["share"]))


@EVERY
def test_the_hand_cites_what_the_criteria_cite(section: Section) -> None:
    rules = catalog().ruleset(parse_period(section.period).fiscal_year)
    for indicator in section.indicators:
        cited = rules.edition_of(indicator).source
        assert f"document {cited.document}, {cited.where}." in section.text, indicator


@MATRIX
def test_the_hand_cites_the_slide_of_a_matrix(matrix: Matrix) -> None:
    rules = catalog().ruleset(parse_period(matrix.period).fiscal_year)
    cited = rules.edition_of(matrix.matrix).source
    assert f"Source: document {cited.document}, {cited.where}." in matrix.text


def test_the_hand_cites_the_slides_of_the_shares() -> None:
    assert [row["Source of"] for row in areas()["Source of"]] == [
        row["Criterion"] for row in areas()["Share of"]
    ]
    rules = catalog().ruleset(2566)
    for row in areas()["Source of"]:
        cited = rules.edition_of(row["Source of"]).source
        assert (row["Document"], row["Where"]) == (cited.document, cited.where), row


@EVERY
def test_the_hand_leaves_out_no_test_and_no_sum(section: Section) -> None:
    for subject in section.subjects:
        assert worked_parts(section, subject) == parts(section, subject).keys(), subject


def test_the_hand_leaves_out_no_rule_of_the_inspection() -> None:
    kinds = (Indicator, AreaShare, LightMatrix)
    rules = catalog().ruleset(2566).rules.values()
    worked = {one for section in sections() for one in section.indicators}
    worked |= {one.matrix for one in matrices()} | {row["Criterion"] for row in areas()["Share of"]}
    assert {rule.id for rule in rules if isinstance(rule, kinds)} <= worked


def test_the_hand_leaves_out_no_result_of_the_hospital() -> None:
    worked = {
        (row["Indicator"], facility_of(row), section.period)
        for section in sections()
        for row in section.rows("Result")
    }
    found = {
        (row["indicator"], row["subject"], row["period"])
        for subject in sorted({subject for _, subject, _ in worked})
        for row in terminal("results", "--area", subject)["results"]
    }
    assert found == worked


# What was stored


@EVERY
def test_the_store_explains_each_test_with_the_figures_of_the_hand(section: Section) -> None:
    for subject, part, row in of_kind(section, "Test", "Sum", "Dimension", "Shown"):
        found = parts(section, subject)[part]
        if "Figure" in row:
            assert found["figure"] == written(row["Figure"]), row
        if "Asked" in row:
            assert (found["asked"] or {"en": ""})["en"] == row["Asked"], row
        if "Points" in row:
            assert (found["points"], found["full"]) == (
                written(row["Points"]),
                written(row["Of"]),
            ), row
        else:
            assert not found["points"], row


@EVERY
def test_an_answer_is_a_point_or_none(section: Section) -> None:
    points = {"yes": 1, "no": 0, "": None}
    for subject in section.subjects:
        found = parts(section, subject)
        for part, answer in section.answers(subject).items():
            assert found[part]["points"] == points[answer], part


@EVERY
def test_the_store_knows_the_middle_values_of_the_hand(section: Section) -> None:
    middles = (("Median of", "Median"), ("Mean of", "Mean"), (SPREAD, SPREAD_IS))
    for kind, column in middles:
        for subject, part, row in of_kind(section, kind):
            found = parts(section, subject)[part]
            assert found["peer_value"] == written(row[column]), row
            assert found["peers"] == int(row["Facilities"]), row
            assert found["few_peers"] == (int(row["Facilities"]) < 5), row


@EVERY
def test_the_store_comes_to_what_the_hand_comes_to(section: Section) -> None:
    for row in section.rows("Result"):
        found = stored(row["Indicator"], facility_of(row), section.period)
        assert found["verdict"] == coded(row["Verdict"]), row
        assert grade_of(found) == row.get("Grade", grade_of(found)), row
        if row.get("At worst"):
            ends = found["notes"]["worst"], found["notes"]["best"]
            assert ends == (written(row["At worst"]), written(row["At best"])), row
            assert found["state"] == "not_reported", row
        elif row["Value"].isalpha():
            assert found["grade"] == row["Value"], row
        else:
            assert found["value"] == written(row["Value"]), row
            assert found["state"] == coded(row.get("State") or "reported"), row


def grade_of(found: Mapping[str, Any]) -> str:
    return found["grade"] or found["notes"].get("grade", "")


@EVERY
def test_every_figure_of_the_store_is_one_that_was_reported(section: Section) -> None:
    answers = {"yes": "1", "no": "0"}
    for subject in section.subjects:
        told = reported(section.form, subject, section.period)
        for indicator in section.indicators:
            facts = stored(indicator, subject, section.period)["facts"]
            # Payables take their structure from the checklist of another form.
            assert facts or section.form == "msss-4s4p"
            for fact in facts:
                cell = told[fact["measure"]]
                assert fact["value"] == written(answers.get(cell, cell)), fact["measure"]


def reported(form_id: str, subject: str, period: str) -> dict[str, str]:
    """Measure -> what stands in its cell, of a facility's period in a form."""
    return {
        measure: cell
        for sheet in sheets()
        if sheet.form == form_id
        for row in sheet.told(subject, period)
        for measure, cell in _measured(form_id, row)
    }


def _measured(form_id: str, row: Row) -> Iterator[tuple[str, str]]:
    """The measures of a row: of a service plan those of its choice."""
    chosen = form(form_id)
    assert isinstance(chosen, TableForm)
    for table in chosen.tables:
        choices = next((c.choices for c in table.columns if c.measure == table.pivot), ())
        said = row.get(table.pivot or "", "")
        kind = next((one.id for one in choices if said in (one.name.en, *one.aliases)), "")
        for column in table.columns:
            if column.measure in row:
                yield table.measure(column, kind), row[column.measure]


# What the terminal says without a store


@MONTHLY
def test_the_terminal_scores_a_month_as_the_hand_does(
    section: Section, told: Mapping[str, Path]
) -> None:
    (indicator,) = section.indicators
    found = scored(section, told, HOSPITAL)[indicator.partition(".")[0]]
    tests = {test["id"]: test for test in (*found.get("tests", ()), *found.get("items", ()))}
    for _subject, part, row in of_kind(section, "Test"):
        expected = written(row["Figure"]), written(row["Points"])
        if part == "crisis.level.survival":
            assert (found["months"], found["survival"]) == expected
            continue
        test = tests.pop(part)
        assert (test["figure"], test["points"]) == expected, row
    assert tests == {}
    for row in (one for one in section.rows("Result") if one["Indicator"] == indicator):
        assert found[indicator.rpartition(".")[2]] == written(row["Value"]), row


@THEMES
def test_the_terminal_scores_a_theme_as_the_hand_does(
    section: Section, told: Mapping[str, Path]
) -> None:
    # One file alone knows nobody's group.
    grouped = {part for _subject, part, _row in of_kind(section, "Mean of")}
    alone = {row["Indicator"]: row for row in section.rows("Scored alone")}
    for subject in section.subjects:
        found = scored(section, told, subject)
        items = {i["id"]: i for one in section.indicators for i in found[one]["items"]}
        for whose, part, row in of_kind(section, "Test", "Shown", "Dimension"):
            item = items[part]
            # What another form tells is not in the file.
            if whose == subject and item["status"] != "not_filled":
                points = "" if part in grouped else row.get("Points", "")
                assert item["points"] == written(points), row
                assert item["figure"] == written(row.get("Figure", row.get("Points", ""))), row
    for row in section.rows("Result"):
        found = scored(section, told, facility_of(row))[row["Indicator"]]
        _compare({**row, **alone.get(row["Indicator"], {})}, found)


def _compare(row: Row, found: Mapping[str, Any]) -> None:
    """A result that rests on another form stays open; the hand's is one of its ends."""
    ends = found["worst"], found["best"]
    if row.get("At worst"):
        assert ends == (written(row["At worst"]), written(row["At best"])), row
    elif ends[0] != ends[1]:
        assert written(row["Value"]) in ends, row
        assert found["verdict"] in (coded(row["Verdict"]), "not_judged"), row
    else:
        said = found["value"], found["verdict"], found["grade"] or ""
        assert said == (written(row["Value"]), coded(row["Verdict"]), row.get("Grade", "")), row


# What another reading comes to


@EVERY
def test_another_reading_comes_to_what_the_hand_says(
    section: Section, told: Mapping[str, Path]
) -> None:
    for row in section.rows("Switch"):
        chosen = f"{row['Switch']}={row['Reading']}"
        indicator = row.get("Indicator", section.indicators[0])
        found = scored(section, told, HOSPITAL, "--reading", chosen)
        if indicator in found:
            ends = found[indicator]["worst"], found[indicator]["best"]
            assert written(row["Value"]) in ends, row
        else:
            theme, _, name = indicator.partition(".")
            assert found[theme][name] == written(row["Value"]), row


@EVERY
def test_the_store_would_come_to_it_too(section: Section) -> None:
    for row in section.rows("Switch"):
        chosen = f"{row['Switch']}={row['Reading']}"
        asked = ("--reading", chosen, "--area", HOSPITAL, "--period", section.period)
        found = {
            one["indicator"]: one["after"]["value"]
            for one in terminal("criteria", "rescore", *asked)["changes"]
            if one["subject"] == HOSPITAL
        }
        assert found[row.get("Indicator", section.indicators[0])] == written(row["Value"]), row


# What areas come to


@OUTCOME
def test_each_facility_comes_to_what_the_hand_says(row: Row) -> None:
    found = listed(row["Criterion"], row["Period"])
    for hcode, said in row.items():
        if not hcode.isdigit():
            continue
        result = found.get(hcode)
        if said == SILENT or result is None:
            assert (said, result) == (SILENT, None), hcode
        elif said in (OPEN, NO_SERVICE):
            state = "not_reported" if said == OPEN else "not_applicable"
            assert (result["state"], result["verdict"]) == (state, "not_judged"), hcode
        else:
            value, _, verdict = said.partition(" ")
            assert (result["value"], result["verdict"]) == (written(value), verdict), hcode


@SHARE
def test_areas_come_to_the_shares_of_the_hand(row: Row) -> None:
    period = parse_period(row["Period"])
    for area in AREAS:
        found = stored(row["Criterion"], area, row["Period"])
        notes, said = found["notes"], _SHARE.fullmatch(row[area])
        if said is None:
            assert (row[area], notes["reporting"], found["value"]) == ("nothing told", 0, None)
            continue
        assert (found["points"], found["full"]) == (int(said["number"]), int(said["over"])), area
        assert found["value"] == written(said["share"]), area
        assert found["verdict"] == coded(said["verdict"]), area
        assert (notes["reporting"], notes["expected"]) == (
            int(said["told"]),
            int(said["expected"]),
        ), area
        assert (notes["best"] != notes["worst"]) == bool(said["open"]), area
        asked = [part["asked"]["en"] for part in found["parts"] if part["asked"]]
        if len(found["parts"]) == 1:
            assert asked == ([row["Asked"]] if row["Asked"] else []), row
        _compare_view(row["Criterion"], area, period, said)


def _compare_view(criterion: str, area: str, period: Period, said: re.Match[str]) -> None:
    """The page of the area is given the same."""
    share = _viewed(criterion, area, period)
    assert share is not None
    assert (share.number, share.over, share.reporting) == (
        int(said["number"]),
        int(said["over"]),
        int(said["told"]),
    )
    assert (share.percent, share.is_open) == (written(said["share"]), bool(said["open"]))
    assert share.verdict.name.lower() == coded(said["verdict"])


def _viewed(criterion: str, area: str, period: Period) -> Share | None:
    if criterion not in AREA_CRITERIA:
        asked = Selection((criterion,), criterion, (period,), period, area, ())
        return theme_view(open_store(), asked).share
    shown = crisis_view(open_store(), period, area)
    shares = (shown.share, *(measure.share for measure in shown.measures))
    return dict(zip(AREA_CRITERIA, shares, strict=True))[criterion]


def test_the_lines_of_the_crisis_share_are_those_of_the_hand() -> None:
    (period,) = {r["Period"] for r in areas()["Share of"] if r["Criterion"] == "crisis.area"}
    found = {part["id"]: part for part in stored("crisis.area", "TH", period)["parts"]}
    assert found.keys() == {row["Part"] for row in areas()["Line of"]}
    for row in areas()["Line of"]:
        part = found[row["Part"]]
        assert float(worked_out(row["Computed"])) == part["figure"] == written(row["Share"]), row
        assert (part["asked"] or {"en": ""})["en"] == row["Asked"], row


# What pages are given


def drawn(section: Section, subject: str) -> Mapping[str, Explanation]:
    """The tests that the page of a facility shows of a section's indicators, by full id."""
    period = parse_period(section.period).month
    shown = profile(open_store(), subject, period)
    assert shown is not None
    themes = facility_themes(open_store(), subject, period)
    tests = {
        "crisis.level": shown.level.parts if shown.level else (),
        "tps.score": shown.score.parts if shown.score else (),
        **{one.unit.id: explained_result(open_store(), one).parts for one in themes},
    }
    return {test.id: test for one in section.indicators for test in tests[one]}


@EVERY
def test_the_page_is_given_the_tests_of_the_hand(section: Section) -> None:
    for subject in section.subjects:
        shown = drawn(section, subject)
        assert shown.keys() == worked_parts(section, subject)
        for whose, part, row in of_kind(section, "Test", "Sum", "Shown", "Dimension"):
            if whose != subject:
                continue
            if row.get("Points"):
                assert shown[part].points == written(row["Points"]), row
            if row.get("Figure"):
                assert shown[part].figure == written(row["Figure"]), row


@THEMES
def test_the_page_is_given_the_results_of_the_hand(section: Section) -> None:
    month = parse_period(section.period).month
    for row in section.rows("Result"):
        themes = {
            one.unit.id: one for one in facility_themes(open_store(), facility_of(row), month)
        }
        found = themes[row["Indicator"]]
        assert found.value == written(row["Value"]), row
        assert found.verdict.name.lower() == coded(row["Verdict"]), row
        asked = found.requirement
        assert asked == explained_result(open_store(), found).requirement
        assert (asked.en if asked else "") == row.get("Asked", ""), row
        assert not found.is_stale


@EVERY
def test_the_radar_has_the_percentages_of_the_hand(section: Section) -> None:
    rows = {
        part: row for _, part, row in of_kind(section, "Sum", "Dimension") if row.get("Percent")
    }
    period = parse_period(section.period)
    unit = catalog().ruleset(period.fiscal_year).rule(section.indicators[0])
    if rows:
        assert isinstance(unit, Indicator)
        spokes = spoke_shares(open_store(), unit, period, None, HOSPITAL)
        assert {one.id: one.now for one in spokes} == {
            part: written(row["Percent"]) for part, row in rows.items()
        }


@MATRIX
def test_the_lights_are_those_of_the_hand(matrix: Matrix) -> None:
    found = matrix_month(open_store(), matrix.matrix, parse_period(matrix.period))
    cells = dict(zip(found.matrix.parts, found.facilities[HOSPITAL].cells, strict=True))
    assert [one.id for one in cells] == [f"{matrix.matrix}.{row['Column']}" for row in matrix.rows]
    for (column, cell), row in zip(cells.items(), matrix.rows, strict=True):
        edges = {one.light: one.edge for one in column.lights}
        for light, edge in edges.items():
            said = edge_text(edge[0], worded(edge[1])).en if edge else "the rest"
            assert said == row[light.capitalize()], row
        assert cell.light.name.lower() == row["Light"], row
        assert cell.figure == written(row["Figure"]), row
        assert (cell.beside.name.lower() if cell.beside else "") == row.get("TPS beside", ""), row
