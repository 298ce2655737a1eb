"""A store with document 001, a file for each form."""

from pathlib import Path

from sqlalchemy import Engine

from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.store.engine.migrate import open_database
from tests.printed.performance import document, workbook


def filled_with_the_report(folder: Path) -> Engine:
    """A store in a folder that holds every form of the document."""
    engine = open_database(f"sqlite:///{folder / 'truat.db'}")
    for form in document():
        data = workbook(form)
        store(engine, examine(data, f"{form}.xlsx", form_id=form), data, by="a test")
    return engine
