"""Many workbooks at once: one summary, a row each, and which one to see in full."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components import downloads
from components.language import _, tr
from components.markup import Html
from components.numbers import percent, score
from components.scores import errors
from components.status import mark
from components.tables import Column, table
from components.uploads import Dropped
from core.forms.model import AssessmentForm, Section
from core.services.intake import Intake

_CHOSEN: Final = "many.chosen"


def key_message(intakes: Sequence[Intake]) -> str:
    """How many files there are, and how many of them need work."""
    refused = sum(intake.form is None for intake in intakes)
    faulty = sum(intake.form is not None and intake.has_errors for intake in intakes)
    return _(
        "{count} files: {scored} scored, {faulty} of them with errors, {refused} not accepted",
        count=len(intakes),
        scored=len(intakes) - refused,
        faulty=faulty,
        refused=refused,
    )


def summary(intakes: Sequence[Intake]) -> None:
    """A row per file, those that need work first."""
    sections = _sections(intakes)
    columns = (
        Column(_("File")),
        Column(_("District health network")),
        *(Column(tr(section.short), number=True) for section in sections),
        Column(_("Grand total ∅"), number=True),
        Column(_("Completeness"), number=True),
        Column(_("To mend")),
    )
    ordered = sorted(intakes, key=lambda intake: (intake.form is not None, not intake.has_errors))
    table(_("All files"), columns, [_row(intake, len(sections)) for intake in ordered])
    downloads.results(intakes)


def _sections(intakes: Sequence[Intake]) -> tuple[Section, ...]:
    """The sections of the first assessment among the files."""
    forms = (intake.form for intake in intakes)
    return next((form.sections for form in forms if isinstance(form, AssessmentForm)), ())


def chosen(files: Sequence[Dropped]) -> int:
    """The place of the file to be shown in full."""
    return st.selectbox(
        _("Show in full"),
        range(len(files)),
        format_func=lambda place: files[place].name,
        key=_CHOSEN,
    )


def _row(intake: Intake, sections: int) -> tuple[str, ...]:
    identity, result = intake.identity, intake.result
    cup = (identity.cup_name or identity.cup or "") if identity else ""
    figures = [""] * (sections + 2)
    if result is not None:
        scores = [score(section.score) for section in (*result.sections, result.total)]
        figures = [*scores, percent(result.completeness)]
    return intake.file, cup, *figures, _state(intake)


def _state(intake: Intake) -> Html:
    if intake.form is None:
        return mark("fail", _("Not accepted"))
    if intake.has_errors:
        return mark("fail", errors(intake))
    return mark("pass", _("No errors"))
