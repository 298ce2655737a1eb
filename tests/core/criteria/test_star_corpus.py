"""The star form as data: what the form prints as a whole must be what its files add up to."""

import pytest
from pydantic import ValidationError

from core.criteria.catalog import Catalog, walk
from core.criteria.model import RULE, Checklist, Ladder, Leaf, PassFail, RatioToTarget, Steps, Sum

YEAR = 2561
CATALOG = Catalog()
RULES = CATALOG.ruleset(YEAR)
STAR = sorted(key for key in CATALOG.criteria if key.startswith("star."))

# Item: weight, full marks and radar group, as the specification's table has them.
ITEMS = {
    1: (2.5, 5, "G"), 2: (2.0, 20, "G"), 3: (1.5, 10, "G"), 4: (3.0, 5, "D"), 5: (4.0, 5, "D"),
    6: (3.0, 100, "D"), 7: (2.5, 3, "S"), 8: (2.5, 2, "S"), 9: (2.5, 5, "M"), 10: (2.5, 5, "M"),
    11: (4.0, 5, "M"), 12: (2.5, 5, "M"), 13: (2.0, 1, "G"), 14: (2.0, 1, "G"), 15: (1.5, 1, "G"),
    16: (2.0, 1, "G"), 17: (1.5, 1, "G"), 18: (3.0, 5, "S"), 19: (3.5, 3, "S"), 20: (2.0, 46, "G"),
    21: (3.5, 8, "S"), 22: (4.0, 15, "M"), 23: (2.5, 10, "S"), 24: (1.5, 100, "M"),
}  # fmt: skip

# The input cells of the items that have more than one, by the numbers the sample forms use.
PARTS = {
    "star.a.02": "1 2 3 4",
    "star.a.03": "1 2",
    "star.a.05": "1.1 1.2 2.1 2.2 2.3 3.1 3.2 3.3 3.4 4.1 4.2 5.1 5.2",
    "star.a.06": "1.1 1.2 2.1 2.2 2.3 3.1 3.2 3.3 4.1 4.2 4.3 5.1 5.2",
    "star.a.11": "1 2 3 4 5 6",
    "star.a.20": "1.1 1.2 1.3 2.1 2.2 2.3 3.1 3.2 3.3 3.4 4 5 6.1 6.2 7.1 7.2 7.3 7.4",
    "star.a.21": "1 2 3 4 5 6 7 8",
    "star.a.22": "1 2 3 4 5 6 7",
    "star.a.24": "1 2 3 4 5 6 7 8 9",
}

# Full marks of headings and lines where the form prints them.
FULL = {
    "star.a.02": {"1": 5, "2": 5, "3": 5, "4": 5},
    "star.a.03": {"1": 5, "2": 5},
    "star.a.04.tambon": {"1": 10, "2": 30, "3": 10, "4": 30, "5": 20},
    "star.a.05": {"1.1": 0.5, "2.1": 0.4, "2.3": 0.2, "3.4": 0.25, "4.1": 0.75, "4.2": 0.25},
    "star.a.06": {"1": 10, "2": 15, "3": 20, "4": 40, "5": 15, "3.2": 10, "4.3": 20, "5.2": 5},
    "star.a.11": {"1": 10, "2": 10, "3": 20, "4": 10, "5": 10, "6": 40},
    "star.a.20": {"1": 4, "2": 5, "3": 8, "4": 3, "5": 2, "6": 4, "7": 20, "1.1": 1, "1.2": 2},
    "star.a.22": {"1": 1, "2": 2, "3": 2, "4": 5, "5": 1, "6": 2, "7": 2},
    "star.a.24": {"1": 10, "2": 20, "3": 15, "4": 5, "5": 5, "6": 15, "7": 10, "8": 10, "9": 10},
    "star.c.03": {"1": 2.5, "2": 5, "3": 5, "4": 2.5, "5": 2.5, "6": 2.5},
    "star.c.04": {"1": 10, "2": 10, "3": 10, "1.1": 1, "3.8": 1, "2.9": 2},
}


def leaves(criterion: str) -> list[Leaf]:
    return [node for node in walk(RULES.rule(criterion)) if isinstance(node, Leaf)]


def members(group: str) -> dict[str, float]:
    return {member.criterion: member.weight for member in RULES.rule(group).members}


def test_section_a_weighs_61_50_in_24_items() -> None:
    expected = {f"star.a.{no:02d}": weight for no, (weight, _, _) in ITEMS.items()}
    assert members("star.a") == expected
    assert RULES.rule("star.a").weight == 61.5
    assert RULES.rule("star.a").out_of == 35


@pytest.mark.parametrize("no", ITEMS)
def test_full_marks_of_an_item(no: int) -> None:
    assert RULES.rule(f"star.a.{no:02d}").full == ITEMS[no][1]


