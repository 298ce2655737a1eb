"""Shapes of the JSON documents. Their keys are a contract: add freely, never rename.

Numbers are unrounded; null is what is missing, infinite or not judged. Periods are written as
`2566`, `2566-Q2`, `2566-R1` and `2566-M09`, areas as `TH`, `R03`, `P61`, `D6101` or an hcode.
"""

from typing import Any, NotRequired

from typing_extensions import TypedDict

from core.text import Text


class BothLanguages(TypedDict):
    """A text in Thai and English."""

    th: str
    en: str


def both(text: Text) -> BothLanguages:
    """A text as its JSON value."""
    return {"th": text.th, "en": text.en}


class Message(TypedDict):
    """A problem found in a file; sheet and cell are empty where it concerns the whole file."""

    code: str
    slug: str
    severity: str
    sheet: str
    cell: str
    found: str
    expected: str | BothLanguages
    text: BothLanguages


class RefusedDocument(TypedDict):
    """A file that is none of the forms."""

    form: None
    items: list[Any]
    messages: list[Message]


class Line(TypedDict):
    """A line of an item, or a line of a line."""

    id: str
    no: str
    raw: float | None
    full: float
    figure: float | None
    status: str
    sheet: str | None
    cell: str | None
    parts: list["Line"]


class Item(TypedDict):
    """An item of a self-assessment."""

    id: str
    no: str
    section: str
    name: BothLanguages
    raw: float | None
    full: float
    weight: float
    weighted: float | None
    status: str
    cells: list[str]
    parts: list[Line]


class Section(TypedDict):
    """Totals of a section; `raw` only where every weight is the full marks."""

    raw: NotRequired[float | None]
    weighted: float | None
    full: float
    score: float | None
    out_of: float
    scored_only: float | None
    filled_only: float | None


class Completeness(TypedDict):
    """How many inputs were filled in."""

    filled: int
    inputs: int


class Subject(TypedDict):
    """The network of a self-assessment, as far as the file names it."""

    cup: str | None
    province: str | None


class AssessmentBody(TypedDict):
    """The results of a self-assessment."""

    completeness: Completeness
    totals: dict[str, Section]
    items: list[Item]
    radars: dict[str, dict[str, float | None]]


class AssessmentDocument(AssessmentBody):
    """A scored self-assessment."""

    form: str
    fiscal_year: int
    subject: Subject
    readings: dict[str, str]
    messages: list[Message]


class Mapped(TypedDict):
    """How many lines of a trial balance there are, and how many of them the chart lacks.

    `share_of_money` is the share of the balances carried forward that the chart knows.
    """

    lines: int
    unmapped: int
    share_of_money: float | None


class TableRow(TypedDict):
    """A row of a table form: its place, subject and period, and its results.

    `cell` and `subject` (which may be a district) are in rows of themes; `measures` are the
    figures as they were used, by measure code. `way` says how those of a hospital-month came about
    (`books` or `typed`), `in_doubt` are the codes of warnings to be looked at first; `mapped`,
    `ratios` and `as_of`, of when it is by its own word, are in rows of a trial balance.
    `results` hold `crisis` and `tps` for hospital-months, else a result for each criterion.
    Rows of a document have the table they stand in, `part`, and their cells by column, `values`.
    """

    row: int
    sheet: str
    other_rows: list[int]
    hcode: str | None
    period: str | None
    results: dict[str, Any]
    cell: NotRequired[str]
    subject: NotRequired[str | None]
    measures: NotRequired[dict[str, float | None]]
    way: NotRequired[str]
    in_doubt: NotRequired[list[str]]
    mapped: NotRequired[Mapped]
    as_of: NotRequired[str | None]
    ratios: NotRequired[list[dict[str, Any]]]
    part: NotRequired[str]
    values: NotRequired[dict[str, str | float]]


class TableDocument(TypedDict):
    """A table form as read and scored."""

    form: str
    fiscal_year: None
    rows: list[TableRow]
    messages: list[Message]


FileDocument = RefusedDocument | AssessmentDocument | TableDocument


class StoredValue(TypedDict):
    """A stored result in short."""

    id: int
    indicator: str
    subject: str
    period: str
    value: float | None
    points: float | None
    full: float | None
    verdict: str
    state: str


