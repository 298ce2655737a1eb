"""Data validation of the yellow cells of a blank form: prompts and warnings, never a refusal.

Words such as "no data" are answers too, so values outside the range are allowed.
"""

from typing import Final

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.criteria.model import Steps
from core.forms.assessment.check import allowed
from core.forms.blank_assessment.plan import TypedRule
from core.forms.blank_assessment.wording import Wording, steps_of
from core.forms.model.values import plain
from core.text import say

_LONGEST_LIST: Final = 255
_ANY: Final = 1e14


def guard_input(sheet: Worksheet, cell: str, rule: TypedRule, wording: Wording) -> None:
    """Prompt and check at the cell of a percentage or of points."""
    steps = ",".join(map(plain, steps_of(rule))) if isinstance(rule, Steps) else ""
    if steps and len(steps) <= _LONGEST_LIST:
        check = DataValidation(type="list", formula1=f'"{steps}"')
    else:
        # Without bounds every number is allowed.
        lowest, highest = (plain(max(-_ANY, min(bound, _ANY))) for bound in allowed(rule))
        check = DataValidation(
            type="decimal", operator="between", formula1=lowest, formula2=highest
        )
    _add(sheet, cell, check, wording.prompt(rule), wording.refusal(rule))


def guard_count(sheet: Worksheet, cell: str, measure: str, wording: Wording) -> None:
    """Prompt and check at the cell of a numerator or denominator."""
    check = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
    refusal = wording(say("Expected here: {range}. Keep what you typed?", range="≥ 0"))
    _add(sheet, cell, check, wording.count_prompt(measure), refusal)


def _add(
    sheet: Worksheet, cell: str, check: DataValidation, prompt: tuple[str, str], refusal: str
) -> None:
    check.promptTitle, check.prompt = prompt
    check.errorTitle, check.error = prompt[0], refusal[:_LONGEST_LIST]
    check.errorStyle = "warning"
    check.allow_blank = check.showInputMessage = check.showErrorMessage = True
    check.add(cell)
    sheet.add_data_validation(check)
