"""The ledger's kinds of files, columns and words, from `data/claims.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final, Literal

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict, TextField
from core.text import Text, fold

Kind = Literal["claims", "admissions", "replies", "statements"]
Type = Literal[
    "hcode", "patient", "fund", "code", "key", "date", "status", "money", "signed", "weight"
]
Words = Annotated[tuple[str, ...], Listed]
KINDS: Final[tuple[Kind, ...]] = ("claims", "admissions", "replies", "statements")
UNKNOWN_FUND: Final = "unknown"
AGES: Final = ((0, 30), (31, 60), (61, 90), (91, 365), (366, None))
"""Days since the end of service of receivables that were not sent, both ends included."""


class Choice(Strict):
    """A fund or kind of patient, and the words files have for it."""

    name: TextField
    words: Words


class Status(Choice):
    """What a fund says of a claim; `failed`: whether that is a failure of its checks."""

    failed: bool


class Column(Strict):
    """A column of a file: how it is read, and what people call it."""

    type: Type
    titles: Words
    personal: bool = False


class KindOfFile(Strict):
    """A kind of file: the columns it must have, of some at least one, others it may have."""

    name: TextField
    required: Words
    one_of: Words
    optional: Words
    sheets: Words = ()
    """How the names of its sheets begin in the fund's own workbooks, beside others of no use."""

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.required, *self.one_of, *self.optional)


class LedgerRules(Strict):
    """`data/claims.yaml`."""

    assumptions: Annotated[tuple[TextField, ...], Listed]
    funds: Mapping[str, Choice]
    patients: Mapping[str, Choice]
    statuses: Mapping[str, Status]
    no_code: Words
    columns: Mapping[str, Column]
    kinds: Mapping[Kind, KindOfFile]
    personal: Words
    visit_files: Mapping[str, Mapping[str, str]]
    other_visit_files: Words


@cache
def rules() -> LedgerRules:
    """The rules of the ledger as they stand in the file."""
    return read_model(DATA_FOLDER / "claims.yaml", LedgerRules)


@cache
def titles() -> Mapping[str, str]:
    """Titles in comparing form -> the column they name."""
    known = {
        fold(title): name for name, column in rules().columns.items() for title in column.titles
    }
    return known | {fold(name): name for name in rules().columns}


@cache
def personal_titles() -> frozenset[str]:
    """Titles of columns that are never stored, in comparing form."""
    return frozenset(map(fold, rules().personal))


@cache
def words_of(kind: Literal["funds", "patients", "statuses"]) -> Mapping[str, str]:
    """Words in comparing form -> the fund, kind of patient or status they mean."""
    choices: Mapping[str, Choice] = getattr(rules(), kind)
    return {fold(word): name for name, choice in choices.items() for word in (name, *choice.words)}


def fund_name(fund: str) -> Text:
    """What a fund is called; its code where the file does not know it."""
    choice = rules().funds.get(fund)
    return choice.name if choice else Text(fund, fund)