class Verification(TypedDict, total=False):
    """How far a self-assessment is verified, or how many of an area's are: by `form`, of `sent`."""

    state: str
    items: int
    verified: int
    differing: int
    by: str
    at: str | None
    form: str
    period: str
    sent: int
    under_way: int
    locked: int


class ListedResult(TypedDict):
    """A stored result as a row of a list.

    `way` says how the figures of a hospital's month came about: `books`, `typed` or empty;
    `in_doubt` are the codes of warnings to be looked at before it is used.
    """

    id: int
    indicator: str
    name: BothLanguages
    subject: str
    subject_name: BothLanguages | None
    period: str
    value: float | None
    points: float | None
    full: float | None
    grade: str | None
    verdict: str
    state: str
    version: int
    unit: str
    verification: Verification | None
    verified_value: float | None
    way: str
    in_doubt: list[str]


class KindFigure(TypedDict):
    """A figure of one fund or quarter."""

    of: BothLanguages
    figure: float


class Part(TypedDict):
    """A test, item or line behind a stored result.

    `figure` is in `unit`, which is empty where none is known. `sentence` says what came of it,
    `next_step` how far it is from its cut-off.
    """

    id: str
    name: BothLanguages
    sentence: BothLanguages | None
    next_step: BothLanguages | None
    figure: float | None
    unit: str
    unbounded: bool
    kinds: "list[KindFigure]"
    cutoff: float | None
    asked: BothLanguages | None
    points: float | None
    full: float | None
    state: str
    peer_value: float | None
    peers: int
    few_peers: bool
    peer_value_by: str | None
    peer_value_whose: BothLanguages | None
    published: "list[Figure]"


class Figure(TypedDict):
    """A figure that was put in, and its cell.

    `way`: `books`, `typed` or `official`; `typed` is what was typed instead of one from the books.
    """

    measure: str
    name: BothLanguages
    unit: str
    value: float | None
    text: str | None
    state: str
    sheet: str
    cell: str
    way: str
    file_name: str
    typed: float | None


class Source(TypedDict):
    """Where a rule is printed."""

    document: BothLanguages
    where: str


class Question(TypedDict):
    """A contradiction in the source and how it is read."""

    switch: str
    note: BothLanguages
    reading: BothLanguages


class SourceWorkbook(TypedDict):
    """The upload a result's own figures came in; times are UTC."""

    upload: int
    file_name: str
    version: int
    by: str
    at: str


class ResultsVersion(TypedDict):
    """The version of the results in which a result was made, and its cause."""

    id: int
    at: str
    by: str
    why: str
    upload: int | None
    reason: str | None


class ExplainedResult(StoredValue):
    """Everything behind one stored result."""

    name: BothLanguages
    subject_name: BothLanguages | None
    grade: str | None
    stands: bool
    sentence: BothLanguages
    rule: BothLanguages
    next_step: BothLanguages | None
    source: Source
    assumptions: list[BothLanguages]
    open_questions: list[Question]
    parts: list[Part]
    notes: dict[str, Any]
    facts: list[Figure]
    workbook: SourceWorkbook | None
    books: SourceWorkbook | None
    version: ResultsVersion
    changed_by_others: bool
    changed_by_published: bool
    before: StoredValue | None
    verification: Verification | None
    peers: int


class UploadDocument(TypedDict):
    """An upload without its bytes; its time is UTC."""

    id: int
    form: str
    subject: str
    fiscal_year: int
    version: int
    state: str
    file_name: str
    sha256: str
    size: int
    by: str
    at: str
    filled: int
    inputs: int


class Receipt(TypedDict):
    """The outcome of storing an upload; `changed` are stored results that were replaced."""

    action: str
    counts: bool
    upload: UploadDocument
    keys: list[dict[str, str]]
    new_keys: int
    earlier: list[UploadDocument]
    later: list[UploadDocument]
    differences: list[dict[str, Any]]
    results: dict[str, int]
    changed: list[dict[str, Any]]
    register: dict[str, Any] | None
    resumed: list[dict[str, Any]]
    results_version: int | None


class RereadingDocument(TypedDict):
    """What another reading would change."""

    readings: list[dict[str, Any]]
    area: str | None
    periods: list[str]
    results_version: int | None
    counted: int
    counts: dict[str, int]
    criteria: list[dict[str, Any]]
    parts: list[dict[str, Any]]
    changes: list[dict[str, Any]]
