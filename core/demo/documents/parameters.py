"""The parameters of the demonstration's plans: `data/demo/plans.yaml`."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated

from core.criteria.load import read_model
from core.criteria.model.base import Listed, Strict
from core.demo.parameters import FOLDER


class Carried(Strict):
    """What became of a province's plan."""

    late: Mapping[str, int]
    undone: Annotated[tuple[str, ...], Listed]
    results: Mapping[str, float]


class PlanParameters(Strict):
    """`data/demo/plans.yaml`."""

    region: str
    fiscal_year: int
    file_name: str
    sent_first: date
    sent_last: date
    due_day: int
    done_day: int
    note: str
    months: Mapping[str, Annotated[tuple[int, int], Listed]]
    provinces: Mapping[str, Carried]


@cache
def plan_parameters() -> PlanParameters:
    """The parameters of the demonstration's plans."""
    return read_model(FOLDER / "plans.yaml", PlanParameters)
