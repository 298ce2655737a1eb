"""Filling the demonstration's own store, at once or stage by stage, and emptying it."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.collector import collector_at_rest
from core.demo.accounts.books import book_months
from core.demo.assessments.story import tell_assessments
from core.demo.claims.ledger import clear_claims, tell_claims
from core.demo.country.hospitals import DemoHospital, demo_hospitals, later_from
from core.demo.country.units import DemoUnit, demo_units
from core.demo.documents.plans import plan_files
from core.demo.files.books import book_files
from core.demo.files.reporting import demo_reports
from core.demo.files.stages import Stage, stages
from core.demo.files.stars import demo_stars, star_files
from core.demo.files.tables import DemoTable
from core.demo.files.theme_tables import theme_tables
from core.demo.files.transfer_tables import transfer_tables
from core.demo.findings.story import lights_of_story, tell_findings
from core.demo.parameters import star_parameters
from core.demo.programmes.sent import programme_files
from core.demo.progress import DEMO, Filled, filled_in, is_loaded, note_filled
from core.errors import StoreError
from core.periods import Period
from core.services.audit.leaving import leave
from core.services.foresight.ledger import keep_newest
from core.services.geography.reference import all_areas
from core.services.guard.doors import door
from core.services.importing.rows import new_upload
from core.services.intake.examine import examine
from core.services.recompute.versions import Cause, recompute_periods
from core.services.stores import open_store
from core.store.backup.copying import empty
from core.store.engine.failures import shown
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.register.repository import enter_areas, enter_facilities
from core.store.register.row import FacilityRow
from core.store.schema.about import kind_of, renew
from core.store.uploads.bulk import insert_numbered
from core.store.uploads.repository import store_upload

HOSPITAL: Final = "hospital"
UNIT: Final = "pcu"
_AT_ONCE: Final = 60
"""Files stored at once: their figures are held in memory, as are all files."""

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much the demonstration holds."""

    hospitals: int
    uploads: int
    figures: int
    results: int


@door(Action.RESTORE)
def load(engine: Engine | None = None, *, progress: Progress | None = None) -> Loaded:
    """Fill the demonstration's store with invented data, whatever was in it before.

    In one transaction: readers see the old content until it is done. Without an `engine` the
    demonstration's own database is opened. `StoreError` S013 for a store of real data.
    """
    store, report = engine or open_store(DEMO), progress or _ignore_progress
    _refuse_real_data(store)
    work = _Work.planned()
    with collector_at_rest(), unit_of_work(store) as session:
        note_filled(session, None)
        done = Loaded(len(demo_hospitals()), 0, 0, 0)
        for stage in range(work.count):
            done = work.do(session, stage, done)
            report((stage + 1) / work.all)
        renew(session)
        leave(session, "demo_loaded", "store", by=DEMO, after=asdict(done))
        session.commit()
    _tell_findings(store, work)
    report(1.0)
    return done


@door(Action.RESTORE)
def fill(engine: Engine | None = None, *, progress: Progress | None = None) -> None:
    """Fill the demonstration where it is not whole, the newest months first, stage by stage.

    Every stage is a transaction of its own: what readers see is right for the periods there are,
    and who is interrupted goes on with the next stage. `StoreError` S013 for a store of real data.
    """
    store, report = engine or open_store(DEMO), progress or _ignore_progress
    _refuse_real_data(store)
    if is_loaded(store):
        return
    work, stage = _Work.planned(), 0
    while stage < work.count:
        with collector_at_rest(), unit_of_work(store) as session:
            # Another program may have stored this one meanwhile.
            filled = filled_in(session)
            stage = filled.stages if filled and filled.all_stages == work.all else 0
            if stage < work.count:
                work.do(session, stage, Loaded(0, 0, 0, 0))
                if stage == 0:
                    renew(session)
                leave(session, "demo_loaded", "store", by=DEMO, after={"stage": stage})
                session.commit()
        stage += 1
        report(stage / work.all)
    _tell_findings(store, work)
    report(1.0)


@door(Action.RESTORE)
def clear(engine: Engine | None = None) -> None:
    """Empty the demonstration's store; `StoreError` S013 for a store of real data."""
    store = engine or open_store(DEMO)
    _refuse_real_data(store)
    with unit_of_work(store) as session:
        empty(session)
        note_filled(session, None)
        renew(session)
        leave(session, "demo_cleared", "store", by=DEMO)
        session.commit()
    clear_claims(store)


