"""Messages about deadlines: to whom, once each, tried again, given up; by servers of our own."""

import email
import hashlib
import hmac
import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import socket
from threading import Thread
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, update

from core.access.actors import Actor, Grant, acting
from core.access.roles import Role
from core.access.settings import VARIABLE as SIGN_IN
from core.errors import NotFoundError, StoreError, UsageError
from core.periods import parse_period
from core.services import doctor
from core.services.audit.leaving import leave
from core.services.audit.trail import deeds, wanted
from core.services.deadlines.setting import set_deadline
from core.services.jobs import worker
from core.services.outbox import delivery
from core.services.outbox.delivery import PAUSES, Posted, listed_messages, post, try_again
from core.services.outbox.notices import stage_of
from core.services.outbox.settings import outbox_settings
from core.services.outbox.wording import message_json, message_line
from core.services.people import accounts
from core.services.people.contacts import contact_of, set_contact, set_own_contact
from core.services.people.store import LOCAL
from core.store.audit.leaving import no_deed
from core.store.engine.settings import StoreSettings, choose
from core.store.engine.unit_of_work import close_engines, unit_of_work
from core.store.jobs.outbox import take_message
from core.store.schema.bulk import table_of
from core.store.schema.program_tables import OutboxMessage
from tests.country import small_store
from tests.people import PASSWORD

MONTH = parse_period("2566-M09")
DUE = date(2023, 7, 15)
LATE = DUE + timedelta(days=1)
SECRET = "ก" * 32


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Inbox:
    """A mail server's hands: keeps what comes, answers as it is told to."""

    def __init__(self) -> None:
        self.came: list[Any] = []
        self.answers: list[str] = []

    async def handle_DATA(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.came.append(envelope)
        if answer == "250 cut":
            server.transport.abort()
        return answer

    @property
    def texts(self) -> list[str]:
        parsed = (email.message_from_bytes(one.content, policy=default) for one in self.came)
        return [f"{one['Subject']}\n{one.get_content()}" for one in parsed]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """One's own store, a month whose last day was yesterday; of one hospital it is missing."""
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    choose("own", StoreSettings(var_folder=tmp_path / "var", database_url=None))
    engine = small_store(tmp_path / "var", "own")
    set_deadline(engine, "finance", MONTH, DUE, area="TH", by="ผู้ดูแล")
    yield engine
    close_engines()


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    """A mail server of this machine without TLS, which is allowed there alone."""
    hands = Inbox()
    port = free_port()
    server = Controller(hands, hostname="127.0.0.1", port=port)
    server.start()
    for name, value in {
        "OUTBOX": "mail", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port),
        "SMTP_SECURITY": "none", "SMTP_SENDER": "truat@example.go.th",
        "PUBLIC_URL": "https://truat.example.go.th/",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"TRUAT_{name}", value)
    yield hands
    server.stop()


def person(engine: Engine, account: str, role: str, area: str, email: str = "") -> int:
    added = accounts.add_account(engine, account, f"ชื่อ {account}", PASSWORD)
    accounts.grant(engine, added.id, role, area)
    set_contact(engine, added.id, email or f"{account}@example.go.th")
    return added.id


@pytest.fixture
def people(store: Engine) -> dict[str, int]:
    """Those of the silent hospital's province and district; others who send nothing of it."""
    return {
        "cup65": person(store, "cup65", "cup", "D6501"),
        "pho65": person(store, "pho65", "province", "P65"),
        "pho61": person(store, "pho61", "province", "P61"),
        "boss": person(store, "boss", "executive", "TH"),
        "root": person(store, "root", "administrator", "TH"),
    }


def hurry(engine: Engine) -> None:
    """Let the time of every message that waits have come."""
    message = table_of(OutboxMessage)
    with unit_of_work(engine) as session:
        long_ago = datetime.now(UTC) - timedelta(days=1)
        session.execute(update(message).values(next_at=long_ago))
        no_deed(session, "a test")
        session.commit()


def states(engine: Engine) -> list[tuple[str, str]]:
    return [(one.state, one.why) for one in listed_messages(engine)]


