"""Files that were sent: found, shown with what became of them, and handed back as they came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.actors import current_actor
from core.access.roles import Action
from core.areas import COUNTRY
from core.forms.model.form import forms
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import inside, readable
from core.services.guard.whose import subjects_of_file
from core.services.importing.receipt_json import upload_json
from core.services.importing.receipts import Receipt, receipt
from core.store.engine.unit_of_work import reading
from core.store.register.repository import facilities
from core.store.results.area_rows import area_names
from core.store.uploads.repository import UploadInfo, content, upload, uploads
from core.store.uploads.submissions import subjects_by_upload
from core.text import Text, fold, say


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file with the words for what it is about."""

    upload: UploadInfo
    form: Text
    place: Text


@door(Action.READ, ANYWHERE)
def sent_files(
    engine: Engine, *, area: str = COUNTRY, form: str | None = None, words: str = ""
) -> tuple[SentFile, ...]:
    """Every file, newest first; of one form, or that have these words in what is shown of them.

    Those alone that are about the area or a place in it, and whose every subject may be read.
    """
    may, lies = readable(engine), inside(engine, area)
    with reading(engine) as session:
        sent = uploads(session, form=form)
        if current_actor().reach or area != COUNTRY:
            about = subjects_by_upload(session)
            whose = ((one, about.get(one.id, (COUNTRY,))) for one in sent)
            sent = tuple(one for one, of in whose if all(map(may, of)) and any(map(lies, of)))
        names = _names_of(session, sent)
    wanted = fold(words)
    return tuple(one for one in names if wanted in _searched(one)) if wanted else names


def _searched(one: SentFile) -> str:
    sent = one.upload
    texts = (sent.file_name, sent.uploaded_by, sent.subject, one.place.th, one.place.en,
             one.form.th, one.form.en, sent.sha256)  # fmt: skip
    return " ".join(map(fold, texts))


@door(Action.READ, subjects_of_file)
def sent_file(engine: Engine, number: int) -> tuple[SentFile, Receipt]:
    """One file and its receipt as it stands now; `StoreError` S010 when there is none."""
    with reading(engine) as session:
        info = upload(session, number)
        return _names_of(session, [info])[0], receipt(session, "stored", info)


@door(Action.READ, subjects_of_file)
def original(engine: Engine, number: int) -> bytes:
    """A file as it was sent, byte for byte; `StoreError` S010 when there is none."""
    with reading(engine) as session:
        return content(session, number)


def _names_of(session: Session, several: Iterable[UploadInfo]) -> tuple[SentFile, ...]:
    listed = tuple(several)
    places = _places(session, {one.subject for one in listed})
    known = forms()
    return tuple(
        SentFile(
            one,
            known[one.form].name if one.form in known else Text(one.form, one.form),
            places.get(one.subject) or _department(one.subject),
        )
        for one in listed
    )


def _places(session: Session, codes: Iterable[str]) -> Mapping[str, Text]:
    wanted = set(codes)
    places = {COUNTRY: say("Thailand")}
    places |= {code: Text(th, en) for code, (th, en, _) in area_names(session).items()}
    if not wanted <= set(places):
        places |= {one.hcode: Text(one.name_th, one.name_en) for one in facilities(session)}
    return {code: name for code, name in places.items() if code in wanted}


def _department(subject: str) -> Text:
    """What a subject that is no place is of: its department, without the codes of form and row."""
    name = subject.partition(":")[2].partition("/")[0] or subject
    return Text(name, name)


def sent_json(one: SentFile) -> dict[str, Any]:
    """A file as a JSON value."""
    sent = one.upload
    place = {"th": one.place.th, "en": one.place.en}
    counts = {"submissions": sent.submissions, "current": sent.current}
    return {**upload_json(sent), "place": place, **counts}
