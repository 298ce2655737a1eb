"""The choice of readings where the source contradicts itself, in the address like any filter."""

import streamlit as st
from sqlalchemy import Engine

from components.reader import filters
from components.reader.language import _, tr
from core.services.intake import readings
from core.services.intake.kinds import Intake
from core.services.rereading.contradictions import in_force


def readings_in_address() -> dict[str, str]:
    """The readings that the address names, by switch; unknown ones are left out."""
    chosen = filters.carried_filters()
    options = readings.possible()
    for key in options:
        if key in chosen and chosen[key] not in options[key]:
            filters.tell_unmet(_("Reading"), f"{key}={chosen[key]}", _("the reading in use"))
    return {key: chosen[key] for key in options if chosen.get(key) in options[key]}


def switches(intake: Intake) -> None:
    """A list for each contradiction that concerns this form."""
    contradictions = readings.choices(intake)
    if not contradictions:
        return
    with st.expander(
        _("Where the source contradicts itself ({count})", count=len(contradictions)), icon="⚠"
    ):
        st.write(_("Choose another reading, and all scores are counted anew at once."))
        for choice in contradictions:
            about = ", ".join(choice.about)
            label = _("Item {about}: {note}", about=about, note=choice.note)
            wording = {name: tr(text) for name, text in choice.options}
            filters.choice(
                choice.switch,
                label if about else tr(choice.note),
                list(wording),
                label_of=wording.__getitem__,
                default=choice.default,
            )


def note_stored_readings(engine: Engine, intake: Intake) -> None:
    """A note where stored results follow other readings than this page."""
    force, here = in_force(engine), readings_in_address()
    differing = [
        tr(dict(one.options)[force.get(one.switch, one.default)])
        for one in readings.choices(intake)
        if force.get(one.switch, one.default) != here.get(one.switch, one.default)
    ]
    if differing:
        st.write(
            _(
                "Stored results follow the readings in force, which differ from those of this "
                "page: {readings}",
                readings=" · ".join(differing),
            )
        )
