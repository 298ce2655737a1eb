"""The zone to drop workbooks, and the dropped files of this visit, on whatever page it is."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.reader.language import _
from components.reader.markup import joined, tag
from components.reader.streamlit_internals import UploadedFile

_FILES: Final = "uploads.files"
_SHOWN: Final = "uploads.shown"
_WIDGET: Final = "uploads.place"


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file; `key` is a digest of its content and its name."""

    key: str
    name: str
    data: bytes


def dropped_files() -> tuple[Dropped, ...]:
    """The files that were dropped and not removed since, in that order."""
    return tuple(_files().values())


def drop_zone() -> None:
    """The zone to drop files; it is smaller once there are some."""
    if _WIDGET not in st.session_state:
        # The widget is new on this page, and its list is empty whatever was dropped before.
        st.session_state[_SHOWN] = {}
    st.file_uploader(
        _(
            "Drop filled-in workbooks or trial balances here:"
            " .xlsx, .xlsm, .xls, .csv, or a D-file (.zip, .mdb)"
        ),
        accept_multiple_files=True,
        key=_WIDGET,
        on_change=_follow,
        label_visibility="collapsed" if _files() else "visible",
    )
    if said := [tag("p", sentence) for sentence in _repeated()]:
        st.html(joined(said))


def _repeated() -> Iterator[str]:
    """What was dropped more than once, under one name or several."""
    times = Counter(st.session_state[_SHOWN].values())
    for file in _files().values():
        if (count := times[file.key]) > 1:
            yield _(
                "{file}: the same file was dropped {count} times; it is read once.",
                file=file.name,
                count=count,
            )
    named: dict[bytes, list[str]] = {}
    for file in _files().values():
        named.setdefault(hashlib.sha256(file.data).digest(), []).append(file.name)
    for first, *others in named.values():
        for other in others:
            yield _("{file} and {other} hold the very same file.", file=first, other=other)


def _files() -> dict[str, Dropped]:
    files: dict[str, Dropped] = st.session_state.setdefault(_FILES, {})
    return files


def _follow() -> None:
    """Add and remove files as the reader did in the list of the zone."""
    listed: Mapping[str, UploadedFile] = {file.file_id: file for file in st.session_state[_WIDGET]}
    shown: dict[str, str] = st.session_state[_SHOWN]
    for gone in shown.keys() - listed.keys():
        key = shown.pop(gone)
        if key not in shown.values():
            _files().pop(key, None)
    for file_id, file in listed.items():
        if file_id not in shown:
            new = _received(file)
            shown[file_id] = new.key
            _files().setdefault(new.key, new)


def _received(file: UploadedFile) -> Dropped:
    data = file.getvalue()
    digest = hashlib.sha256(data)
    digest.update(file.name.encode())
    return Dropped(digest.hexdigest(), file.name, data)
