"""The part for administrators: having all results follow another reading from now on."""

from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.criteria.rereading import Rereading
from components.parts import anatomy
from components.people.who import who_field
from components.reader.language import _, tr
from core.errors import TruatError
from core.forms.model.issues import issue_of
from core.services.rereading.compare import Switched, switch
from core.services.rereading.wording import switched_lines

_DONE: Final = "switching.done"
_BY: Final = "switching.by"
_REASON: Final = "switching.reason"
_SURE: Final = "switching.sure"


def switching(engine: Engine, shown: Rereading) -> None:
    """Name, reason and confirmation; then everything is recomputed, and a receipt is shown."""
    with st.container(key="switching", border=True):
        anatomy.section(_("For administrators: switch the reading for everybody"))
        _receipt()
        if shown.reading.in_force:
            st.write(_("This reading is in force. To switch, choose another one above."))
            return
        st.write(
            _(
                "From now on “{after}” instead of “{before}”. All stored results, of all periods, "
                "are recomputed at once, and everybody sees the new ones. The results before stay "
                "in the store as a version of their own, and switching back is possible.",
                after=tr(shown.reading.wording),
                before=tr(shown.about.in_force.wording),
            )
        )
        _confirm(engine, shown)


def _confirm(engine: Engine, shown: Rereading) -> None:
    left, right = st.columns([1, 2])
    with left:
        by = who_field(_("Who switches"), key=_BY)
    with right:
        reason = st.text_input(_("Why"), key=_REASON).strip()
    reading = f"{shown.about.switch}={shown.reading.name}"
    sure = st.checkbox(_("Yes, recompute all results"), key=f"{_SURE}.{reading}")
    if not (by and reason and sure):
        st.write(_("Type who switches and why, and tick the box; then it can be switched."))
    elif st.button(_("Switch and recompute everything"), key="switching.go", type="primary"):
        _switch(engine, {shown.about.switch: shown.reading.name}, by, reason)


def _switch(engine: Engine, readings: dict[str, str], by: str, reason: str) -> None:
    bar = st.progress(0.0, text=_("Recomputing all results"))

    def show_progress(share: float) -> None:
        bar.progress(share, text=_("Recomputing all results"))

    try:
        done = switch(engine, readings, by=by, reason=reason, progress=show_progress)
    except TruatError as error:
        bar.empty()
        st.error(tr(issue_of(error).text))
        return
    st.session_state[_DONE] = done
    st.session_state.pop(_REASON, None)
    st.rerun()


def _receipt() -> None:
    """What was done in this visit, once."""
    done: Switched | None = st.session_state.pop(_DONE, None)
    if done is not None:
        st.success("\n\n".join(tr(line) for line in switched_lines(done)))
