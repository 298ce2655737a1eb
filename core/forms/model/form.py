"""A form as data: `data/forms/<form>.yaml` is all that template, reader and messages know of it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from core.criteria.catalog import measures
from core.criteria.faults import FaultyFileError
from core.criteria.load import DATA_FOLDER, faults_of, read_yaml
from core.criteria.model.base import Id, Listed, ShapeError, Strict, TextField
from core.errors import UsageError
from core.forms.model.checks import Check
from core.text import say

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


GroupValue = Literal["mean", "sd", "median"]


class Choice(Strict):
    """One of the things a column may name, and how people write it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: TextField
    aliases: Listing = ()
    is_outside: bool = False
    """Whether rows that name it are not for the form, so that they are left out."""


class Partial(Strict):
    """Titles that name the whole alone, and a part of it where another part has its own column."""

    titles: Listing
    beside: Listing
    """How the titles of other parts begin."""


class Within(Strict):
    """Figures that together cannot be more than another: cash and inventories, current assets."""

    parts: Annotated[tuple[Id, ...], Listed]
    whole: Id


ColumnType = Literal[
    "hcode", "district", "group", "account", "label", "fiscal_year", "month", "fiscal_month",
    "time_id", "quarter", "round", "number", "answer", "text", "flag", "choice", "province",
    "outline", "day",
]  # fmt: skip
"""What stands in a column. A `label` is a printed number or name that says which row it is, alone
or with other labels. An `answer` is yes or no as 1 or 0, not reported when empty; a `flag` is no
when empty; a `choice` is one of the column's choices. Documents have provinces, days, and outline
numbers such as 1.1.2, which are texts."""
FIGURES: Final = ("number", "answer")
"""Types of columns that hold figures."""


class GroupFigure(Strict):
    """What a column tells of a hospital group: a figure of the rules, and which value of it."""

    figure: Id
    value: GroupValue


class Column(Strict):
    """One column of a table: the measure it feeds, or a key of the row.

    It bears the name of its measure unless it has its own. Keys stand in `data/forms/_keys.yaml`
    and are told by their code alone.
    """

    measure: Id
    name: TextField
    aliases: Listing = ()
    loose: Listing = ()
    """Titles that mean this column where no other does."""
    partial: Partial | None = None
    unsure: Listing = ()
    """Titles of a column of months that leave open from which month its numbers count."""
    type: ColumnType
    required: bool = False
    instead: Id | None = None
    """Another column that may be given in place of a required one."""
    valid_range: Annotated[tuple[float | None, float | None], Listed] = (None, None)
    part_of: Id | None = None
    """A column whose figure includes this one."""
    divided_by: Id | None = None
    """A column this one is divided by, so that nothing there and something here cannot both be."""
    above_zero: bool = False
    """Whether 0 cannot be, as full marks cannot."""
    likely: Annotated[tuple[float, float], Listed] | None = None
    """Between which figures it nearly always lies; others are asked about."""
    least: float | None = None
    """An amount no facility is below: a table of smaller ones is not in baht."""
    most: float | None = None
    """An amount no facility is above: a table of larger ones is not in the unit that it says."""
    of_group: GroupFigure | None = None
    """Of which figure of a hospital group it is, where its rows are groups."""
    quarter: Annotated[int, Field(ge=1, le=4)] | None = None
    """The quarter whose months a cell of a document names."""
    difference_of: Annotated[tuple[Id, Id], Listed] | None = None
    """Two columns whose difference says the same as this one."""
    choices: Annotated[tuple[Choice, ...], Listed] = ()
    cumulative: bool = False
    """Whether the figure is added up since October, so that it cannot fall within a year."""
    is_common: bool = False
    """Whether tables of any kind have such a column, so that nothing is recognised by it."""
    is_ratio: bool = False
    """Whether it is worked out, so that more decimals than satang are nothing odd."""
    often_below_1: bool = False
    """Whether percentages of it may well be that small, so that nobody meant a fraction."""
    hint: TextField | None = None
    no: str = ""
    """Its printed number, where the blank form shows one."""
    heading: TextField | None = None
    """What the blank form prints above it in a turned table."""

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, raw: Any) -> Any:
        if isinstance(raw, str) and raw not in _keys():
            known = ", ".join(_keys())
            raise ShapeError(
                say("“{found}” is not known here. Known: {allowed}", found=raw, allowed=known)
            )
        written = _keys()[raw] if isinstance(raw, str) else raw
        if isinstance(written, dict) and "measure" in written and "name" not in written:
            code = written["measure"]
            if code not in measures():
                raise ShapeError(say("there is no measure {code} in measures.yaml", code=code))
            return written | {"name": measures()[code].name}
        return written


