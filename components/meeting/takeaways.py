"""The files of a meeting: made beside the page, with how far they are, then downloaded."""

from datetime import timedelta
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.reader.language import _, current_language, tr
from components.reader.own_files import for_reader
from core.errors import TruatError
from core.forms.model.issues import issue_of
from core.services.meeting.files import FILES, KINDS, Kind, written
from core.services.meeting.making import Key, Making, known, made
from core.services.meeting.meetings import Meeting
from core.services.meeting.report import Progress, report_of
from core.text import Language

_LOOK: Final = timedelta(seconds=0.5)


def show(engine: Engine, shown: Meeting) -> None:
    """A button for each kind of file; once pressed it says how far it is, then offers the file."""
    with st.container(horizontal=True, key="takeaways"):
        for kind in KINDS:
            _offer(engine, shown, kind)


def _offer(engine: Engine, shown: Meeting, kind: Kind) -> None:
    about, language = shown.about, current_language()
    open_ones = tuple(one.id for one in shown.open_questions)
    key = (str(engine.url), about.id, about.revision, open_ones, kind, language)
    making = known(key)
    if making is None:
        if st.button(tr(FILES[kind].name), key=f"files.{kind}", icon=":material/note_add:"):
            made(key, lambda progress: _file(shown, kind, language, progress))
            st.rerun()
    elif making.is_ready:
        _download(making, kind, about.id)
    else:
        st.fragment(_progress, run_every=_LOOK)(key, tr(FILES[kind].name))


def _file(shown: Meeting, kind: Kind, language: Language, progress: Progress) -> bytes:
    return written(kind, report_of(shown, progress), language)


def _progress(key: Key, name: str) -> None:
    """How far the file is, looked at again and again."""
    making = known(key)
    if making is None or making.is_ready:
        st.rerun()
    share = making.done / making.all if making.all else 0.0
    text = _(
        "{name}: {done} of {count} views", name=name, done=making.done, count=making.all or "…"
    )
    st.progress(min(share, 1.0), text=text)


def _download(making: Making, kind: Kind, number: int) -> None:
    """The file; what kept it from being made is said in its place."""
    try:
        content = making.content()
    except TruatError as error:
        st.error(tr(issue_of(error).text))
        return
    st.download_button(
        _("Download: {name}", name=tr(FILES[kind].name)),
        for_reader(lambda: content),
        f"meeting-{number}.{FILES[kind].suffix}",
        FILES[kind].media_type,
        key=f"files.{kind}.ready",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )
