"""What can be taken away; each file is made only when it is asked for."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath
from typing import Final

import streamlit as st

from components.language import _, current
from core.forms.model import forms
from core.services.intake import Intake
from core.services.takeaways import items_csv, result_json
from core.services.templates import blank
from core.text import Language

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def blanks() -> None:
    """A blank of every form."""
    with st.container(horizontal=True):
        for form in forms().values():
            st.download_button(
                _("Blank form: {form}", form=form.name),
                partial(_blank, form.id, current()),
                f"{form.id}.xlsx",
                _XLSX,
                key=f"downloads.blank.{form.id}",
                on_click="ignore",
                icon=":material/download:",
            )


def _blank(form_id: str, language: Language) -> bytes:
    return blank(form_id, language=language)[1]


def takeaways(intake: Intake) -> None:
    """The result of one file, and its items as a table."""
    stem = PurePath(intake.file).stem
    language, result = current(), intake.result
    with st.container(horizontal=True):
        st.download_button(
            _("Download the result (JSON)"),
            lambda: result_json([intake]),
            f"{stem}.json",
            "application/json",
            key="downloads.json",
            on_click="ignore",
        )
        if result is not None:
            st.download_button(
                _("Download the items (CSV)"),
                lambda: items_csv(result, language),
                f"{stem}.csv",
                "text/csv",
                key="downloads.csv",
                on_click="ignore",
            )


def results(intakes: Sequence[Intake]) -> None:
    """The results of all files in one."""
    st.download_button(
        _("Download all results (JSON)"),
        lambda: result_json(intakes),
        "results.json",
        "application/json",
        key="downloads.all",
        on_click="ignore",
    )
