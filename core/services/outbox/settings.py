"""How messages are sent, as variables of the environment say; without `TRUAT_OUTBOX` none are."""

import os
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Literal, get_args
from urllib.parse import urlsplit

from core.access.settings import public_url
from core.errors import StoreError
from core.store.jobs.outbox import Channel
from core.text import say

VARIABLE: Final = "TRUAT_OUTBOX"
_PREFIX: Final = "TRUAT_"
Security = Literal["starttls", "tls", "none"]
_PORTS: Final[dict[Security, int]] = {"starttls": 587, "tls": 465, "none": 25}
_DAYS_BEFORE: Final = 7
_MOST_DAYS: Final = 60
_LEAST_SECRET: Final = 32


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """The server that takes e-mail; `authority` is the file of certificates it is checked by."""

    host: str
    port: int
    security: Security
    sender: str
    user: str
    password: str
    authority: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Webhook:
    """Who is told by a call: an address, and the secret that calls are signed with."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class OutboxSettings:
    """What is sent by; `days_before` is how long before the last day a reminder goes out."""

    mail: Mail | None
    webhook: Webhook | None
    days_before: int
    address: str

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that are open; none where the outbox is off."""
        known: dict[Channel, object] = {"mail": self.mail, "webhook": self.webhook}
        return tuple(channel for channel, way in known.items() if way is not None)


def outbox_settings() -> OutboxSettings:
    """The settings; `StoreError` S019 for one that is not understood, S091 for a missing one."""
    typed = os.environ.get(VARIABLE, "")
    ways = {word for word in typed.replace(",", " ").casefold().split() if word != "none"}
    if ways - set(get_args(Channel)):
        raise StoreError("S019", name=VARIABLE, typed=typed, wanted="mail, webhook")
    address = public_url()
    return OutboxSettings(
        mail=_mail() if "mail" in ways else None,
        webhook=_webhook() if "webhook" in ways else None,
        days_before=_number("OUTBOX_DAYS_BEFORE", _DAYS_BEFORE, _MOST_DAYS),
        address=address.geturl().rstrip("/") if address else "",
    )


def _mail() -> Mail:
    host, chosen = _needed("SMTP_HOST"), _read("SMTP_SECURITY", "starttls").casefold()
    security = next((one for one in _PORTS if one == chosen), None)
    if security is None or (security == "none" and not is_loopback(host)):
        # In the clear anybody on the way reads it: only for a server on the same machine.
        raise _wrong("SMTP_SECURITY", "starttls, tls")
    sender = _needed("SMTP_SENDER")
    if "@" not in sender or not sender.isprintable():
        raise _wrong("SMTP_SENDER", "truat@example.go.th")
    return Mail(
        host=host,
        port=_number("SMTP_PORT", _PORTS[security], 65535),
        security=security,
        sender=sender,
        user=_read("SMTP_USER"),
        password=os.environ.get(f"{_PREFIX}SMTP_PASSWORD", ""),
        authority=_read("SMTP_CA") or None,
    )


def _webhook() -> Webhook:
    url, secret = _needed("WEBHOOK_URL"), _needed("WEBHOOK_SECRET")
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.username or not host or not _is_safe(parts.scheme, host):
        raise _wrong("WEBHOOK_URL", "https://…", shown=False)
    if len(secret) < _LEAST_SECRET:
        wanted = say("{least} random letters or more", least=_LEAST_SECRET)
        raise _wrong("WEBHOOK_SECRET", wanted, shown=False)
    return Webhook(url, secret)


def _is_safe(scheme: str, host: str) -> bool:
    return scheme == "https" or (scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    """Whether a name or address is of this very machine."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _read(name: str, default: str = "") -> str:
    return os.environ.get(f"{_PREFIX}{name}", "").strip() or default


def _needed(name: str) -> str:
    value = _read(name)
    if not value:
        raise StoreError("S091", name=f"{_PREFIX}{name}", outbox=VARIABLE)
    return value


def _number(name: str, default: int, most: int) -> int:
    typed = _read(name, str(default))
    if not typed.isdecimal() or not 0 < int(typed) <= most:
        raise _wrong(name, f"1–{most}")
    return int(typed)


def _wrong(name: str, wanted: object, *, shown: bool = True) -> StoreError:
    """What is wrong with a variable; the value of a secret one is not shown."""
    typed = _read(name) if shown else "…"
    return StoreError("S019", name=f"{_PREFIX}{name}", typed=typed, wanted=wanted)
