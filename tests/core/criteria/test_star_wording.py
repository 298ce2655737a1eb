"""How the star form is worded: sources, numbers, labels, and Thai that kept its marks."""

import re
from datetime import date

import pytest
from ruamel.yaml import YAML

from core.criteria.catalog import Catalog, measures, walk
from core.criteria.load import CRITERIA_FOLDER

CATALOG = Catalog()
RULES = CATALOG.ruleset(2561)
STAR = sorted(key for key in CATALOG.criteria if key.startswith("star."))
FOLDER = CRITERIA_FOLDER / "star"


@pytest.mark.parametrize("criterion", STAR)
def test_every_criterion_cites_its_source_and_carries_its_number(criterion: str) -> None:
    found = CATALOG.criteria[criterion]
    assert [edition.source.document for edition in found.editions] == ["003"]
    assert found.editions[0].source.where.strip()
    assert (FOLDER / f"{criterion}.cases.yaml").exists()
    number = re.fullmatch(r"star\.[abc]\.0?(\w+)", criterion)
    assert found.no == (number[1] if number else None)


@pytest.mark.parametrize(
    "node",
    ["02.1", "02.2", "02.3", "03.1", "03.2", "13", "14", "15", "16", "17", "23"],
)
def test_figures_of_the_data_center_carry_their_cut_off(node: str) -> None:
    rule = RULES.rule(f"star.a.{node}")
    assert rule.as_of == date(2018, 6, 25)
    assert rule.data_source is not None
    assert rule.data_source.th.startswith("HDC")


@pytest.mark.parametrize("node", ["star.a.01", "star.a.07", "star.a.24"])
def test_verified_items_name_their_verifier(node: str) -> None:
    assert RULES.rule(node).verified_by is not None


def test_numerators_and_denominators_are_measures_of_the_catalogue() -> None:
    codes = {
        code
        for key in STAR
        for node in walk(RULES.rule(key))
        if (ratio := getattr(node, "input", None)) is not None
        for code in (ratio.numerator, ratio.denominator)
    }
    assert codes == {code for code in measures() if code.startswith("star.")}


LABELS = {
    "star.a.02.1": "1.",
    "star.a.03.1": None,
    "star.a.05.4.1": "4.1",
    "star.a.06.1": "1.",
    "star.a.06.1.1": None,
    "star.a.20.1.1": "1.1",
    "star.a.20.1.2": "1.1",
    "star.a.20.1.3": "1.2",
    "star.a.20.7.1": None,
    "star.a.21.1": "1)",
    "star.a.24.9": "9.",
    "star.b.03a": "3.",
    "star.b.03b": None,
    "star.c.03.2.1.5": "3.2.1.5",
    "star.c.04.2": "4.2",
}


@pytest.mark.parametrize("node", LABELS)
def test_labels_are_printed_exactly(node: str) -> None:
    assert RULES.rule(node).label == LABELS[node]


BROKEN = [
    "รอยละ", "ผาน", "ผูปวย", "ผูสูง", "ผูรับ", "ไมมี", "ไมนอย", "ไมผาน", "ขอมูล", "หนวย", "หนาที",
    "ตอง", "ไดรับ", "อยาง", "สงตอ", "ดาน", "เครือขาย", "กลุม", "คาใชจาย", "องคกร", "ปญหา", "เปน",
    "เฝาระวัง", "ฐานขอมูล", "รายได(?!้)", "เกณฑ(?!์)", "แพทย(?!์)", "ศูนย(?!์)",
    "วิเคราะห(?!์)", "ทรัพย(?!์|า)", "ผลลัพธ(?!์)", "ยุทธศาสตร(?!์)", "ฟนฟู", "ปองกัน", "ชวง",
    "(?<![ก-๙])ป(?![ก-๙])", "(?<![ก-๙])ปละ", "\u0e4d", "[\ue000-\uf8ff]",
]  # fmt: skip


@pytest.mark.parametrize("criterion", STAR)
def test_no_thai_wording_lost_its_marks(criterion: str) -> None:
    text = (FOLDER / f"{criterion}.yaml").read_text(encoding="utf-8")
    assert [word for word in BROKEN if re.search(word, text)] == []


@pytest.mark.parametrize("broken", ["รอยละที่ได", "ผานเกณฑ", "อายุ 0-5 ป มี", "ปละ 2 ครั้ง", "ศูนย EOC"])
def test_lost_marks_would_be_noticed(broken: str) -> None:
    assert [word for word in BROKEN if re.search(word, broken)]


@pytest.mark.parametrize("criterion", STAR)
def test_wordings_are_in_their_language(criterion: str) -> None:
    raw = YAML(typ="safe").load((FOLDER / f"{criterion}.yaml").read_text(encoding="utf-8"))

    def english(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["en"]] if set(node) == {"th", "en"} else []
            return own + [text for value in node.values() for text in english(value)]
        return [text for value in node for text in english(value)] if isinstance(node, list) else []

    found = english(raw)
    assert found
    assert [text for text in found if re.search("[\u0e00-\u0e7f]", text)] == []
