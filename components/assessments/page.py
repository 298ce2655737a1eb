"""The self-assessments of an area, those least verified first, and one of them above."""

from collections.abc import Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.assessments.one import one_assessment
from components.parts import anatomy
from components.parts.ordered import Head, ListColumn, Worded, ordered_list
from components.reader import filters
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html
from components.reader.numbers import NONE
from components.reader.periods import moment_text, period_short
from components.starts import first_steps
from components.why.rules import quoted
from components.why.verified import ASSESSMENT, VERIFY, verified_mark
from core.areas import parse_area
from core.errors import TruatError
from core.periods import parse_period
from core.services.assessments.listing import (
    ListedAssessment,
    WholeAssessment,
    area_meant,
    listed_assessments,
    whole_assessment,
)
from core.services.rules.verified.forms import self_assessed_forms
from core.services.rules.verified.wording import SLUGS, STAGES, mark_text
from core.store.assessments.rows import Key, Stage

_AT_ONCE: Final = 50
_ALL: Final = "all"
_OPEN: Final = "open"
_ANY: Final = ""


def show(engine: Engine) -> None:
    """One self-assessment where the address names it, and all that the filters leave."""
    area = area_meant(engine, st.query_params.get(filters.AREA, ""))
    every = listed_assessments(engine, area=area.code)
    if not every and area.code == area_meant(engine, "").code:
        first_steps.to_results()
        return
    top = st.container()
    wanted = st.query_params.get(ASSESSMENT, "")
    whole = _whole(engine, wanted) if wanted else None
    shown = _filtered(every)
    with top:
        anatomy.headline(_headline(tr(area.name), every))
        if whole:
            one_assessment(engine, whole)
    if shown:
        _list(shown)
    else:
        st.write(_("No self-assessment fits what was asked for."))


def _headline(area: str, every: Sequence[ListedAssessment]) -> str:
    stages = [one.mark.stage for one in every]
    locked = stages.count(Stage.LOCKED)
    return _(
        "{area}: {verified} of {sent} self-assessments are verified, {locked} are locked",
        area=area,
        verified=f"{stages.count(Stage.VERIFIED) + locked:,}",
        sent=f"{len(stages):,}",
        locked=f"{locked:,}",
    )


def key_of(text: str) -> Key:
    """The self-assessment that an address names: form, subject and period; `UsageError` if none."""
    form, _colon, rest = text.partition(":")
    subject, _colon, period = rest.partition(":")
    return Key(form, parse_area(subject).code, parse_period(period))


def _whole(engine: Engine, wanted: str) -> WholeAssessment | None:
    try:
        return whole_assessment(engine, key_of(wanted))
    except TruatError:
        filters.tell_unmet(_("Self-assessment"), wanted, _("all self-assessments"))
        return None


def _filtered(every: Sequence[ListedAssessment]) -> Sequence[ListedAssessment]:
    left, right = st.columns(2)
    with left:
        states = {_ALL: _("All states"), _OPEN: _("Not locked")}
        states |= {slug: tr(STAGES[stage]) for stage, slug in SLUGS.items()}
        state = filters.choice("state", _("State"), list(states), label_of=lambda one: states[one])
    with right:
        names = {_ANY: _("All forms")}
        names |= {key: tr(one.name) for key, one in self_assessed_forms().items()}
        form = filters.choice("form", _("Form"), list(names), label_of=lambda one: names[one])
    return [one for one in every if _fits(one, state) and form in (_ANY, one.key.form)]


def _fits(one: ListedAssessment, state: str) -> bool:
    if state == _OPEN:
        return one.mark.stage is not Stage.LOCKED
    return state in (_ALL, SLUGS[one.mark.stage])


def _list(shown: Sequence[ListedAssessment]) -> None:
    columns: Sequence[ListColumn[ListedAssessment]] = (
        ListColumn(
            Head("place", _("Whose it is"), is_number=False), lambda one: tr(one.place), _way
        ),
        ListColumn(Head("form", _("Form"), is_number=False), _form, _form),
        ListColumn(
            Head("period", _("Period"), is_number=False),
            lambda one: str(one.key.period),
            lambda one: period_short(one.key.period),
        ),
        ListColumn(
            Head("state", _("State"), is_number=False),
            lambda one: tr(mark_text(one.mark)),
            lambda one: verified_mark(one.mark),
        ),
        ListColumn(
            Head("verified", _("Verified"), "t-number"),
            lambda one: float(one.mark.verified),
            lambda one: f"{one.mark.verified:,}/{one.mark.items:,}" if one.mark.items else NONE,
        ),
        ListColumn(
            Head("by", _("Sent by"), is_number=False),
            lambda one: one.sent.uploaded_by,
            lambda one: quoted(one.sent.uploaded_by),
        ),
        ListColumn(
            Head("at", _("Sent at"), is_number=True),
            lambda one: Worded(one.sent.uploaded_at.timestamp(), _at(one)),
            _at,
        ),
    )
    ordered_list(VERIFY, _("Self-assessments"), columns, shown, _AT_ONCE)


def _way(one: ListedAssessment) -> Html:
    return link(tr(one.place), VERIFY, assessment=str(one.key))


def _form(one: ListedAssessment) -> str:
    return tr(one.form)


def _at(one: ListedAssessment) -> str:
    return moment_text(one.sent.uploaded_at)
