"""The switches for contradictions in the source, kept in the address like every filter."""

import streamlit as st
from sqlalchemy import Engine

from components.reader import filters
from components.reader.language import _, tr
from core.services.intake import readings
from core.services.intake.kinds import Intake
from core.services.rereading.contradictions import in_force


def asked() -> dict[str, str]:
    """The readings the address asks for, unknown ones left out."""
    chosen = filters.carried_filters()
    options = readings.possible()
    return {key: chosen[key] for key in options if chosen.get(key) in options[key]}


def switches(intake: Intake) -> None:
    """One list per contradiction that bears on this form, with what it is about."""
    found = readings.choices(intake)
    if not found:
        return
    with st.expander(
        _("Where the source contradicts itself ({count})", count=len(found)), icon="⚠"
    ):
        st.write(_("Choose another reading, and all scores are counted anew at once."))
        for choice in found:
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


def stored_otherwise(engine: Engine, intake: Intake) -> None:
    """Say where stored results follow another reading than this page shows."""
    force, here = in_force(engine), asked()
    found = [
        tr(dict(one.options)[force.get(one.switch, one.default)])
        for one in readings.choices(intake)
        if force.get(one.switch, one.default) != here.get(one.switch, one.default)
    ]
    if found:
        st.write(
            _(
                "Stored results follow the readings in force, which differ from those of this "
                "page: {readings}",
                readings=" · ".join(found),
            )
        )