def test_it_is_off_until_it_is_set_up(store: Engine, people: dict[str, int]) -> None:
    assert post(store, LATE) == Posted()
    assert listed_messages(store) == ()
    assert people


def test_those_who_send_and_look_after_it_are_told_once(
    store: Engine, people: dict[str, int], inbox: Inbox
) -> None:
    assert post(store, LATE) == Posted(new=2, sent=2)
    assert {one.rcpt_tos[0] for one in inbox.came} == {
        "cup65@example.go.th", "pho65@example.go.th",
    }  # fmt: skip
    for text in inbox.texts:
        assert "เลยกำหนด" in text
        assert "past the last day" in text
        assert "11302" in text
        assert "11301" not in text, "that one sent"
        assert "https://truat.example.go.th/uploads" in text
        assert "ชื่อ" not in text.replace("ชื่อไฟล์", ""), "names nobody"
    for day in (LATE, LATE + timedelta(days=3)):
        assert post(store, day) == Posted(), "never twice"
    assert {one.person_id for one in listed_messages(store)} == {people["cup65"], people["pho65"]}
    assert "@" not in "".join(str(message_json(one)) for one in listed_messages(store))
    made = [one for one in deeds(store, wanted()) if one.action == "notices_made"]
    assert [one.after for one in made] == ['{"messages":2}']


def test_another_last_day_is_told_anew(store: Engine, people: dict[str, int], inbox: Inbox) -> None:
    post(store, LATE)
    set_deadline(store, "finance", MONTH, DUE + timedelta(days=5), area="P65", by="สสจ.")
    assert post(store, LATE) == Posted(new=2, sent=2)
    assert inbox.texts[-1].startswith("การเงินรายเดือน")
    assert people


@pytest.mark.parametrize(
    ("left", "stage"),
    [(8, None), (7, "before"), (1, "before"), (0, "today"), (-1, "late"), (-30, "late"),
     (-31, None)],
)  # fmt: skip
def test_which_reminder_a_day_is_for(left: int, stage: str | None) -> None:
    assert stage_of(DUE, DUE - timedelta(days=left), 7) == stage


