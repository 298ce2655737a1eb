"""Every door of the services, for every role: who comes in, and who does not."""

from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import Parameter, Signature, signature
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from core.access.actors import THE_PROGRAM, Actor, Grant, acting
from core.access.roles import Action, Role
from core.access.settings import VARIABLE
from core.errors import AccessError
from core.services.guard.doors import ANYWHERE, DOORS, door
from core.services.guard.lying import ask, place_of, readable
from core.store.engine.unit_of_work import reading, unit_of_work
from tests.architecture.test_doors import services
from tests.core.access.test_policy import MAY
from tests.country import small_store

INSIDE, BESIDE, AWAY = "D6101", "D6102", "D6501"
"""A district, another of its province, and one of another province."""
GRANTS = {
    Role.EXECUTIVE: Grant(Role.EXECUTIVE, "P61"),
    Role.CUP: Grant(Role.CUP, INSIDE),
    Role.PROVINCE: Grant(Role.PROVINCE, "P61"),
    Role.ADMINISTRATOR: Grant(Role.ADMINISTRATOR, "P61"),
}
COMES_IN = {
    # Where a role may read and where it may do the rest.
    Role.EXECUTIVE: ({INSIDE, BESIDE}, {INSIDE, BESIDE}),
    Role.CUP: ({INSIDE, BESIDE}, {INSIDE}),
    Role.PROVINCE: ({INSIDE, BESIDE}, {INSIDE, BESIDE}),
    Role.ADMINISTRATOR: ({INSIDE, BESIDE}, {INSIDE, BESIDE}),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = small_store(tmp_path_factory.mktemp("doors"))
    for module, _name in services():
        import_module(module)  # It has doors, which are known when it is loaded.
    return engine


@pytest.fixture(autouse=True)
def signing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "local")


def actor_of(role: Role) -> Actor:
    return Actor("here", role.value, role.value, (GRANTS[role],))


def stub(path: str, code: str) -> Any:
    """Something of which a path leads to a code."""
    for name in reversed(path.split(".")[1:]):
        code = SimpleNamespace(**{name: code})  # type: ignore[assignment]
    return code


def probe_of(store: Engine, action: Action, at: Any) -> Callable[[str], str]:
    """A service behind a door like this one, about a code; a finder finds that code."""
    path = at if isinstance(at, str) else "code"
    first = path.split(".")[0]
    names = ["engine", first] if first != "shown" else ["shown"]

    def service(**_given: object) -> str:
        return "in"

    service.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(name, Parameter.KEYWORD_ONLY) for name in names]
    )
    found = at if isinstance(at, str | tuple) else lambda code: (code,)
    guarded = door(action, found)(service)

    def called(code: str) -> str:
        given: dict[str, Any] = {first: stub(path, code)}
        if first == "shown":
            given["shown"].engine = store
        else:
            given["engine"] = store
        return guarded(**given)

    return called


def tried(call: Callable[[str], str], code: str) -> bool:
    try:
        return call(code) == "in"
    except AccessError as error:
        return (error.code, error.params) != ("A002", {})


def doors() -> list[tuple[str, Action, Any]]:
    return [(name, *what) for name, what in sorted(DOORS.items()) if name.startswith("core.")]


@pytest.mark.parametrize("role", Role)
def test_every_door_lets_in_whom_the_policy_says(store: Engine, role: Role) -> None:
    wrong = []
    for name, action, at in doors():
        call = probe_of(store, action, at)
        reads, does = COMES_IN[role]
        for code in (INSIDE, BESIDE, AWAY):
            may = action.value in MAY[role].split()
            if at == ANYWHERE:
                wanted = may
            elif isinstance(at, tuple):
                wanted = False  # Of the country: nobody here is granted that.
            else:
                wanted = may and code in (reads if action is Action.READ else does)
            with acting(actor_of(role)):
                if tried(call, code) is not wanted:
                    wrong.append(f"{name} ({action}) about {code}: {not wanted}")
    assert not wrong, "\n".join(wrong)
    assert len(doors()) > 100


