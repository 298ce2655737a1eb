"""The list in front of a returned copy: how it is known, so that no reader takes it for a form."""

from dataclasses import replace
from typing import Final

from core.forms.cells.workbook import Workbook
from core.text import LANGUAGES, Text, say

SUMMARY_NAME: Final = "_truat_summary"
"""The name of its first cell."""


def summary_title() -> Text:
    """What its sheet is called."""
    return say("What to mend")


def without_summary(workbook: Workbook) -> Workbook:
    """The workbook as it was sent in: without the list we put in front of a returned copy."""
    titles = {summary_title().in_(language) for language in LANGUAGES}
    if SUMMARY_NAME in workbook.names:
        titles.add(workbook.names[SUMMARY_NAME][0])
    others = [sheet for sheet in workbook.sheets if sheet.name not in titles]
    return replace(workbook, sheets=others) if len(others) < len(workbook.sheets) else workbook
