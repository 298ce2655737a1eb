"""The page of users: the list, what one of them may do, and a new account."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy
from components.parts.status import mark
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.markup import Html, joined, plain, tag
from components.upload.storing import attempt
from core.access.roles import roles
from core.access.settings import VARIABLE, ways
from core.services.people import accounts
from core.services.people.accounts import Listed, grant_text, listed_people
from core.services.people.contacts import contact_of, set_contact
from core.services.people.passwords import password_rules
from core.services.people.store import LOCAL

_CHOSEN: Final = "users.chosen"


def show(engine: Engine) -> None:
    """Everybody there is; below, one of them with rights to give and take, and a new account."""
    people = listed_people(engine)
    anatomy.headline(_headline(people))
    if not ways():
        st.html(tag("p", _no_sign_in(), class_="t-sources"))
    if people:
        _list(people)
        _one(engine, people)
    _new(engine)


def _headline(people: Sequence[Listed]) -> str:
    if not people:
        return _("Nobody signs in yet")
    waiting = sum(not one.grants and one.person.disabled_at is None for one in people)
    if waiting:
        return _(
            "{count} people sign in; {waiting} of them have no rights yet",
            count=len(people),
            waiting=waiting,
        )
    return _("{count} people sign in", count=len(people))


def _no_sign_in() -> Html:
    text = _(
        "On this machine alone nobody has to sign in, and what stands here does not count yet."
        " Signing in is asked for by the setting"
    )
    return joined((plain(text), " ", tag("code", VARIABLE, translate="no")))


def _list(people: Sequence[Listed]) -> None:
    columns = (Column(_("Name")), Column(_("Signs in as")), Column(_("Rights")), Column(_("State")))
    st.html(table_html(_("Users"), columns, map(_row, people)))


def _row(one: Listed) -> tuple[str, ...]:
    person = one.person
    held = joined((tag("div", tr(grant_text(*pair))) for pair in one.grants), "")
    state = mark("none", _("Disabled")) if person.disabled_at else _standing(one)
    issuer = tag("small", _issuer(person.issuer), class_="t-when")
    return tag("span", person.name), joined((tag("span", person.subject), issuer)), held, state


def _standing(one: Listed) -> Html:
    return mark("pass", _("Has rights")) if one.grants else mark("watch", _("No rights yet"))


def _issuer(issuer: str) -> str:
    return _("an account of this program") if issuer == LOCAL else issuer


def _one(engine: Engine, people: Sequence[Listed]) -> None:
    """Rights of one person: given, taken back, and whether they may sign in at all."""
    anatomy.section(_("Give and take rights"))
    by_number = {one.person.id: one for one in people}
    number = st.selectbox(
        _("Whose"),
        list(by_number),
        format_func=lambda one: f"{by_number[one].person.name} ({by_number[one].person.subject})",
        key=_CHOSEN,
        filter_mode="contains",
    )
    one = by_number[number]
    _give(engine, one)
    _take(engine, one)
    _contact(engine, one)
    _keep_out(engine, one)


def _give(engine: Engine, one: Listed) -> None:
    number = one.person.id
    with st.form(f"users.give.{number}"):
        left, right = st.columns(2)
        with left:
            names = {key: tr(rules.name) for key, rules in roles().items()}
            role = st.selectbox(
                _("Role"), list(names), format_func=lambda key: names[key], filter_mode=None
            )
        with right:
            area = st.text_input(
                _("Code of the area"),
                help=_("TH, R03, P61, D6101 or the code of a facility"),
            )
        if st.form_submit_button(_("Give this right"), type="primary"):
            _do(lambda: accounts.grant(engine, number, role, area))


def _take(engine: Engine, one: Listed) -> None:
    for held, name in one.grants:
        label = _("Take back: {right}", right=tr(grant_text(held, name)))
        if st.button(label, key=f"users.take.{held.id}"):
            _do(lambda held=held: accounts.revoke(engine, one.person.id, held.role, held.area))  # type: ignore[misc]


def _contact(engine: Engine, one: Listed) -> None:
    number = one.person.id
    known = contact_of(engine, number)
    with st.form(f"users.contact.{number}", border=False):
        email = st.text_input(_("E-mail for messages about deadlines"), known.email, max_chars=254)
        if known.email and not known.wanted:
            st.caption(_("They want no messages."))
        if st.form_submit_button(_("Keep the address")):
            _do(lambda: set_contact(engine, number, email))


def _keep_out(engine: Engine, one: Listed) -> None:
    number, is_out = one.person.id, one.person.disabled_at is not None
    label = _("Let them sign in again") if is_out else _("Keep them from signing in")
    if st.button(label, key=f"users.out.{number}"):
        _do(lambda: accounts.set_disabled(engine, number, disabled=not is_out))
    if one.person.issuer == LOCAL:
        with st.form(f"users.password.{number}", clear_on_submit=True):
            typed = st.text_input(_("Another password"), type="password", help=_rules())
            if st.form_submit_button(_("Set the password and end their sessions")):
                _do(lambda: accounts.set_password(engine, number, typed))


def _new(engine: Engine) -> None:
    anatomy.section(_("A new account"))
    with st.form("users.new", clear_on_submit=False):
        left, middle, right = st.columns(3)
        with left:
            account = st.text_input(_("Name of the account"))
        with middle:
            name = st.text_input(_("What they are called"))
        with right:
            password = st.text_input(_("Password"), type="password", help=_rules())
        if st.form_submit_button(_("Add the account")):
            _do(lambda: accounts.add_account(engine, account, name, password))


def _rules() -> str:
    least = password_rules().least
    return _("At least {least} letters, and nothing that is easily guessed", least=least)


def _do(work: Callable[[], object]) -> None:
    """Do it and show the page anew; what kept it from being done is said."""

    def done() -> bool:
        work()
        return True

    if attempt(done):
        st.rerun()
