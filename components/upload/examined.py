"""Work done once a visit: the same file under the same readings is examined a single time."""

import time
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, Final, TypeVar

import streamlit as st

from components.reader.language import _
from components.upload.dropped import Dropped
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake

T = TypeVar("T")

_RESULTS: Final = "cache.results"
_READINGS: Final = "cache.readings"
_PATIENCE: Final = 0.3
"""Seconds before a bar appears."""


def examined(files: Sequence[Dropped], readings: Mapping[str, str]) -> tuple[Intake, ...]:
    """The results of all files, in order; a bar tells how many are left when it takes long."""
    kept, chosen = _kept(), tuple(sorted(readings.items()))
    _forget({file.key for file in files}, chosen)
    started, bar = time.monotonic(), st.empty()
    for done, file in enumerate(files):
        if time.monotonic() - started > _PATIENCE:
            said = _(
                "File {done} of {count}: {name}", done=done + 1, count=len(files), name=file.name
            )
            bar.progress(done / len(files), text=said)
        if (file.key, chosen) not in kept:
            kept[file.key, chosen] = examine(file.data, file.name, readings=readings)
    bar.empty()
    return tuple(kept[file.key, chosen] for file in files)


def _forget(present: Set[str], chosen: tuple[tuple[str, str], ...]) -> None:
    """Drop what belongs to files that are gone, and everything once other readings are asked."""
    kept = _kept()
    if st.session_state.setdefault(_READINGS, chosen) != chosen:
        st.session_state[_READINGS] = chosen
        kept.clear()
    for gone in [key for key in kept if key[0] not in present]:
        del kept[gone]


def once(key: tuple[object, ...], make: Callable[[], T]) -> T:
    """What `make` returns, kept as long as the file whose key comes first is there."""
    kept = _kept()
    if key not in kept:
        kept[key] = make()
    made: T = kept[key]
    return made


def _kept() -> dict[tuple[object, ...], Any]:
    kept: dict[tuple[object, ...], Any] = st.session_state.setdefault(_RESULTS, {})
    return kept
