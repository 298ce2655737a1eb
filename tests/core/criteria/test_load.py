"""A criteria file is read strictly: whatever is odd stops the load and says where."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from core.criteria.catalog import Catalog
from core.criteria.faults import FaultyFileError
from core.criteria.load import DATA_FOLDER, read_yaml
from core.errors import CriteriaError, UsageError

LADDER = """\
id: trial.one
kind: ladder
name: {th: ทดลอง, en: Trial}
unit: percent
better: higher
editions:
  - fiscal_years: [2561, null]
    source: {document: "003", where: "here"}
    full: 2
    round_to: 2
    valid_range: [0, 100]
    when_empty: as_zero
    bands:
      - {below: 50, points: 1}
      - {points: 2}
    assumptions: []
    readings: {}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "trial" / "trial.one.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def catalogue(folder: Path, text: str) -> Catalog:
    write(folder, text)
    (folder / "_sources.yaml").write_text(
        'documents: {"003": {title: {th: ก, en: A}, file: a}}', encoding="utf-8"
    )
    (folder / "_themes.yaml").write_text("themes: {trial: {th: ก, en: A}}", encoding="utf-8")
    return Catalog(folder)


def refusal(folder: Path, text: str) -> FaultyFileError:
    with pytest.raises(FaultyFileError) as caught:
        catalogue(folder, text)
    assert caught.value.code == "C001"
    assert caught.value.params["file"] == "trial.one.yaml"
    return caught.value


def test_a_sound_file_is_read_with_full_ids_and_its_theme(tmp_path):
    criterion = catalogue(tmp_path, LADDER).criteria["trial.one"]
    assert (criterion.theme, criterion.editions[0].rule.id) == ("trial", "trial.one")


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("unit: percent", "unit: percent\nunit: points", 5, "unit"),
        ("full: 2", "full: 2\n    fulll: 3", 10, "fulll"),
        ("full: 2", "full: 2\n    7: seven", 10, "7"),
        ("full: 2", "full: two", 9, "full"),
        ("full: 2", "full: 3", 7, "full marks"),
        ("- {below: 50, points: 1}", "- {below: 50, upto: 60, points: 1}", 14, "upto"),
        ("- {below: 50, points: 1}", "- {below: 50, up_to: 60, points: 1}", 14, "not both"),
        ("- {points: 2}", "- {below: 40, points: 2}", 13, "last rung"),
        ("en: Trial}", "en: Trial, fr: Essai}", 3, "th and en"),
        ('source: {document: "003", where: "here"}', 'source: {document: "003"}', 8, "where"),
        ("    readings: {}\n", "", 7, "readings"),
        ('    source: {document: "003", where: "here"}\n', "", 7, "source"),
        ("kind: ladder", "kind: laddder", 2, "laddder"),
        ("when_empty: as_zero", "when_empty: as_nought", 12, "when_empty"),
    ],
)
def test_an_odd_file_is_refused_naming_line_and_reason(tmp_path, old, new, line, word):
    assert old in LADDER
    error = refusal(tmp_path, LADDER.replace(old, new, 1))
    assert word in str(error.params["reason"])
    assert error.params["line"] == line


def test_rungs_must_rise(tmp_path):
    falling = LADDER.replace(
        "      - {below: 50, points: 1}\n",
        "      - {below: 50, points: 0}\n      - {below: 40, points: 1}\n",
    )
    assert "rise" in refusal(tmp_path, falling).params["reason"].en


def test_no_yaml_at_all_names_the_line(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("a: 1\nb: [1, 2\n", encoding="utf-8")
    with pytest.raises(CriteriaError) as caught:
        read_yaml(path)
    assert caught.value.params["line"] >= 2


READING = """\
    readings:
      trial.switch:
        note: {th: ขัดกัน, en: Contradicts itself}
        default: fifty
        options:
          fifty: {name: {th: ห้าสิบ, en: Fifty}}
          forty:
            name: {th: สี่สิบ, en: Forty}
            changes: [{bands: [{below: 40, points: 1}, {points: 2}]}]
"""


def test_a_reading_changes_only_what_it_names(tmp_path):
    books = catalogue(tmp_path, LADDER.replace("    readings: {}\n", READING))
    edges = {
        name: books.ruleset(2561, {"trial.switch": name}).rules["trial.one"].bands[0].edge
        for name in ("fifty", "forty")
    }
    assert edges == {"fifty": 50, "forty": 40}
    assert books.ruleset(2561).rules["trial.one"].full == 2


def test_a_reading_that_breaks_the_rule_is_refused_at_load(tmp_path):
    broken = READING.replace("{points: 2}]", "{points: 3}]")
    error = refusal(tmp_path, LADDER.replace("    readings: {}\n", broken))
    assert (error.params["line"], "full marks" in str(error.params["reason"])) == (25, True)


def test_an_unknown_reading_names_the_known_ones(tmp_path):
    books = catalogue(tmp_path, LADDER.replace("    readings: {}\n", READING))
    for wrong in ({"trial.switch": "thirty"}, {"trial.swich": "forty"}, {"x": ""}):
        with pytest.raises(UsageError) as caught:
            books.ruleset(2561, wrong)
        assert "trial.switch=forty" in str(caught.value.params["known"])


def test_a_source_that_is_not_listed_stops_the_load(tmp_path):
    with pytest.raises(CriteriaError, match="999"):
        catalogue(tmp_path, LADDER.replace('"003"', '"999"'))


def test_an_edition_holds_in_its_years_only(tmp_path):
    books = catalogue(tmp_path, LADDER.replace("[2561, null]", "[2561, 2563]"))
    assert [year for year in range(2559, 2566) if books.ruleset(year).rules] == [2561, 2562, 2563]


@pytest.mark.parametrize("folder", sorted({path.parent for path in DATA_FOLDER.rglob("*.yaml")}))
def test_data_say_the_same_where_the_fast_parser_is_missing(folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        plain = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        assert plain == read_yaml(path), path.name
