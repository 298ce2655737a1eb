"""Finance files of a few invented hospitals, and sending them as an office would."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_facilities
from core.store.register.row import FacilityRow
from tests.core.store.filling import a_register, hospital
from tests.paths import SAMPLES

DATA = SAMPLES
STAR = DATA / "star" / "star-2561-printed-filled.xlsx"
STAR_HALF = DATA / "star" / "star-2561-printed-half-filled.xlsx"
FINANCE = DATA / "finance" / "finance-good.csv"
FINANCE_BAD = DATA / "finance" / "finance-bad.csv"

SOUND = {
    "finance.cash": 90, "finance.current_assets": 200, "finance.inventories": 20,
    "finance.current_liabilities": 100, "finance.revenue": 110, "finance.expense": 100,
    "finance.net_income": 10,
}  # fmt: skip
"""A hospital at level 0."""
BROKE = SOUND | {
    "finance.cash": 10, "finance.current_assets": 50, "finance.revenue": 90,
    "finance.net_income": -10,
}  # fmt: skip
"""A hospital at level 7."""


def row(hcode: str, figures: dict[str, Any], *, year: int = 2566, month: int = 9) -> dict[str, Any]:
    """A hospital's month, by fiscal month."""
    return {"hcode": hcode, "fiscal_year": year, "fiscal_month": month, **figures}


def table(*rows: dict[str, Any]) -> bytes:
    """A finance file of these rows, as .csv."""
    columns = list(dict.fromkeys(name for one in rows for name in one))
    lines = [columns, *([str(one.get(name, "")) for name in columns] for one in rows)]
    return "\n".join(",".join(line) for line in lines).encode()


def send(engine: Engine, *rows: dict[str, Any], by: str = "office") -> Receipt:
    """Import a finance file of these rows."""
    data = table(*rows)
    return store(engine, examine(data, "finance.csv"), data, by=by)


def send_star(engine: Engine, path: Path = STAR, *, by: str = "cup", cup: str = "D6101") -> Receipt:
    """Import a self-assessment of a CUP."""
    data = path.read_bytes()
    return store(engine, examined(path), data, by=by, subject=cup)


def examined(path: Path) -> Intake:
    return examine(path.read_bytes(), path.name)


def register(engine: Engine, *rows: FacilityRow) -> None:
    """Seven areas, and these facilities in them."""
    with unit_of_work(engine) as session:
        a_register(session)
        enter_facilities(session, rows)
        session.commit()


__all__ = ["hospital"]
