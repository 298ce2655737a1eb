"""The samples give exactly what they must; wrong files are refused by name."""

import math

import pytest

from core.errors import UsageError
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.kinds import Intake
from tests.core.forms.assessment import star_books as star
from tests.core.forms.assessment.star_books import Box, Page

PRINTED = {"star.a.05": "printed"}


def number_of(item: dict) -> str:
    """The number of an item as the expectations write it: `B3a` in section B."""
    return item["no"] if item["section"] == "a" else item["section"].upper() + item["no"]


def parts(items: list[dict]) -> list[dict]:
    return [part for item in items for part in [item, *parts(item["parts"])]]


def assert_expected(found: Intake, expected: dict) -> None:
    document = intake_json(found)
    items = {number_of(item): item for item in document["items"]}
    assert {no: items[no]["raw"] for no in expected["raw"]} == pytest.approx(expected["raw"])
    weighted = {no: items[no]["weighted"] for no in expected["weighted"]}
    assert weighted == pytest.approx(expected["weighted"], abs=1e-6)
    totals = document["totals"]
    assert totals["a"]["weighted"] == pytest.approx(expected["sum_weighted"], abs=1e-6)
    assert totals["a"]["score"] == pytest.approx(expected["section_a"], abs=1e-6)
    assert totals["b"]["score"] == pytest.approx(expected["section_b"], abs=1e-6)
    spokes = {key: document["radars"]["overall"][key] for key in expected["radar"]}
    assert spokes == pytest.approx(expected["radar"], abs=1e-6)


@pytest.mark.parametrize("name", star.EXPECTED)
def test_a_sample_scores_as_expected(name: str) -> None:
    assert_expected(star.read(star.sample(name)), star.EXPECTED[name])


@pytest.mark.parametrize("name", star.EXPECTED)
def test_every_typed_figure_of_a_sample_is_read(name: str) -> None:
    found = star.read(star.sample(name))
    owner = {item.id: item for item in found.reading.items}
    typed = {}
    for key, cell in found.reading.cells.items():
        if cell.is_filled:
            item = next(item for item in owner.values() if key.startswith(item.id))
            section = "" if item.section.id == "a" else item.section.id.upper()
            typed[section + item.no + key.removeprefix(item.id)] = cell.number
    assert typed == star.EXPECTED[name]["typed"]
    assert found.result.filled == len(typed)
    assert found.result.inputs == 100


def test_the_printed_reading_gives_the_printed_figures() -> None:
    blank = "star-2561-printed-blank.xlsx"
    found = examine(star.sample(blank), blank, readings=PRINTED)
    assert_expected(found, star.EXPECTED[blank]["alternative_tb_4_1"])


def test_an_absent_section_has_no_totals_and_is_missed() -> None:
    document = intake_json(star.read(star.sample()))
    assert {key: document["totals"]["c"][key] for key in ("raw", "weighted", "score")} == {
        "raw": None,
        "weighted": None,
        "score": None,
    }
    assert document["totals"]["all"]["score"] is None
    assert document["radars"]["overall"]["dhs_pca"] is None
    (missed,) = [m for m in document["messages"] if m["code"] == "W012"]
    assert missed["severity"] == "warning"
    assert "พชอ" in missed["text"]["th"]


def test_with_every_section_there_is_a_grand_total() -> None:
    found = star.read([*star.pages(), star.page_c()])
    a, b, c = (star.totals(found)[key] for key in "abc")
    assert c == pytest.approx(50 * sum(star.RAW_C.values()) / 85)
    assert found.result.total.score == pytest.approx(a + b + c)
    spokes = {s.id: s.value for s in found.result.radars[1].spokes}
    assert list(spokes.values()) == pytest.approx(
        [5 * star.RAW_C[n] / full for n, full in zip("12345", (5, 20, 20, 30, 10), strict=True)]
    )


def refusal(found: Intake) -> tuple[str, dict]:
    assert found.form is None
    (issue,) = found.issues
    return issue.code, dict(issue.params)


def test_a_file_like_no_form_is_refused_naming_none() -> None:
    rows = [[Box(n), Box(f"รายการที่ {n}"), Box(n * 2.5)] for n in range(1, 40)]
    code, params = refusal(star.read([Page("อื่น", rows)]))
    assert code == "F011"
    assert not params["nearest"].th


@pytest.mark.parametrize(("kept", "accepted"), [(12, True), (11, False)])
def test_less_than_half_of_a_sections_items_is_the_wrong_form(kept: int, accepted: bool) -> None:
    found = star.pages()
    page = found[0]
    heads = star.item_rows(page)
    page.rows = page.rows[: heads[kept]]
    result = star.read(found)
    assert (result.form is not None) is accepted
    if not accepted:
        code, params = refusal(result)
        assert (code, params["recognised_items"], params["all_items"]) == ("F011", kept, 24)
        assert "คปสอ" in params["nearest"].th
        assert str(kept) in result.issues[0].text.en


def test_a_form_that_is_asked_for_and_not_there_is_refused() -> None:
    found = examine(star.sample(), "a.xlsx", form_id="finance")
    assert refusal(found)[0] == "F011"


@pytest.mark.parametrize(
    "pages", [[Page("Sheet1", [])], [Page("a", [[Box(None, yellow=True)] * 5] * 9), Page("b", [])]]
)
def test_a_workbook_in_which_nothing_stands_is_empty(pages: list[Page]) -> None:
    assert refusal(star.read(pages))[0] == "F012"


def test_what_does_not_exist_is_the_callers_mistake() -> None:
    with pytest.raises(UsageError) as unknown:
        examine(star.sample(), form_id="x")
    assert unknown.value.code == "U001"
    with pytest.raises(UsageError) as reading:
        examine(star.sample(), readings={"star.a.05": "x"})
    assert reading.value.code == "U003"


def test_the_totals_beside_count_scored_and_filled_items_only() -> None:
    """Item 1 in error: 2.5 of 61.50 is not counted beside; in the total it counts as zero."""
    found = star.read(star.put("E8", 108))
    (a,) = [section for section in found.result.sections if section.id == "a"]
    expected = star.EXPECTED[star.FILLED]
    left = expected["sum_weighted"] - expected["weighted"]["1"]
    assert a.weighted == pytest.approx(left, abs=1e-6)
    assert a.score == pytest.approx(35 * left / 61.5, abs=1e-6)
    assert a.scored_only == pytest.approx(35 * left / 59.0, abs=1e-6)
    (item,) = [item for item in found.result.items if item.node.id == "star.a.01"]
    assert (item.node.raw, item.weighted, item.node.status) == (None, None, "error")
    others = {k: v for k, v in star.points(found).items() if k != "star.a.01"}
    plain = star.points(star.read(star.sample()))
    assert others == {k: v for k, v in plain.items() if k != "star.a.01"}
    assert not any(math.isnan(value) for value in others.values())
