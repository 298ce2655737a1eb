"""The figures of a sum lead to the sum the scoring gave."""

from functools import cache

import pytest

from core.services.intake.examine import examine
from core.services.intake.kinds import Intake
from core.services.scored.why_totals import explain_group, explain_radar
from tests.paths import SAMPLES

STAR = SAMPLES / "star"


@cache
def intake(name: str, **readings: str) -> Intake:
    data = (STAR / f"star-2561-printed-{name}.xlsx").read_bytes()
    return examine(data, f"{name}.xlsx", readings=readings)


@pytest.mark.parametrize("reading", ["as_form", "filled_only"])
@pytest.mark.parametrize("name", ["blank", "half-filled", "filled"])
def test_a_section_is_its_members_over_their_weights(name: str, reading: str) -> None:
    checked = examine(
        (STAR / f"star-2561-printed-{name}.xlsx").read_bytes(), readings={"star.form": reading}
    )
    assert checked.result is not None
    for section in checked.result.sections:
        (total,) = explain_group(checked, f"star.{section.id}").parts
        assert total.points == section.score
        if section.score is not None:
            weighing = total.weighing
            assert weighing.out_of * weighing.total / weighing.weight == pytest.approx(
                section.score
            )


def test_the_members_of_a_section_are_its_items_with_their_weights() -> None:
    (total,) = explain_group(intake("filled"), "star.a").parts
    assert len(total.parts) == 24
    assert total.weighing.weight == pytest.approx(61.5)
    first = total.parts[0]
    assert (first.no, first.points, first.full_marks) == ("1", 1, 5)
    assert (first.weighing.weight, first.weighing.weighted) == (2.5, 0.5)


def test_a_grand_total_without_one_of_its_sections_has_no_value() -> None:
    checked = intake("filled")
    (total,) = explain_group(checked, checked.form.total).parts
    assert total.points is None
    assert [member.state for member in total.parts] == ["scored", "scored", "absent"]


def test_items_not_filled_in_do_not_count_when_only_filled_ones_do() -> None:
    checked = examine(
        (STAR / "star-2561-printed-half-filled.xlsx").read_bytes(),
        readings={"star.form": "filled_only"},
    )
    (total,) = explain_group(checked, "star.a").parts
    left_out = {member.no for member in total.parts if not member.weighing.counts}
    assert left_out == {m.no for m in total.parts if m.state == "not_filled"} != set()


@pytest.mark.parametrize("name", ["blank", "half-filled", "filled"])
def test_a_spoke_is_its_members_over_their_weights(name: str) -> None:
    checked = intake(name)
    assert checked.result is not None
    for radar in checked.result.radars:
        for spoke, total in zip(radar.spokes, explain_radar(checked, radar.id).parts, strict=True):
            assert (total.id, total.points) == (spoke.id, spoke.value)
            if spoke.value is not None:
                assert 5 * total.weighing.total / total.weighing.weight == pytest.approx(
                    spoke.value
                )


def test_a_sum_says_what_is_assumed_and_where_its_rule_stands() -> None:
    why = explain_radar(intake("blank"), "star.radar.overall")
    assert why.rule.assumptions
    assert why.rule.citation.where
