"""The tables of the transfer: figures of primary care units, and of their networks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from core.demo.country.places import districts
from core.demo.draws import Draws
from core.demo.files.mishaps import Plan, table_with_slips
from core.demo.files.reporting import demo_reports
from core.demo.files.tables import Batch, DemoTable, Subject
from core.demo.files.theme_tables import sending
from core.demo.parameters import hospital_parameters
from core.demo.theme_parameters import TransferParameters, transfer_parameters
from core.demo.themes.transfer import invented_transfer
from core.periods import Period
from core.scoring.base.inputs import BoolArray, FloatArray

FORM: Final = "transfer"
_PERCENT: Final = 100


def transfer_tables() -> Iterator[DemoTable]:
    """Steps and budgets of units, then the equity of their networks, both by rounds."""
    invented = invented_transfer()
    province = {district.code: district.province for district in districts()}
    units = [Subject(unit.hcode, unit.province) for unit in invented.units]
    networks = [Subject(code, province[code]) for code in invented.networks]
    yield _table("transfer", units, invented.steps, "R{number}")
    yield _table("equity", networks, invented.equity, "R{number}-equity")


def _table(
    name: str, subjects: Sequence[Subject], figures: Mapping[str, FloatArray], part: str
) -> DemoTable:
    parameters, draws = transfer_parameters(), Draws(hospital_parameters().seed)
    periods, batches = _rounds(parameters, part)
    lost = draws.uniform(f"{name} lost", len(subjects), len(periods)) * _PERCENT
    plan = Plan(
        name=name,
        form=FORM,
        subjects=subjects,
        periods=periods,
        reported=(lost >= parameters.lost) & _in_reporting_provinces(subjects, periods),
        figures=figures,
        words={},
        away={},
        sending=sending(name, batches),
    )
    return table_with_slips(plan, parameters.slips, draws)


def _in_reporting_provinces(subjects: Sequence[Subject], periods: Sequence[Period]) -> BoolArray:
    """Whether the province reports at all; one whose hospitals are all silent does not."""
    reports = demo_reports()
    columns = []
    for period in periods:
        reported = reports.reported[:, reports.periods.index(period.month)].tolist()
        provinces = {
            one.province for one, there in zip(reports.subjects, reported, strict=True) if there
        }
        columns.append([subject.province in provinces for subject in subjects])
    return np.array(columns, dtype=np.bool_).T


def _rounds(
    parameters: TransferParameters, part: str
) -> tuple[tuple[Period, ...], tuple[Batch, ...]]:
    """The rounds with reports, and the file of each."""
    periods = tuple(
        Period(parameters.fiscal_year, "R", number) for number in range(1, len(parameters.lost) + 1)
    )
    batches = tuple(
        Batch(range(n, n + 1), part.format(number=period.number), period.month)
        for n, period in enumerate(periods)
    )
    return periods, batches
