"""Storing many files: read on all cores, stored a few at a time, none of them twice."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.errors import AccessError, UsageError, WorkbookError
from core.forms.cells.container import MEGABYTE
from core.forms.model.form import form_that_holds
from core.forms.model.issues import issue_of
from core.services.bulk.outcomes import Outcome, refused, stored_outcome
from core.services.bulk.readers import Readers, ReadingOptions
from core.services.bulk.sources import Source
from core.services.guard.doors import ANYWHERE, bit_by_bit, door
from core.services.guard.lying import ask
from core.services.importing.files import Sender
from core.services.importing.receipts import Receipt, receipt, settled_together
from core.services.importing.store_intake import Entered, enter, store
from core.services.intake.kinds import Accepted, Intake, Refused, TableIntake
from core.services.recompute.versions import Cause
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.uploads.changes import stored_bytes
from core.store.uploads.repository import upload
from core.store.uploads.submissions import keys_of

TOGETHER: Final = 32
"""Files stored in one transaction: their results are recomputed once."""
_AHEAD: Final = 2 * TOGETHER
_AHEAD_BYTES: Final = 64 * MEGABYTE
_TAUGHT_BY: Final = ("register", "peer_values", "account_map")
"""Forms that the files after them are read with."""


NotStored = WorkbookError | AccessError
"""Why one file is not stored: what it holds, or that who acts may not send it."""
NOT_STORED: Final = (WorkbookError, AccessError)


@dataclass(frozen=True)
class _Begun:
    """A file that is being read."""

    source: Source
    data: bytes
    options: ReadingOptions
    intake: Callable[[], Intake]


_Waiting = _Begun | Outcome
"""A file that is being read, or what became of one that need not be."""


@door(Action.UPLOAD, ANYWHERE)
def import_sources(
    engine: Engine, sources: Iterable[Source], sender: Sender, readers: Readers
) -> Iterator[Outcome]:
    """Store every file that can be, in the order given; an outcome for each as soon as it is known.

    A file about anybody that who acts may not send for is refused, and the others are stored.

    Those with codes that the register lacks come last: a register may be among the others. Files
    stored before are not read again, so that an import that was interrupted goes on where it ended.
    A few files share a transaction; each of them is stored whole or not at all. Raises
    `StoreError` when the store fails: what was told of until then is stored.
    """
    return bit_by_bit(Action.UPLOAD, _Run(engine, sender, readers).outcomes(sources))


class _Run:
    def __init__(self, engine: Engine, sender: Sender, readers: Readers) -> None:
        self._engine, self._sender, self._readers = engine, sender, readers
        address = engine.url.render_as_string(hide_password=False)
        self._options = ReadingOptions(address, sender.form_id, sender.fiscal_year)
        with reading(engine) as session:
            # A register that was sent before may change the one of now all the same.
            self._stored = stored_bytes(session, but=[form_that_holds("register").id])
        self._held: list[Source] | None = []

    def outcomes(self, sources: Iterable[Source]) -> Iterator[Outcome]:
        yield from self._each(sources)
        held, self._held = self._held, None
        yield from self._each(held or ())

    def _each(self, sources: Iterable[Source]) -> Iterator[Outcome]:
        waiting: deque[_Waiting] = deque()
        for source in sources:
            waiting.append(self._begin(source))
            while len(waiting) > _AHEAD or _bytes(waiting) > _AHEAD_BYTES:
                yield from self._next(waiting)
        while waiting:
            yield from self._next(waiting)

    def _begin(self, source: Source) -> _Waiting:
        try:
            data = source.read()
        except UsageError as error:
            return refused(source.name, (issue_of(error),))
        number = self._same(data)
        return self._read(source, data) if number is None else self._again(source, number)

    def _read(self, source: Source, data: bytes) -> _Begun:
        intake = self._readers.begin(data, source.name, self._options)
        return _Begun(source, data, self._options, intake)

    def _same(self, data: bytes) -> int | None:
        """The upload of the same bytes; none for a file whose district is named beside it."""
        if self._sender.subject is not None:
            return None
        return self._stored.get(hashlib.sha256(data).hexdigest())

    def _again(self, source: Source, number: int) -> Outcome:
        with reading(self._engine) as session:
            info = upload(session, number)
            try:
                ask(session, Action.UPLOAD, {one for one, _period in keys_of(session, number)})
            except AccessError as error:
                return refused(source.name, (issue_of(error),), info.form)
            return stored_outcome(source.name, info.form, receipt(session, "same", info), ())

    def _next(self, waiting: "deque[_Waiting]") -> Iterator[Outcome]:
        """Store the next files together, up to one that others are read with, which goes alone."""
        batch: list[tuple[_Begun, Accepted] | Outcome] = []
        for _ in range(min(TOGETHER, len(waiting))):
            one = waiting.popleft()
            if isinstance(one, Outcome):
                batch.append(one)
                continue
            intake = self._intake(one)
            if isinstance(intake, Refused):
                batch.append(refused(one.source.name, intake.issues))
            elif self._held is not None and _has_unknown_codes(intake):
                self._held.append(one.source)
            elif isinstance(intake, TableIntake) and intake.form.holds in _TAUGHT_BY:
                yield from self._store(batch)
                batch = [self._store_alone(one, intake)]
            else:
                batch.append((one, intake))
        yield from self._store(batch)

    def _intake(self, one: _Begun) -> Intake:
        """What was read; read again where a file stored meanwhile says how it is to be read."""
        intake = one.intake()
        if one.options == self._options or not isinstance(intake, TableIntake):
            return intake
        return self._read(one.source, one.data).intake()

    def _store(self, batch: Sequence[tuple[_Begun, Accepted] | Outcome]) -> Iterator[Outcome]:
        """Store the files of a batch in one transaction; every outcome of it in order."""
        ours = [one for one in batch if not isinstance(one, Outcome)]
        ended = iter(self._stored_together(ours) if ours else ())
        for one in batch:
            yield one if isinstance(one, Outcome) else _outcome(*one, next(ended))

    def _stored_together(
        self, batch: Sequence[tuple[_Begun, Accepted]]
    ) -> list[Receipt | NotStored]:
        with unit_of_work(self._engine) as session:
            entered = [self._entered(session, one, intake) for one, intake in batch]
            new = [one.stored for one in entered if isinstance(one, Entered)]
            cause = Cause("import", self._sender.by)
            done = iter(settled_together(session, new, cause) if new else ())
            receipts = [
                one.with_changes(next(done)) if isinstance(one, Entered) else one for one in entered
            ]
            session.commit()
        return receipts

    def _entered(
        self, session: Session, one: _Begun, intake: Accepted
    ) -> Entered | Receipt | NotStored:
        """One file of several in a transaction; one that cannot be stored leaves no trace in it."""
        by, subject = self._sender.by, self._sender.subject
        try:
            with session.begin_nested():
                return enter(session, intake, one.data, by=by, subject=subject)
        except NOT_STORED as error:
            return error

    def _store_alone(self, one: _Begun, intake: Accepted) -> Outcome:
        by, subject = self._sender.by, self._sender.subject
        try:
            done = store(self._engine, intake, one.data, by=by, subject=subject)
        except NOT_STORED as error:
            return _outcome(one, intake, error)
        self._options = self._options.knowing_more()
        return _outcome(one, intake, done)


def _has_unknown_codes(intake: Intake) -> bool:
    is_register = isinstance(intake, TableIntake) and intake.form.holds == "register"
    return not is_register and any(issue.code == "W307" for issue in intake.issues)


def _bytes(waiting: Iterable[_Waiting]) -> int:
    return sum(len(one.data) for one in waiting if isinstance(one, _Begun))


def _outcome(one: _Begun, intake: Accepted, ended: Receipt | NotStored) -> Outcome:
    name, form = one.source.name, intake.form.id
    if isinstance(ended, NOT_STORED):
        return refused(name, (issue_of(ended), *intake.issues), form)
    register = ended.register.issues if ended.register else ()
    return stored_outcome(name, form, ended, (*intake.issues, *register, *ended.issues))
