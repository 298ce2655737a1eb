"""What is typed for the inspection report of a province: measures C and D, recommendations."""

import streamlit as st
from sqlalchemy import Engine

from components.findings.deeds import actor_fields
from components.parts import anatomy
from components.reader.language import _, tr
from components.reader.markup import joined, tag
from components.reader.periods import moment_text, period_text
from components.reader.query import query
from components.upload.storing import attempt
from components.why.rules import quoted
from core.areas import Level, parse_area
from core.periods import Period, nearest_period
from core.services.findings.narratives import Narrated, Typed, narrate, narrated
from core.services.findings.places import Places
from core.services.overview.month import months


def narratives(engine: Engine, known: Places, area: str) -> None:
    """The parts of a province's report in the round of the period shown, each with its form."""
    if parse_area(area).level is not Level.PROVINCE:
        return
    period = nearest_period(query().get("period", ""), months(engine)).round
    names = {"place": tr(known.name(area)), "period": period_text(period)}
    anatomy.section(_("For the inspection report: {place}, {period}", **names))
    for one in narrated(engine, area, period):
        _part(engine, area, period, one)


def _part(engine: Engine, area: str, period: Period, one: Narrated) -> None:
    name = tr(one.name)
    title = _("Measure {letter}: {name}", letter=one.measure, name=name) if one.measure else name
    newest = one.newest
    version, seen = newest.version if newest else 0, f"findings.seen.{area}.{period}.{one.part}"
    if newest:
        when = _("{by}, {when}", by=newest.by, when=moment_text(newest.at))
        evidence = (
            tag("p", tag("strong", _("Evidence")), ": ", quoted(newest.evidence))
            if newest.evidence
            else ""
        )
        parts = (tag("p", quoted(newest.words)), evidence, tag("small", when, class_="t-when"))
        st.html(joined((tag("h3", title), *parts)))
        if newest.unseen:
            text = _("Somebody else had typed this part meanwhile; both versions are kept.")
            anatomy.messages([anatomy.Message(kind="warning", text=text)])
    label = _("Change: {part}", part=title) if newest else _("Type: {part}", part=title)
    with st.expander(label), st.form(f"findings.narrate.{one.part}", border=False):
        words = st.text_area(
            _("What was found"), newest.words if newest else "", key=f"findings.text.{one.part}"
        )
        evidence_words = ""
        if one.measure:
            evidence_words = st.text_area(
                _("Evidence"), newest.evidence if newest else "",
                key=f"findings.evidence.{one.part}",
            )  # fmt: skip
        actor, _why = actor_fields("narrate", f"narrate.{one.part}")
        if st.form_submit_button(_("Store")):
            typed = Typed(one.part, words, evidence_words)
            known = int(st.session_state.get(seen, version))
            if attempt(lambda: narrate(engine, area, period, typed, actor=actor, known=known)):
                st.rerun()
    # What a reader sees when a form is filled in is what the run before has shown.
    st.session_state[seen] = version
