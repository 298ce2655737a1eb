"""The scores of an assessment: key message, tiles, radars, and where they come from."""

import streamlit as st

from components.parts import anatomy, charts
from components.parts.anatomy import disclosure
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, percent, percent_figure, score, whole
from components.why.explanation import sums
from components.why.rules import quoted
from core.services.intake.kinds import Intake, Refused
from core.services.rules.explanation import Explanation
from core.services.scored.assessment import RadarResult, SectionResult
from core.services.scored.examined import AssessmentIntake
from core.services.scored.why_totals import explain_group, explain_radar


def key_message(intake: AssessmentIntake) -> str:
    """Score of the first section handed in, completeness and errors, in one sentence."""
    result = intake.result
    first = next((s for s in result.sections if s.score is not None), None)
    if first is None:
        return errors(intake)
    return _(
        "{section}: {score} of {full} points, {percent} filled in, {errors}",
        section=short_name(intake, first.id),
        score=score(first.score),
        full=whole(first.out_of),
        percent=percent(result.completeness),
        errors=errors(intake),
    )


def errors(intake: Intake) -> str:
    """How many cells hold an error, in words."""
    count = sum(issue.severity == "error" for issue in intake.issues)
    return _("{count} errors to mend", count=count) if count else _("no errors")


def short_name(intake: AssessmentIntake, section: str) -> str:
    """The short name of a section."""
    return tr({s.id: s.short for s in intake.form.sections}[section])


def tiles(intake: AssessmentIntake) -> None:
    """The sections side by side, the grand total, and how much was filled in."""
    result = intake.result
    anatomy.tiles(
        [
            *(_tile(section, short_name(intake, section.id)) for section in result.sections),
            _tile(result.total, _("Grand total (assumed)")),
            anatomy.Tile(
                label=_("Completeness"),
                value=percent_figure(result.completeness),
                change=_("percent of {inputs} cells", inputs=result.inputs),
            ),
        ]
    )


def _tile(section: SectionResult, label: str) -> anatomy.Tile:
    return anatomy.Tile(label=label, value=score(section.score), change=_beside(section))


def _beside(section: SectionResult) -> str:
    """The note below a score: its full marks, and the score over fewer items."""
    if section.score is None:
        absent = _("none as long as a section is absent")
        return absent if section.id == "total" else _("not handed in")
    notes = [_("of {full} points", full=whole(section.out_of))]
    shown, scored = score(section.score), score(section.scored_only)
    if scored not in {shown, NONE}:
        notes.append(_("{score} without items in error", score=scored))
    filled = score(section.filled_only)
    if filled not in {shown, scored, NONE}:
        notes.append(_("{score} over items filled in", score=filled))
    return " · ".join(notes)


def origins(intake: AssessmentIntake) -> None:
    """A line that opens all totals with their explanations."""
    result, form = intake.result, intake.form
    columns = (
        Column(_("Section")),
        Column(_("Weighted points"), number=True),
        Column(_("Sum of weights"), number=True),
        Column(_("Score"), number=True),
        Column(_("Full marks"), number=True),
        Column(_("Over items that have a score"), number=True),
        Column(_("Over items filled in"), number=True),
    )
    rows = [
        *(_row(section, quoted(tr(section.name))) for section in result.sections),
        _row(result.total, _("Grand total (assumed)")),
    ]
    groups = (*(section.group for section in form.sections), form.total)
    behind = joined(tag("div", sums(explain_group(intake, group))) for group in groups)
    title = _("Where these scores come from, and the scores over filled items only")
    st.html(disclosure(title, table_html(_("All totals"), columns, rows), behind))


def _row(section: SectionResult, name: str) -> tuple[str, ...]:
    return (
        name,
        score(section.weighted),
        whole(section.weight),
        score(section.score),
        whole(section.out_of),
        score(section.scored_only),
        score(section.filled_only),
    )


def radars(intake: AssessmentIntake) -> None:
    """The radars of the form, two side by side; a single one has its table beside it."""
    result, form = intake.result, intake.form
    drawn = [radar for radar in result.radars if charts.has_values(radar)]
    reasons = {radar.id: explain_radar(intake, radar.id) for radar in drawn}
    heads = (form.target_column, form.assessed_column)
    # Two in a row, so that a telephone keeps their order.
    for first in range(0, len(drawn), 2):
        pair = drawn[first : first + 2]
        places = st.columns(2, gap="medium")
        for place, radar in zip(places, pair, strict=False):
            flawed = _flawed(reasons[radar.id])
            with place:
                charts.radar(radar, flawed)
            with places[-1] if len(pair) == 1 else place:
                charts.radar_table(radar, *heads, flawed)
    absent = ", ".join(tr(section.name) for section in result.sections if section.score is None)
    st.html(joined(_below(radar, reasons.get(radar.id), absent) for radar in result.radars))


def _flawed(why: Explanation) -> frozenset[str]:
    """The spokes with an item in error."""
    return frozenset(
        spoke.id for spoke in why.parts if any(member.state == "error" for member in spoke.parts)
    )


def _below(radar: RadarResult, why: Explanation | None, absent: str) -> Html:
    if why is not None:
        return disclosure(_("Why these values: {radar}", radar=radar.name), sums(why))
    text = _("{radar}: nothing to draw, {absent} not handed in", radar=radar.name, absent=absent)
    return tag("p", text)


def subject(intake: Intake) -> tuple[str, ...]:
    """Whose workbook it is, from the widest to the narrowest, as far as the file says."""
    if isinstance(intake, Refused):
        return (intake.file,)
    identity = intake.identity
    cup = (identity.cup_name or identity.cup or "") if identity else ""
    return tuple(filter(None, (tr(intake.form.name), cup, intake.file)))
