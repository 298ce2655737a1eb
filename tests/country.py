"""A small country of invented hospitals in two regions, through two months, stored and scored."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, make_url

from core.periods import Period, parse_period
from core.scoring.base.states import State
from core.services.recompute.versions import Cause, recompute_all
from core.store.engine.migrate import open_database
from core.store.engine.settings import Kind, StoreSettings, address_of
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_facilities
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.repository import store_upload
from tests.core.services.sending import BROKE, SOUND
from tests.core.store.filling import a_file, a_register, hospital
from tests.filled import filled_once

BEFORE, NOW = map(parse_period, ("2566-M08", "2566-M09"))

# What each hospital told before and now: sound is level 0, broke level 7, None nothing at all.
TOLD = {
    "11201": ("D6101", BROKE, BROKE),
    "11202": ("D6101", SOUND, BROKE),
    "11203": ("D6102", SOUND, SOUND),
    "11204": ("D6102", BROKE, SOUND),
    "11301": ("D6501", SOUND, SOUND),
    "11302": ("D6501", SOUND, None),
}
PLACES = {"D6101": (15.38, 100.02), "D6102": (15.45, 99.89), "D6501": (16.82, 100.26)}


@filled_once
def small_country(engine: Engine) -> Engine:
    """Fill an empty store: at level 7 are one of five hospitals before, and two of five now."""
    with unit_of_work(engine) as session:
        a_register(session)
        rows = [
            hospital(hcode, district, latitude=PLACES[district][0], longitude=PLACES[district][1])
            for hcode, (district, *_) in TOLD.items()
        ]
        enter_facilities(session, rows)
        said = [
            _submission(hcode, period, figures)
            for hcode, (_, *told) in TOLD.items()
            for period, figures in zip((BEFORE, NOW), told, strict=True)
            if figures is not None
        ]
        store_upload(session, a_file(subject="TH"), said)
        recompute_all(session, Cause("import", "a test"))
        session.commit()
    return engine


def _submission(hcode: str, period: Period, figures: dict[str, int]) -> NewSubmission:
    observed = [
        Observed(measure, float(value), State.REPORTED, "การเงิน", f"{column}2")
        for column, (measure, value) in zip("ABCDEFGH", figures.items(), strict=False)
    ]
    return NewSubmission(hcode, period, observed)


def small_store(folder: Path, kind: Kind = "demo") -> Engine:
    """The same as a file where the app looks for it."""
    address = address_of(kind, StoreSettings(var_folder=folder, database_url=None))
    file = Path(str(make_url(address).database))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_empty(kind))
    return small_country(open_database(address, kind))


@cache
def _empty(kind: Kind) -> bytes:
    """A store with all tables, made once in a run."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        open_database(f"sqlite:///{file}", kind).dispose()
        return file.read_bytes()
