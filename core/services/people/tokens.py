"""Tokens that programs come with: made for a role and an area, shown once, ended at any time."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Engine

from core.access.actors import Actor, Grant, current_actor
from core.access.roles import Action, Role
from core.areas import COUNTRY, Level, parse_area
from core.errors import NotFoundError, UsageError
from core.periods import day_text, in_thailand
from core.services.audit.leaving import leave
from core.services.guard.doors import ANYWHERE, door
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.people import tokens as stored
from core.store.people.tokens import NewToken, StoredToken
from core.store.register.repository import areas, facility
from core.text import Text, say, storable

ISSUER: Final = "truat:token"
"""What answers for a program that came with a token."""
PREFIX: Final = "truat_"
"""What every token begins with, so that one that leaked is recognised."""
MOST_DAYS: Final = 730
_SECRET_BYTES: Final = 32
_LONGEST_NAME: Final = 100


@door(Action.USERS)
def add_token(
    engine: Engine, name: str, role: str, area: str, days: int = 365
) -> tuple[StoredToken, str]:
    """Make a token for a role and an area; it, and its secret, which is kept nowhere.

    `UsageError` U071 for an unknown role, U006 and U078 for what is no area, U010 for a long name,
    U062 without a name or for days that are none.
    """
    actor = current_actor()
    called = " ".join(storable(name).split())
    if len(called) > _LONGEST_NAME:
        raise UsageError("U010", most=_LONGEST_NAME)
    if not called or not 0 < days <= MOST_DAYS:
        raise UsageError("U062", most=MOST_DAYS)
    if role not in [*Role]:
        raise UsageError("U071", role=role, known=", ".join(Role))
    secret = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    ends_at = datetime.now(UTC) + timedelta(days=days)
    with unit_of_work(engine) as session:
        where = _known(session, area)
        new = NewToken(called, digest_of(secret), role, where, actor.name, ends_at)
        made = stored.enter_token(session, new)
        after = {"name": called, "role": role, "ends_at": ends_at.isoformat()}
        leave(session, "token_added", f"token:{made.id}", area=where, after=after)
        session.commit()
    return made, secret


def _known(session: Any, area: str) -> str:
    place = parse_area(area)
    if place.level is Level.COUNTRY:
        return COUNTRY
    is_facility = place.level is Level.FACILITY
    known = facility(session, place.code) if is_facility else areas(session).get(place.code)
    if known is None:
        raise UsageError("U078", subject=area)
    return place.code


@door(Action.USERS)
def revoke_token(engine: Engine, number: int) -> None:
    """End a token from now on; `NotFoundError` S060 where there is none that holds."""
    with unit_of_work(engine) as session:
        was = stored.revoke_token(session, number)
        if was is None:
            raise NotFoundError("S060", token=number)
        leave(session, "token_revoked", f"token:{number}", area=was.area, before={"name": was.name})
        session.commit()


@door(Action.USERS)
def listed_tokens(engine: Engine) -> Sequence[StoredToken]:
    """All tokens, ended ones too."""
    with reading(engine) as session:
        return stored.tokens(session)


@door(Action.READ, ANYWHERE)
def program_of(engine: Engine, secret: str) -> tuple[Actor, StoredToken] | None:
    """Who comes with a secret, and the token; None where no token of it holds."""
    with reading(engine) as session:
        token = stored.token_by_digest(session, digest_of(secret))
        if token is None or not token.holds(datetime.now(UTC)):
            return None
        is_facility = parse_area(token.area).level is Level.FACILITY
        known = facility(session, token.area) if is_facility else None
    grant = Grant(Role(token.role), token.area, known.province if known else "")
    return Actor(ISSUER, str(token.id), token.name, (grant,)), token


def digest_of(secret: str) -> str:
    """The SHA-256 of a secret: 32 random bytes need no slower one."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def token_json(one: StoredToken) -> dict[str, Any]:
    """A token as its JSON document, without its secret."""
    return {
        "id": one.id, "name": one.name, "role": one.role, "area": one.area,
        "made_at": one.made_at.isoformat(), "made_by": one.made_by,
        "ends_at": one.ends_at.isoformat(), "holds": one.holds(datetime.now(UTC)),
    }  # fmt: skip


def token_line(one: StoredToken) -> Text:
    """A token as a line of a terminal."""
    state = say("holds") if one.holds(datetime.now(UTC)) else say("ended")
    return say(
        "{number} · {name} · {role} · {area} · until {day} · {state}",
        number=one.id, name=one.name, role=one.role, area=one.area,
        day=day_text(in_thailand(one.ends_at).date()), state=state,
    )  # fmt: skip
