"""What can be taken away; each file is made only when it is asked for."""

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from components.language import _, current
from core.services.intake import Intake
from core.services.takeaways import items_csv, result_json


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
