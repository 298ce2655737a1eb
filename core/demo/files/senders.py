"""Who sends the demonstration's files: offices by name, nobody in person."""

from functools import cache

from core.demo.parameters import reporting_parameters
from core.services.geography.reference import all_areas


def sender_of(area: str) -> str:
    """The office that sends for a province or a district, marked as invented."""
    return reporting_parameters().sender[area[0]].format(area=_names()[area])


@cache
def _names() -> dict[str, str]:
    return {area.code: area.name_th for area in all_areas()}
