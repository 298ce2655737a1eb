"""The programme as printed: its fields, steps, counts, year plan, and what is open in it."""

from functools import cache
from typing import Annotated, Final

from pydantic import Field

from core.criteria.catalog import catalog
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict, TextField
from core.text import Text

FILE: Final = DATA_FOLDER / "programmes" / "backoffice.yaml"
MONTHS: Final = 12


class WorkField(Strict):
    """A field of work; `processes` is None where the document prints none."""

    id: str
    name: TextField
    processes: int | None


class Step(Strict):
    """A step, passed when all its sub-steps are."""

    no: int
    subs: Annotated[tuple[str, ...], Listed]

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(f"backoffice.{sub}" for sub in self.subs)


class Count(Strict):
    """Printed counts of a province."""

    province: str
    districts: int
    units: int


class LaneRow(Strict):
    """An activity and its fiscal months."""

    activity: TextField
    months: Annotated[tuple[Annotated[int, Field(ge=1, le=MONTHS)], ...], Listed]


class Lane(Strict):
    """The part of the year plan of a province or of a district."""

    name: TextField
    rows: Annotated[tuple[LaneRow, ...], Listed]


class Calculator(Strict):
    """What the estimate of time saved assumes."""

    hours_a_day: Annotated[float, Field(gt=0)]
    assumption: TextField


class Programme(Strict):
    """`data/programmes/backoffice.yaml`."""

    document: str
    fields: Annotated[tuple[WorkField, ...], Listed]
    steps: Annotated[tuple[Step, ...], Listed]
    counts: Annotated[tuple[Count, ...], Listed]
    lanes: Annotated[tuple[Lane, ...], Listed]
    contradictions: Annotated[tuple[TextField, ...], Listed]
    assumptions: Annotated[tuple[TextField, ...], Listed]
    calculator: Calculator

    @property
    def sub_steps(self) -> tuple[str, ...]:
        """The measures of all sub-steps, in their order."""
        return tuple(measure for step in self.steps for measure in step.measures)

    @property
    def source(self) -> Text:
        return catalog().documents[self.document].title


@cache
def programme() -> Programme:
    """The programme of the data file."""
    return read_model(FILE, Programme)
