"""The register as a list: every facility of an area as it is now."""

from typing import Any

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY, parse_area
from core.services.exports.documents import both
from core.services.guard.doors import door
from core.services.guard.whose import area_or_country
from core.store.engine.unit_of_work import reading
from core.store.register.repository import PlacedFacility, facilities
from core.text import Text


@door(Action.READ, area_or_country)
def registered(engine: Engine, area: str | None = None) -> tuple[PlacedFacility, ...]:
    """The facilities of an area, by hcode; `UsageError` U006 for no code of an area."""
    with reading(engine) as session:
        return facilities(session, area=parse_area(area or COUNTRY).code)


def facility_json(one: PlacedFacility) -> dict[str, Any]:
    """A facility as its JSON document."""
    return {
        "hcode": one.hcode,
        "hcode9": one.hcode9,
        "hcode9_new": one.hcode9_new,
        "name": both(Text(one.name_th, one.name_en)),
        "kind": one.kind,
        "district": one.district,
        "province": one.province,
        "region": one.region,
        "hgr": one.hgr,
        "level": one.level,
        "beds": one.beds,
        "latitude": one.latitude,
        "longitude": one.longitude,
        "island": one.island,
        "transferred": one.transferred,
        "closed_on": one.closed_on.isoformat() if one.closed_on else None,
    }
