"""What can be taken away; each file is made only when it is asked for."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath
from typing import Final

import streamlit as st

from components.language import _, current, tr
from components.uploads import Dropped
from core.forms.model import forms
from core.services.intake import Intake
from core.services.marking import marked
from core.services.takeaways import items_csv, result_json
from core.services.templates import blank
from core.text import Language

_USUAL: Final = "finance"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        _button(
            "blank",
            _("Download the blank form"),
            partial(_blank, chosen, current()),
            f"{chosen}.xlsx",
            _XLSX,
        )


def _blank(form_id: str, language: Language) -> bytes:
    return blank(form_id, language=language)[1]


def takeaways(intake: Intake, file: Dropped) -> None:
    """The file with its problems marked, its result, and its items as a table."""
    stem = PurePath(intake.file).stem
    with st.container(horizontal=True):
        if intake.issues:
            _button(
                "marked",
                _("Download the workbook with its problems marked"),
                partial(marked, file.data, intake, current()),
                f"{stem}-marked.xlsx",
                _XLSX,
            )
        if intake.form is not None:
            _button(
                "json",
                _("Download the result (JSON)"),
                partial(result_json, [intake]),
                f"{stem}.json",
                "application/json",
            )
        if intake.result is not None:
            _button(
                "csv",
                _("Download the items (CSV)"),
                partial(items_csv, intake.result, current()),
                f"{stem}.csv",
                "text/csv",
            )


def results(intakes: Sequence[Intake]) -> None:
    """The results of all files in one."""
    _button(
        "all",
        _("Download all results (JSON)"),
        partial(result_json, intakes),
        "results.json",
        "application/json",
    )


def _button(key: str, label: str, make: Callable[[], bytes], file: str, mime: str) -> None:
    st.download_button(
        label,
        make,
        file,
        mime,
        key=f"downloads.{key}",
        on_click="ignore",
        icon=":material/download:",
    )
