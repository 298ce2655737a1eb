"""Stores that slides are made of: the small country, and one with themes, matrices and stars."""

from collections.abc import Mapping

import numpy as np
import pytest
from sqlalchemy import Engine

from core.periods import Period
from core.reports.slide import Figure, Slide
from core.scoring.base.states import State, Verdict
from core.services.meeting.slides import slide_of
from core.store.results.writing import NewResults
from core.text import LANGUAGES
from tests.core.services import lit
from tests.core.services.sending import BROKE, SOUND, register, row, send, send_star
from tests.core.store.filling import hospital, write
from tests.country import small_country
from tests.filled import filled_once

ONE_DATABASE = True


@pytest.fixture
def country(engine: Engine) -> Engine:
    """Six hospitals of two regions through two months; two are at level 7 now, one is silent."""
    return small_country(engine)


@pytest.fixture
def themed(engine: Engine) -> Engine:
    """Three hospitals of a province; a theme, a matrix and a self-assessment of one network."""
    return _themed(engine)


@filled_once
def _themed(engine: Engine) -> Engine:
    register(engine, hospital("11201"), hospital("11202", "D6102"), hospital("11203", "D6102"))
    send(engine, row("11201", BROKE), row("11202", SOUND), row("11203", SOUND))
    send_star(engine)
    scores = {"11201": (60.0, Verdict.FAIL), "11202": (90.0, Verdict.PASS)}
    tell_judged(engine, "revenue.score", lit.ROUND, scores)
    areas = {"TH": (1, 3), "R03": (1, 3), "P61": (1, 3), "D6101": (0, 1), "D6102": (1, 2)}
    lit.tell_shares(engine, "revenue.area", lit.ROUND, areas, reporting=2)
    return engine


def tell_judged(
    engine: Engine, criterion: str, period: Period, told: Mapping[str, tuple[float, Verdict]]
) -> None:
    """Have hospitals come to these values, with these verdicts."""
    value = np.array([value for value, _verdict in told.values()])
    verdicts = [verdict for _value, verdict in told.values()]
    write(
        engine,
        NewResults(
            criterion=criterion,
            subjects=tuple(told),
            periods=(period,) * len(told),
            value=value,
            points=value,
            full_marks=np.full(len(told), 100.0),
            verdict=np.array(verdicts, dtype=np.int8),
            state=np.full(len(told), State.REPORTED, dtype=np.int8),
            notes=[{"grade": "A"} for _ in told],
        ),
    )


def seen(engine: Engine, page: str, **address: str) -> Slide:
    """The slide of a page at an address, its promises kept."""
    slide = slide_of(engine, page, address)
    check(slide, address)
    return slide


def check(slide: Slide, address: Mapping[str, str]) -> None:
    """What every slide promises, whatever it shows."""
    assert len(slide.lines) <= 5
    assert dict(slide.parameters) == {name: value for name, value in address.items() if value}
    texts = [slide.title, slide.place, *(line.text for line in slide.lines)]
    texts += [line.status for line in slide.lines]
    assert all(text.in_(language) for text in texts for language in LANGUAGES)
    assert "{" not in "".join(text.in_(language) for text in texts for language in LANGUAGES)
    if slide.problem is None:
        assert slide.figure is not None
        assert has_something(slide.figure)
    else:
        assert slide.figure is None
        assert not slide.lines


def has_something(figure: Figure) -> bool:
    """Whether a figure holds at least one value."""
    for name in ("bars", "areas", "rows", "series"):
        if rows := getattr(figure, name, ()):
            return bool(rows)
    return False
