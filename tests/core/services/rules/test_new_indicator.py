"""An indicator, an edition and a reading are data: the files of `docs/adding.md`, nothing else."""

from shutil import copytree

import pytest

from core.criteria.catalog import Catalog
from core.paths import DATA
from core.scoring.examples import example_outcome
from core.services.handbook.entries import handbook
from core.services.rules.cases.report import check_corpus
from core.services.rules.checking import check_file
from tests.adding import sections, write

REPORTED = {"waste.sorted_kilos": 61, "waste.all_kilos": 100}
RULE = "data/criteria/waste/waste.sorted.yaml"


@pytest.fixture
def house(tmp_path):
    """The data folder with the figures and the indicator of the document."""
    copytree(DATA / "criteria", tmp_path / "data" / "criteria")
    copytree(DATA / "forms", tmp_path / "data" / "forms")
    (tmp_path / "data" / "measures.yaml").write_bytes((DATA / "measures.yaml").read_bytes())
    for title in ("A form", "An indicator"):
        write(tmp_path, sections()[title])
    return tmp_path


def catalog(house):
    return Catalog(house / "data" / "criteria")


def verdict(house, fiscal_year, share, readings=None):
    rule = catalog(house).ruleset(fiscal_year, readings).rule("waste.sorted")
    return example_outcome(rule, REPORTED | {"waste.sorted_kilos": share})["verdict"]


def test_the_cases_of_a_new_indicator_are_run_with_all_others(house):
    report = check_corpus(catalog(house))
    assert (report.holds, report.by_theme["waste"]) == (True, 6)
    assert check_file(house / RULE).holds


def test_a_new_indicator_is_judged(house):
    assert [verdict(house, 2566, share) for share in (60, 61)] == ["fail", "pass"]


def test_a_new_fiscal_year_is_an_edition_beside_the_old_one(house):
    write(house, sections()["A fiscal year"])
    assert check_file(house / RULE).holds
    assert [verdict(house, year, 61) for year in (2566, 2567, 2568)] == ["pass", "pass", "fail"]


def test_a_new_reading_is_chosen_by_name_and_changes_the_verdict(house):
    for title in ("A fiscal year", "A reading"):
        write(house, sections()[title])
    assert check_file(house / RULE).holds
    assert verdict(house, 2568, 70) == "fail"
    assert verdict(house, 2568, 70, {"waste.edge": "from"}) == "pass"


def test_a_rule_is_found_by_any_number_it_is_printed_under():
    found = {chapter.entry.id for chapter in handbook(2566, "ตัวชี้วัดที่ 7")}
    assert {"compensation.on_time", "compensation.area"} <= found
