"""Invented self-assessments: one health region's networks, read back as anybody's would be."""

from datetime import UTC, datetime
from functools import cache

import pytest

from core.demo.country.places import districts
from core.demo.files.csv_files import DemoFile
from core.demo.files.stars import demo_stars, star_files
from core.demo.files.workbooks import Blank
from core.demo.parameters import star_parameters
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake

STARS = demo_stars()
TOLD = star_parameters()
MOMENT = datetime(2023, 9, 1, 3, 30, tzinfo=UTC)


@cache
def files() -> tuple[DemoFile, ...]:
    return tuple(star_files(STARS))


@cache
def read() -> tuple[Intake, ...]:
    return tuple(examine(file.content, file.name) for file in files())


def newest() -> dict[str, Intake]:
    """By district; a later version comes after the one it replaces."""
    return {file.area: intake for file, intake in zip(files(), read(), strict=True)}


def share_filled(intake: Intake) -> float:
    assert intake.reading is not None
    return intake.reading.filled / len(intake.reading.input_ids)


def total(intake: Intake) -> float:
    assert intake.scored is not None
    assert intake.scored.total is not None
    return float(intake.scored.total.score[0])


def test_every_network_of_the_region_sends_one() -> None:
    expected = {district.code for district in districts() if district.region == "R03"}
    assert set(newest()) == expected
    assert len(expected) == 54


def test_a_workbook_says_whose_it_is_and_that_it_is_invented() -> None:
    for file, intake in zip(files(), read(), strict=True):
        assert intake.identity is not None
        assert (intake.identity.form, intake.identity.cup) == ("star-2561", file.area)
        assert intake.identity.fiscal_year == 2566
        assert str(intake.identity.cup_name).endswith(" (สาธิต)")
        assert "demo" in file.name
        assert "(สาธิต)" in file.sent_by


def test_whole_forms_come_to_plausible_scores() -> None:
    whole = [total(i) for i in newest().values() if share_filled(i) == 1 and not i.has_errors]
    assert len(whole) == 54 - TOLD.incomplete.count - TOLD.wrong.count
    assert 53 <= min(whole) < 65
    assert 85 < max(whole) <= 97


def test_four_are_not_filled_in_to_the_end() -> None:
    shares = [share_filled(i) for i in newest().values() if share_filled(i) < 1]
    assert len(shares) == 4
    assert all(0.4 < share < 0.85 for share in shares)


def test_two_hold_cells_that_are_wrong() -> None:
    wrong = [i for i in newest().values() if i.has_errors]
    assert len(wrong) == 2
    for intake in wrong:
        errors = [issue.code for issue in intake.issues if issue.severity == "error"]
        assert sorted(errors) == ["W101", "W102", "W103"]
        assert total(intake) > 50


def test_three_were_sent_before_and_have_become_better() -> None:
    first = {file.area: total(i) for file, i in zip(files(), read(), strict=True)
             if "-v1-" in file.name}  # fmt: skip
    later = {file.area: total(i) for file, i in zip(files(), read(), strict=True)
             if "-v2-" in file.name}  # fmt: skip
    assert len(later) == 3
    assert all(first[area] + 5 < later[area] for area in later)
    sent = {(star.district.code, star.version): star.sent_at for star in STARS}
    assert all(sent[area, 1] < sent[area, 2] for area in later)


def test_the_same_form_is_the_same_bytes() -> None:
    again = {file.name: file.content for file in star_files(STARS[:2])}
    assert again == {file.name: file.content for file in files()[:2]}


@pytest.fixture(scope="module")
def blank() -> Blank:
    return Blank("star-2561", 2566)


def test_what_is_typed_is_what_is_read(blank: Blank) -> None:
    data = blank.filled("D6101", "คปสอ. <ก> & ข", {"star.a.09": 81.25, "star.a.10": "สิบ"}, MOMENT)
    intake = examine(data, "x.xlsx")
    assert intake.identity is not None
    assert intake.identity.cup_name == "คปสอ. <ก> & ข"
    assert intake.reading is not None
    cells = intake.reading.cells
    assert cells["star.a.09"].number == 81.25
    (wrong,) = (issue for issue in intake.issues if issue.severity == "error")
    assert (wrong.code, wrong.found) == ("W103", "สิบ")
    assert sum(cell.is_filled for cell in cells.values()) == 2


def test_a_rule_without_a_cell_is_told(blank: Blank) -> None:
    with pytest.raises(KeyError):
        blank.filled("D6101", "x", {"star.z.99": 1.0}, MOMENT)


def test_one_form_leaves_nothing_behind_for_the_next(blank: Blank) -> None:
    blank.filled("D6101", "x", {"star.a.09": 81.25}, MOMENT)
    intake = examine(blank.filled("D6102", "y", {}, MOMENT), "y.xlsx")
    assert intake.reading is not None
    assert intake.reading.filled == 0
    assert intake.identity is not None
    assert intake.identity.cup == "D6102"
