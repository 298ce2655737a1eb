"""What an examined file can be: refused, a self-assessment, a kind of table, or a document."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from core.forms.document.plan import Plan
from core.forms.document.rows import Document
from core.forms.model.form import TableForm
from core.forms.model.identity import Identity
from core.forms.table.read import TableReading
from core.forms.trial_balance.lines import AccountLines
from core.forms.trial_balance.ratios import RatioValue
from core.forms.trial_balance.read import Mapped
from core.services.intake.register_rows import RegisterTable
from core.services.scored.doubts import doubts
from core.services.scored.examined import AssessmentIntake, Examined
from core.services.scored.finance import FinanceTable
from core.services.scored.theme import ThemeTable
from core.text import Text, say


@dataclass(frozen=True, kw_only=True)
class Refused(Examined):
    """A file that is none of the forms, or cannot be read; its issues say why."""

    form: None = None


@dataclass(frozen=True, kw_only=True)
class TableIntake(Examined):
    """A table form as read; `identity` is what its hidden sheet says, None where it has none."""

    form: TableForm
    identity: Identity | None
    reading: TableReading

    @property
    def is_empty(self) -> bool:
        """Whether no row was read at all."""
        return not self.reading.lines

    @property
    def is_storable(self) -> bool:
        """Whether any row says whose and when it is, so that it can be stored."""
        return any(line.subject and line.period for line in self.reading.lines)


@dataclass(frozen=True, kw_only=True)
class FinanceIntake(TableIntake):
    """Hospital-months with their crisis level, score and grade."""

    table: FinanceTable

    @property
    def rows_read(self) -> Sequence[AbstractSet[int]]:
        """The rows of its sheet that each line was read from."""
        lines = self.reading.lines
        return [{line.row, *(spot.place.row for spot in line.others)} for line in lines]

    @cached_property
    def doubts(self) -> tuple[tuple[str, ...], ...]:
        """Of each line the codes of the warnings to be looked at before its level is used."""
        return doubts(self.reading, self.issues, self.rows_read)


@dataclass(frozen=True, kw_only=True)
class TrialBalanceIntake(FinanceIntake):
    """Hospital-months computed from their accounts.

    `reading` is that of a finance table whose figures the accounts came to, `mapped` says for each
    of its rows how much of them the chart of accounts knows, `accounts` their lines, `ratios` the
    ministry's ratios, `as_of` of when each is by its own word.
    """

    mapped: tuple[Mapped, ...]
    accounts: tuple[AccountLines, ...]
    ratios: tuple[tuple[RatioValue, ...], ...]
    as_of: tuple[str | None, ...] = ()

    @property
    def rows_read(self) -> Sequence[AbstractSet[int]]:
        return [set(lines.rows.tolist()) for lines in self.accounts]


@dataclass(frozen=True, kw_only=True)
class ThemeIntake(TableIntake):
    """Rows of an inspection theme with what its criteria give."""

    scored: ThemeTable


@dataclass(frozen=True, kw_only=True)
class RegisterIntake(TableIntake):
    """Facilities to be entered into the register; nothing is scored."""

    register: RegisterTable

    @property
    def is_storable(self) -> bool:
        """Whether any facility can be entered."""
        return bool(self.register.rows)


@dataclass(frozen=True, kw_only=True)
class DocumentIntake(TableIntake):
    """One document of a province and year; `plan` is the tree of a strategy plan.

    Its rows are no figures of subjects and periods, so that `reading` has none.
    """

    document: Document
    plan: Plan | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no row was read at all."""
        return not self.document.rows

    @property
    def is_storable(self) -> bool:
        """Whether it says whose it is, so that it can be stored."""
        return self.document.area is not None and self.document.fiscal_year is not None


Intake = Refused | AssessmentIntake | FinanceIntake | ThemeIntake | RegisterIntake | DocumentIntake
Accepted = AssessmentIntake | FinanceIntake | ThemeIntake | RegisterIntake | DocumentIntake


def nothing_read(form: TableForm) -> Text:
    """That a table has no row at all, and what to do."""
    return say(
        "Nothing was read: “{form}” has no row of figures. Fill in at least one and send it again.",
        form=form.name,
    )
