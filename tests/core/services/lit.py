"""Results as governance matrices read them, written straight into a small store."""

from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy import Engine

from core.criteria.catalog import catalog
from core.criteria.model import AreaShare
from core.periods import Period, parse_period
from core.scoring.base.states import State, Verdict
from core.scoring.base.threshold import keeps
from core.services.governance.cells import LightCell
from core.services.governance.data import LitHospital, MatrixMonth, matrix_month
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_facilities
from core.store.register.row import FacilityRow
from core.store.results.detail import Notes, PartTable
from core.store.results.writing import NewResults
from tests.core.store.filling import a_register, hospital, write

MONTH, ROUND = parse_period("2566-M09"), parse_period("2566-R2")
MONTH_BEFORE, ROUND_BEFORE = parse_period("2566-M08"), parse_period("2566-R1")
MATRICES = ("governance.financial", "governance.efficiency", "governance.funds")

Part = tuple[float, float, float, float, State]
"""Figure, cut-off, points, full marks, state."""
nan = float("nan")


def pcu(hcode: str, district: str = "D6101", *, marked: bool = False) -> FacilityRow:
    """A primary care unit called by its code; a `marked` one is to be transferred."""
    names = f"รพ.สต. {hcode}", f"Unit {hcode}"
    return FacilityRow(hcode, None, *names, "pcu", district, transferred=marked)


def facilities(engine: Engine, *rows: FacilityRow) -> Engine:
    """A register of these facilities."""
    with unit_of_work(engine) as session:
        a_register(session)
        enter_facilities(session, rows)
        session.commit()
    return engine


def hospitals(engine: Engine, count: int) -> list[str]:
    """So many hospitals of one district."""
    codes = [f"{11000 + number}" for number in range(count)]
    facilities(engine, *map(hospital, codes))
    return codes


def tell(
    engine: Engine,
    criterion: str,
    period: Period,
    values: Mapping[str, float],
    *,
    states: Mapping[str, State] | None = None,
    notes: Mapping[str, Notes] | None = None,
) -> None:
    """Have facilities come to these values; NaN was not reported unless a state says otherwise."""
    value = np.array(list(values.values()), dtype=np.float64)
    usual = np.where(np.isnan(value), State.NOT_REPORTED, State.REPORTED)
    state = [
        (states or {}).get(code, State(int(one))) for code, one in zip(values, usual, strict=True)
    ]
    write(
        engine,
        NewResults(
            criterion=criterion,
            subjects=tuple(values),
            periods=(period,) * len(values),
            value=value,
            points=value,
            full_marks=np.full(len(values), 100.0),
            verdict=np.full(len(values), Verdict.NOT_JUDGED, dtype=np.int8),
            state=np.array(state, dtype=np.int8),
            notes=[(notes or {}).get(code, {}) for code in values],
        ),
    )


def tell_parts(
    engine: Engine,
    criterion: str,
    period: Period,
    parts: Mapping[str, Mapping[str, Part]],
) -> None:
    """Have hospitals' results hold these parts: by hospital, then by local id."""
    local = list(next(iter(parts.values())))
    table = np.array(
        [[[*part[:4], int(part[4])] for part in by.values()] for by in parts.values()],
        dtype=np.float64,
    )
    count = len(parts)
    write(
        engine,
        NewResults(
            criterion=criterion,
            subjects=tuple(parts),
            periods=(period,) * count,
            value=np.full(count, nan),
            points=np.full(count, nan),
            full_marks=np.full(count, nan),
            verdict=np.full(count, Verdict.NOT_JUDGED, dtype=np.int8),
            state=np.full(count, State.NOT_REPORTED, dtype=np.int8),
            parts=PartTable(
                ids=tuple(local),
                figure=table[..., 0],
                cutoff=table[..., 1],
                points=table[..., 2],
                full_marks=table[..., 3],
                state=table[..., 4].astype(np.int8),
            ),
        ),
    )


def tell_shares(
    engine: Engine,
    criterion: str,
    period: Period,
    areas: Mapping[str, tuple[int, int]],
    *,
    reporting: int | None = None,
) -> None:
    """Have so many of so many facilities of areas pass, held against the rule's own target."""
    rule = catalog().ruleset(period.fiscal_year).rule(criterion)
    assert isinstance(rule, AreaShare)
    op, limit = next(iter(rule.parts[0].targets[0].edges.items()))
    number, over = np.array(list(areas.values()), dtype=np.float64).T
    share = 100 * number / over
    met = np.where(keeps(share, op, limit), Verdict.PASS, Verdict.FAIL).astype(np.int8)
    column = (one[:, None] for one in (share, np.full(share.shape, limit), number, over))
    state = np.full((share.size, 1), State.REPORTED, dtype=np.int8)
    notes = [
        {
            "expected": all_,
            "reporting": all_ if reporting is None else reporting,
            "highest": None,
            "best": int(verdict),
            "worst": int(verdict),
        }
        for all_, verdict in zip(over.astype(int).tolist(), met.tolist(), strict=True)
    ]
    write(
        engine,
        NewResults(
            criterion=criterion,
            subjects=tuple(areas),
            periods=(period,) * share.size,
            value=share,
            points=number,
            full_marks=over,
            verdict=met,
            state=state[:, 0],
            parts=PartTable((rule.parts[0].id.rpartition(".")[2],), *column, state),
            notes=notes,
        ),
    )


def figure(value: float, limit: float = nan) -> Part:
    """A part that was reported: its figure, and what it is held against."""
    return value, limit, nan, 0.0, State.REPORTED


def whole(
    engine: Engine, matrix: str, period: Period = MONTH, before: Period | None = MONTH_BEFORE
) -> MatrixMonth:
    """A matrix as it stands."""
    return matrix_month(engine, f"governance.{matrix}", period, before=before)


def cell(found: MatrixMonth, hcode: str, column: str) -> LightCell:
    """One hospital's light of a column."""
    ids = [one.id.rpartition(".")[2] for one in found.matrix.parts]
    return found.facilities[hcode].cells[ids.index(column)]


def lights(found: MatrixMonth, column: str) -> Sequence[str]:
    """The first letters of every hospital's light of a column, in the order of their codes."""
    return "".join(cell(found, hcode, column).light.name[0] for hcode in found.facilities)


__all__ = ["LitHospital", "hospital"]
