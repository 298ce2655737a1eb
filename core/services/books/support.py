"""Support between units: what hospitals' books say they received and gave, beside their levels.

Nothing is judged: transfers and levels stand side by side, month by month.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.load import read_model
from core.criteria.model.base import Listed, Strict
from core.forms.trial_balance.accounts import ACCOUNTS_FOLDER
from core.forms.trial_balance.header import FORM
from core.periods import Period
from core.services.guard.doors import door
from core.services.rules.finance import CRISIS
from core.services.scored.basis import UNKNOWN, Basis, bases
from core.store.engine.unit_of_work import reading
from core.store.results.repository import results
from core.store.uploads.accounts import carried_by, with_balance
from core.store.uploads.observed_table import observed_table


class Transfers(Strict):
    """`data/accounts/transfers.yaml`: accounts of what was received and of what was given."""

    received: Annotated[tuple[str, ...], Listed]
    given: Annotated[tuple[str, ...], Listed]


@cache
def transfers() -> Transfers:
    """The accounts of transfers between units."""
    return read_model(ACCOUNTS_FOLDER / "transfers.yaml", Transfers)


@dataclass(frozen=True, slots=True)
class Support:
    """What a hospital received and gave from October to the end of a month, in baht.

    None without books of the month, or where income and expense were closed; `level` is None where
    none was judged, `basis` what it rests on.
    """

    hcode: str
    period: Period
    received: float | None
    given: float | None
    level: int | None
    basis: Basis = UNKNOWN

    @property
    def net(self) -> float | None:
        """Received less given."""
        if self.received is None or self.given is None:
            return None
        return self.received - self.given


@door(Action.READ, "hcodes")
def support(
    engine: Engine, hcodes: Collection[str], period: Period
) -> Mapping[str, tuple[Support, ...]]:
    """Every month of the fiscal year up to one, by hospital; hospitals without any books too."""
    months = [Period(period.fiscal_year, "M", n) for n in range(1, period.number + 1)]
    with reading(engine) as session:
        books = _books(session, hcodes, months)
        levels = {month: _levels(session, month) for month in months}
        rests = bases(session, months, hcodes)
    return {
        hcode: tuple(
            Support(
                hcode,
                month,
                received,
                given,
                levels[month].get(hcode),
                rests.get(month, {}).get(hcode, UNKNOWN),
            )
            for month in months
            for received, given in [books.get((hcode, month), (None, None))]
        )
        for hcode in sorted(hcodes)
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """A hospital's last month of support, and the first month of its year with a level, if any."""

    latest: Support
    first: Support | None

    @property
    def first_level(self) -> int | None:
        """The first level of its fiscal year."""
        return self.first.level if self.first else None


def standings(transfers: Mapping[str, tuple[Support, ...]]) -> tuple[Standing, ...]:
    """The last month of each hospital, those who received most first, those without books last."""
    pairs = (
        Standing(rows[-1], next((one for one in rows if one.level is not None), None))
        for rows in transfers.values()
    )
    return tuple(sorted(pairs, key=_by_net))


def _by_net(one: Standing) -> tuple[bool, float, str]:
    net = one.latest.net
    return net is None, -(net or 0.0), one.latest.hcode


def _books(
    session: Session, hcodes: Collection[str], months: Sequence[Period]
) -> Mapping[tuple[str, Period], tuple[float, float]]:
    """What was received and given; only of books whose income and expense are open."""
    table = observed_table(session, FORM, periods=months, subjects=hcodes, measures=())
    numbers = table.submissions.tolist()
    wanted = (*transfers().received, *transfers().given)
    carried = carried_by(session, numbers, wanted)
    is_open = with_balance(session, numbers, ("4", "5"))
    keys = zip(numbers, table.subjects, table.periods, strict=True)
    return {
        (hcode, period): _sums(carried.get(number, {}))
        for number, hcode, period in keys
        if number in is_open
    }


def _sums(carried: Mapping[str, float]) -> tuple[float, float]:
    """Received is a credit, given a debit."""
    received, given = (
        math.fsum(value for code, value in carried.items() if code.startswith(accounts))
        for accounts in (transfers().received, transfers().given)
    )
    return (-received if received else 0.0), given


def _levels(session: Session, month: Period) -> Mapping[str, int]:
    levels = results(session, CRISIS, month)
    pairs = zip(levels.subjects, levels.value.tolist(), strict=True)
    return {subject: int(value) for subject, value in pairs if not math.isnan(value)}
