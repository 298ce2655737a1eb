"""Download buttons, and the blank forms; a file is made when its button is pressed."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

import streamlit as st

from components.parts.filtered import Filter
from components.reader.language import _, current_language, tr
from components.reader.own_files import for_reader
from core.forms.model.form import forms
from core.services.exports.tables import table_file
from core.services.exports.workbook import Head, Rows, workbook
from core.services.handbook.templates import blank
from core.text import Language

_DEFAULT: Final = "finance"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def blank_forms() -> str:
    """A list of all forms and a button that downloads the chosen one, blank; the id of that."""
    names = {key: tr(listed.name) for key, listed in forms().items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Form"),
            list(names),
            index=list(names).index(_DEFAULT),
            format_func=lambda one: names[one],
            key="downloads.form",
            filter_mode="contains",
        )
        download_button(
            "blank",
            _("Download the blank form"),
            partial(_blank, chosen, current_language()),
            f"{chosen}.xlsx",
            XLSX,
        )
    return chosen


def blank_buttons(form_ids: Iterable[str]) -> None:
    """A button for each of some forms, which downloads it blank."""
    with st.container(horizontal=True):
        for form_id in form_ids:
            download_button(
                f"blank.{form_id}",
                _("Blank form: {form}", form=tr(forms()[form_id].name)),
                partial(_blank, form_id, current_language()),
                f"{form_id}.xlsx",
                XLSX,
            )


def _blank(form_id: str, language: Language) -> bytes:
    return blank(form_id, language=language)[1]


def filtered_buttons(
    key: str, make: Callable[[], Rows], head: Head, file: str, chosen: Filter
) -> None:
    """The same of the rows that a filter leaves, which buttons and the head of each file name."""
    words = chosen.in_words()
    if not words:
        table_buttons(key, make, head, file)
        return
    filtered = Head(head.title, (*head.lines, _("Filtered: {filter}", filter=words)))
    labels = _("Download the filtered rows (Excel)"), _("Download the filtered rows (CSV)")
    _buttons(key, make, filtered, f"{file}-filtered", labels)


def table_buttons(key: str, make: Callable[[], Rows], head: Head, file: str) -> None:
    """Buttons that download all rows of the table above them, as Excel or CSV.

    For a table that shows a part of its rows; whole ones are taken away by static/takeaway.
    """
    _buttons(key, make, head, file, (_("Download all rows (Excel)"), _("Download all rows (CSV)")))


def _buttons(
    key: str, make: Callable[[], Rows], head: Head, file: str, labels: tuple[str, str]
) -> None:
    excel, text = labels
    with st.container(horizontal=True):
        download_button(f"{key}.xlsx", excel, partial(_excel, head, make), f"{file}.xlsx", XLSX)
        download_button(f"{key}.csv", text, partial(_csv, head, make), f"{file}.csv", "text/csv")


def _excel(head: Head, make: Callable[[], Rows]) -> bytes:
    return workbook(head, make())


def _csv(head: Head, make: Callable[[], Rows]) -> bytes:
    return table_file(".csv", head, make())


def download_button(key: str, label: str, make: Callable[[], bytes], file: str, mime: str) -> None:
    """A button that makes its file when it is pressed."""
    st.download_button(
        label,
        for_reader(make),
        file,
        mime,
        key=f"downloads.{key}",
        on_click="ignore",
        icon=":material/download:",
    )
