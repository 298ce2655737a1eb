"""What can be done with a self-assessment: verify an item, accept the rest, lock, reopen."""

import math
from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.people.who import who_field
from components.reader.language import _, tr
from components.upload.storing import attempt
from core.access.actors import current_actor
from core.access.roles import Action, roles
from core.access.settings import ways
from core.services.assessments.changes import Done, Score, accept_agreeing, lock, reopen, verify
from core.services.assessments.items import ItemState
from core.services.assessments.listing import WholeAssessment
from core.services.assessments.wording import own_text, unseen_text, verified_text
from core.services.evidence.handed_in import HandedIn
from core.store.assessments.rows import Stage

_DONE: Final = "assessments.done"


def acts(engine: Engine, whole: WholeAssessment) -> None:
    """The deeds that its state allows, for whoever may verify there; others are told who may."""
    _tell(whole)
    if not whole.may_verify:
        able = ", ".join(tr(r.name) for r in roles().values() if Action.VERIFY in r.actions)
        st.write(_("Verified by: {able}", able=able))
        return
    if whole.listed.mark.stage is Stage.LOCKED:
        with st.expander(_("Reopen it, with a reason")):
            _reopen(engine, whole)
    else:
        _verify(engine, whole)
        if whole.agreeing:
            with st.expander(_("Accept all {count} that are left", count=f"{whole.agreeing:,}")):
                _accept(engine, whole)
        if not whole.left:
            with st.expander(_("Lock it"), expanded=True):
                _lock(engine, whole)
    st.session_state[_key("seen", whole)] = whole.revision


def _seen(whole: WholeAssessment) -> int:
    """The revision that the reader saw when a form was filled in: that of the run before."""
    return int(st.session_state.get(_key("seen", whole), whole.revision))


def _verify(engine: Engine, whole: WholeAssessment) -> None:
    """One item: the next that is not verified, unless another is chosen."""
    states: Mapping[str, ItemState] = {one.item.measure: one for one in whole.in_order}
    chosen = st.selectbox(
        _("Item to verify"), list(states), format_func=lambda one: _name(states[one]),
        key=_key(f"item.{whole.left}.{whole.revision}", whole), filter_mode=None,
    )  # fmt: skip
    state = states[chosen]
    with st.form(_key("verify", whole), border=True):
        left, right = st.columns([1, 2])
        name = f"{chosen}.{whole.revision}"
        with left:
            typed = _score_field(state, _key(f"score.{name}", whole))
        with right:
            why = st.text_input(
                _("Reason, where it differs from the own score"), key=_key(f"why.{name}", whole)
            )
        left, right = st.columns([1, 2])
        with left:
            link = st.text_input(_("Link to the evidence"), key=_key(f"link.{name}", whole))
        with right:
            file = st.file_uploader(_("Or the evidence as a file"), key=_key(f"file.{name}", whole))
        by, role = _officer("verify", whole)
        if st.form_submit_button(_("Store the verified score"), type="primary"):
            handed = HandedIn(link, file.name if file else "", file.getvalue() if file else b"")
            score = Score(chosen, typed, why, handed)
            _done(whole, lambda: verify(
                engine, whole.listed.key, [score], by=by, role=role, known=_seen(whole)
            ))  # fmt: skip


def _name(state: ItemState) -> str:
    own = _("own {score}", score=tr(own_text(state)))
    return f"{state.item.no} {tr(state.item.name)} · {own} · {tr(verified_text(state))}".strip()


def _score_field(state: ItemState, key: str) -> float | None:
    """The field for a score: an answer is chosen, others are typed; the own one stands there."""
    item = state.item
    now = state.verified.verified if state.verified else state.own
    label = _("Verified score")
    if item.unit == "answer":
        words = {1.0: _("yes"), 0.0: _("no")}
        return st.radio(
            label, list(words), index=None if math.isnan(now) else 1 - int(now),
            format_func=lambda one: words[one], horizontal=True, key=key,
        )  # fmt: skip
    return st.number_input(
        label,
        min_value=None if math.isinf(item.low) else item.low,
        max_value=None if math.isinf(state.most) else state.most,
        value=None if math.isnan(now) else float(now),
        key=key,
    )


def _accept(engine: Engine, whole: WholeAssessment) -> None:
    st.write(
        _("Each is verified by its own score, in one step. Those in error stay to be verified.")
    )
    _confirmed(engine, whole, "accept", _("Accept them"), accept_agreeing)


def _lock(engine: Engine, whole: WholeAssessment) -> None:
    st.write(_("No file changes it any more until it is reopened with a reason."))
    _confirmed(engine, whole, "lock", _("Lock"), lock)


def _confirmed(
    engine: Engine, whole: WholeAssessment, deed: str, label: str, change: Callable[..., Done]
) -> None:
    """A form of a deed that asks for nothing but who does it, and that it is meant."""
    with st.form(_key(deed, whole), border=False):
        by, role = _officer(deed, whole)
        is_meant = st.checkbox(_("Yes, I have looked at them"), key=_key(f"{deed}.meant", whole))
        if st.form_submit_button(label):
            if not is_meant:
                st.error(_("Tick the box to confirm."))
                return
            _done(whole, lambda: change(
                engine, whole.listed.key, by=by, role=role, known=_seen(whole)
            ))  # fmt: skip


def _reopen(engine: Engine, whole: WholeAssessment) -> None:
    with st.form(_key("reopen", whole), border=False):
        by, role = _officer("reopen", whole)
        why = st.text_input(_("Reason"), key=_key("reopen.why", whole))
        if st.form_submit_button(_("Reopen")):
            _done(whole, lambda: reopen(
                engine, whole.listed.key, by=by, why=why, role=role, known=_seen(whole)
            ))  # fmt: skip


def _officer(deed: str, whole: WholeAssessment) -> tuple[str, str]:
    """The fields for a name and a role; whoever is signed in acts in the roles they hold."""
    able = {one: tr(r.name) for one, r in roles().items() if Action.VERIFY in r.actions}
    if ways():
        held = {one.role.value for one in current_actor().grants}
        able = {one: name for one, name in able.items() if one in held}
    left, right = st.columns(2)
    with left:
        name = who_field(_("Who does it"), key=_key(f"{deed}.by", whole))
    with right:
        role = st.selectbox(
            _("In which role"), list(able), format_func=lambda one: able[one],
            key=_key(f"{deed}.role", whole), filter_mode=None,
        )  # fmt: skip
    return name, role or ""


def _key(name: str, whole: WholeAssessment) -> str:
    return f"assessments.{name}.{whole.listed.key}"


def _done(whole: WholeAssessment, work: Callable[[], Done]) -> None:
    done = attempt(work)
    if done is not None:
        st.session_state[_DONE] = (str(whole.listed.key), done.unseen)
        st.rerun()


def _tell(whole: WholeAssessment) -> None:
    """Whoever changed it just now is told what others had done meanwhile."""
    name, unseen = st.session_state.pop(_DONE, ("", ()))
    if name == str(whole.listed.key):
        st.success(_("Stored."))
        for other in unseen:
            st.warning(tr(unseen_text(other)))
