"""A new ladder indicator is two data files: it scores, explains and appears in the handbook."""

from shutil import copytree

import numpy as np
import pytest

from core.criteria.catalog import Catalog
from core.criteria.load import CRITERIA_FOLDER
from core.scoring.base.inputs import Column, Inputs
from core.scoring.explain.reasons import explain
from core.scoring.star.composite import score
from core.services.handbook.entries import handbook
from core.services.rules.cases.report import check_corpus

RULE = """\
id: trial.hand_washing
kind: ladder
no: "99"
name: {th: ร้อยละของหน่วยบริการที่ล้างมือถูกวิธี (สมมติ), en: Facilities washing hands properly (invented)}
unit: percent
better: higher
editions:
  - fiscal_years: [2561, null]
    source: {document: "003", where: an invented place}
    full: 2
    round_to: 2
    valid_range: [0, 100]
    bands:
      - {below: 40, points: 0}
      - {below: 80, points: 1}
      - {points: 2}
    assumptions:
      - text: {th: สมมติขึ้นเพื่อทดสอบ, en: Invented for a test}
    readings: {}
"""
CASES = """\
columns: [fiscal_year, value, points, why]
rows:
  - [2561, 0, 0, lowest]
  - [2561, -0.01, error, below the range]
  - [2561, 39.99, 0, below the edge]
  - [2561, 40, 1, edge]
  - [2561, 79.99, 1, below the edge]
  - [2561, 80, 2, edge]
  - [2561, 100, 2, highest]
  - [2561, 100.01, error, above the range]
  - [2561, null, null, not reported]
"""


@pytest.fixture
def books(tmp_path):
    folder = tmp_path / "criteria"
    copytree(CRITERIA_FOLDER, folder)
    themes = folder / "_themes.yaml"
    themes.write_text(themes.read_text("utf-8") + "  trial: {th: ทดลอง, en: Trial}\n", "utf-8")
    (folder / "trial").mkdir()
    (folder / "trial" / "trial.hand_washing.yaml").write_text(RULE, encoding="utf-8")
    (folder / "trial" / "trial.hand_washing.cases.yaml").write_text(CASES, encoding="utf-8")
    return Catalog(folder)


def test_its_cases_are_run_with_all_others(books):
    report = check_corpus(books)
    assert (report.holds, report.by_theme["trial"]) == (True, 9)


def test_it_scores(books):
    rule = books.ruleset(2566).rule("trial.hand_washing")
    typed = Column.of(np.array([39.994, 39.995, 79.995, np.nan]))
    points = score(rule, Inputs({rule.id: typed}, 4)).points
    np.testing.assert_array_equal(points, [0, 1, 2, np.nan])


def test_it_explains_in_both_languages(books):
    rule = books.ruleset(2566).rule("trial.hand_washing")
    scores = score(rule, Inputs({rule.id: Column.of(np.array([62.5]))}, 1))
    reason = explain(rule, scores)
    assert "62.5" in reason.sentence.en
    assert "from 40, below 80" in reason.sentence.en
    assert "62.5" in reason.sentence.th
    assert "17.5" in reason.next_step.en


def test_the_handbook_has_it_with_source_and_assumption(books):
    (chapter,) = handbook(query="ล้างมือ", source=books)
    assert chapter.entry.id == "trial.hand_washing"
    assert [rung.points for rung in chapter.entry.rungs] == [0, 1, 2]
    assert chapter.citation.where == "an invented place"
    assert [text.en for text in chapter.entry.assumptions] == ["Invented for a test"]
    assert chapter.cases == 9


def test_a_rule_is_found_by_any_number_it_is_printed_under():
    found = {chapter.entry.id for chapter in handbook(2566, "ตัวชี้วัดที่ 7")}
    assert {"compensation.on_time", "compensation.area"} <= found