@cache
def _keys() -> Mapping[str, Any]:
    """The columns that name rows, as they are written down, by code."""
    return {raw["measure"]: raw for raw in read_yaml(FORMS_FOLDER / "_keys.yaml")["columns"]}


class Table(Strict):
    """One table of a form: a row per subject and period, columns recognised by their titles."""

    id: Id = "rows"
    sheet: TextField
    instruction: TextField
    columns: Annotated[tuple[Column, ...], Listed]
    either: Annotated[tuple[Annotated[tuple[Id, ...], Listed], ...], Listed] = ()
    """Groups of columns of which one must be there (`net_income`, or revenue and expense)."""
    within: Annotated[tuple[Within, ...], Listed] = ()
    """Figures that cannot be more than another together, or that belong to two wholes."""
    constant: Listing = ()
    """Columns of words that must say the same of a subject in every period."""
    checks: Annotated[tuple[Check, ...], Listed] = ()
    """What the rows of a record are held against: totals, weights, printed percentages."""
    rows: int = 1000
    """Rows prepared in the blank form."""
    turned: bool = False
    """Its columns stand below one another, the subjects side by side."""
    known_by: Annotated[tuple[Annotated[tuple[Id, ...], Listed], ...], Listed] = ()
    """Groups of columns: one of each must be there for a sheet to be this table at all."""
    ignored: Listing = ()
    """Titles of columns that are known and not needed, so that nothing is said of them."""
    self_assessed: bool = False
    """Whether facilities judge themselves by its figures, so that a province verifies them."""
    pivot: Id | None = None
    """The choice that says of what a row's figures are: `sproi.cost` of the choice covid is
    `sproi.covid_cost`, and rows of one subject and period become one."""

    def column(self, measure: str) -> Column | None:
        """The column of a measure or key; None when it has none."""
        return next((column for column in self.columns if column.measure == measure), None)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of what its rows may be, where one row does not say everything of its subject."""
        column = self.column(self.pivot) if self.pivot else None
        return tuple(choice.id for choice in column.choices) if column else ("",)

    def measure(self, column: Column, kind: str = "") -> str:
        """The measure that a column of figures feeds in a row of a kind."""
        theme, _, name = column.measure.rpartition(".")
        return f"{theme}.{kind}_{name}" if kind else column.measure

    def unit(self, column: Column) -> str:
        """The unit of a column's figures (`baht`, `count` …); empty where it has none."""
        known = measures().get(self.measure(column, self.kinds[0]))
        return known.unit if known else ""

    def requires(self, column: Column) -> bool:
        """Whether it must have a column, or one that stands in for it."""
        alone = column.type == "district" and self.column("hcode") is None
        return column.required or alone

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns that together name a row; empty where rows are of subjects."""
        return tuple(column.measure for column in self.columns if column.type == "label")

    @property
    def is_dated(self) -> bool:
        """Whether a row must say when it is of."""
        return any(c.type == "fiscal_year" and c.required for c in self.columns)

    @model_validator(mode="after")
    def _whole(self) -> "Table":
        known = {column.measure for column in self.columns}
        referred = {column.part_of for column in self.columns} - {None}
        referred |= {column.instead for column in self.columns} - {None}
        referred |= {column.divided_by for column in self.columns} - {None}
        referred |= {measure for one in self.within for measure in (*one.parts, one.whole)}
        referred |= {measure for way in self.either for measure in way}
        referred |= {m for column in self.columns for m in column.difference_of or ()}
        referred |= {*self.constant, *(m for check in self.checks for m in check.columns)}
        if self.pivot:
            referred.add(self.pivot)
        if len(known) != len(self.columns) or not referred <= known:
            strange = ", ".join(sorted(map(str, referred - known)))
            raise ShapeError(say("no column, or two, of {columns}", columns=strange))
        if any(bool(c.choices) != (c.type == "choice") for c in self.columns):
            raise ShapeError(say("choices are for columns of that type, which need some"))
        return self


Holding = Literal[
    "figures", "hospital_months", "register", "accounts", "official_results", "peer_values",
    "account_map", "document", "records",
]  # fmt: skip
"""Figures of facilities, their monthly finance, what facilities are, their accounts, what the
ministry came to, the values of hospital groups it published, accounts added to the chart, one
document of a province and year, whose rows belong together, or rows of printed tables, each named
by its labels."""


class TableForm(Strict):
    """One or several tables; a form of one may say its table at the top."""

    layout: Literal["table"]
    id: str
    version: int
    fiscal_year: int
    name: TextField
    tables: Annotated[tuple[Table, ...], Listed, Field(min_length=1)]
    holds: Holding = "figures"
    of: Literal["hospital", "pcu"] = "hospital"
    """The kind of facility that its rows are about, where they are about one."""

    @model_validator(mode="before")
    @classmethod
    def _of_one_table(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or "tables" in raw:
            return raw
        inner = {key: raw[key] for key in Table.model_fields if key in raw and key != "id"}
        outer = {key: value for key, value in raw.items() if key not in inner}
        return outer | {"tables": [inner]}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of all tables, each once."""
        columns = {c.measure: c for table in reversed(self.tables) for c in reversed(table.columns)}
        return tuple(reversed(columns.values()))


