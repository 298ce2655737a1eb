"""The facilities before and after one in the ranking that it was chosen from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Engine

from core.access.roles import Action
from core.criteria.catalog import catalog
from core.criteria.model import AreaShare, LightMatrix
from core.periods import Period
from core.services.geography.country import Place
from core.services.governance import view as governance
from core.services.guard.doors import door
from core.services.overview.crisis import crisis_view
from core.services.overview.month import month
from core.services.rules.finance import CRISIS
from core.services.themes import view as themes
from core.text import Text


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a facility stands in a ranking of an area, the first at 1, and who stands beside it.

    `ranking` is what the ranking is by. None: it is the first, or the last.
    """

    ranking: Text
    area: Place
    place: int
    of: int
    before: Place | None
    after: Place | None


@door(Action.READ, "hcode")
def neighbours(
    engine: Engine, hcode: str, period: Period, *, area: str, ranking: str
) -> Neighbours | None:
    """Who stands beside a facility in an area; None where it is not in the ranking.

    `ranking` is an area criterion or a governance matrix; whatever else it is, the ranking is by
    the crisis level. Areas that there are not are the country.
    """
    whole = month(engine, period)
    code = whole.meant(area)
    name, places, places_of = _ranking(engine, whole.version, period, code, ranking)
    here = places_of.get(hcode)
    if here is None:
        return None
    return Neighbours(
        ranking=name,
        area=whole.place(code),
        place=here + 1,
        of=len(places),
        before=places[here - 1] if here else None,
        after=places[here + 1] if here + 1 < len(places) else None,
    )


@lru_cache(maxsize=256)
def _ranking(
    engine: Engine,
    version: str,  # noqa: ARG001
    period: Period,
    area: str,
    ranking: str,
) -> tuple[Text, Sequence[Place], Mapping[str, int]]:
    """The places of a ranking, and at which of them each facility stands."""
    name, places = _ranked(engine, period, area, ranking)
    return name, places, {one.code: at for at, one in enumerate(places)}


def _ranked(
    engine: Engine, period: Period, area: str, ranking: str
) -> tuple[Text, Sequence[Place]]:
    known = catalog().criteria.get(ranking)
    rule = known.editions[0].rule if known else None
    if isinstance(rule, AreaShare) and (units := _of_theme(engine, period, area, ranking)):
        return units
    if isinstance(rule, LightMatrix) and (lit := _of_matrix(engine, period, area, ranking)):
        return lit
    hospitals = crisis_view(engine, period, area).hospitals
    return catalog().criteria[CRISIS].name, [one.place for one in hospitals]


def _of_theme(
    engine: Engine, period: Period, area: str, criterion: str
) -> tuple[Text, Sequence[Place]] | None:
    selected = themes.resolve_selection(
        engine, [criterion], criterion=criterion, period=str(period), area=area
    )
    if selected is None:
        return None
    shown = themes.theme_view(engine, selected)
    return shown.unit.name, [one.place for one in shown.units]


def _of_matrix(
    engine: Engine, period: Period, area: str, matrix: str
) -> tuple[Text, Sequence[Place]] | None:
    selected = governance.resolve_selection(
        engine, [matrix], matrix=matrix, period=str(period), area=area
    )
    if selected is None:
        return None
    shown = governance.governance_view(engine, selected)
    return shown.matrix.name, [one.place for one in shown.hospitals]
