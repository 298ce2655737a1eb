"""The ministry's Provider ID: a code exchanged twice, then a profile with organisations.

Written after what programs in use send, and tried against a server of our own that answers like it:
**never against the ministry's**. No token is kept: both are forgotten when the profile is read.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import httpx

from core.access.actors import THE_PROGRAM, acting
from core.access.roles import Role
from core.access.settings import public_url
from core.errors import AccessError
from core.services.people.signing_in import sign_in_by
from core.services.people.store import people_store
from core.store.engine.unit_of_work import reading
from core.store.register.repository import known_codes

_SECONDS: Final = 15.0
_TOKEN_BY: Final = "Health ID"  # noqa: S105
BACK: Final = "sign-in/provider-id/back"
"""Where the ministry sends a browser back to, below the public address."""


@dataclass(frozen=True, slots=True)
class Service:
    """Both services as the settings name them, and what this program is known to them by."""

    health: str
    health_client: str
    health_secret: str
    provider: str
    provider_client: str
    provider_secret: str
    back: str


def service() -> Service:
    """The settings; `AccessError` A006 where one of them is missing, with its name."""
    address = public_url()
    if address is None:
        raise AccessError("A006", name="TRUAT_PUBLIC_URL")
    return Service(
        health=os.environ.get("TRUAT_HEALTH_ID_URL", "https://moph.id.th"),
        health_client=_set("TRUAT_HEALTH_ID_CLIENT"),
        health_secret=_set("TRUAT_HEALTH_ID_SECRET"),
        provider=os.environ.get("TRUAT_PROVIDER_ID_URL", "https://provider.id.th"),
        provider_client=_set("TRUAT_PROVIDER_ID_CLIENT"),
        provider_secret=_set("TRUAT_PROVIDER_ID_SECRET"),
        back=f"{address.geturl().rstrip('/')}/{BACK}",
    )


def _set(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise AccessError("A006", name=name)
    return value


def address_to_begin(state: str) -> str:
    """Where a browser is sent to; `state` comes back with it."""
    known = service()
    query = {
        "client_id": known.health_client,
        "redirect_uri": known.back,
        "response_type": "code",
        "state": state,
    }
    return f"{known.health}/oauth/redirect?{urlencode(query)}"


def sign_in_by_code(code: str, client: httpx.Client | None = None) -> str:
    """Sign in whoever the code is of; the key of the new session.

    `AccessError` A007 where the ministry's services do not answer as they should.
    """
    with client or httpx.Client(timeout=_SECONDS, follow_redirects=False) as asking:
        profile = _profile(asking, service(), code)
    subject = str(profile.get("account_id") or profile.get("provider_id") or "")
    if not subject:
        raise AccessError("A007")
    name = " ".join(filter(None, (_text(profile, "name_th"), _text(profile, "surname_th"))))
    issuer = service().provider
    return sign_in_by("provider_id", issuer, subject, name or subject, _scope(profile))


def _profile(asking: httpx.Client, known: Service, code: str) -> Mapping[str, Any]:
    first = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": known.back,
        "client_id": known.health_client,
        "client_secret": known.health_secret,
    }
    second = {
        "client_id": known.provider_client,
        "secret_key": known.provider_secret,
        "token_by": _TOKEN_BY,
    }
    try:
        health = _answer(asking.post(f"{known.health}/api/v1/token", json=first))
        given = second | {"token": _text(health, "access_token")}
        token = _answer(asking.post(f"{known.provider}/api/v1/services/token", json=given))
        headers = {
            "Authorization": f"Bearer {_text(token, 'access_token')}",
            "client-id": known.provider_client,
            "secret-key": known.provider_secret,
        }
        return _answer(asking.get(f"{known.provider}/api/v1/services/profile", headers=headers))
    except (httpx.HTTPError, ValueError) as error:
        raise AccessError("A007") from error


def _answer(response: httpx.Response) -> Mapping[str, Any]:
    response.raise_for_status()
    data = response.json().get("data")
    if not isinstance(data, dict):
        raise ValueError(response.url)
    return data


def _text(profile: Mapping[str, Any], name: str) -> str:
    value = profile.get(name)
    return value.strip() if isinstance(value, str) else ""


def _scope(profile: Mapping[str, Any]) -> Iterator[tuple[Role, str]]:
    """What an organisation's code means: its people read that facility.

    Whatever more somebody may do is granted by hand: a profile says where people work, and not what
    they answer for.
    """
    listed = profile.get("organization")
    entries = listed if isinstance(listed, list) else []
    with acting(THE_PROGRAM), reading(people_store()) as session:
        known = known_codes(session)
    for one in entries:
        hcode = known.get(_text(one, "hcode")) if isinstance(one, dict) else None
        if hcode is not None:
            yield Role.EXECUTIVE, hcode
