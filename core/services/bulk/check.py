"""Many files looked at: what would become of each, with nothing stored."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.errors import AccessError, UsageError, WorkbookError
from core.forms.model.form import form_that_holds
from core.forms.model.issues import issue_of
from core.services.bulk.outcomes import Outcome, ready, refused, stored_outcome
from core.services.bulk.readers import Readers, ReadingOptions
from core.services.bulk.sources import Source
from core.services.guard.doors import ANYWHERE, bit_by_bit, door
from core.services.guard.lying import ask
from core.services.importing.files import Sender
from core.services.importing.receipts import receipt
from core.services.importing.store_intake import permitted
from core.services.intake.kinds import Intake, Refused
from core.store.engine.unit_of_work import reading
from core.store.uploads.changes import stored_bytes
from core.store.uploads.repository import upload
from core.store.uploads.submissions import keys_of

_AHEAD: Final = 16
"""Files that are read while the first of them is waited for."""


@dataclass(frozen=True)
class _Begun:
    """A file that is being read."""

    name: str
    data: bytes
    intake: Callable[[], Intake]


@door(Action.UPLOAD, ANYWHERE)
def check_sources(
    engine: Engine, sources: Iterable[Source], sender: Sender, readers: Readers
) -> Iterator[Outcome]:
    """What storing each file would come to, in the order given.

    Files stored before are not read again. What a file of the same archive says of the register
    is not known to the others yet.
    """
    return bit_by_bit(Action.UPLOAD, _each(engine, sources, sender, readers))


def _each(
    engine: Engine, sources: Iterable[Source], sender: Sender, readers: Readers
) -> Iterator[Outcome]:
    address = engine.url.render_as_string(hide_password=False)
    options = ReadingOptions(address, sender.form_id, sender.fiscal_year)
    with reading(engine) as session:
        stored = stored_bytes(session, but=[form_that_holds("register").id])
    waiting: deque[_Begun | Outcome] = deque()
    for source in sources:
        waiting.append(_begin(engine, source, stored, readers, options))
        if len(waiting) > _AHEAD:
            yield _looked_at(engine, waiting.popleft(), sender)
    while waiting:
        yield _looked_at(engine, waiting.popleft(), sender)


def _begin(
    engine: Engine,
    source: Source,
    stored: Mapping[str, int],
    readers: Readers,
    options: ReadingOptions,
) -> _Begun | Outcome:
    try:
        data = source.read()
    except UsageError as error:
        return refused(source.name, (issue_of(error),))
    number = stored.get(sha256(data).hexdigest())
    if number is None:
        return _Begun(source.name, data, readers.begin(data, source.name, options))
    with reading(engine) as session:
        info = upload(session, number)
        try:
            ask(session, Action.UPLOAD, {one for one, _period in keys_of(session, number)})
        except AccessError as error:
            return refused(source.name, (issue_of(error),), info.form)
        return stored_outcome(source.name, info.form, receipt(session, "same", info), ())


def _looked_at(engine: Engine, one: _Begun | Outcome, sender: Sender) -> Outcome:
    if isinstance(one, Outcome):
        return one
    intake = one.intake()
    if isinstance(intake, Refused):
        return refused(one.name, intake.issues)
    try:
        with reading(engine) as session:
            permitted(session, intake, one.data, by=sender.by, subject=sender.subject)
    except (WorkbookError, AccessError) as error:
        return refused(one.name, (issue_of(error), *intake.issues), intake.form.id)
    return ready(one.name, intake.form.id, intake.issues)