Form = AssessmentForm | TableForm
_TAGGED: Any = Annotated[Form, Field(discriminator="layout")]
_FORM: TypeAdapter[Any] = TypeAdapter(_TAGGED)


@cache
def forms(folder: Path = FORMS_FOLDER) -> Mapping[str, Form]:
    """All forms by id, in the order of their file names."""
    made = (read_form(path) for path in sorted(folder.glob("[!_]*.yaml")))
    return {form.id: form for form in made}


def read_form(path: Path) -> Form:
    """The form of a file; `FaultyFileError` names every fault of it by its line."""
    raw = read_yaml(path)
    try:
        read: Form = _FORM.validate_python(raw)
    except ValidationError as error:
        raise FaultyFileError(faults_of(path, error, _TAGGED)) from error
    return read


def form(form_id: str) -> Form:
    """The form of an id; `UsageError` U001 names the known ones."""
    try:
        return forms()[form_id]
    except KeyError:
        raise UsageError("U001", form=form_id, known=", ".join(forms())) from None


def table_form(form_id: str) -> TableForm:
    """The form of tables of an id; `UsageError` U001 where there is none."""
    chosen = form(form_id)
    if isinstance(chosen, TableForm):
        return chosen
    raise UsageError("U001", form=form_id, known=", ".join(forms()))


def holds(form_id: str, what: Holding) -> bool:
    """Whether a form holds this kind of rows."""
    chosen = form(form_id)
    return isinstance(chosen, TableForm) and chosen.holds == what


@cache
def form_that_holds(what: Holding) -> TableForm:
    """The one form of a kind of rows, such as hospitals' months; `KeyError` where there is none."""
    for chosen in forms().values():
        if isinstance(chosen, TableForm) and chosen.holds == what:
            return chosen
    raise KeyError(what)
