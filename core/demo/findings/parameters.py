"""The parameters of invented findings: `data/demo/findings.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from core.criteria.load import read_model
from core.criteria.model.base import Listed, Strict
from core.demo.parameters import FOLDER, Words

Days = Annotated[tuple[int, int], Listed]
"""The fewest and the most days."""


class Answer(Strict):
    """What is planned for the findings of a theme: possible causes, the measure, the owner."""

    causes: Words
    owner: str
    measure: str


class NarratedPart(Strict):
    """What is typed for a part of a report."""

    words: str
    evidence: str


class FindingParameters(Strict):
    """`data/demo/findings.yaml`; shares lie between 0 and 1."""

    seed: int
    months: Annotated[tuple[int, ...], Listed]
    closed_after: int
    planned_within: Days
    due_within: Days
    reported_within: Days
    accepted_within: Days
    planned: float
    reported: float
    accepted: float
    withdrawn: float
    slow: float
    closer: str
    link: str
    withdrawn_why: str
    accepted_why: str
    answers: Mapping[str, Answer]
    narrated_region: str
    narrated: Mapping[str, NarratedPart]


@cache
def finding_parameters() -> FindingParameters:
    """How findings are treated; `CriteriaError` for a wrong file."""
    return read_model(FOLDER / "findings.yaml", FindingParameters)