@pytest.mark.parametrize(("spoke", "weight"), [("G", 17), ("D", 10), ("M", 17), ("S", 17.5)])
def test_radar_groups_weigh_what_the_printed_figures_fix(spoke: str, weight: float) -> None:
    found = next(s for s in RULES.rule("star.radar.overall").spokes if s.id == spoke)
    assert sum(member.weight for member in found.members) == weight
    assert {m.criterion: m.weight for m in found.members} == {
        f"star.a.{no:02d}": weight for no, (weight, _, group) in ITEMS.items() if group == spoke
    }


@pytest.mark.parametrize(
    ("section", "raw", "out_of"), [("star.b", 20, 15), ("star.c", 85, 50), ("star.form", 100, 100)]
)
def test_sections_b_and_c_and_the_form_weigh_by_full_marks(
    section: str, raw: float, out_of: float
) -> None:
    group = RULES.rule(section)
    assert group.weight == raw
    assert group.out_of == out_of
    assert members(section) == {key: RULES.rule(key).full for key in members(section)}


def test_radars_have_their_spokes_and_use_every_item_once() -> None:
    spokes = {
        key: RULES.rule(f"star.radar.{key}").spokes for key in ("overall", "dhs_pca", "uccare")
    }
    assert [spoke.id for spoke in spokes["overall"]] == [
        "G", "D", "M", "S", "quantity", "dissemination", "dhs_pca",
    ]  # fmt: skip
    used = [member.criterion for spoke in spokes["overall"] for member in spoke.members]
    assert sorted(used) == sorted(members("star.a") | members("star.b") | members("star.c"))
    assert [s.members[0].criterion for s in spokes["dhs_pca"]] == [*members("star.c")]
    assert [s.members[0].criterion for s in spokes["uccare"]] == [
        f"star.c.03.{n}" for n in range(1, 7)
    ]
    for radar in spokes.values():
        for spoke in radar:
            for member in spoke.members:
                assert RULES.rule(member.criterion).full > 0
    assert {RULES.rule(f"star.radar.{key}").scale for key in spokes} == {5}


@pytest.mark.parametrize(("section", "cells"), [("star.a", 95), ("star.b", 5), ("star.c", 74)])
def test_number_of_input_cells(section: str, cells: int) -> None:
    assert sum(len(leaves(key)) for key in members(section)) == cells


@pytest.mark.parametrize("criterion", PARTS)
def test_parts_carry_the_numbers_of_the_form(criterion: str) -> None:
    assert [leaf.id for leaf in leaves(criterion)] == [
        f"{criterion}.{part}" for part in PARTS[criterion].split()
    ]


@pytest.mark.parametrize("criterion", FULL)
def test_full_marks_of_headings_and_lines(criterion: str) -> None:
    assert {part: RULES.rule(f"{criterion}.{part}").full for part in FULL[criterion]} == FULL[
        criterion
    ]


def test_the_tambon_checklist_has_100_points_and_passes_at_80() -> None:
    tambon = RULES.rule("star.a.04.tambon")
    assert isinstance(tambon, Sum)
    assert tambon.full == 100
    passed = RULES.rule("star.a.04.passed")
    assert isinstance(passed, Ladder)
    assert [(band.below, band.points) for band in passed.bands] == [(80, 0), (None, 1)]


def test_only_the_printed_items_take_a_percentage() -> None:
    percent = {
        leaf.id.removeprefix("star.a.")
        for key in members("star.a")
        for leaf in leaves(key)
        if isinstance(leaf, (Ladder, RatioToTarget))
    }
    assert percent == {
        "01", "02.1", "02.2", "02.3", "03.1", "03.2", "04", "05.4.1", "05.4.2", "08", "09", "12",
        "13", "14", "15", "16", "17", "23",
    }  # fmt: skip
    for key in [*members("star.b"), *members("star.c")]:
        assert all(isinstance(leaf, (Steps, Checklist)) for leaf in leaves(key))
    passes = [leaf.id for leaf in leaves("star.a.21") if isinstance(leaf, PassFail)]
    assert passes == [f"star.a.21.{n}" for n in range(1, 8)]


@pytest.mark.parametrize("section", ["star.a", "star.b", "star.c"])
def test_the_form_counts_every_empty_cell_as_zero(section: str) -> None:
    for key in members(section):
        assert {leaf.when_empty for leaf in leaves(key)} == {"as_zero"}


def test_percentages_round_to_two_decimals_and_stay_within_0_and_100() -> None:
    for key in members("star.a"):
        for leaf in leaves(key):
            if isinstance(leaf, (Ladder, RatioToTarget)):
                assert leaf.round_to == 2
                assert leaf.valid_range is not None
                assert (leaf.valid_range.lowest, leaf.valid_range.highest) == (0, 100)


