"""Facilities and areas by name, read once for each version of the results and shared by views."""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Engine

from core.access.roles import Action
from core.periods import Period
from core.services.guard.doors import door
from core.store.engine.unit_of_work import reading
from core.store.register.repository import facilities
from core.store.results.area_rows import SiteRow, area_names, sites


@lru_cache(maxsize=24)
def facilities_in(
    engine: Engine,
    version: str,  # noqa: ARG001
    kind: str,
    period: Period,
) -> Mapping[str, SiteRow]:
    """Facilities of a kind as they were in a period, by hcode in its order."""
    with reading(engine) as session:
        return sites(session, kind, period)


@door(Action.READ, "district")
def facilities_of(engine: Engine, district: str, kind: str) -> tuple[str, ...]:
    """The codes of a district's facilities of a kind that are open, in their order.

    Empty for a district that nobody entered; `UsageError` U006 for a code of no shape.
    """
    with reading(engine) as session:
        inside = facilities(session, area=district, kind=kind)
    return tuple(one.hcode for one in inside if one.closed_on is None)


@lru_cache(maxsize=4)
def areas_by_code(engine: Engine, version: str) -> Mapping[str, tuple[str, str, str]]:  # noqa: ARG001
    """Names in Thai and English of every area by code, and the area it lies in."""
    with reading(engine) as session:
        return area_names(session)
