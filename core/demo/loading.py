"""Filling the demonstration's own store, and emptying it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.collector import collector_at_rest
from core.demo.country.hospitals import DemoHospital, demo_hospitals, later_from
from core.demo.country.units import DemoUnit, demo_units
from core.demo.files.csv_files import DemoFile, table_files
from core.demo.files.reporting import demo_reports
from core.demo.files.sheets import Sheet
from core.demo.files.stars import demo_stars, star_files
from core.demo.files.submissions import Submissions
from core.demo.files.tables import DemoTable
from core.demo.files.theme_tables import theme_tables
from core.demo.files.transfer_tables import transfer_tables
from core.errors import StoreError
from core.forms.model.form import form
from core.services.geography.reference import all_areas
from core.services.importing.rows import new_upload
from core.services.intake.examine import examine
from core.services.recompute.versions import Cause, recompute_all
from core.services.stores import open_store
from core.store.backup.copying import empty
from core.store.engine.failures import shown
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.register.repository import enter_areas, enter_facilities, known_codes
from core.store.register.row import FacilityRow
from core.store.schema.about import kind_of, renew
from core.store.uploads.bulk import BulkUploads, File
from core.store.uploads.repository import NewUpload, store_upload

DEMO: Final = "demo"
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


def load(engine: Engine | None = None, *, progress: Progress | None = None) -> Loaded:
    """Fill the demonstration's store with invented data, whatever was in it before.

    In one transaction: readers see the old content until it is done. Without an `engine` the
    demonstration's own database is opened. `StoreError` S013 for a store of real data.
    """
    store, report = engine or open_store(DEMO), progress or _ignore_progress
    _refuse_real_data(store)
    with collector_at_rest(), unit_of_work(store) as session:
        empty(session)
        enter_areas(session, all_areas())
        _enter_hospitals(session)
        enter_facilities(session, [_unit_row(unit) for unit in demo_units()])
        report(0.05)
        counted = [*_load_tables(session, report), *_load_stars(session)]
        report(0.75)
        computed = recompute_all(session, Cause(DEMO, DEMO))
        renew(session)
        session.commit()
    report(1.0)
    return Loaded(len(demo_hospitals()), len(counted), sum(counted), computed.new)


def clear(engine: Engine | None = None) -> None:
    """Empty the demonstration's store; `StoreError` S013 for a store of real data."""
    store = engine or open_store(DEMO)
    _refuse_real_data(store)
    with unit_of_work(store) as session:
        empty(session)
        renew(session)
        session.commit()


def is_loaded(engine: Engine) -> bool:
    """Whether a store holds the demonstration, which is loaded in one transaction."""
    with reading(engine) as session:
        return kind_of(session) == DEMO and bool(known_codes(session))


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


def _load_tables(session: Session, report: Progress) -> Iterator[int]:
    """Store every table as if it had been sent; the number of figures in each."""
    files = sorted(_files(demo_tables()), key=lambda pair: pair[0].sent_at)
    bulk = BulkUploads(session)
    for first in range(0, len(files), _AT_ONCE):
        uploads = [_as_upload(*pair) for pair in files[first : first + _AT_ONCE]]
        bulk.add(uploads)
        report(0.1 + 0.5 * first / len(files))
        yield from (upload.filled for upload, _ in uploads)


def demo_tables() -> tuple[DemoTable, ...]:
    """All tables: the accounts, the themes, the transfer."""
    return (demo_reports(), *theme_tables(), *transfer_tables())


def _files(tables: Iterable[DemoTable]) -> Iterator[tuple[DemoFile, Submissions]]:
    for sheet in map(Sheet, tables):
        submissions = Submissions(sheet)
        for file in table_files(sheet):
            yield file, submissions


def _as_upload(file: DemoFile, submissions: Submissions) -> File:
    submissions_of_file = submissions.of(file)
    figures = sum(len(one.observations) for one in submissions_of_file)
    upload = NewUpload(
        form=file.form,
        form_version=str(form(file.form).version),
        subject=file.area,
        fiscal_year=file.fiscal_year,
        file_name=file.name,
        content=file.content,
        uploaded_by=file.sent_by,
        filled=figures,
        inputs=figures,
        uploaded_at=file.sent_at,
    )
    return upload, submissions_of_file


def _load_stars(session: Session) -> Iterator[int]:
    """Read every self-assessment as if it had been sent; the number of figures in each."""
    for file in sorted(star_files(demo_stars()), key=lambda file: file.sent_at):
        examined = examine(file.content, file.name)
        upload, submissions = new_upload(session, examined, file.content, by=file.sent_by)
        store_upload(session, replace(upload, uploaded_at=file.sent_at), submissions)
        yield upload.filled
