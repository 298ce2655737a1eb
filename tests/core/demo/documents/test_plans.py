"""The plans of the demonstration: read without an error, and each tells its province's story."""

from datetime import date

import pytest

from core.demo.documents.plans import plan_files
from core.forms.document.plan import Plan
from core.services.intake.examine import examine
from core.services.intake.kinds import DocumentIntake

END = date(2023, 9, 30)


@pytest.fixture(scope="module")
def read() -> dict[tuple[str, str], DocumentIntake]:
    """Each plan by its province, as planned and as carried out."""
    found = {}
    for file in plan_files():
        intake = examine(file.content, file.name)
        assert isinstance(intake, DocumentIntake)
        assert (intake.document.area, intake.document.fiscal_year) == (file.area, 2566)
        found[file.area, file.name[-11]] = intake
    return found


def plan_of(intake: DocumentIntake) -> Plan:
    assert intake.plan is not None
    return intake.plan


def test_every_plan_is_read_with_the_contradictions_of_the_print(
    read: dict[tuple[str, str], DocumentIntake],
) -> None:
    assert len(read) == 10
    for intake in read.values():
        assert not intake.has_errors
        assert {issue.code for issue in intake.issues} == {"W451", "W459"}
        assert all(plan_of(intake).span(one) for one in plan_of(intake).of("activity"))
        assert "สาธิต" in plan_of(intake).head.text("plan.head_note")


def test_a_year_passes_between_the_two_versions(
    read: dict[tuple[str, str], DocumentIntake],
) -> None:
    whole = {
        key: plan_of(intake).progress(plan_of(intake).by_id["keyword"], END)
        for key, intake in read.items()
    }
    assert {share for (_, version), share in whole.items() if version == "1"} == {0}
    carried_out = {area: share for (area, version), share in whole.items() if version == "2"}
    # The province that recovers did everything, the one that sinks the least.
    assert carried_out["P62"] == 100
    assert min(carried_out, key=lambda area: carried_out[area] or 0) == "P61"
