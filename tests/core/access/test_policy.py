"""The one policy: every role, action and kind of area."""

from itertools import product

import pytest

from core.access.actors import (
    LOCAL_ADMINISTRATOR,
    Actor,
    Grant,
    acting,
    current_actor,
    is_signed_in,
)
from core.access.policy import EVERYWHERE, NOWHERE, Place, allowed, require
from core.access.roles import Action, Role, roles
from core.access.settings import VARIABLE, ways
from core.errors import AccessError

AREAS = ("TH", "R03", "P61", "D6101", "10666")
HERE: Place = AREAS
"""A hospital in the district, province and region of the grants."""
ELSEWHERE: dict[str, Place] = {
    "another facility of the district": ("TH", "R03", "P61", "D6101", "10667"),
    "another district of the province": ("TH", "R03", "P61", "D6102"),
    "another province of the region": ("TH", "R03", "P60"),
    "another region": ("TH", "R04"),
    "a code that nobody knows": ("TH", "99999"),
}
# What a role may do, in the area of its grant and in all below it; nothing else anywhere.
MAY = {
    Role.EXECUTIVE: "read meet findings",
    Role.CUP: "read upload findings",
    Role.PROVINCE: "read upload verify manage meet findings",
    Role.ADMINISTRATOR: "read upload verify manage meet findings rules users restore audit",
}
READS_PROVINCE = {Role.CUP, Role.PROVINCE}
PLACES = [HERE[: n + 1] for n in range(len(HERE))] + list(ELSEWHERE.values())


def expected(role: Role, action: Action, area: str, place: Place) -> bool:
    if action not in MAY[role].split():
        return False
    reads_more = action is Action.READ and role in READS_PROVINCE and area in ("D6101", "10666")
    return ("P61" if reads_more else area) in place


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("area", AREAS)
def test_the_matrix(role: Role, action: Action, area: str) -> None:
    actor = Actor("here", "one", "One", (Grant(role, area, "P61"),))
    found = {place: allowed(actor, action, place) for place in PLACES}
    assert found == {place: expected(role, action, area, place) for place in PLACES}


def test_the_matrix_names_every_role_and_action() -> None:
    assert set(MAY) == set(Role) == set(roles())
    assert {word for words in MAY.values() for word in words.split()} == set(Action)


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_what_lies_nowhere_is_asked_of_those_who_may_do_it_somewhere(
    role: Role, action: Action
) -> None:
    actor = Actor("here", "one", "One", (Grant(role, "D6101"),))
    assert allowed(actor, action, NOWHERE) is (action in MAY[role].split())


def test_without_a_grant_nothing_is_allowed() -> None:
    nobody = Actor("here", "one", "One")
    assert not any(allowed(nobody, action, place) for action in Action for place in (HERE, NOWHERE))


def test_several_grants_add_up() -> None:
    actor = Actor("h", "1", "One", (Grant(Role.EXECUTIVE, "P61"), Grant(Role.CUP, "D6001")))
    assert allowed(actor, Action.READ, ("TH", "R03", "P61"))
    assert allowed(actor, Action.UPLOAD, ("TH", "R03", "P60", "D6001"))
    assert not allowed(actor, Action.UPLOAD, ("TH", "R03", "P61"))


def test_a_facility_whose_province_is_not_known_reads_itself_alone() -> None:
    actor = Actor("here", "one", "One", (Grant(Role.CUP, "10666"),))
    assert allowed(actor, Action.READ, HERE)
    assert not allowed(actor, Action.READ, HERE[:-1])


def test_where_nobody_signs_in_it_is_the_local_administrator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert require(Action.RESTORE, EVERYWHERE) is LOCAL_ADMINISTRATOR
    assert not is_signed_in()


def test_where_somebody_must_sign_in_nobody_may_do_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "local")
    with pytest.raises(AccessError) as caught:
        require(Action.READ, NOWHERE)
    assert caught.value.code == "A001"


def test_who_acts_acts_within_the_block_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "local")
    actor = Actor("here", "one", "One", (Grant(Role.CUP, "D6101"),))
    with acting(actor):
        assert current_actor() is actor
        assert is_signed_in()
        with pytest.raises(AccessError) as caught:
            require(Action.UPLOAD, ("TH", "R03", "P61", "D6102"))
    assert (caught.value.code, caught.value.params) == ("A002", {})
    with pytest.raises(AccessError):
        current_actor()


@pytest.mark.parametrize(
    ("typed", "open_ways"),
    [("", ()), ("none", ()), ("local", ("local",)), ("OIDC, local", ("local", "oidc"))],
)
def test_the_ways_to_sign_in_are_typed(
    monkeypatch: pytest.MonkeyPatch, typed: str, open_ways: tuple[str, ...]
) -> None:
    monkeypatch.setenv(VARIABLE, typed)
    assert ways() == open_ways


def test_a_way_that_is_mistyped_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "locl")
    with pytest.raises(AccessError) as caught:
        current_actor()
    assert caught.value.code == "A004"
