"""What can be done on the page: plan, report, accept, close, withdraw; close a round."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy
from components.parts.tables import Column, table
from components.people.who import who_field
from components.reader.language import _, tr
from components.reader.periods import moment_text, period_text
from components.upload.storing import attempt
from core.access.actors import current_actor
from core.access.roles import Deed, roles
from core.access.settings import ways
from core.areas import COUNTRY, Level, parse_area
from core.findings.states import Act, may
from core.periods import EXAMPLE_DAY, written_day
from core.services.evidence.deeds import Actor
from core.services.evidence.handed_in import HandedIn
from core.services.findings import changes
from core.services.findings.by_hand import watch_yellow, watching_provinces
from core.services.findings.changes import Changed, Plan
from core.services.findings.closing import close_period, periods_to_close
from core.services.findings.listing import Whole
from core.services.findings.lists import finding_lists
from core.services.findings.takeaways import history_line
from core.store.findings.rows import Closing
from core.text import Text

_NOTICE: Final = "findings.told"


def acts(engine: Engine, whole: Whole) -> None:
    """The deeds that the state of a finding allows, each in a form of its own."""
    _tell_unseen(whole)
    stage = whole.listed.stored.stage
    forms: dict[Act, tuple[str, Callable[[Engine, Whole], None]]] = {
        "plan": (_("Plan what is done about it"), _plan),
        "report": (_("Hand in evidence"), _report),
        "accept": (_("Accept the evidence"), _accept),
        "close": (_("Close by the newest results"), _close),
        "withdraw": (_("Withdraw"), _withdraw),
    }
    for act, (label, form) in forms.items():
        if may(act, stage):
            with st.expander(label):
                form(engine, whole)
    st.session_state[_key("seen", whole)] = whole.listed.stored.revision


def _seen(whole: Whole) -> int:
    """The revision that the reader saw when a form was filled in: that of the run before."""
    return int(st.session_state.get(_key("seen", whole), whole.listed.stored.revision))


def _plan(engine: Engine, whole: Whole) -> None:
    stored, lists = whole.listed.stored, finding_lists()
    with st.form(_key("plan", whole), border=False):
        left, right = st.columns(2)
        with left:
            cause = _listed(_("Cause"), lists.causes, stored.cause, _key("cause", whole))
            words = st.text_input(
                _("The cause in words"), stored.cause_words, key=_key("words", whole)
            )
            measure = st.text_input(
                _("Measure to take"), stored.measure, key=_key("measure", whole)
            )
        with right:
            owner = _listed(
                _("Owner (role)"), lists.owners, stored.owner_role, _key("owner", whole)
            )
            unit = st.text_input(
                _("Owner (unit)"), stored.owner_unit or tr(whole.listed.place.name),
                key=_key("unit", whole),
            )  # fmt: skip
            due = st.text_input(
                _("Due, such as {example}", example=EXAMPLE_DAY),
                written_day(stored.due) if stored.due else "", key=_key("due", whole),
            )  # fmt: skip
        actor, why = _who("plan", whole)
        if st.form_submit_button(_("Store the plan")):
            planned = Plan(cause or "", measure, owner or "", unit, due, words)
            _done(whole, lambda: changes.plan(
                engine, stored.id, planned, actor=actor, known=_seen(whole), why=why))  # fmt: skip


def _report(engine: Engine, whole: Whole) -> None:
    stored = whole.listed.stored
    with st.form(_key("report", whole), border=False):
        link = st.text_input(_("Link to the evidence"), key=_key("link", whole))
        file = st.file_uploader(_("Or the evidence as a file"), key=_key("file", whole))
        actor, why = _who("report", whole)
        if st.form_submit_button(_("Hand it in")):
            handed = HandedIn(link, file.name if file else "", file.getvalue() if file else b"")
            _done(whole, lambda: changes.report(
                engine, stored.id, handed, actor=actor, known=_seen(whole), why=why))  # fmt: skip


def _accept(engine: Engine, whole: Whole) -> None:
    _confirmed(engine, whole, "accept", _("Accept it"), changes.accept)


def _close(engine: Engine, whole: Whole) -> None:
    _confirmed(engine, whole, "close", _("Close it"), changes.close)


def _withdraw(engine: Engine, whole: Whole) -> None:
    _confirmed(engine, whole, "withdraw", _("Withdraw it"), changes.withdraw)


def _confirmed(
    engine: Engine, whole: Whole, deed: Deed, label: str, change: Callable[..., Changed]
) -> None:
    """A form of a deed that asks for nothing but who does it and why."""
    number = whole.listed.stored.id
    with st.form(_key(deed, whole), border=False):
        actor, why = _who(deed, whole)
        if st.form_submit_button(label):
            _done(whole, lambda: change(engine, number, actor=actor, known=_seen(whole), why=why))


def _key(name: str, whole: Whole) -> str:
    return f"findings.{name}.{whole.listed.stored.id}"


def _listed(label: str, known: Mapping[str, Text], chosen: str, key: str) -> str | None:
    names = {one: tr(text) for one, text in known.items()}
    return st.selectbox(
        label,
        list(names),
        index=list(names).index(chosen) if chosen in names else None,
        format_func=lambda one: names[one],
        placeholder=_("Choose"),
        key=key,
        filter_mode=None,
    )


def _who(deed: Deed, whole: Whole) -> tuple[Actor, str]:
    """Who does it, in which of the roles that may, and why."""
    return actor_fields(deed, f"{deed}.{whole.listed.stored.id}")


def actor_fields(deed: Deed, key: str) -> tuple[Actor, str]:
    """The fields for a name, a role and a reason."""
    able = {one: tr(role.name) for one, role in roles().items() if deed in role.may}
    left, middle, right = st.columns(3)
    with left:
        name = who_field(_("Who does it"), key=f"findings.by.{key}")
    with middle:
        if ways():
            able = {one: name for one, name in able.items() if one in _held()}
        role = st.selectbox(
            _("In which role"), list(able), format_func=lambda one: able[one],
            key=f"findings.role.{key}", filter_mode=None,
        )  # fmt: skip
    with right:
        why = st.text_input(_("Reason"), key=f"findings.why.{key}")
    return Actor(name, role or ""), why


def _held() -> frozenset[str]:
    """The roles of whoever is signed in; which of them counts here the service finds out."""
    return frozenset(one.role.value for one in current_actor().grants)


def _done(whole: Whole, work: Callable[[], Changed]) -> None:
    done = attempt(work)
    if done is not None:
        st.session_state[_NOTICE] = (whole.listed.stored.id, done.unseen)
        st.rerun()


def _tell_unseen(whole: Whole) -> None:
    """Whoever changed it just now is told what others had done meanwhile."""
    number, unseen = st.session_state.pop(_NOTICE, (0, ()))
    if number == whole.listed.stored.id:
        st.success(_("Stored."))
        for other in unseen:
            st.warning(_("Not seen by you: {change}. Both are kept, yours counts.",
                         change=tr(history_line(other))))  # fmt: skip


def close_round(engine: Engine, area: str, closings: Sequence[Closing]) -> None:
    """Close a round or a month, and what was closed so far."""
    anatomy.section(_("Close a round"))
    with st.expander(_("Close a round or a month: every red or silent light has a finding then")):
        periods = {str(one): period_text(one) for one in periods_to_close(engine)}
        with st.form("findings.close", border=False):
            chosen = st.selectbox(
                _("Round or month"), list(periods), format_func=lambda one: periods[one],
                key="findings.close.period", filter_mode=None,
            )  # fmt: skip
            actor, _why = actor_fields("close_round", "close_round")
            if st.form_submit_button(_("Close it for the area shown")) and chosen:
                when = next(one for one in periods_to_close(engine) if str(one) == chosen)
                closed = attempt(lambda: close_period(engine, when, actor=actor, area=area))
                if closed is not None:
                    st.session_state["findings.closed"] = closed
                    st.rerun()
    closed = st.session_state.pop("findings.closed", None)
    if closed is not None:
        st.success(
            _(
                "{period} is closed: {opened} opened, {reopened} opened again, {closed} closed.",
                period=period_text(closed.period),
                opened=f"{closed.opened:,}",
                reopened=f"{closed.reopened:,}",
                closed=f"{closed.closed:,}",
            )
        )
    _yellow(engine, area)
    _closings(closings)


def _yellow(engine: Engine, area: str) -> None:
    """The choice of a province to have findings of yellow lights as well."""
    if parse_area(area).level is not Level.PROVINCE:
        return
    is_on = area in watching_provinces(engine)
    label = (
        _("Yellow lights need findings as well; change that")
        if is_on
        else _("Yellow lights need no findings; change that")
    )
    with st.expander(label), st.form("findings.watch", border=False):
        actor, why = actor_fields("choose", "watch")
        text = _("No more findings of yellow lights") if is_on else _("Want them from now on")
        wanted = st.form_submit_button(text)
        if wanted and attempt(lambda: _watch(engine, area, not is_on, actor, why)):
            st.rerun()


def _watch(engine: Engine, area: str, watched: bool, actor: Actor, why: str) -> bool:
    watch_yellow(engine, area, watched=watched, actor=actor, why=why)
    return True


def _closings(closings: Sequence[Closing]) -> None:
    if not closings:
        return
    columns = [
        Column(_("Round or month")), Column(_("Area")),
        *(Column(text, number=True) for text in (
            _("Lights looked at"), _("Opened"), _("Opened again"), _("Closed"))),
        Column(_("When")), Column(_("Who")),
    ]  # fmt: skip
    rows = (
        (period_text(one.period), _("The whole country") if one.area == COUNTRY else one.area,
         *(f"{n:,}" for n in (one.lights, one.opened, one.reopened, one.closed)),
         moment_text(one.at), one.by)
        for one in reversed(closings)
    )  # fmt: skip
    table(_("Rounds and months that were closed"), columns, rows)
