"""A form as data: `data/forms/<form>.yaml` is all that template, reader and messages know of it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from core.criteria.load import DATA_FOLDER, read_yaml
from core.criteria.model.base import Id, Listed, Strict, TextField
from core.errors import CriteriaError, UsageError

FORMS_FOLDER: Final = DATA_FOLDER / "forms"
Listing = Annotated[tuple[str, ...], Listed]


class Section(Strict):
    """One part of an assessment form; `group` is the weighted group its items belong to."""

    id: Annotated[str, Field(pattern="^[a-z]$")]
    group: Id
    name: TextField
    short: TextField
    """The name where there is little room."""
    sheet: TextField
    head_rows: bool
    """Whether every item has a row of its own for weight and weighted score, above its input."""
    total_label: TextField
    titles: Mapping[Literal["full", "score"], TextField] = {}
    """Titles of its columns where they differ from the form's."""


class Columns(Strict):
    """Titles a column may carry in copies of the form."""

    number: Listing
    title: Listing
    evidence: Listing
    full: Listing
    score: Listing
    numerator: Listing
    denominator: Listing


class UnitChecklist(Strict):
    """A checklist filled once per smaller unit, whose passes make a percentage of an item."""

    item: Id
    checklist: Id
    passed: Id
    numerator: Id
    denominator: Id
    sheet: TextField
    unit: TextField
    units: Annotated[int, Field(gt=0)]


class Matrix(Strict):
    """An item printed as a table: its parts below one another, the lines of each side by side."""

    item: Id
    total: Listing
    """Titles of the column that adds up a part."""


class AssessmentForm(Strict):
    """A self-assessment: sections of items, each typed as a percentage or as points."""

    layout: Literal["assessment"]
    id: str
    version: int
    fiscal_year: int
    name: TextField
    heading: TextField
    instruction: TextField
    total: Id
    sections: Annotated[tuple[Section, ...], Listed]
    radars: Annotated[tuple[Id, ...], Listed]
    columns: Columns
    percent_row: Listing
    sum_row: Listing
    overview: TextField
    target_column: TextField
    assessed_column: TextField
    checklists: Annotated[tuple[UnitChecklist, ...], Listed] = ()
    matrices: Annotated[tuple[Matrix, ...], Listed] = ()
    """Items that copies of the form also show as tables."""
    anchors: Mapping[str, Listing] = {}
    """Further wordings of titles met in copies of the form, by full id."""


class Column(Strict):
    """One column of a table form: the measure it feeds, or a key of the row."""

    measure: Id
    name: TextField
    aliases: Listing = ()
    type: Literal[
        "hcode", "fiscal_year", "month", "fiscal_month", "round", "number", "text", "flag"
    ]
    required: bool = False
    valid_range: Annotated[tuple[float | None, float | None], Listed] = (None, None)
    part_of: Id | None = None
    """A column whose figure includes this one."""
    difference_of: Annotated[tuple[Id, Id], Listed] | None = None
    """Two columns whose difference says the same as this one."""
    hint: TextField | None = None


class TableForm(Strict):
    """A table: one row per subject and period, columns recognised by their titles."""

    layout: Literal["table"]
    id: str
    version: int
    fiscal_year: int
    name: TextField
    sheet: TextField
    instruction: TextField
    columns: Annotated[tuple[Column, ...], Listed]
    either: Annotated[tuple[Annotated[tuple[Id, ...], Listed], ...], Listed] = ()
    """Groups of columns of which one must be there (`net_income`, or revenue and expense)."""
    rows: int = 1000
    """Rows prepared in the blank form."""


Form = AssessmentForm | TableForm
_FORM: TypeAdapter[Any] = TypeAdapter(Annotated[Form, Field(discriminator="layout")])


@cache
def forms(folder: Path = FORMS_FOLDER) -> Mapping[str, Form]:
    """All forms by id, in the order of their file names."""
    found: dict[str, Form] = {}
    for path in sorted(folder.glob("[!_]*.yaml")):
        try:
            form: Form = _FORM.validate_python(read_yaml(path))
        except ValidationError as error:
            first = error.errors()[0]
            reason = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise CriteriaError("C001", file=path.name, line=1, reason=reason) from error
        found[form.id] = form
    return found


def form(form_id: str) -> Form:
    """The form of an id; `UsageError` U001 names the known ones."""
    try:
        return forms()[form_id]
    except KeyError:
        raise UsageError("U001", form=form_id, known=", ".join(forms())) from None
