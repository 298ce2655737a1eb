"""Download buttons, and the blank forms; each file is made only when it is asked for."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from components.reader.language import _, current, tr
from core.forms.model.form import forms
from core.services.intake.templates import blank
from core.text import Language

_USUAL: Final = "finance"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def blanks() -> None:
    """A blank of the form chosen; monthly finance unless another is."""
    names = {key: tr(known.name) for key, known in forms().items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Form"),
            list(names),
            index=list(names).index(_USUAL),
            format_func=lambda one: names[one],
            key="downloads.form",
            filter_mode=None,
        )
        download_button(
            "blank",
            _("Download the blank form"),
            partial(_blank, chosen, current()),
            f"{chosen}.xlsx",
            XLSX,
        )


def _blank(form_id: str, language: Language) -> bytes:
    return blank(form_id, language=language)[1]


def download_button(key: str, label: str, make: Callable[[], bytes], file: str, mime: str) -> None:
    """A button that makes its file when it is pressed."""
    st.download_button(
        label,
        make,
        file,
        mime,
        key=f"downloads.{key}",
        on_click="ignore",
        icon=":material/download:",
    )
