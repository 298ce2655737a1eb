"""Accounts, grants, passwords and sessions: who is let in, how far, and for how long."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from core.access.actors import LOCAL_ADMINISTRATOR, TERMINAL, Actor, Grant, acting
from core.access.roles import Role
from core.access.settings import VARIABLE, Way
from core.errors import AccessError, NotFoundError, UsageError
from core.services.people import accounts, passwords, sessions, signing_in
from core.services.people.passwords import check_new, hashed, is_right
from core.services.people.sessions import actor_of_session, begin_session, end_session
from core.services.people.signing_in import MOST_OF_ACCOUNT, MOST_OF_ORIGIN, sign_in, sign_in_by
from core.services.people.store import people_store
from core.store.engine.unit_of_work import close_engines, unit_of_work
from tests.people import PASSWORD, place_of_people

HERE = "192.0.2.1"


@pytest.fixture
def store(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    place_of_people(tmp_path, monkeypatch)
    monkeypatch.delenv(VARIABLE, raising=False)
    yield people_store()
    close_engines()


def added(store: Engine, account: str = "somchai", *grants: tuple[str, str]) -> int:
    with acting(TERMINAL):
        number = accounts.add_account(store, account, "Somchai", PASSWORD).id
        for role, area in grants:
            accounts.grant(store, number, role, area)
    return number


def code_of(caught: pytest.ExceptionInfo[Exception]) -> str:
    return caught.value.code  # type: ignore[attr-defined]


def test_whoever_signs_in_acts_with_their_grants(store: Engine) -> None:
    added(store, "Somchai ", ("cup", "D6101"), ("executive", "11301"))
    key = sign_in(" SOMCHAI", PASSWORD, HERE)
    actor = actor_of_session(key)
    assert actor == Actor(
        "truat:local", "somchai", "Somchai",
        (Grant(Role.CUP, "D6101"), Grant(Role.EXECUTIVE, "11301", "P65")),
    )  # fmt: skip


@pytest.mark.parametrize("account", ["somchai", "nobody", ""])
def test_a_wrong_password_says_nothing_about_the_account(store: Engine, account: str) -> None:
    added(store)
    with pytest.raises(AccessError) as caught:
        sign_in(account, "another password", HERE)
    assert (code_of(caught), caught.value.params) == ("A011", {})


@pytest.mark.parametrize("account", ["somchai", "nobody"])
def test_after_too_many_failures_an_account_is_locked_whether_there_is_one_or_not(
    store: Engine, account: str
) -> None:
    added(store)
    for attempt in range(MOST_OF_ACCOUNT):
        with pytest.raises(AccessError, match="A011"):
            sign_in(account, "wrong", f"192.0.2.{attempt}")
    with pytest.raises(AccessError, match="A012"):
        sign_in(account, PASSWORD, "192.0.2.99")


def test_guesses_at_one_moment_are_counted_before_one_of_them_is_let_in(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many at once are all looked at before any is counted: the right one comes in its turn."""
    added(store)

    def others_fail_meanwhile(*_given: object) -> bool:
        monkeypatch.setattr(signing_in, "is_right", is_right)
        for _ in range(MOST_OF_ACCOUNT):
            with pytest.raises(AccessError, match="A011"):
                sign_in("somchai", "wrong", "192.0.2.7")
        return True

    monkeypatch.setattr(signing_in, "is_right", others_fail_meanwhile)
    with pytest.raises(AccessError, match="A012"):
        sign_in("somchai", PASSWORD, HERE)


