"""What every examined file has, and a self-assessment as examined."""

from dataclasses import dataclass

from core.criteria.catalog import RuleSet
from core.forms.assessment.read import AssessmentReading
from core.forms.model.form import AssessmentForm
from core.forms.model.identity import Identity
from core.forms.model.issues import CellIssue
from core.scoring.star.assessment import Assessment
from core.services.scored.assessment import AssessmentResult


@dataclass(frozen=True, kw_only=True)
class Examined:
    """A file by its name, and every problem in it."""

    file: str
    issues: tuple[CellIssue, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any problem is an error."""
        return any(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True, kw_only=True)
class AssessmentIntake(Examined):
    """A self-assessment: as read, as scored, and as shown.

    `rules` are those of the fiscal year it was scored by; `identity` is what the workbook's hidden
    sheet says of it, None where it has none.
    """

    form: AssessmentForm
    identity: Identity | None
    rules: RuleSet
    reading: AssessmentReading
    scored: Assessment
    result: AssessmentResult

    @property
    def fiscal_year(self) -> int:
        """The fiscal year whose rules scored it."""
        return self.rules.fiscal_year
