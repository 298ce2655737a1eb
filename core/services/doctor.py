"""Checks of the installation on this machine, each with its remedy."""

import importlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from core.access.actors import THE_PROGRAM, acting
from core.criteria.load import DATA_FOLDER
from core.errors import TruatError
from core.forms.model.issues import issue_of
from core.services.audit.trail import verified
from core.services.audit.wording import verified_line
from core.services.exports.documents import both
from core.services.jobs.queue import listed_jobs
from core.services.outbox.delivery import listed_messages
from core.services.outbox.sending import NotSentError, check_mail
from core.services.outbox.settings import Mail, outbox_settings
from core.services.outbox.wording import reason_text
from core.services.rules.cases.report import check_corpus
from core.services.stores import name_of, open_store
from core.store.engine.settings import chosen, is_begun, settings_now
from core.store.jobs.repository import StoredJob
from core.text import LOCALE_FOLDER, Text, say

_LIBRARIES: Final = (
    "altair", "babel", "defusedxml", "newmm_tokenizer", "numpy", "olefile", "openpyxl", "orjson",
    "pandas", "plotly", "pydantic", "rapidfuzz", "ruamel.yaml", "sqlmodel", "streamlit", "xlrd",
)  # fmt: skip
_OLDEST: Final = (3, 11)
_LATE: Final = timedelta(minutes=15)
"""How long a job waits before somebody should look."""


@dataclass(frozen=True)
class Finding:
    """One check: whether it passed, and what to do when it did not."""

    name: Text
    well: bool
    remedy: Text | None = None

    @property
    def line(self) -> Text:
        """The line for a terminal."""
        if self.well or self.remedy is None:
            return say("✓ {name}", name=self.name)
        return say("✕ {name}: {remedy}", name=self.name, remedy=self.remedy)

    def as_dict(self) -> dict[str, Any]:
        """The JSON of the check."""
        return {
            "name": both(self.name),
            "well": self.well,
            "remedy": None if self.remedy is None else both(self.remedy),
        }


def examination() -> tuple[Finding, ...]:
    """Check Python, libraries, data files, rules and the folder the program writes to."""
    return (
        Finding(
            say("Python {version}", version=".".join(map(str, sys.version_info[:3]))),
            sys.version_info >= _OLDEST,
            say("Install Python {oldest} or newer.", oldest=".".join(map(str, _OLDEST))),
        ),
        *(_library(name) for name in _LIBRARIES),
        _folder(say("Criteria and forms"), DATA_FOLDER / "criteria"),
        _folder(say("Thai wording"), LOCALE_FOLDER / "th"),
        _rules(),
        _writable(settings_now().var_folder),
        *_of_the_store(),
        _telemetry(),
    )


def _library(name: str) -> Finding:
    label = say("Library {name}", name=name)
    remedy = say("Run `make install`, or `pip install -r requirements.txt`.")
    try:
        importlib.import_module(name)
    except ImportError:
        return Finding(label, False, remedy)
    return Finding(label, True)


def _folder(label: Text, folder: Path) -> Finding:
    remedy = say("{folder} is missing: get the program's files again.", folder=folder.name)
    return Finding(label, folder.is_dir() and any(folder.iterdir()), remedy)


def _rules() -> Finding:
    label = say("Rules hold their cases")
    remedy = say("Run `python -m core criteria check` and mend the files it names.")
    try:
        return Finding(label, check_corpus().holds, remedy)
    except TruatError as error:
        return Finding(label, False, say("{reason}", reason=str(error)))


def _of_the_store() -> Iterator[Finding]:
    """Whether the store in use can be reached, its trail is whole, and its work is worked on."""
    kind = chosen()
    if not is_begun(kind):
        return
    label = say("The store in use: {store}", store=name_of(kind))
    try:
        with acting(THE_PROGRAM):
            store = open_store()
            done, late = verified(store), [one for one in listed_jobs(store) if _is_late(one)]
    except TruatError as error:
        yield Finding(label, False, issue_of(error).text)
        return
    yield Finding(label, True)
    yield Finding(say("The audit trail is whole"), done.broken is None, verified_line(done))
    remedy = say("{count} jobs wait: start a worker by `jobs work`.", count=len(late))
    yield Finding(say("Long work is worked on"), not late, remedy)
    yield from _outbox(store)


def _outbox(store: Engine) -> Iterator[Finding]:
    """Whether messages can be sent, where they are to be, and whether some were given up."""
    label = say("Messages about deadlines (outbox)")
    try:
        settings = outbox_settings()
    except TruatError as error:
        yield Finding(label, False, issue_of(error).text)
        return
    if not settings.channels:
        yield Finding(say("Messages about deadlines (outbox): off"), True)
        return
    if settings.mail is not None:
        yield _mail_server(settings.mail)
    with acting(THE_PROGRAM):
        dead = len(listed_messages(store, dead=True))
    remedy = say("{count} messages were given up: look at `outbox list --dead`.", count=dead)
    yield Finding(label, not dead, remedy)


def _mail_server(way: Mail) -> Finding:
    label = say("Mail server {host}", host=way.host)
    try:
        check_mail(way)
    except NotSentError as error:
        return Finding(label, False, reason_text(error.why))
    return Finding(label, True)


def _is_late(job: StoredJob) -> bool:
    waited = datetime.now(UTC) - job.asked_at
    return job.state == "waiting" and waited > _LATE


def _telemetry() -> Finding:
    label = say("Traces for OpenTelemetry")
    remedy = say("Run `pip install -r requirements-telemetry.txt`, or unset TRUAT_TELEMETRY.")
    is_wanted = os.environ.get("TRUAT_TELEMETRY", "").strip().casefold() in ("1", "true", "yes")
    is_there = _is_installed("opentelemetry.exporter.otlp.proto.http")
    return Finding(label, is_there or not is_wanted, remedy)


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # Something above it is missing.
        return False


def _writable(folder: Path) -> Finding:
    label = say("Room for the database and uploads")
    remedy = say("Make {folder} writable for this user.", folder=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError:
        return Finding(label, False, remedy)
    return Finding(label, True)
