"""The zone to drop workbooks, and the dropped files of this visit, on whatever page it is."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

import streamlit as st

from components.reader.language import _, tr
from components.reader.markup import joined, tag
from components.reader.streamlit_internals import UploadedFile
from core.errors import TruatError
from core.forms.model.issues import issue_of
from core.services.bulk.sources import MOST_FILES, dropped_sources, sources_in

_FILES: Final = "uploads.files"
_SHOWN: Final = "uploads.shown"
_WIDGET: Final = "uploads.place"
_ARCHIVES: Final = "uploads.archives"
_INSIDE: Final = 100
"""Files of an archive shown one by one; an archive of more is worked on as one."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file; `key` is a digest of its content and its name."""

    key: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive of more files than are shown one by one, in a file that goes with this visit."""

    key: str
    name: str
    count: int
    file: IO[bytes]

    @property
    def path(self) -> Path:
        return Path(self.file.name)


def dropped_archives() -> tuple[Archive, ...]:
    """The large archives that were dropped and not removed since, in that order."""
    return tuple(_archives().values())


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
            " .xlsx, .xlsm, .xls, .csv, a D-file (.zip, .mdb), or a .zip of up to {most} of them",
            most=f"{MOST_FILES:,}",
        ),
        accept_multiple_files=True,
        key=_WIDGET,
        on_change=_follow,
        label_visibility="collapsed" if _files() or _archives() else "visible",
    )
    if notices := [tag("p", sentence) for sentence in (*_too_full(), *_repeated())]:
        st.html(joined(notices))


def _repeated() -> Iterator[str]:
    """What was dropped more than once, under one name or several."""
    times = Counter(chain.from_iterable(st.session_state[_SHOWN].values()))
    for file in _files().values():
        if (count := times[file.key]) > 1:
            yield _(
                "{file}: the same file was dropped {count} times; it is read once.",
                file=file.name,
                count=count,
            )
    names: dict[bytes, list[str]] = {}
    for file in _files().values():
        names.setdefault(hashlib.sha256(file.data).digest(), []).append(file.name)
    for first, *others in names.values():
        for other in others:
            yield _("{file} and {other} hold the very same file.", file=first, other=other)


def _files() -> dict[str, Dropped]:
    files: dict[str, Dropped] = st.session_state.setdefault(_FILES, {})
    return files


def _follow() -> None:
    """Add and remove files as the reader did in the list of the zone."""
    listed: Mapping[str, UploadedFile] = {file.file_id: file for file in st.session_state[_WIDGET]}
    shown: dict[str, tuple[str, ...]] = st.session_state[_SHOWN]
    for gone in shown.keys() - listed.keys():
        keys = shown.pop(gone)
        for key in set(keys).difference(*shown.values()):
            _files().pop(key, None)
            _archives().pop(key, None)
    for file_id, file in listed.items():
        if file_id not in shown:
            if archive := _large_archive(file):
                shown[file_id] = (archive.key,)
                _archives().setdefault(archive.key, archive)
                continue
            received = _received(file)
            shown[file_id] = tuple(one.key for one in received)
            for new in received:
                _files().setdefault(new.key, new)


def _archives() -> dict[str, Archive]:
    archives: dict[str, Archive] = st.session_state.setdefault(_ARCHIVES, {})
    return archives


def _large_archive(file: UploadedFile) -> Archive | None:
    """An archive of many workbooks, written to a file so that it is read piece by piece."""
    data = file.getbuffer()
    # The name of a file without a name is gone as soon as its last reader is.
    copy = NamedTemporaryFile(prefix="truat-", suffix=".zip")  # noqa: SIM115
    copy.write(data)
    copy.flush()
    try:
        inside = sources_in(Path(copy.name)) or ()
    except TruatError:
        inside = ()
    if len(inside) <= _INSIDE:
        copy.close()
        return None
    key = hashlib.sha256(data).hexdigest()
    return Archive(key, file.name, len(inside), copy)


def _received(file: UploadedFile) -> tuple[Dropped, ...]:
    """A file, or the files of an archive; one that is not opened is refused as a file."""
    data = file.getvalue()
    try:
        inside = dropped_sources(data) or ()
    except TruatError:
        inside = ()
    if inside:
        return tuple(_dropped(one.name, one.read()) for one in inside)
    return (_dropped(file.name, data),)


def _dropped(name: str, data: bytes) -> Dropped:
    digest = hashlib.sha256(data)
    digest.update(name.encode())
    return Dropped(digest.hexdigest(), name, data)


def _too_full() -> Iterator[str]:
    """Archives of more files than are taken at once, and those that are damaged."""
    for file in _files().values():
        try:
            dropped_sources(file.data)
        except TruatError as error:
            yield tr(issue_of(error).text)
