"""The newest light of one subject by one criterion, as the results of now have it."""

from typing import NamedTuple

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.findings.lights import Light, lights_of
from core.periods import Period
from core.services.findings.criteria import moment
from core.services.findings.lights import period_lights
from core.store.findings.rows import StoredFinding
from core.store.results.repository import results_of


class Newest(NamedTuple):
    """A light with its period and value; `SILENT` and None where there is no result."""

    light: Light
    period: Period | None
    value: float | None


def newest_value(
    session: Session, subject: str, criterion: str, upto: Period | None = None
) -> Newest:
    """The light by the newest stored result, up to a period where one is given."""
    rows = results_of(session, criterion, [subject])
    places = [
        (moment(period), place)
        for place, period in enumerate(rows.periods)
        if period.part in "MR" and period.part and (upto is None or moment(period) <= moment(upto))
    ]
    if not places:
        return Newest(Light.SILENT, None, None)
    _when, place = max(places)
    light = lights_of(rows.verdict[[place]], rows.state[[place]])[0]
    value = float(rows.value[place])
    return Newest(Light(int(light)), rows.periods[place], None if np.isnan(value) else value)


def newest_light(
    engine: Engine, session: Session, one: StoredFinding
) -> tuple[Light, Period | None]:
    """The light a finding is held against; that of the last closing where a matrix alone lights."""
    newest = newest_value(session, one.subject, one.criterion)
    if newest.period is None:
        return one.light, one.seen_in
    if newest.light is Light.GREEN:
        # A matrix may light red what passes: all lights of the subject tell.
        lights = period_lights(engine, newest.period, one.subject)
        red = (lit for lit in lights.columns if lit.criterion == one.criterion)
        for lit in red:
            if one.subject in lit.subjects:
                return Light(int(lit.lights[lit.subjects.index(one.subject)])), newest.period
    return newest.light, newest.period
