"""The files of plans and programmes: back-office relief of a few provinces, by quarter."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Annotated, Any, Final

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict
from core.demo.country.units import DemoUnit, demo_units
from core.demo.draws import Draws
from core.demo.files.csv_files import DemoFile
from core.demo.files.senders import sender_of
from core.demo.files.writing import yes_or_no
from core.demo.parameters import hospital_parameters
from core.forms.model.form import table_form
from core.periods import Period
from core.services.backoffice.programme import programme

FORM: Final = "backoffice"
_NOON: Final = time(5, 0)
_QUARTERS: Final = range(1, 5)
Row = Mapping[str, Any]
_Shares = Annotated[tuple[float, ...], Listed]


class Relief(Strict):
    """What the demonstration invents of back-office relief."""

    fiscal_year: int
    provinces: Annotated[tuple[str, ...], Listed]
    days: _Shares
    grows: float
    reporting: _Shares
    relieved: _Shares
    satisfaction: _Shares
    full: int
    steps: Annotated[tuple[Annotated[tuple[int, ...], Listed], ...], Listed]
    uses: Annotated[tuple[str, ...], Listed]
    effects: Annotated[tuple[str, ...], Listed]
    days_after: int
    file_name: str
    steps_name: str


class Programmes(Strict):
    """`data/demo/programmes.yaml`."""

    backoffice: Relief


@cache
def programme_parameters() -> Programmes:
    """The parameters of the data file."""
    return read_model(DATA_FOLDER / "demo" / "programmes.yaml", Programmes)


def relief_files() -> Iterator[DemoFile]:
    """A file of units and one of steps for every province that takes part."""
    own = programme_parameters().backoffice
    for province in own.provinces:
        units = [unit for unit in demo_units() if unit.province == province]
        if units:
            settings = {"province": province, "year": own.fiscal_year}
            yield _file(province, "units", own.file_name.format(**settings), _unit_rows(units, own))
            districts = sorted({unit.district for unit in units})
            rows = _step_rows(districts, units, own)
            yield _file(province, "networks", own.steps_name.format(**settings), rows)


def _unit_rows(units: Sequence[DemoUnit], own: Relief) -> Iterator[Row]:
    draws = Draws(hospital_parameters().seed)
    for unit in units:
        luck = draws.uniform(f"relief {unit.hcode}", len(_QUARTERS), 6)
        for place, quarter in enumerate(_QUARTERS):
            reported, days, part, happy, use, effect = luck[place].tolist()
            if reported > own.reporting[place]:
                continue
            low, high = own.days
            least, most = own.satisfaction
            share = own.relieved[place] * (0.8 + 0.2 * part)
            counts = {
                f"backoffice.{field.id}": round(share * field.processes)
                for field in programme().fields
                if field.processes
            }
            yield {
                "hcode": unit.hcode,
                "backoffice.district": unit.district[1:],
                "fiscal_year": own.fiscal_year,
                "quarter": quarter,
                "backoffice.days": round(low + (high - low) * days + own.grows * place, 1),
                **counts,
                "backoffice.refill": yes_or_no(yes=part < own.relieved[place]),
                "backoffice.effect": own.effects[int(effect * len(own.effects))],
                "backoffice.satisfaction": round(least + (most - least) * happy, 1),
                "backoffice.satisfaction_full": own.full,
                "backoffice.use": own.uses[int(use * len(own.uses))],
            }


def _step_rows(districts: Sequence[str], units: Sequence[DemoUnit], own: Relief) -> Iterator[Row]:
    draws = Draws(hospital_parameters().seed)
    for district in districts:
        pace = float(draws.uniform(f"relief {district}", 1)[0])
        for place, quarter in enumerate(_QUARTERS):
            low, high = own.steps[place]
            done = low + round((high - low) * pace)
            answers = {
                measure: yes_or_no(yes=number < done)
                for number, measure in enumerate(programme().sub_steps)
            }
            yield {
                "district": district[1:],
                "fiscal_year": own.fiscal_year,
                "quarter": quarter,
                "backoffice.targeted": sum(unit.district == district for unit in units),
                **answers,
            }


def _file(province: str, table: str, name: str, rows: Iterable[Row]) -> DemoFile:
    own = programme_parameters().backoffice
    last = Period(own.fiscal_year, "Q", _QUARTERS[-1])
    sent = last.last_day + timedelta(days=own.days_after)
    return DemoFile(
        name=name,
        form=FORM,
        area=province,
        fiscal_year=own.fiscal_year,
        content=table_csv(FORM, table, rows),
        sent_by=sender_of(province),
        sent_at=datetime.combine(sent, _NOON, tzinfo=UTC),
    )


def table_csv(form_id: str, table: str, rows: Iterable[Row]) -> bytes:
    """Rows as a CSV with the titles of a table of a form, readable by Excel."""
    tables = {one.id: one for one in table_form(form_id).tables}
    columns = tables[table].columns
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name.th for column in columns])
    writer.writerows([[row.get(column.measure, "") for column in columns] for row in rows])
    return text.getvalue().encode("utf-8-sig")
