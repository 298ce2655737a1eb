"""The self-assessments of an area, those least verified first, and one of them above."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.assessments.one import one_assessment
from components.parts import anatomy, tables
from components.parts.ordered import Head, Value, Worded, ordering
from components.reader import filters
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
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
    heads = [
        Head("place", _("Whose it is"), is_number=False),
        Head("form", _("Form"), is_number=False),
        Head("period", _("Period"), is_number=False),
        Head("state", _("State"), is_number=False),
        Head("verified", _("Verified"), "t-number"),
        Head("by", _("Sent by"), is_number=False),
        Head("at", _("Sent at"), is_number=True),
    ]
    table = ordering(VERIFY, heads, shown, _value_of, _AT_ONCE)
    rows = table.shown(shown, _value_of)
    kind = tables.is_part(len(rows), len(shown))
    body = joined(map(_row, rows))
    st.html(tables.scrolling(_("Self-assessments"), table.head, body, kind))


def _value_of(key: str) -> Callable[[ListedAssessment], Value]:
    """What self-assessments have in a column, to be put in order and filtered by."""
    values: dict[str, Callable[[ListedAssessment], Value]] = {
        "place": lambda one: tr(one.place),
        "form": lambda one: tr(one.form),
        "period": lambda one: str(one.key.period),
        "state": lambda one: tr(mark_text(one.mark)),
        "verified": lambda one: float(one.mark.verified),
        "by": lambda one: one.sent.uploaded_by,
        "at": lambda one: Worded(
            one.sent.uploaded_at.timestamp(), moment_text(one.sent.uploaded_at)
        ),
    }
    return values[key]


def _row(one: ListedAssessment) -> Html:
    name = link(tr(one.place), VERIFY, assessment=str(one.key))
    counts = f"{one.mark.verified:,}/{one.mark.items:,}" if one.mark.items else "–"
    return tag(
        "tr",
        tag("th", name, scope="row"),
        tag("td", tr(one.form)),
        tag("td", period_short(one.key.period)),
        tag("td", verified_mark(one.mark)),
        tag("td", counts, class_="t-number"),
        tag("td", quoted(one.sent.uploaded_by)),
        tag("td", moment_text(one.sent.uploaded_at)),
    )
