"""A rule never stands without its cases."""

from pathlib import PurePosixPath

import pytest


@pytest.fixture
def criteria(files: tuple[str, ...]) -> set[str]:
    """Paths without the endings of every file of rules and cases; `_sources` and the like apart."""
    under = {PurePosixPath(name) for name in files if name.startswith("data/criteria/")}
    found = {str(path) for path in under if not path.name.startswith("_")}
    assert found, "no criteria"
    return found


def test_every_rule_has_its_cases_and_every_cases_file_its_rule(criteria: set[str]) -> None:
    cases = {path.removesuffix(".cases.yaml") for path in criteria if path.endswith(".cases.yaml")}
    rules = {path.removesuffix(".yaml") for path in criteria if not path.endswith(".cases.yaml")}
    assert rules == cases


def test_criteria_stand_in_the_folder_of_their_theme(criteria: set[str]) -> None:
    assert {path for path in criteria if len(PurePosixPath(path).parts) != 4} == set()