def test_whoever_wants_none_or_may_no_more_gets_none(
    store: Engine, people: dict[str, int], inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.answers = ["451 later", "451 later"]
    assert post(store, LATE) == Posted(new=2, later=2)
    monkeypatch.setenv(SIGN_IN, "local")
    with acting(Actor(LOCAL, "cup65", "ใคร", (Grant(Role.CUP, "D6501"),))):
        set_own_contact("cup65@example.go.th", wanted=False)
    monkeypatch.delenv(SIGN_IN)
    accounts.revoke(store, people["pho65"], "province", "P65")
    hurry(store)
    assert post(store, LATE) == Posted(dropped=2)
    assert inbox.came == []
    assert contact_of(store, people["cup65"]).wanted is False
    assert "example.go.th" not in "".join(one.after for one in deeds(store, wanted()))


def test_a_busy_server_is_tried_again_and_given_up_in_the_end(store: Engine, inbox: Inbox) -> None:
    person(store, "cup65", "cup", "D6501")
    inbox.answers = ["451 later"] * 99
    post(store, LATE)
    for tried in range(1, len(PAUSES) + 1):
        assert states(store) == [("waiting", "refused")]
        (one,) = listed_messages(store)
        assert one.tries == tried
        assert post(store, LATE) == Posted(), "its time has not come"
        hurry(store)
        post(store, LATE)
    assert states(store) == [("dead", "refused")]
    assert len([one for one in deeds(store, wanted()) if one.action == "notice_dead"]) == 1
    inbox.answers = []
    try_again(store, 1, by="ผู้ดูแล")
    assert post(store, LATE) == Posted(sent=1)
    with pytest.raises(NotFoundError):
        try_again(store, 1, by="ผู้ดูแล")
    assert "การเงินรายเดือน" in message_line(listed_messages(store)[0]).th


def test_what_is_refused_for_good_is_given_up_at_once(store: Engine, inbox: Inbox) -> None:
    person(store, "cup65", "cup", "D6501")
    inbox.answers = ["550 no"]
    assert post(store, LATE) == Posted(new=1, dead=1)
    assert states(store) == [("dead", "refused")]


def test_what_may_have_arrived_is_not_sent_again(store: Engine, inbox: Inbox) -> None:
    person(store, "cup65", "cup", "D6501")
    inbox.answers = ["250 cut"]
    assert post(store, LATE) == Posted(new=1, dead=1)
    assert states(store) == [("dead", "uncertain")]
    assert len(inbox.came) == 1


def test_a_worker_that_ended_while_sending_is_not_followed_up(
    store: Engine, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(store, "cup65", "cup", "D6501")
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_take", lambda _engine: None)
        assert post(store, LATE) == Posted(new=1)
    with unit_of_work(store) as session:
        assert take_message(session) is not None
        no_deed(session, "a test")
        session.commit()
    assert post(store, LATE) == Posted(), "another worker may be at it"
    hurry(store)
    assert post(store, LATE) == Posted(dead=1)
    assert states(store) == [("dead", "uncertain")]
    assert inbox.came == []


@pytest.mark.usefixtures("inbox")
def test_a_server_that_is_away_is_waited_for(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(store, "cup65", "cup", "D6501")
    monkeypatch.setenv("TRUAT_SMTP_PORT", "1")
    assert post(store, LATE) == Posted(new=1, later=1)
    assert states(store) == [("waiting", "unreachable")]
    assert [one.well for one in doctor._outbox(store)] == [False, True]


def test_an_assessment_that_was_locked_or_opened_again_is_told(store: Engine, inbox: Inbox) -> None:
    person(store, "cup65", "cup", "D6501")
    with unit_of_work(store) as session:
        leave(session, "assessment_reopened", "assessment:star-2561:D6501:2566", area="D6501")
        leave(session, "assessment_locked", "assessment:star-2561:D6101:2566", area="D6101")
        session.commit()
    today = datetime.now(UTC).date()
    assert post(store, today) == Posted(new=1, sent=1)
    assert post(store, today) == Posted()
    assert "เปิดแบบประเมินตนเองอีกครั้ง" in inbox.texts[0]
    assert post(store, today + timedelta(days=40)) == Posted()


def test_the_demonstration_tells_nobody(tmp_path: Path, inbox: Inbox) -> None:
    engine = small_store(tmp_path / "demo")
    set_deadline(engine, "finance", MONTH, DUE, area="TH", by="ผู้ดูแล")
    assert post(engine, LATE) == Posted()
    assert inbox.came == []


def test_the_worker_sends_it_and_goes_on_whatever_happens(
    store: Engine, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(store, "cup65", "cup", "D6501")
    monkeypatch.setattr(delivery, "today", lambda: LATE)
    assert worker.work(store, until_idle=True) == 0
    assert len(inbox.came) == 1
    monkeypatch.setenv("TRUAT_OUTBOX", "pigeon")
    assert worker.work(store, until_idle=True) == 0


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of localhost that is its own authority."""
    key, file = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", key, "-out", file, "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return key, file


def test_mail_travels_by_tls_to_a_server_that_proves_who_it_is(
    store: Engine,
    inbox: Inbox,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key, file = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, key)
    port = free_port()
    server = Controller(inbox, hostname="localhost", port=port, tls_context=context,
                        require_starttls=True)  # fmt: skip
    server.start()
    try:
        monkeypatch.setenv("TRUAT_SMTP_SECURITY", "starttls")
        monkeypatch.setenv("TRUAT_SMTP_HOST", "localhost")
        monkeypatch.setenv("TRUAT_SMTP_PORT", str(port))
        person(store, "cup65", "cup", "D6501")
        assert post(store, LATE) == Posted(new=1, later=1), "nobody vouches for it"
        monkeypatch.setenv("TRUAT_SMTP_CA", str(file))
        hurry(store)
        assert post(store, LATE) == Posted(sent=1)
        assert [one.well for one in doctor._outbox(store)] == [True, True]
    finally:
        server.stop()
    assert len(inbox.came) == 1


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A webhook of this machine: what it was called with, and what it answers."""
    hook = SimpleNamespace(calls=[], statuses=[])

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.calls.append((dict(self.headers), body))
            status = hook.statuses.pop(0) if hook.statuses else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("TRUAT_OUTBOX", "webhook")
    monkeypatch.setenv("TRUAT_WEBHOOK_URL", f"http://127.0.0.1:{server.server_port}/truat")
    monkeypatch.setenv("TRUAT_WEBHOOK_SECRET", SECRET)
    yield hook
    server.shutdown()
    server.server_close()


def test_a_webhook_is_called_once_with_a_signed_body(store: Engine, called: Any) -> None:
    assert post(store, LATE) == Posted(new=1, sent=1)
    assert post(store, LATE) == Posted()
    ((headers, body),) = called.calls
    seconds, digest = (part.split("=")[1] for part in headers["Truat-Signature"].split(","))
    signed = hmac.new(SECRET.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    assert signed.hexdigest() == digest
    content = orjson.loads(body)
    assert (content["form"], content["period"], content["due"], content["stage"]) == (
        "finance", "2566-M09", "2023-07-15", "late",
    )  # fmt: skip
    assert [one["code"] for one in content["places"]] == ["11302"]


@pytest.mark.parametrize(
    ("status", "state"),
    [(503, "waiting"), (429, "waiting"), (400, "dead"), (410, "dead"), (302, "dead")],
)
def test_what_a_webhook_answers_tells_whether_to_call_again(
    store: Engine, called: Any, status: int, state: str
) -> None:
    called.statuses = [status]
    post(store, LATE)
    assert states(store) == [(state, "refused")]
    assert len(called.calls) == 1, "no redirect is followed"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"OUTBOX": "pigeon"}, "S019"),
        ({"SMTP_HOST": ""}, "S091"),
        ({"SMTP_HOST": "mail.example.go.th"}, "S019"),  # In the clear to another machine.
        ({"SMTP_SECURITY": "some"}, "S019"),
        ({"SMTP_SENDER": "truat"}, "S019"),
        ({"SMTP_PORT": "x"}, "S019"),
        ({"OUTBOX_DAYS_BEFORE": "0"}, "S019"),
        ({"OUTBOX": "webhook"}, "S091"),
        ({"OUTBOX": "webhook", "WEBHOOK_URL": "http://example.go.th/x", "WEBHOOK_SECRET": SECRET},
         "S019"),
        ({"OUTBOX": "webhook", "WEBHOOK_URL": "https://a:b@example.go.th/", "WEBHOOK_SECRET":
          SECRET}, "S019"),
        ({"OUTBOX": "webhook", "WEBHOOK_URL": "https://example.go.th/x", "WEBHOOK_SECRET": "short"},
         "S019"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("inbox")
def test_settings_that_do_not_do_are_told_and_nothing_is_sent(
    store: Engine, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], code: str
) -> None:
    for name, value in changed.items():
        monkeypatch.setenv(f"TRUAT_{name}", value)
    with pytest.raises(StoreError) as refusal:
        post(store, LATE)
    assert refusal.value.code == code
    assert "short" not in str(refusal.value)
    assert listed_messages(store) == ()
    assert [one.well for one in doctor._outbox(store)] == [False]


def test_secrets_are_in_no_text_of_the_settings(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUAT_SMTP_PASSWORD", "hidden")
    assert "hidden" not in repr(outbox_settings())
    assert inbox.came == []


@pytest.mark.parametrize(
    "email", ["nobody", "a@b", "a@b.c\nBcc: x@y.z", "ก@example.com", "a b@c.d"]
)
def test_what_is_no_address_is_refused(store: Engine, email: str) -> None:
    added = accounts.add_account(store, "someone", "ใคร", PASSWORD)
    with pytest.raises(UsageError) as refusal:
        set_contact(store, added.id, email)
    assert refusal.value.code == "U134"