@dataclass(frozen=True)
class _Work:
    """All stages of files; the last is that of self-assessments, trial balances and plans."""

    stages: tuple[Stage, ...]

    @staticmethod
    def planned() -> "_Work":
        return _Work(stages(demo_tables()))

    @property
    def count(self) -> int:
        return len(self.stages) + 1

    @property
    def all(self) -> int:
        """The stages with the last of all, in which the findings are told."""
        return self.count + 1

    def do(self, session: Session, place: int, before: Loaded) -> Loaded:
        """Store one stage with its results; how much there is with it."""
        if place == 0:
            _begin(session)
        tables = place < len(self.stages)
        figures = _store(session, self.stages[place]) if tables else [*_load_read(session)]
        periods = self.stages[place].periods if tables else {star_period(), *book_months()}
        computed = recompute_periods(session, periods, Cause(DEMO, DEMO))
        months = [stage.months for stage in self.stages]
        done = sum(months[: place + 1])
        note_filled(session, Filled(place + 1, self.all, done, sum(months)))
        return replace(
            before,
            uploads=before.uploads + len(figures),
            figures=before.figures + sum(figures),
            results=before.results + computed.new,
        )


def _tell_findings(engine: Engine, work: _Work) -> None:
    """Close the rounds once their results are stored, in one transaction; keep what is foretold."""
    lights = lights_of_story(engine)
    with collector_at_rest(), unit_of_work(engine) as session:
        filled = filled_in(session)
        if filled is None or filled.is_whole:
            return
        tell_findings(session, lights)
        tell_assessments(session)
        note_filled(session, replace(filled, stages=work.all))
        leave(session, "demo_loaded", "store", by=DEMO, after={"stage": work.all})
        session.commit()
    keep_newest(engine)
    tell_claims(engine)


def _begin(session: Session) -> None:
    """Empty a store and enter everybody into its register."""
    empty(session)
    enter_areas(session, all_areas())
    _enter_hospitals(session)
    enter_facilities(session, [_unit_row(unit) for unit in demo_units()])


def _store(session: Session, stage: Stage) -> list[int]:
    """Store the files of a stage; the number of figures in each."""
    counted = []
    for first in range(0, len(stage.files), _AT_ONCE):
        files = [one.stored() for one in stage.files[first : first + _AT_ONCE]]
        insert_numbered(session, files)
        counted += [one.upload.filled for one in files]
    return counted


def _ignore_progress(_done: float) -> None:
    """Progress that nobody watches."""


def _refuse_real_data(engine: Engine) -> None:
    with reading(engine) as session:
        if kind_of(session) != DEMO:
            raise StoreError("S013", store=shown(engine.url))


def _enter_hospitals(session: Session) -> None:
    first, second = later_from().fiscal_year - 1, later_from().fiscal_year
    everybody = demo_hospitals()
    enter_facilities(session, [_as_row(hospital, first) for hospital in everybody])
    in_another_group = [
        _as_row(one, second) for one in everybody if one.hgr_in(first) != one.hgr_in(second)
    ]
    enter_facilities(session, in_another_group, since=later_from())


def _as_row(hospital: DemoHospital, fiscal_year: int) -> FacilityRow:
    return FacilityRow(
        hcode=hospital.hcode,
        hcode9=hospital.hcode9,
        name_th=hospital.name.th,
        name_en=hospital.name.en,
        kind=HOSPITAL,
        district=hospital.district,
        hgr=hospital.hgr_in(fiscal_year),
        level=hospital.level,
        beds=hospital.beds,
        latitude=hospital.latitude,
        longitude=hospital.longitude,
        island=hospital.island,
    )


def _unit_row(unit: DemoUnit) -> FacilityRow:
    return FacilityRow(
        hcode=unit.hcode,
        hcode9=unit.hcode9,
        name_th=unit.name.th,
        name_en=unit.name.en,
        kind=UNIT,
        district=unit.district,
        latitude=unit.latitude,
        longitude=unit.longitude,
    )


def demo_tables() -> tuple[DemoTable, ...]:
    """All tables: the accounts, the themes, the transfer."""
    return (demo_reports(), *theme_tables(), *transfer_tables())


def star_period() -> Period:
    """The fiscal year of the self-assessments."""
    return Period(star_parameters().fiscal_year)


def _load_read(session: Session) -> Iterator[int]:
    """Read what is not made of tables as if it was sent; the number of figures in each."""
    files = (*star_files(demo_stars()), *book_files(), *plan_files(), *programme_files())
    for file in sorted(files, key=lambda file: file.sent_at):
        examined = examine(file.content, file.name, form_id=file.form)
        upload, submissions = new_upload(session, examined, file.content, by=file.sent_by)
        store_upload(session, replace(upload, uploaded_at=file.sent_at), submissions)
        yield upload.filled
