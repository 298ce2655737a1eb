"""Claims as JSON and as lines of a terminal. The keys are a contract: add, never rename."""

from collections.abc import Iterator
from typing import Any

from core.claims.catalogue import ClaimUpload
from core.claims.columns import rules
from core.services.claims.feed import Fed
from core.services.claims.storing import Received
from core.services.intake.json_document import issue_json
from core.text import Text, say


def received_json(one: Received) -> dict[str, Any]:
    """A file that was read, and stored where `upload` is a number."""
    intake = one.intake
    return {
        "file": intake.file,
        "kind": intake.kind,
        "upload": one.upload,
        "stored": one.upload is not None,
        "rows": {
            "read": intake.read,
            "stored": intake.rows.num_rows if one.upload is not None else 0,
            "left_out": intake.left_out,
            "totals": intake.totals,
        },
        "hospitals": list(intake.hospitals),
        "months": [str(month) for month in intake.months],
        "personal_dropped": list(intake.dropped),
        "handed_on": fed_json(one.fed) if one.fed else None,
        "messages": [issue_json(issue) for issue in intake.issues],
    }


def fed_json(fed: Fed) -> dict[str, Any]:
    """What was handed on to the 4S4C defects."""
    return {
        "form": "revenue-4s4c",
        "hospital_years": [f"{hcode}-{year}" for hcode, year in fed.stored],
        "waiting": fed.waiting,
        "refused": [one.intake.file for one in fed.refused],
    }


def received_lines(one: Received) -> Iterator[Text]:
    """What became of a file, then every problem."""
    intake = one.intake
    yield Text(intake.file, intake.file)
    if intake.kind is None or one.upload is None:
        yield say("  Not stored.")
    else:
        yield say(
            "  Stored as no. {upload}: {kind}, {count} rows of {hospitals} facilities and"
            " {months} months; {left} rows left out.",
            upload=one.upload,
            kind=rules().kinds[intake.kind].name,
            count=f"{intake.rows.num_rows:,}",
            hospitals=len(intake.hospitals),
            months=len(intake.months),
            left=f"{intake.left_out:,}",
        )
    if one.fed is not None:
        yield from fed_lines(one.fed)
    for issue in intake.issues:
        where = f"  {issue.code} {issue.sheet} " if issue.sheet else f"  {issue.code} "
        yield Text(where + issue.text.th, where + issue.text.en)


def fed_lines(fed: Fed) -> Iterator[Text]:
    """What was handed on to the 4S4C defects."""
    yield say("  Handed on to the 4S4C defects: {count} hospital-years.", count=len(fed.stored))
    if fed.waiting:
        yield say(
            "  {count} hospital-years wait: hand them on with claims feed.", count=fed.waiting
        )


def upload_json(one: ClaimUpload) -> dict[str, Any]:
    """A file of claims that was sent."""
    return {
        "id": one.id, "kind": one.kind, "file_name": one.file_name, "sha256": one.sha256,
        "rows": one.rows, "by": one.by, "at": one.at, "state": one.state,
        "replaces": one.replaces, "reason": one.reason,
    }  # fmt: skip


def upload_line(one: ClaimUpload) -> Text:
    """A file of claims on one line."""
    state = say("counts") if one.state == "stored" else say("withdrawn")
    return say(
        "no. {id} {kind} “{file}”, {count} rows, by {by} at {at}: {state}",
        id=one.id,
        kind=rules().kinds[one.kind].name,
        file=one.file_name,
        count=f"{one.rows:,}",
        by=one.by,
        at=one.at,
        state=state,
    )
