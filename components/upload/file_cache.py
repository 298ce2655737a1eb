"""A cache for this visit: a file is examined once under the same readings."""

import time
from collections.abc import Callable, Container, Mapping, Sequence, Set
from typing import Any, Final, TypeVar

import streamlit as st

from components.reader.language import _
from components.upload.dropped import Dropped
from core.services.importing.scoring import Scorer, teaches
from core.services.intake.kinds import Intake

T = TypeVar("T")

_RESULTS: Final = "cache.results"
_READINGS: Final = "cache.readings"
_PATIENCE: Final = 0.3
"""Seconds before a bar appears."""


def examine_files(
    files: Sequence[Dropped], readings: Mapping[str, str], stored: Container[str] = ()
) -> tuple[Intake, ...]:
    """The examined files in order; a progress bar shows when it takes long.

    They are examined anew after anything was stored, for they are held against that too, and when
    tables of group values before them come or go. Those of the keys in `stored` have their receipt
    and stay as they were when they were stored.
    """
    scorer = Scorer(readings=readings).beside_own_store()
    cache, chosen = _cache(), (*sorted(readings.items()), ("", scorer.stamp))
    _forget({file.key for file in files}, chosen, stored)
    started, bar = time.monotonic(), st.empty()
    intakes: list[Intake] = []
    before: tuple[str, ...] = ()
    for done, file in enumerate(files):
        if time.monotonic() - started > _PATIENCE:
            text = _(
                "File {done} of {count}: {name}", done=done + 1, count=len(files), name=file.name
            )
            bar.progress(done / len(files), text=text)
        key = (file.key, chosen, before)
        if key not in cache:
            cache[key] = scorer.score(file.data, file.name)
        else:
            scorer.learn(cache[key])
        intakes.append(cache[key])
        if teaches(cache[key]):
            before = (*before, file.key)
    bar.empty()
    return tuple(intakes)


def _forget(present: Set[str], chosen: tuple[tuple[str, str], ...], stored: Container[str]) -> None:
    """Drop what belongs to removed files, and what the readings or the store have outdated."""
    cache = _cache()
    before = st.session_state.setdefault(_READINGS, chosen)
    if before != chosen:
        st.session_state[_READINGS] = chosen
        lasting = {
            _under(chosen, key) if key[1] == before else key: made
            for key, made in cache.items()
            if key[0] in stored and before[:-1] == chosen[:-1]
        }
        cache.clear()
        cache.update(lasting)
    for gone in [key for key in cache if key[0] not in present]:
        del cache[gone]


def _under(chosen: tuple[tuple[str, str], ...], key: tuple[object, ...]) -> tuple[object, ...]:
    return key[0], chosen, *key[2:]


def cached_with_file(key: tuple[object, ...], make: Callable[[], T]) -> T:
    """What `make` returns, cached until the file whose key comes first is removed."""
    cache = _cache()
    if key not in cache:
        cache[key] = make()
    made: T = cache[key]
    return made


def _cache() -> dict[tuple[object, ...], Any]:
    cache: dict[tuple[object, ...], Any] = st.session_state.setdefault(_RESULTS, {})
    return cache
