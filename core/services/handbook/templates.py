"""The blank form to fill in."""

from collections.abc import Sequence
from typing import Final

from core.criteria.catalog import catalog
from core.forms.blank_assessment.write import write_template
from core.forms.blank_table.sheet import rows_of
from core.forms.blank_table.write import write_table_template
from core.forms.model.form import AssessmentForm, form
from core.text import Language

_OF_FACILITIES: Final = frozenset({"figures", "hospital_months"})


def blank(
    form_id: str,
    *,
    cup: str | None = None,
    cup_name: str | None = None,
    fiscal_year: int | None = None,
    language: Language = "th",
    facilities: Sequence[str] = (),
) -> tuple[str, bytes]:
    """A file name and the blank form as .xlsx; `UsageError` U001 for an unknown form.

    `fiscal_year` (Buddhist era) is the form's own when missing; `facilities` are codes that a
    table form has a row for already.
    """
    chosen = form(form_id)
    year = fiscal_year or chosen.fiscal_year
    name = "-".join([chosen.id, *([cup] if cup else [])]) + ".xlsx"
    if isinstance(chosen, AssessmentForm):
        rules = catalog().ruleset(year)
        return name, write_template(
            chosen, rules, cup=cup, cup_name=cup_name, fiscal_year=year, language=language
        )
    filled = rows_of(facilities, fiscal_year)
    return name, write_table_template(
        chosen, cup=cup, fiscal_year=fiscal_year, language=language, filled=filled
    )


def kind_filled_in(form_id: str) -> str | None:
    """The kind of facilities a blank can have a row for; None of a form about anything else."""
    chosen = form(form_id)
    if isinstance(chosen, AssessmentForm) or chosen.holds not in _OF_FACILITIES:
        return None
    return chosen.of
