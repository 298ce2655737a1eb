"""The blank assessment form: what is in it, what may be typed, and that the reader finds it all."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from math import isnan

import openpyxl
import pytest
from openpyxl.formula import Tokenizer
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import Checklist, Leaf, Steps
from core.errors import CriteriaError
from core.forms.assessment.plan import items_of, typed_rule
from core.forms.blank_assessment.write import write_template
from core.forms.model.form import AssessmentForm, form
from core.forms.model.identity import IDENTITY_SHEET, Identity, parse_name
from core.services.intake.examine import examine
from core.text import Language
from tests.core.forms.fillings import Filling, counted, drawn, inputs_of, leaves, typed_into

# What Excel 2010 and LibreOffice both know.
FUNCTIONS = {
    "AND", "CELL", "COUNT", "COUNTIF", "IF", "IFERROR", "ISERROR", "ISLOGICAL", "ISNUMBER", "LEFT",
    "MATCH", "MIN", "OR", "ROUND", "SUM", "SUMPRODUCT", "TRIM",
}  # fmt: skip
A4 = 9
LONGEST_FORMULA = 8192
DEEPEST_FORMULA = 60


@cache
def star() -> AssessmentForm:
    chosen = form("star-2561")
    assert isinstance(chosen, AssessmentForm)
    return chosen


@cache
def rules() -> RuleSet:
    return catalog().ruleset(star().fiscal_year)


@cache
def blank(language: Language = "th") -> bytes:
    return write_template(
        star(), rules(), cup="00123", cup_name="คปสอ.ตัวอย่าง", fiscal_year=2562, language=language
    )


@cache
def book(language: Language = "th") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(blank(language)))


def sheets() -> list[Worksheet]:
    return [sheet for sheet in book() if sheet.title != IDENTITY_SHEET]


def named(role: str) -> dict[str, tuple[str, str]]:
    """Id -> sheet and cell of every name of a role."""
    found = {}
    for name, defined in book().defined_names.items():
        parsed = parse_name(name)
        if parsed and parsed.role == role:
            (found[parsed.id],) = defined.destinations
    return found


def formulas() -> list[tuple[str, str]]:
    return [
        (f"{sheet.title}!{cell.coordinate}", cell.value)
        for sheet in book()
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_every_input_of_the_rules_has_its_cell_under_its_name() -> None:
    assert set(named("input")) == {leaf.id for leaf in leaves(star(), rules())}


def test_every_result_has_its_cell_under_its_name() -> None:
    items = items_of(star(), rules(), {})
    assert set(named("weighted")) == {item.id for item in items if item.section.head_rows}
    assert set(named("score")) == set(named("total")) == {s.group for s in star().sections}
    assert len(named("spoke")) == 7 + 5 + 6


def test_counts_are_offered_where_a_percentage_or_a_step_follows_from_them() -> None:
    with_counts = {leaf.id for leaf in leaves(star(), rules()) if counted(leaf, star())}
    assert set(named("numerator")) == set(named("denominator")) == with_counts
    assert "star.a.01" in with_counts
    assert "star.a.04" not in with_counts, "its units are counted on a sheet of their own"


def test_a_count_is_typed_once_however_often_it_is_used() -> None:
    assert named("numerator")["star.a.02.1"] == named("denominator")["star.a.02.2"]


def test_yellow_cells_are_all_that_can_be_typed_into() -> None:
    inputs = {*named("input").values(), *named("numerator").values()}
    inputs |= {*named("denominator").values()}
    for sheet in sheets():
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for row in sheet.iter_rows():
            for cell in row:
                is_yellow = cell.fill.fgColor.rgb == "00FFFF99" and cell.row > 2
                assert not (is_yellow and cell.protection.locked), cell.coordinate
        for title, place in inputs:
            if title == sheet.title:
                assert not sheet[place].protection.locked
                assert sheet[place].fill.fgColor.rgb == "00FFFF99"


def test_everything_with_a_formula_is_locked() -> None:
    for place, _ in formulas():
        title, _, cell = place.rpartition("!")
        assert book()[title][cell].protection.locked, place


def test_formulas_use_functions_that_old_programs_know() -> None:
    used: set[str] = set()
    for place, formula in formulas():
        tokens = Tokenizer(formula).items
        used |= {t.value.rstrip("(") for t in tokens if t.type == "FUNC" and t.subtype == "OPEN"}
        assert len(formula) < LONGEST_FORMULA, place
        depth = deepest = 0
        for token in tokens:
            depth += {"OPEN": 1, "CLOSE": -1}.get(token.subtype, 0)
            deepest = max(deepest, depth)
        assert deepest < DEEPEST_FORMULA, place
    assert used <= FUNCTIONS
    assert {"IF", "ROUND", "SUM"} <= used


def validation_of(node: str) -> openpyxl.worksheet.datavalidation.DataValidation:
    title, place = named("input")[node]
    checks = book()[title].data_validations.dataValidation
    return next(check for check in checks if place in check.sqref)


def test_a_percentage_is_asked_for_between_its_bounds_and_words_are_let_pass() -> None:
    check = validation_of("star.a.01")
    assert (check.type, check.formula1, check.formula2) == ("decimal", "0", "100")
    assert check.errorStyle == "warning"
    assert "0–100" in check.prompt


def test_steps_are_offered_as_a_list() -> None:
    check = validation_of("star.a.11.6")
    assert (check.type, check.formula1) == ("list", '"0,10,15,20,25,30,35,40"')


@pytest.mark.parametrize("leaf", leaves(star(), rules()), ids=lambda leaf: leaf.id)
def test_every_input_has_a_prompt_and_a_warning_excel_can_show(leaf: Leaf) -> None:
    check = validation_of(leaf.id)
    assert 0 < len(check.promptTitle) <= 32
    assert 0 < len(check.prompt) <= 255
    assert 0 < len(check.errorTitle) <= 32
    assert 0 < len(check.error) <= 225
    assert check.type == ("list" if isinstance(leaf, Steps) else "decimal")
    if isinstance(leaf, Checklist):
        assert float(check.formula2) == leaf.full


def test_every_line_stands_with_its_full_wording() -> None:
    shown = "\n".join(
        str(cell.value) for sheet in sheets() for row in sheet.iter_rows() for cell in row
    )
    for item in items_of(star(), rules(), {}):
        for node in (item.head, *item.lines):
            assert rules().rule(node.id).name.th in shown, node.id


def test_rows_are_high_enough_for_their_words() -> None:
    """Counted roughly on purpose: a line of 11 points takes 14, a letter 6 points of width."""
    for sheet in sheets():
        for row in sheet.iter_rows(min_row=3):
            for cell in row:
                if not isinstance(cell.value, str) or cell.data_type == "f":
                    continue
                width = sheet.column_dimensions[get_column_letter(cell.column)].width * 5.25
                size = cell.font.size
                base = re.sub("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", cell.value)
                lines = sum(1 + int(len(line) * size * 0.5 / width) for line in base.split("\n"))
                height = sheet.row_dimensions[cell.row].height
                assert height >= min(409, lines * size * 1.25), cell.coordinate


def test_columns_are_titled_as_the_form_says() -> None:
    first, second = (sheet for sheet in sheets() if sheet.title != "รายตำบล (ข้อ 4)")
    assert [cell.value for cell in first[5]][:7] == [
        "ลำดับ", "ประเด็นการประเมิน", "หลักฐานประกอบ", "คะแนนเต็ม", "คะแนนที่ได้",
        "ตัวตั้ง (A)", "ตัวหาร (B)",
    ]  # fmt: skip
    assert [second["D5"].value, second["E5"].value] == ["น้ำหนักคะแนน", "รวมคะแนน"]


def test_head_rows_and_labels_follow_the_print() -> None:
    sheet = sheets()[0]
    assert [sheet[f"A{row}"].value for row in (6, 9, 18)] == [1, 2, 3]
    assert [sheet[f"D{row}"].value for row in (8, 12, 14)] == ["ร้อยละที่ได้"] * 3
    assert [sheet[f"B{row}"].value for row in (4, 10, 19)] == ["คะแนนรวม"] * 3


def test_it_prints_on_a4_with_its_titles_on_every_page() -> None:
    for sheet in sheets():
        assert sheet.page_setup.paperSize == A4
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert sheet.freeze_panes


def test_three_native_radars_show_target_and_result() -> None:
    with zipfile.ZipFile(io.BytesIO(blank())) as archive:
        charts = [n for n in archive.namelist() if n.startswith("xl/charts/chart")]
        texts = [archive.read(name).decode() for name in charts]
    assert len(texts) == len(star().radars)
    for text in texts:
        assert text.count("<radarChart>") == 2
        assert 'radarStyle val="filled"' in text
        assert 'prstDash val="dash"' in text


def test_it_says_which_form_it_is_on_a_sheet_nobody_sees() -> None:
    assert book()[IDENTITY_SHEET].sheet_state == "veryHidden"
    assert book().active.title == sheets()[0].title
    wanted = Identity("star-2561", 1, "00123", "คปสอ.ตัวอย่าง", 2562)
    assert examine(blank(), "blank.xlsx").identity == wanted


def test_the_english_blank_has_no_thai_outside_names_of_the_network() -> None:
    thai = re.compile("[\u0e01-\u0e5b]")
    found = {
        str(cell.value)
        for sheet in book("en")
        if sheet.title != IDENTITY_SHEET
        for row in sheet.iter_rows()
        for cell in row
        if thai.search(str(cell.value))
    }
    assert found == {"คปสอ.ตัวอย่าง 00123"}


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_blank_itself_is_read_without_a_problem_but_emptiness(language: Language) -> None:
    found = examine(blank(language), "blank.xlsx")
    assert found.reading is not None
    assert found.reading.recognised_items == found.reading.all_items
    # Lower is better twice, and nothing was computed yet.
    assert [issue.code for issue in found.issues] == ["W112", "W112", "W202"]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_typed_reaches_the_core_by_the_reader(seed: int) -> None:
    filling = drawn(star(), rules(), seed, errors=0.03)
    data = typed_into(blank(), filling, star(), rules())
    reading = examine(data, "filled.xlsx").reading
    assert reading is not None
    wanted = inputs_of(filling, star(), rules())
    for key, column in wanted.columns.items():
        got = reading.inputs.column(key)
        assert got.states[0] == column.states[0], key
        number, known = float(column.values[0]), float(got.values[0])
        assert (isnan(number) and isnan(known)) or number == known, key


def test_a_figure_without_bounds_takes_any_number() -> None:
    open_ended = rules().rule("star.a.01").model_copy(update={"valid_range": None})
    changed = replace(rules(), rules={**rules().rules, "star.a.01": open_ended})
    sheet = openpyxl.load_workbook(io.BytesIO(write_template(star(), changed))).worksheets[0]
    check = next(c for c in sheet.data_validations.dataValidation if "E8" in c.sqref)
    assert float(check.formula1) < -1e9
    assert float(check.formula2) > 1e9
    assert "inf" not in check.prompt + check.error


def test_lines_that_units_cannot_fill_in_are_refused() -> None:
    part = star().checklists[0].model_copy(update={"checklist": "star.a.02"})
    broken = star().model_copy(update={"checklists": (part,)})
    with pytest.raises(CriteriaError):
        write_template(broken, rules())


def test_a_rule_that_is_no_item_is_refused() -> None:
    with pytest.raises(CriteriaError):
        typed_rule(rules(), "star.radar.overall")


def test_an_empty_percentage_that_follows_from_counts_is_not_called_empty() -> None:
    counts: dict[str, float | str | None] = {"star.tb_deaths": 3, "star.tb_new_patients": 40}
    empty: dict[str, float | str | None] = dict.fromkeys(
        leaf.id for leaf in leaves(star(), rules())
    )
    data = typed_into(blank(), Filling(empty, counts), star(), rules())
    flattered = [issue.cell for issue in examine(data).issues if issue.code == "W112"]
    assert flattered == [named("input")["star.a.12"][1].replace("$", "")]
