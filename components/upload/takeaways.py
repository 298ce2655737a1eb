"""Downloads of dropped files; each is made when its button is pressed."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

import streamlit as st

from components.parts.downloads import XLSX, download_button
from components.reader.language import _, current_language
from components.upload.dropped import Dropped
from core.services.intake.kinds import Intake, Refused
from core.services.intake.marking import marked
from core.services.intake.takeaways import items_csv, result_json
from core.services.scored.examined import AssessmentIntake


def takeaways(intake: Intake, file: Dropped) -> None:
    """The file with its problems marked, its result, and its items as a table."""
    stem = PurePath(intake.file).stem
    with st.container(horizontal=True):
        if intake.issues:
            # Where no problem has a cell, as of a file that cannot be read, nothing is marked.
            has_cells = any(issue.cell for issue in intake.issues)
            download_button(
                "marked",
                _("Download the workbook with its problems marked")
                if has_cells
                else _("Download the list of problems (Excel)"),
                partial(marked, file.data, intake, current_language()),
                f"{stem}-marked.xlsx" if has_cells else f"{stem}-problems.xlsx",
                XLSX,
            )
        if not isinstance(intake, Refused):
            download_button(
                "json",
                _("Download the result (JSON)"),
                partial(result_json, [intake]),
                f"{stem}.json",
                "application/json",
            )
        if isinstance(intake, AssessmentIntake):
            download_button(
                "csv",
                _("Download the items (CSV)"),
                partial(items_csv, intake.result, current_language()),
                f"{stem}.csv",
                "text/csv",
            )


def results(intakes: Sequence[Intake]) -> None:
    """The results of all files in one."""
    download_button(
        "all",
        _("Download all results (JSON)"),
        partial(result_json, intakes),
        "results.json",
        "application/json",
    )
