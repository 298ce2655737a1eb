"""The worked example: hand, terminal, store and page say the same."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.criteria.catalog import catalog
from core.periods import parse_period
from core.services.facility_view import JudgedTest, profile
from core.services.opened import opened
from core.store.engine import close_engines
from tests.worked import Section, number, reported, sections, workbook, worked_out

HOSPITAL = "99911"
EVERY = pytest.mark.parametrize("section", sections(), ids=lambda one: one.indicator)
NEAR = 1e-6
"""The hand writes six decimals."""


@pytest.fixture(scope="module", autouse=True)
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Path]]:
    """What was reported, imported into a store of its own: form -> file."""
    folder = tmp_path_factory.mktemp("worked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUAT_VAR_FOLDER", str(folder / "var"))
        files = {form: folder / f"{form}.csv" for form in {one.form for one in sections()}}
        for form, file in files.items():
            file.write_bytes(workbook(form))
            assert terminal("import", file)["stored"], form
        yield files
        close_engines()


def terminal(*words: object) -> Any:
    done = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def near(value: Any) -> Any:
    return pytest.approx(float(value), abs=NEAR, rel=NEAR)


def scored(section: Section, file: Path, *words: str) -> dict[str, Any]:
    """What `score` says of the hospital."""
    rows = terminal("score", file, *words)["rows"]
    found = next(row for row in rows if (row["hcode"], row["period"]) == (HOSPITAL, section.period))
    results: dict[str, Any] = found["results"][section.indicator.partition(".")[0]]
    return results


def stored(section: Section, indicator: str) -> dict[str, Any]:
    """What the store says of the hospital, by its own number."""
    asked = ("--indicator", indicator, "--area", HOSPITAL, "--period", section.period)
    (result,) = terminal("results", *asked)["results"]
    return {**result, **terminal("explain", result["id"])}


def parts(section: Section) -> dict[str, dict[str, Any]]:
    why = stored(section, section.indicator)
    return {part["id"].removeprefix(f"{section.indicator}."): part for part in why["parts"]}


# The hand


@EVERY
def test_the_arithmetic_of_the_hand_is_right(section: Section) -> None:
    for kind, column in (("Test", "Figure"), ("Sum", "Points"), ("Result", "Value")):
        for row in section.rows(kind):
            if row["Computed"]:
                assert float(worked_out(row["Computed"])) == near(number(row[column])), row
    for row in section.rows("Switch"):
        assert worked_out(row["Computed"]) == number(row["Value"]), row
    for row in section.rows("Median of"):
        values = [number(value) for value in row["Values of the group, rising"].split(" · ")]
        assert values == sorted(values)
        assert (median(values), len(values)) == (number(row["Median"]), int(row["Facilities"])), row


@EVERY
def test_the_hand_cites_what_the_criteria_cite(section: Section) -> None:
    period = parse_period(section.period)
    cited = catalog().ruleset(period.fiscal_year).edition_of(section.indicator).source
    assert f"Source: document {cited.document}, {cited.where}." in section.text


@EVERY
def test_the_hand_leaves_out_no_test_and_no_sum(section: Section) -> None:
    worked = {row["Part"] for kind in ("Test", "Sum") for row in section.rows(kind)}
    assert worked == parts(section).keys()


# What was stored


@EVERY
def test_the_store_explains_each_test_with_the_figures_of_the_hand(section: Section) -> None:
    found = parts(section)
    for row in section.rows("Test"):
        part = found[row["Part"]]
        assert part["figure"] == near(number(row["Figure"])), row
        assert (part["asked"] or {"en": ""})["en"] == row["Asked"], row
    for row in (*section.rows("Test"), *section.rows("Sum")):
        part = found[row["Part"]]
        assert (part["points"], part["full"]) == (
            near(number(row["Points"])),
            near(number(row["Of"])),
        ), row


@EVERY
def test_the_store_knows_the_medians_of_the_hand(section: Section) -> None:
    found = parts(section)
    for row in section.rows("Median of"):
        part = found[row["Part"]]
        assert part["peer_value"] == near(number(row["Median"])), row
        assert part["peers"] == int(row["Facilities"]), row
        assert part["few_peers"] == (int(row["Facilities"]) < 5), row


@EVERY
def test_the_store_comes_to_what_the_hand_comes_to(section: Section) -> None:
    for row in section.rows("Result"):
        result = stored(section, row["Indicator"])
        if row["Value"].isalpha():
            assert result["grade"] == row["Value"], row
        else:
            assert result["value"] == near(number(row["Value"])), row
        assert result["verdict"] == row["Verdict"], row


@EVERY
def test_every_figure_of_the_store_is_one_that_was_reported(section: Section) -> None:
    told = reported(section.form)[HOSPITAL]
    facts = {fact["measure"]: fact["value"] for fact in stored(section, section.indicator)["facts"]}
    assert facts
    for measure, value in facts.items():
        if value is not None:
            assert value == near(number(told[measure])), measure


# What the terminal scores without a store


@EVERY
def test_the_terminal_scores_as_the_hand_does(section: Section, told: Mapping[str, Path]) -> None:
    found = scored(section, told[section.form])
    tests = {
        test["id"].removeprefix(f"{section.indicator}."): test
        for test in (*found.get("tests", ()), *found.get("items", ()))
    }
    for row in section.rows("Test"):
        if row["Part"] == "survival":
            assert (found["months"], found["survival"]) == (
                near(number(row["Figure"])),
                near(number(row["Points"])),
            )
            continue
        test = tests.pop(row["Part"])
        assert (test["figure"], test["points"]) == (
            near(number(row["Figure"])),
            near(number(row["Points"])),
        ), row
    assert tests == {}
    for row in (one for one in section.rows("Result") if one["Indicator"] == section.indicator):
        assert found[row["Indicator"].rpartition(".")[2]] == near(number(row["Value"])), row


@EVERY
def test_another_reading_comes_to_what_the_hand_says(
    section: Section, told: Mapping[str, Path]
) -> None:
    for row in section.rows("Switch"):
        chosen = f"{row['Switch']}={row['Reading']}"
        found = scored(section, told[section.form], "--reading", chosen)
        value = found[section.indicator.rpartition(".")[2]]
        assert value == near(number(row["Value"])), row


# What the page is given


def drawn(section: Section) -> tuple[JudgedTest, ...]:
    """The tests of an indicator on the page of the hospital."""
    shown = profile(opened(), HOSPITAL, parse_period(section.period))
    assert shown is not None
    return {"crisis.level": shown.level_tests, "tps.score": shown.score_tests}[section.indicator]


@EVERY
def test_the_page_is_given_the_tests_of_the_hand(section: Section) -> None:
    shown = {test.part.id.removeprefix(f"{section.indicator}."): test for test in drawn(section)}
    rows = [*section.rows("Test"), *section.rows("Sum")]
    assert shown.keys() == {row["Part"] for row in rows}
    for row in rows:
        part = shown[row["Part"]].part
        assert part.points == near(number(row["Points"])), row
        if row.get("Figure"):
            assert part.figure == near(number(row["Figure"])), row
