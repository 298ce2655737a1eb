"""What hospitals of the demonstration report, and what goes wrong."""

import hashlib
from collections import Counter

import numpy as np
import pytest

from core.demo.country.hospitals import demo_hospitals
from core.demo.country.places import outlines
from core.demo.files.reporting import demo_reports
from core.demo.files.tables import written
from core.demo.parameters import reporting_parameters
from core.scoring.base.states import State

REPORTS = demo_reports()
TOLD = reporting_parameters()
HOSPITALS = demo_hospitals()


def states(state: State) -> int:
    return sum(np.count_nonzero(c.states == state) for c in REPORTS.columns.values())


def test_what_is_reported_does_not_change_unasked() -> None:
    """Change it on purpose, then write the new digest here."""
    digest = hashlib.sha256()
    for code in sorted(REPORTS.columns):
        digest.update(np.ascontiguousarray(REPORTS.columns[code].states).tobytes())
    digest.update(repr(sorted((*cell, text) for cell, text in REPORTS.typed.items())).encode())
    digest.update(repr(sorted((*cell, other) for cell, other in REPORTS.twice.items())).encode())
    assert digest.hexdigest()[:16] == "b41b95a2ee342ef5"


def test_nearly_everybody_reports() -> None:
    assert 0.99 < REPORTS.reported.mean() < 1
    assert 0.96 < REPORTS.reported[:, -1].mean() < 0.99


@pytest.mark.parametrize("province", sorted(TOLD.silent))
def test_some_fall_silent_and_stay_so(province: str) -> None:
    silence = TOLD.silent[province]
    members = np.array([hospital.province == province for hospital in HOSPITALS])
    quiet = members & ~REPORTS.reported[:, -silence.months :].any(axis=1)
    assert quiet.sum() == pytest.approx(silence.share * members.sum(), abs=0.6)
    assert quiet.any()
    assert REPORTS.reported[quiet, : -silence.months].mean() > 0.9


def test_one_province_is_silent_altogether() -> None:
    silent = {
        province
        for province in outlines()
        if not any(
            REPORTS.reported[place, -1]
            for place, hospital in enumerate(HOSPITALS)
            if hospital.province == province
        )
    }
    assert len(silent) == 1


def test_what_is_not_sent_is_missing_and_never_zero() -> None:
    for column in REPORTS.columns.values():
        assert np.isnan(column.values[~REPORTS.reported]).all()
        assert (column.states[~REPORTS.reported] == State.NOT_REPORTED).all()


def test_only_reported_figures_have_values() -> None:
    for column in REPORTS.columns.values():
        assert np.array_equal(np.isnan(column.values), column.states != State.REPORTED)


def test_reported_figures_are_the_invented_ones() -> None:
    for code, column in REPORTS.columns.items():
        there = column.states == State.REPORTED
        assert np.array_equal(column.values[there], REPORTS.invented[code][there])


def test_a_few_cells_are_wrong_in_every_way() -> None:
    wrong = TOLD.mistyped.count
    assert wrong - 5 <= states(State.ERROR) <= wrong  # some would stand where nothing is told
    assert states(State.CONTRADICTORY) == TOLD.contradictory.count
    assert states(State.NOT_APPLICABLE) == TOLD.does_not_apply.count
    texts = Counter("negative" if text.startswith("-") else text for text in REPORTS.typed.values())
    assert set(texts) == {*TOLD.mistyped.texts, TOLD.does_not_apply.text}


def test_what_stands_twice_says_two_things() -> None:
    assert len(REPORTS.twice) == TOLD.contradictory.count
    for cell, other in REPORTS.twice.items():
        assert other != REPORTS.invented[cell.measure][cell.subject, cell.period]


def test_some_never_tell_some_measures() -> None:
    for measure in TOLD.never_reported.measures:
        told = REPORTS.columns[measure].states == State.REPORTED
        assert 5 <= np.count_nonzero(~told.any(axis=1)) <= 6


@pytest.mark.parametrize(
    ("value", "text"),
    [(100.0, "100"), (12.5, "12.5"), (-3.25, "-3.25"), (1234567890.12, "1234567890.12")],
)
def test_figures_are_written_as_short_as_they_read_back(value: float, text: str) -> None:
    assert written(value) == text
    assert float(text) == value