def test_lower_is_better_in_item_12_and_in_the_death_rate_only() -> None:
    lower = [
        leaf.id
        for key in members("star.a")
        for leaf in leaves(key)
        if isinstance(leaf, Ladder) and leaf.better == "lower"
    ]
    assert lower == ["star.a.05.4.2", "star.a.12"]
    assert CATALOG.criteria["star.a.12"].better == "lower"


def test_ladders_rise_or_fall_as_their_polarity_says() -> None:
    for key in STAR:
        for leaf in leaves(key):
            if isinstance(leaf, Ladder):
                points = [band.points for band in leaf.bands]
                assert points == sorted(points, reverse=leaf.better == "lower"), leaf.id


def test_steps_that_follow_from_a_percentage_say_how() -> None:
    derived = {
        leaf.id: leaf.derive
        for key in STAR
        for leaf in leaves(key)
        if isinstance(leaf, Steps) and leaf.derive is not None
    }
    assert set(derived) == {
        "star.a.20.7.1", "star.a.20.7.2", "star.a.20.7.3", "star.a.20.7.4", "star.a.21.8",
        "star.a.22.4", "star.b.02", "star.b.03a", "star.b.03b",
    }  # fmt: skip
    assert {derive.times for derive in derived.values()} == {100}


def test_a_derived_step_must_be_a_printed_one_and_needs_its_figures() -> None:
    rule = RULES.rule("star.a.22.4").model_dump()
    strange = rule | {"derive": rule["derive"] | {"bands": [{"points": 4.5}]}}
    with pytest.raises(ValidationError, match="no steps"):
        RULE.validate_python(strange)
    with pytest.raises(ValidationError, match="input"):
        RULE.validate_python(rule | {"input": None})


SWITCHES = {
    "star.a.05": ["ladder", "printed"],
    "star.b.03": ["times_100", "times_10"],
    "star.form": ["as_form", "filled_only"],
}


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_contradiction_is_a_switch_with_its_default_first(switch: str) -> None:
    found = CATALOG.switches[switch]
    assert [*found.options] == SWITCHES[switch]
    assert found.default == SWITCHES[switch][0]


def test_a_switch_in_several_files_is_the_same_in_all() -> None:
    where: dict[str, list[str]] = {}
    for key in STAR:
        for switch, found in CATALOG.criteria[key].editions[0].readings.items():
            where.setdefault(switch, []).append(key)
            assert found == CATALOG.switches[switch]
    assert where == {
        "star.a.05": ["star.a.05"],
        "star.a.12": ["star.a.12"],
        "star.a.20": ["star.a.20"],
        "star.b.03": ["star.b.03a", "star.b.03b"],
        "star.form": ["star.a", "star.b", "star.c", "star.form"],
    }


def test_what_the_readings_change() -> None:
    other = CATALOG.ruleset(
        YEAR, {"star.a.05": "printed", "star.b.03": "times_10", "star.form": "filled_only"}
    )
    assert RULES.rule("star.a.05.4.1").empty_points is None
    assert other.rule("star.a.05.4.1").empty_points == 0.25
    for key in ("star.b.03a", "star.b.03b"):
        assert other.rule(key).derive.times == 10
        assert other.rule(key).derive.bands == RULES.rule(key).derive.bands
    for key in ("star.a", "star.b", "star.c", "star.form"):
        assert (RULES.rule(key).empty, other.rule(key).empty) == ("as_form", "filled_only")


def test_what_the_form_does_not_print_is_marked_as_assumed() -> None:
    marked = {
        key: {assumption.part for assumption in CATALOG.criteria[key].editions[0].assumptions}
        for key in STAR
    }
    assert marked["star.a.21"] == {"8"}
    assert "4" in marked["star.a.22"]
    assert None in marked["star.a.23"]
    assert None in marked["star.b.03a"]
    assert None in marked["star.b.03b"]
    assert marked["star.c.01"] == {"1", "2"}
    assert marked["star.c.02"] == {"1", "2", "3", "4"}
    assert marked["star.c.03"] == {"1", "2", "3", "4"}
    for key in ("star.c.05", "star.c", "star.form", "star.radar.overall", "star.radar.uccare"):
        assert None in marked[key], key
    for key, parts in marked.items():
        for part in parts - {None}:
            assert RULES.rule(f"{key}.{part}").id in {node.id for node in walk(RULES.rule(key))}


@pytest.mark.parametrize("criterion", ["star.a.07", "star.a.12", "star.a.19", "star.a.20"])
def test_what_the_reader_must_know_stands_beside_the_score(criterion: str) -> None:
    assert CATALOG.criteria[criterion].editions[0].notes
