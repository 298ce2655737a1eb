"""Invented figures of all themes: the same everywhere, whole, each a measure of the catalogue."""

import hashlib

import numpy as np
import pytest

from core.criteria.catalog import measures
from tests.core.demo.themes.reported import SCENE, themes
from tests.effort import calls

NAMES = ("revenue", "claims", "msss", "payables", "sproi", "coverage", "compensation")
PERIODS = {"claims": 12, "compensation": 12, "msss": 2}


# The same on every machine


def test_not_a_figure_changes_unasked() -> None:
    """Change the figures on purpose, then write the new digest here."""
    digest = hashlib.sha256()
    for figures in themes().values():
        for code in sorted(figures):
            digest.update(code.encode())
            digest.update(np.ascontiguousarray(figures[code], dtype="<f8").tobytes())
    assert digest.hexdigest()[:16] == "8bfabff0f6fff06d"


def test_they_are_invented_by_columns_not_figure_by_figure() -> None:
    figures = sum(values.size for theme in themes().values() for values in theme.values())
    assert calls(themes.__wrapped__) < figures / 5


# Whole


@pytest.mark.parametrize("theme", NAMES)
def test_every_figure_is_a_measure_and_none_is_negative(theme: str) -> None:
    for code, values in themes()[theme].items():
        assert code in measures()
        assert values.shape == (SCENE.size, PERIODS.get(theme, 4))
        assert (values[~np.isnan(values)] >= 0).all(), code


@pytest.mark.parametrize("theme", NAMES)
def test_counts_are_whole_and_answers_yes_or_no(theme: str) -> None:
    for code, values in themes()[theme].items():
        told = values[~np.isnan(values)]
        if measures()[code].unit in ("count", "points"):
            assert (told == np.rint(told)).all(), code
        if measures()[code].unit == "answer":
            assert set(np.unique(told)) <= {0.0, 1.0}, code


@pytest.mark.parametrize("theme", [name for name in NAMES if name != "claims"])
def test_only_of_claims_anything_is_left_empty(theme: str) -> None:
    assert not any(np.isnan(values).any() for values in themes()[theme].values())
