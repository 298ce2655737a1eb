"""Whose something is that is asked for by its number: what a door finds out before it asks.

Each takes the parameters of the services it stands before, by their names.
"""

from collections.abc import Iterable

from sqlalchemy import Engine

from core.areas import COUNTRY
from core.store.engine.unit_of_work import reading
from core.store.findings import repository as findings
from core.store.meetings import repository as meetings
from core.store.results.repository import result
from core.store.uploads.repository import upload
from core.store.uploads.submissions import keys_of, submissions_by_id


def subject_of_finding(engine: Engine, number: int) -> Iterable[str]:
    """The subject of a finding; `NotFoundError` S070 when there is none."""
    with reading(engine) as session:
        return (findings.finding(session, number).subject,)


def subject_of_evidence(engine: Engine, change: int) -> Iterable[str]:
    """The subject that evidence was handed in for; `NotFoundError` S071 when there is none."""
    with reading(engine) as session:
        return (findings.subject_of_evidence(session, change),)


def subjects_of_file(engine: Engine, number: int) -> Iterable[str]:
    """Everybody a file is about; `StoreError` S010 when there is none of that number."""
    with reading(engine) as session:
        upload(session, number)
        return {subject for subject, _period in keys_of(session, number)} or {COUNTRY}


def subjects_of_upload(engine: Engine, upload_id: int) -> Iterable[str]:
    """The same by the other name of the number."""
    return subjects_of_file(engine, upload_id)


def subjects_of_both(engine: Engine, before: int, after: int) -> Iterable[str]:
    """Everybody that two files are about."""
    return {*subjects_of_file(engine, before), *subjects_of_file(engine, after)}


def subject_of_submission(engine: Engine, submission_id: int) -> Iterable[str]:
    """Whom a submission is about; the country where there is none of that number."""
    with reading(engine) as session:
        return [one.subject for one in submissions_by_id(session, [submission_id]).values()]


def subject_of_result(engine: Engine, result_id: int) -> Iterable[str]:
    """Whom a result is of; `StoreError` S011 when there is none of that number."""
    with reading(engine) as session:
        return (result(session, result_id).subject,)


def area_or_country(area: str | None) -> Iterable[str]:
    """An area that may be left out: then it is the country."""
    return (area or COUNTRY,)


def area_of_meeting(engine: Engine, number: int) -> Iterable[str]:
    """The area of a meeting; `StoreError` S017 when there is none of that number."""
    with reading(engine) as session:
        return (meetings.meeting(session, number).area,)


def area_of_screen(engine: Engine, meeting: int) -> Iterable[str]:
    """The same of the meeting that screens page in together."""
    return area_of_meeting(engine, meeting)


def area_of_question(engine: Engine, number: int) -> Iterable[str]:
    """The area of the meeting a question was asked in."""
    with reading(engine) as session:
        asked_in = meetings.meeting_of_question(session, number)
    return (COUNTRY,) if asked_in is None else area_of_meeting(engine, asked_in)
