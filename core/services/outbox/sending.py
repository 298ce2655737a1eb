"""Sending one message: what the server says tells whether to try again, or that it is over."""

import hashlib
import hmac
import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

import httpx

from core.services.outbox.settings import Mail, Webhook
from core.store.jobs.outbox import UNCERTAIN

_SECONDS: Final = 20.0
_AGAIN: Final = (408, 425, 429)
"""Answers of a webhook below 500 after which it is called again."""
_FOR_NOW: Final = range(400, 500)
"""Answers of a mail server that hold for now alone."""
SIGNATURE: Final = "Truat-Signature"


class NotSentError(Exception):
    """A message did not go out: `why` is a word for it, `is_final` whether it is given up."""

    def __init__(self, why: str, *, is_final: bool) -> None:
        super().__init__(why)
        self.why, self.is_final = why, is_final


def send_mail(way: Mail, to: str, subject: str, body: str, event: str) -> None:
    """Send an e-mail; `NotSentError` where it did not go out, or where nobody knows."""
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = way.sender, to, subject
    except ValueError as error:
        raise NotSentError("refused", is_final=True) from error
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{name_of(f'{event} {to}')}@{way.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    try:
        server = _connected(way)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(_why(error), is_final=_is_final(error)) from error
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _line in error.recipients.values()]
        raise NotSentError("refused", is_final=not all(c in _FOR_NOW for c in codes)) from error
    except smtplib.SMTPResponseException as error:
        raise NotSentError("refused", is_final=_is_final(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        # Cut off in the middle: it may have been taken.
        raise NotSentError(UNCERTAIN, is_final=True) from error
    finally:
        server.close()


def check_mail(way: Mail) -> None:
    """Greet the server as for sending; `NotSentError` where that fails."""
    try:
        _connected(way).close()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(_why(error), is_final=False) from error


def _connected(way: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=way.authority)
    if way.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            way.host, way.port, timeout=_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(way.host, way.port, timeout=_SECONDS)
    try:
        if way.security == "starttls":
            server.starttls(context=context)
        if way.user:
            server.login(way.user, way.password)
    except BaseException:
        server.close()
        raise
    return server


def _why(error: Exception) -> str:
    return "refused" if isinstance(error, smtplib.SMTPResponseException) else "unreachable"


def _is_final(error: Exception) -> bool:
    if not isinstance(error, smtplib.SMTPResponseException):
        return False
    # A wrong password is mended by whoever runs the program, and the messages then go out.
    is_login = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError)
    return not is_login and error.smtp_code not in _FOR_NOW


def call_webhook(way: Webhook, body: bytes, event: str) -> None:
    """Call the address with a signed body; `NotSentError` unless it answers with success.

    The signature is `t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY` by the secret.
    """
    headers = {
        "Content-Type": "application/json",
        "Truat-Message": name_of(event),
        SIGNATURE: signature(way.secret, body, int(datetime.now(UTC).timestamp())),
    }
    try:
        with httpx.Client(timeout=_SECONDS, follow_redirects=False) as client:
            answer = client.post(way.url, content=body, headers=headers)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise NotSentError("unreachable", is_final=False) from error
    except httpx.HTTPError as error:
        raise NotSentError(UNCERTAIN, is_final=True) from error
    if answer.is_success:
        return
    is_for_now = answer.status_code in _AGAIN or answer.is_server_error
    raise NotSentError("refused", is_final=not is_for_now)


def signature(secret: str, body: bytes, seconds: int) -> str:
    """What a call is signed with at a moment, in seconds since 1970."""
    signed = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={signed.hexdigest()}"


def name_of(event: str) -> str:
    """A name of a message that stays the same, and tells nothing."""
    return hashlib.sha256(event.encode()).hexdigest()[:32]