@pytest.mark.usefixtures("store")
def test_what_a_door_asks_for_is_a_parameter_of_its_service() -> None:
    for name, (_action, at) in DOORS.items():
        module, _, function = name.rpartition(".")
        if not module.startswith("core."):
            continue
        service = getattr(__import__(module, fromlist=[function]), function)
        named = set(signature(service).parameters)
        wanted = {at.split(".")[0]} if isinstance(at, str) else set()
        if callable(at):
            wanted = set(signature(at).parameters)
        assert wanted <= named, name
        assert isinstance(at, tuple) or {"engine", "shown"} & named, name


def test_nobody_comes_in_where_nobody_signed_in(store: Engine) -> None:
    with pytest.raises(AccessError, match="A001"):
        probe_of(store, Action.READ, ANYWHERE)("D6101")


def test_the_store_opens_for_nobody_who_came_through_no_door(store: Engine) -> None:
    with acting(actor_of(Role.PROVINCE)):
        with pytest.raises(AccessError, match="A003"), reading(store):
            pass
        with pytest.raises(AccessError, match="A003"), unit_of_work(store):
            pass


def test_a_door_to_read_opens_no_unit_of_work(store: Engine) -> None:
    @door(Action.READ, "area")
    def service(engine: Engine, area: str) -> None:  # noqa: ARG001
        with reading(engine):
            pass
        with unit_of_work(engine):
            pass

    with acting(actor_of(Role.PROVINCE)), pytest.raises(AccessError, match="A003"):
        service(store, "P61")


@pytest.fixture
def nested(store: Engine) -> Callable[[Action, str], list[str]]:
    """Which doors open from within one for a place: to read elsewhere, and to change elsewhere."""

    @door(Action.READ, "area")
    def read(engine: Engine, area: str) -> str:  # noqa: ARG001
        return "read"

    @door(Action.FINDINGS, "area")
    def change(engine: Engine, area: str) -> str:  # noqa: ARG001
        return "changed"

    def within(action: Action, at: str) -> list[str]:
        @door(action, "area" if at else ANYWHERE)
        def outer(engine: Engine, area: str) -> list[str]:  # noqa: ARG001
            done = []
            for service in (read, change):
                try:
                    done.append(service(engine, "P65"))
                except AccessError:
                    done.append("refused")
            return done

        return outer(store, at or "P65")

    return within


def test_an_answer_reads_what_it_needs_and_changes_nothing_elsewhere(
    nested: Callable[[Action, str], list[str]],
) -> None:
    with acting(actor_of(Role.PROVINCE)):
        assert nested(Action.READ, "P61") == ["read", "refused"]
        assert nested(Action.FINDINGS, "P61") == ["read", "refused"]
        # A door of no place says nothing about the place that an address names.
        assert nested(Action.READ, "") == ["refused", "refused"]


def test_the_register_says_where_a_code_lies(store: Engine) -> None:
    assert place_of(store, "11201") == ("TH", "R03", "P61", "D6101", "11201")
    assert place_of(store, "99999") == ("TH", "99999")
    assert place_of(store, "no code") == ("TH", "no code")


def codes(may: Callable[[str], bool]) -> Iterator[str]:
    return (code for code in ("TH", "R03", "P61", "D6102", "11203", "P65", "11301") if may(code))


def test_lists_hold_what_may_be_read(store: Engine) -> None:
    with acting(actor_of(Role.CUP)):
        assert list(codes(readable(store))) == ["P61", "D6102", "11203"]
    with acting(THE_PROGRAM):
        assert len(list(codes(readable(store)))) == 7


def test_a_file_is_asked_for_by_everybody_in_it(store: Engine) -> None:
    with acting(THE_PROGRAM), reading(store) as session, acting(actor_of(Role.CUP)):
        ask(session, Action.UPLOAD, ["11201", "D6101"])
        with pytest.raises(AccessError, match="A002"):
            ask(session, Action.UPLOAD, ["11201", "11203"])
