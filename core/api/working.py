"""Findings as they stand, and files: those that were sent, and sending one."""

from typing import Final, Literal

from pydantic import Field

from core.api.calls import BYTES, Answer, Call, Endpoint, Paged, Parameters
from core.api.documents import FindingDocument, Page, SentDocument, UploadAnswer, WholeFinding
from core.api.reading import AREA, Number, area_of
from core.areas import parse_area
from core.errors import UsageError
from core.periods import parse_period
from core.services.deadlines.lateness import every_lateness, lateness
from core.services.deadlines.wording import (
    DuePlaceDocument,
    LatenessDocument,
    lateness_json,
    place_json,
)
from core.services.findings.listing import Filter, listed_findings, whole_finding
from core.services.findings.takeaways import finding_json, whole_json
from core.services.importing.files import Sender, import_file
from core.services.importing.receipt_json import receipt_json
from core.services.importing.sent import original, sent_file, sent_files, sent_json
from core.services.intake.json_document import issue_json
from core.services.stores import is_demonstration, on_hand
from core.text import say


class LatePage(LatenessDocument, Page[DuePlaceDocument]):
    """A form and period in an area, and a page of those who have to send it, the overdue first."""


State = Literal[
    "active", "overdue", "relapsed", "open", "planned", "reported", "closed", "withdrawn",
    "unexplained", "accepted", "all",
]  # fmt: skip
"""`core.services.findings.listing.STATES`."""
_CREATED, _REFUSED = 201, 422


class FindingsParameters(Paged):
    """Which findings: of an area, in a state."""

    area: str | None = AREA
    state: State = "active"


class FindingParameters(Parameters):
    """One finding by its number."""

    finding: Number


class UploadsParameters(Paged):
    """Which files: of a form, with some words in what is shown of them."""

    form: str | None = Field(default=None, description="Id of a form, such as finance.")
    find: str = Field(default="", max_length=200)


class UploadParameters(Parameters):
    """One file by its number."""

    upload: Number


class DeadlinesParameters(Paged):
    """The forms and periods that have a last day, in an area."""

    area: str | None = AREA


class LateParameters(Paged):
    """A form and a period in an area."""

    form: str = Field(description="Id of a form, such as finance.")
    period: str = Field(description="2566, 2566-Q2, 2566-R1 or 2566-M09, as the form is sent.")
    area: str | None = AREA


class SendParameters(Parameters):
    """What a file is called; its form and district where it does not say them itself."""

    file_name: str = Field(min_length=1, max_length=200, pattern=r"^[^/\\\x00-\x1f]+$")
    form: str | None = None
    district: str | None = Field(default=None, description="District of an assessment: D6101.")


def _findings(call: Call) -> Answer:
    parameters: FindingsParameters = call.parameters
    area = parse_area(area_of(parameters.area)).code
    chosen = Filter(area=area, state=parameters.state)
    return Answer(parameters.cut(listed_findings(call.engine, chosen), finding_json))


def _finding(call: Call) -> Answer:
    parameters: FindingParameters = call.parameters
    return Answer(whole_json(whole_finding(call.engine, parameters.finding)))


def _uploads(call: Call) -> Answer:
    parameters: UploadsParameters = call.parameters
    return Answer(
        parameters.cut(
            sent_files(call.engine, form=parameters.form, words=parameters.find), sent_json
        )
    )


def _upload(call: Call) -> Answer:
    parameters: UploadParameters = call.parameters
    return Answer(sent_json(sent_file(call.engine, parameters.upload)[0]))


def _content(call: Call) -> Answer:
    parameters: UploadParameters = call.parameters
    return Answer(original(call.engine, parameters.upload), kind=BYTES)


def _deadlines(call: Call) -> Answer:
    parameters: DeadlinesParameters = call.parameters
    area = parse_area(area_of(parameters.area)).code
    return Answer(parameters.cut(every_lateness(call.engine, area=area), lateness_json))


def _late(call: Call) -> Answer:
    parameters: LateParameters = call.parameters
    area, period = parse_area(area_of(parameters.area)).code, parse_period(parameters.period)
    late = lateness(call.engine, parameters.form, period, area=area)
    return Answer({**lateness_json(late), **parameters.cut(late.places, place_json)})


def _send(call: Call) -> Answer:
    parameters: SendParameters = call.parameters
    if is_demonstration(call.engine):
        raise UsageError("U068")
    sender = Sender(
        call.by, subject=parameters.district, form_id=parameters.form, on_hand=on_hand(call.engine)
    )
    done = import_file(call.engine, call.body, parameters.file_name, sender)
    answer = {
        "file": done.intake.file,
        "form": done.intake.form.id if done.intake.form else None,
        "stored": done.receipt is not None,
        "messages": [*map(issue_json, done.intake.issues)],
        "receipt": receipt_json(done.receipt) if done.receipt else None,
    }
    return Answer(answer, _CREATED if done.receipt else _REFUSED)


ENDPOINTS: Final = (
    Endpoint(
        "GET", "/findings", "listFindings", say("Findings, the overdue first"), FindingsParameters,
        Page[FindingDocument], _findings, "store",
    ),
    Endpoint(
        "GET", "/findings/{finding}", "showFinding", say("One finding with its history"),
        FindingParameters, WholeFinding, _finding, "store",
    ),
    Endpoint(
        "GET", "/uploads", "listUploads", say("Files that were sent, newest first"),
        UploadsParameters, Page[SentDocument], _uploads, "store",
    ),
    Endpoint(
        "POST", "/uploads", "sendFile", say("Send a workbook: it is checked, scored and stored"),
        SendParameters, UploadAnswer, _send, "store", takes_file=True,
        statuses=(_CREATED, _REFUSED),
    ),
    Endpoint(
        "GET", "/deadlines", "listDeadlines",
        say("Forms and periods with a last day, and how many sent in time"), DeadlinesParameters,
        Page[LatenessDocument], _deadlines, "day",
    ),
    Endpoint(
        "GET", "/deadlines/{form}/{period}", "listLate",
        say("Who sent a form and period in time, late, or not at all"), LateParameters, LatePage,
        _late, "day",
    ),
    Endpoint(
        "GET", "/uploads/{upload}", "showUpload", say("One file that was sent"), UploadParameters,
        SentDocument, _upload, "store",
    ),
    Endpoint(
        "GET", "/uploads/{upload}/content", "downloadUpload", say("A file as it was sent"),
        UploadParameters, bytes, _content, "store", kind=BYTES,
    ),
)  # fmt: skip
