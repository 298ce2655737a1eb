"""Every rule holds its cases, and no edge of a rule is without a case on both sides."""

from shutil import copytree

import pytest

from core.criteria.catalog import Catalog, catalog
from core.criteria.load import CRITERIA_FOLDER
from core.services.rules.cases.edges import uncovered_edges
from core.services.rules.cases.files import read_cases
from core.services.rules.cases.held import failures

CRITERIA = sorted(catalog().criteria)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_case_holds(criterion):
    assert list(failures(catalog(), criterion)) == []


@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_edge_and_silence_are_tried(criterion):
    assert list(uncovered_edges(catalog(), criterion)) == []


@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_case_says_why(criterion):
    assert all(case.why for case in read_cases(catalog(), criterion))


def test_every_criterion_names_source_and_place():
    for key, criterion in catalog().criteria.items():
        for edition in criterion.editions:
            assert edition.source.where, key
            assert edition.source.document in catalog().documents, key


def test_a_wrong_rule_is_caught_by_its_cases(tmp_path):
    """The check is worth something: move one edge and it must name the case that broke."""
    folder = tmp_path / "criteria"
    copytree(CRITERIA_FOLDER, folder)
    path = folder / "star" / "star.a.01.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("below: 65", "below: 66"), "utf-8")
    books = Catalog(folder)
    broken = list(failures(books, "star.a.01"))
    assert {failure.case.value for failure in broken} == {65}
    assert any("66" in gap.en for gap in uncovered_edges(books, "star.a.01"))
