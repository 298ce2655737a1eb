"""Facilities and areas by name, read once for each version of the results and shared by views."""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Engine

from core.periods import Period
from core.store.engine.unit_of_work import reading
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


@lru_cache(maxsize=4)
def areas_by_code(engine: Engine, version: str) -> Mapping[str, tuple[str, str, str]]:  # noqa: ARG001
    """Names in Thai and English of every area by code, and the area it lies in."""
    with reading(engine) as session:
        return area_names(session)
