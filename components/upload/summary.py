"""The summary of several files: a row for each, and the choice of one to show in full."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import streamlit as st

from components.parts.status import mark
from components.parts.tables import Column, table
from components.reader.language import _, tr
from components.reader.markup import Html
from components.reader.numbers import percent_figure, score
from components.upload import takeaways
from components.upload.dropped import Dropped
from components.upload.scores import errors
from core.forms.model.form import Section
from core.services.intake.kinds import Intake, Refused, TableIntake
from core.services.scored.examined import AssessmentIntake

_CHOSEN: Final = "many.chosen"


class Checked(NamedTuple):
    """A file with its intake."""

    file: Dropped
    intake: Intake


def key_message(intakes: Sequence[Intake]) -> str:
    """How many files there are, how many have errors and how many were not accepted."""
    refused = sum(isinstance(intake, Refused) for intake in intakes)
    empty = sum(map(_is_empty, intakes))
    faulty = sum(not isinstance(i, Refused) and i.has_errors for i in intakes)
    if empty:
        return _(
            "{count} files: {scored} scored, {faulty} of them with errors, {refused} not accepted,"
            " {empty} without a row to read",
            count=len(intakes),
            scored=len(intakes) - refused - empty,
            faulty=faulty,
            refused=refused,
            empty=empty,
        )
    return _(
        "{count} files: {scored} scored, {faulty} of them with errors, {refused} not accepted",
        count=len(intakes),
        scored=len(intakes) - refused,
        faulty=faulty,
        refused=refused,
    )


def summary(files: Sequence[Dropped], intakes: Sequence[Intake]) -> Checked:
    """A row per file, those that need work first; the file chosen to be shown in full."""
    checked = sorted(map(Checked, files, intakes), key=_urgency)
    sections = _sections(intakes)
    columns = (
        Column(_("File")),
        Column(_("District health network")),
        *(Column(tr(section.short), number=True) for section in sections),
        Column(_("Grand total (assumed)"), number=True),
        Column(_("Completeness (%)"), number=True),
        Column(_("To mend")),
    )
    with st.container(key="many"):
        table(_("All files"), columns, [_row(one.intake, len(sections)) for one in checked])
    takeaways.results(intakes)
    return _chosen(checked)


def _chosen(checked: Sequence[Checked]) -> Checked:
    by_key = {one.file.key: one for one in checked}
    accepted = [place for place, one in enumerate(checked) if not isinstance(one.intake, Refused)]
    key = st.selectbox(
        _("Show in full"),
        list(by_key),
        index=accepted[0] if accepted else 0,
        format_func=lambda key: by_key[key].file.name,
        key=_CHOSEN,
    )
    return by_key[key]


def _urgency(one: Checked) -> tuple[bool, bool, bool]:
    intake = one.intake
    return not isinstance(intake, Refused), not _is_empty(intake), not intake.has_errors


def _is_empty(intake: Intake) -> bool:
    return isinstance(intake, TableIntake) and intake.is_empty


def _sections(intakes: Sequence[Intake]) -> tuple[Section, ...]:
    """The sections of the first assessment among the files."""
    assessments = (one for one in intakes if isinstance(one, AssessmentIntake))
    return next((one.form.sections for one in assessments), ())


def _row(intake: Intake, sections: int) -> tuple[str, ...]:
    identity = None if isinstance(intake, Refused) else intake.identity
    cup = (identity.cup_name or identity.cup or "") if identity else ""
    figures = [""] * (sections + 2)
    if isinstance(intake, AssessmentIntake):
        result = intake.result
        scores = [score(section.score) for section in (*result.sections, result.total)]
        figures = [*scores, percent_figure(result.completeness, 2)]
    return intake.file, cup, *figures, _state(intake)


def _state(intake: Intake) -> Html:
    if isinstance(intake, Refused):
        return mark("fail", _("Not accepted"))
    if _is_empty(intake):
        return mark("fail", _("Nothing read"))
    if intake.has_errors:
        return mark("fail", errors(intake))
    return mark("pass", _("No errors"))
