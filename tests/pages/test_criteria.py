"""The handbook on its page: found, filtered, and nothing of a rule left out."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from components.criteria.handbook import behind
from components.parts.behind import detail_html
from core.services.handbook.entries import Entry, handbook
from tests.pages.conftest import Open, all_text


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def sentences(entry: Entry) -> Iterator[str]:
    """The rule, its assumptions, and those of every part below it by its name."""
    yield from (entry.rule.th, *(one.th for one in entry.assumptions))
    for part in entry.parts:
        yield part.name.th
        yield from sentences(part)


def test_every_rule_is_listed_with_its_source_and_years(open_page: Open) -> None:
    shown = all_text(open_page("criteria.py"))
    everything = handbook()
    assert f"เกณฑ์ {len(everything)} ข้อ" in shown
    for chapter in everything:
        assert f'data-why="{chapter.entry.id}" data-behind="1"' in shown
        part = detail_html(behind, f"why={chapter.entry.id}")
        for said in sentences(chapter.entry):
            assert said in words(part), said
        assert chapter.citation.document.th in words(part.split("t-sources")[-1])
    assert len(shown.encode()) < 45_000


@pytest.mark.parametrize("query", ["วัณโรคปอดรายใหม่", "วัณโรคปอดรายใหม", "รายใหม่  วัณโรค"])
def test_a_search_forgives_lost_tone_marks_and_order(open_page: Open, query: str) -> None:
    shown = all_text(open_page("criteria.py", q=query))
    assert "star.a.05" in shown
    assert "star.a.01" not in shown


def test_few_results_open_by_themselves(open_page: Open) -> None:
    assert 'data-why="star.a.05" open="open">' in all_text(open_page("criteria.py", q="วัณโรค"))
    assert 'open="open"' not in all_text(open_page("criteria.py"))


def test_nothing_found_says_what_to_try(open_page: Open) -> None:
    assert "ไม่พบเกณฑ์" in all_text(open_page("criteria.py", q="ไม่มีคำนี้แน่นอน"))


def test_theme_and_year_narrow_the_list(open_page: Open) -> None:
    tps = all_text(open_page("criteria.py", theme="tps"))
    assert '"tps.score"' in tps
    assert '"star.a.01"' not in tps
    early = all_text(open_page("criteria.py", year="2561"))
    assert '"star.a.01"' in early
    assert '"crisis.area"' in early, "targets of that year are an edition"
    assert '"msss.score"' not in early
    assert detail_html(behind, "year=2561&why=crisis.area") != detail_html(
        behind, "why=crisis.area"
    )
    assert detail_html(behind, "year=2561&why=msss.score") is None
    assert detail_html(behind, "year=x&why=crisis.area") is None


def test_open_questions_and_assumptions_are_marked(open_page: Open) -> None:
    shown = all_text(open_page("criteria.py", q="star.a.05"))
    for part in ("⚠", "การตีความที่ใช้อยู่", "ตามแบบพิมพ์: ช่องว่างได้ 0.25", "ข้อสมมติ"):
        assert part in shown, part


def test_in_english_the_rules_are_english(open_page: Open) -> None:
    shown = all_text(open_page("criteria.py", lang="en", q="star.a.01"))
    assert "below 60" in shown
    assert "Rules: 1 " in shown