def test_passwords_are_looked_at_two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 64 MB while it is: as many as come at once would take the machine."""
    inside: list[int] = []
    most: list[int] = []

    class Hasher:
        def verify(self, *_given: str) -> None:
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.005)
            inside.pop()

    monkeypatch.setattr(passwords, "_HASHER", Hasher())
    with ThreadPoolExecutor(8) as people:
        assert all(people.map(lambda one: is_right("kept", f"{one}"), range(16)))
    assert max(most) <= 2


def counted(name: str, turns: list[str]) -> Any:
    """A unit of work that notes who asked for it."""

    def noting(*given: Any, **options: Any) -> Any:
        turns.append(name)
        return unit_of_work(*given, **options)

    return noting


@pytest.mark.parametrize("way", ["local", "oidc"])
def test_signing_in_takes_one_turn_of_the_writer(
    store: Engine, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    added(store)
    turns: list[str] = []
    for module in (sessions, signing_in):
        name = module.__name__
        monkeypatch.setattr(module, "unit_of_work", counted(name, turns))
    if way == "local":
        sign_in("somchai", PASSWORD, "here")
    else:
        sign_in_by(way, "https://id", "7", "Somying")
    assert len(turns) == 1


def test_a_lock_ends_by_itself(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    added(store)
    for _ in range(MOST_OF_ACCOUNT):
        with pytest.raises(AccessError, match="A011"):
            sign_in("somchai", "wrong", HERE)
    monkeypatch.setattr(signing_in, "WINDOW", timedelta(0))
    assert sign_in("somchai", PASSWORD, HERE)


def test_one_address_that_tries_many_accounts_is_locked(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(store)
    monkeypatch.setattr(signing_in, "is_right", lambda *_: False)
    for number in range(MOST_OF_ORIGIN):
        with pytest.raises(AccessError, match="A011"):
            sign_in(f"account{number}", "wrong", HERE)
    with pytest.raises(AccessError, match="A012"):
        sign_in("somchai", PASSWORD, HERE)


def test_a_session_ends_when_somebody_signs_out(store: Engine) -> None:
    key = begin_session(added(store), "local")
    assert actor_of_session(key)
    end_session(key)
    assert actor_of_session(key) is None


@pytest.mark.parametrize("key", ["", "0" * 43, "' OR 1=1 --"])
def test_a_forged_key_lets_nobody_in(store: Engine, key: str) -> None:
    begin_session(added(store), "local")
    assert actor_of_session(key) is None


def test_what_is_stored_of_a_session_lets_nobody_in(store: Engine) -> None:
    key = begin_session(added(store), "local")
    with store.connect() as connection:
        (digest,) = connection.execute(text("SELECT digest FROM person_session")).one()
        (kept,) = connection.execute(text("SELECT hashed FROM person_password")).one()
    assert key not in digest
    assert actor_of_session(digest) is None
    assert kept.startswith("$argon2id$")


@pytest.mark.parametrize(("name", "value"), [("LASTS", timedelta(0)), ("IDLE", timedelta(0))])
def test_a_session_lasts_a_day_and_ends_where_nobody_clicks(
    store: Engine, monkeypatch: pytest.MonkeyPatch, name: str, value: timedelta
) -> None:
    number = added(store)
    monkeypatch.setattr(sessions, name, value)
    assert actor_of_session(begin_session(number, "local")) is None


def test_a_click_after_a_while_is_noted(store: Engine) -> None:
    key, ago = begin_session(added(store), "local"), datetime.now(UTC) - timedelta(minutes=90)
    with unit_of_work(store) as session:
        session.execute(text("UPDATE person_session SET seen_at = :ago"), {"ago": str(ago)[:26]})
        session.commit()
    assert actor_of_session(key)
    with store.connect() as connection:
        (seen,) = connection.execute(text("SELECT seen_at FROM person_session")).one()
    assert seen[:13] == str(datetime.now(UTC))[:13]


@pytest.mark.parametrize("deed", ["disable", "password"])
def test_what_is_done_to_an_account_ends_its_sessions_at_once(store: Engine, deed: str) -> None:
    added(store, "chief", ("administrator", "TH"))
    number = added(store)
    key = begin_session(number, "local")
    if deed == "disable":
        accounts.set_disabled(store, number, disabled=True)
        with pytest.raises(AccessError, match="A011"):
            sign_in("somchai", PASSWORD, HERE)
    else:
        accounts.set_password(store, number, "another long enough one")
    assert actor_of_session(key) is None


def test_a_grant_and_its_revocation_hold_from_the_next_click(store: Engine) -> None:
    added(store, "chief", ("administrator", "TH"))
    number = added(store)
    key = begin_session(number, "local")
    accounts.grant(store, number, "province", "P61")
    assert actor_of_session(key).grants == (Grant(Role.PROVINCE, "P61"),)
    accounts.revoke(store, number, "province", "P61")
    assert actor_of_session(key).grants == ()


@pytest.mark.parametrize(
    ("role", "area", "code"),
    [
        ("king", "TH", "U071"),
        ("cup", "P61", "U114"),
        ("cup", "TH", "U114"),
        ("province", "D6101", "U114"),
        ("administrator", "11201", "U114"),
        ("cup", "D9999", "U078"),
        ("executive", "nowhere", "U006"),
    ],
)
def test_a_role_is_granted_for_an_area_it_is_of(
    store: Engine, role: str, area: str, code: str
) -> None:
    number = added(store)
    with pytest.raises(UsageError) as caught:
        accounts.grant(store, number, role, area)
    assert code_of(caught) == code


@pytest.mark.parametrize("role", ["executive", "province", "administrator"])
@pytest.mark.parametrize("area", ["P61", "R03"])
def test_only_an_administrator_of_the_country_gives_rights(
    store: Engine, role: str, area: str
) -> None:
    number = added(store, "somchai", (role, area))
    actor = actor_of_session(begin_session(number, "local"))
    with acting(actor), pytest.raises(AccessError, match="A002"):
        accounts.grant(store, number, "administrator", "TH")


def test_a_right_is_taken_back_where_no_administrator_is_left_to_lose(store: Engine) -> None:
    """Rights can be given from a terminal alone: nobody is the last of none."""
    number = added(store, "somchai", ("cup", "D6101"))
    accounts.revoke(store, number, "cup", "D6101")
    accounts.set_disabled(store, number, disabled=True)
    assert accounts.listed_people(store)[0].grants == ()


@pytest.mark.parametrize(
    ("number", "role", "area", "code"),
    [(2, "cup", "D6101", "A013"), (2, "administrator", "TH", "A013"), (9, "cup", "D6101", "A010"),
     (2, "king", "TH", "U071"), (2, "cup", "nowhere", "U006")],
)  # fmt: skip
def test_a_right_that_is_not_there_is_not_taken_back(
    store: Engine, number: int, role: str, area: str, code: str
) -> None:
    added(store, "chief", ("administrator", "TH"))
    added(store, "somchai", ("executive", "P61"))
    with pytest.raises((NotFoundError, UsageError)) as caught:
        accounts.revoke(store, number, role, area)
    assert code_of(caught) == code
    assert [len(one.grants) for one in accounts.listed_people(store)] == [1, 1]


def test_the_last_administrator_stays(store: Engine) -> None:
    number = added(store, "chief", ("administrator", "TH"))
    for deed in (
        lambda: accounts.revoke(store, number, "administrator", "TH"),
        lambda: accounts.set_disabled(store, number, disabled=True),
    ):
        with pytest.raises(UsageError, match="U115"):
            deed()
    added(store, "other", ("administrator", "TH"))
    accounts.set_disabled(store, number, disabled=True)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "x" * 129,
        "a" * 20,
        "password1234",
        "the somchai way",
        "1234567890ab",
        "ababababab12",
    ],
)
def test_a_password_that_is_guessed_is_refused(password: str) -> None:
    with pytest.raises(UsageError, match="U110"):
        check_new(password, "somchai")


@pytest.mark.parametrize("password", ["correct horse battery", PASSWORD, "x7!kQ2-wz9#B"])
def test_a_password_that_is_not_is_taken(password: str) -> None:
    check_new(password, "somchai")
    assert is_right(hashed(password), password)
    assert not is_right(hashed(password), password + " ")
    assert not is_right(None, password)


def test_an_account_is_added_once_and_found(store: Engine) -> None:
    number = added(store)
    with pytest.raises(UsageError, match="U111"):
        added(store, " SomChai")
    assert accounts.find(store, str(number)) == accounts.find(store, "somchai")
    with pytest.raises(NotFoundError, match="A010"):
        accounts.find(store, "nobody")


def test_what_a_profile_brought_holds_as_long_as_it_says_so(store: Engine) -> None:
    def grants(*brought: tuple[Role, str]) -> tuple[Grant, ...]:
        key = sign_in_by("provider_id", "https://id", "7", "Somying", brought)
        return actor_of_session(key).grants

    assert grants((Role.CUP, "D6101")) == (Grant(Role.CUP, "D6101"),)
    number = accounts.listed_people(store)[0].person.id
    accounts.grant(store, number, "executive", "P65")
    assert grants((Role.CUP, "D6102")) == (
        Grant(Role.EXECUTIVE, "P65"),
        Grant(Role.CUP, "D6102"),
    )
    assert grants() == (Grant(Role.EXECUTIVE, "P65"),)


def test_somebody_disabled_is_let_in_by_no_issuer(store: Engine) -> None:
    added(store, "chief", ("administrator", "TH"))
    sign_in_by("oidc", "https://id", "7", "Somying")
    accounts.set_disabled(store, 2, disabled=True)
    with pytest.raises(AccessError, match="A011"):
        sign_in_by("oidc", "https://id", "7", "Somying")


def test_a_subject_of_another_issuer_is_somebody_else(store: Engine) -> None:
    added(store, "somchai", ("administrator", "TH"))
    key = sign_in_by("oidc", "https://id", "somchai", "Somchai")
    assert actor_of_session(key).grants == ()


@pytest.mark.parametrize("name", ["Somchai", " somchai ", "SOM\u200bCHAI"])
def test_nobody_passes_for_another_by_choosing_their_name(store: Engine, name: str) -> None:
    """What is kept of who did something is a name."""
    added(store, "somchai", ("administrator", "TH"))
    actor = actor_of_session(sign_in_by("oidc", "https://id", "77", name))
    assert actor.name == f"{name.strip()} (77)"
    with acting(TERMINAL):
        assert accounts.add_account(store, "other", name, PASSWORD).name.endswith(" (other)")
    again = actor_of_session(sign_in_by("oidc", "https://id", "77", "Someone Else"))
    assert again.name == "Someone Else"


def test_the_local_administrator_is_nobody_of_the_list(store: Engine) -> None:
    assert LOCAL_ADMINISTRATOR.subject not in {
        one.person.subject for one in accounts.listed_people(store)
    }
