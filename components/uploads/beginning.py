"""Beginning the register: from a table of it among the files, or from the facilities they name."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import streamlit as st

from components.parts import anatomy
from components.parts.downloads import XLSX, download_button
from components.parts.status import mark
from components.parts.tables import Column, table
from components.people.who import who_field
from components.reader.language import _, current_language, tr
from components.reader.markup import Html
from components.reader.store import own_store_of_view, tell_where_stored
from components.upload.dropped import Dropped
from components.upload.problems import list_issues
from components.upload.storing import attempt, district_names, receipts_under
from components.why.rules import quoted
from core.access.actors import current_actor
from core.services.beginning.naming import KIND, NAME, NamedFacility, facilities_in
from core.services.beginning.table import FILE, RegisterFile, is_register_empty, register_table
from core.services.bulk.clerk import store
from core.services.importing.receipt_text import receipt_lines
from core.services.importing.receipts import Receipt
from core.services.intake.kinds import Intake, RegisterIntake

_RECEIPTS: Final = "storing.register"
_TABLE: Final = "register.table"
_EMPTY: Final = "W332"
"""A cell of the register that must not be empty."""
_SHOWN: Final = 200
_ONE_BY_ONE: Final = 40
"""Facilities at most whose districts are chosen one by one; more are filled in in the list."""


def show(files: Sequence[Dropped], intakes: Sequence[Intake]) -> None:
    """Where the register is empty, a list of facilities to confirm; nothing is stored before."""
    for done in receipts_under(_RECEIPTS).values():
        for line in receipt_lines(done):
            st.write(tr(line).strip())
    if not is_register_empty():
        return
    listed = facilities_in(intakes)
    tables = [
        (file, intake)
        for file, intake in zip(files, intakes, strict=True)
        if isinstance(intake, RegisterIntake) and intake.is_storable
    ]
    if not (listed or tables):
        return
    anatomy.section(_("Begin the register"))
    st.write(
        _("The register of facilities is empty: until it is begun, no result counts anywhere.")
    )
    if not current_actor().is_whole:
        st.write(_("An administrator of the country begins it."))
    else:
        tell_where_stored()
        if tables:
            _from_tables(tables)
        else:
            _from_figures(listed)


def _from_tables(tables: Sequence[tuple[Dropped, RegisterIntake]]) -> None:
    """One button for the tables of the register among the files."""
    for file, intake in tables:
        count = f"{len(intake.register.rows):,}"
        st.write(
            _("{file} has {count} facilities that can be entered.", file=file.name, count=count)
        )
    by = who_field(_("Who begins it"), key="register.by")
    _confirm([(file.data, intake) for file, intake in tables], by)


def _from_figures(listed: Sequence[NamedFacility]) -> None:
    """The facilities that the files name, the districts they do not tell, and one button."""
    out = st.multiselect(
        _("Leave out (codes that are wrong)"),
        [one.hcode for one in listed],
        placeholder=_("Nothing left out"),
        key="register.out",
    )
    taken = [one for one in listed if one.hcode not in out]
    if not taken:
        return
    written = _written(taken, _districts(taken))
    _list(taken, written.intake)
    download_button(
        "register", _("Download the list to complete it in Excel"), lambda: written.data, FILE, XLSX
    )
    by = who_field(_("Who begins it"), key="register.by")
    if not written.is_whole:
        # The table says already who lacks a district.
        others = [one for one in written.intake.issues if one.code != _EMPTY]
        list_issues([one for one in others if one.severity == "error"])
        st.write(_("It can be confirmed once every facility has its district."))
    else:
        _confirm([(written.data, written.intake)], by)


def _confirm(tables: Sequence[tuple[bytes, Intake]], by: str) -> None:
    count = sum(len(one.register.rows) for _data, one in tables if isinstance(one, RegisterIntake))
    if not by:
        st.write(_("Type who begins it; then it can be confirmed."))
    elif st.button(
        _("Begin the register with {count} facilities", count=f"{count:,}"),
        key="register.confirm", type="primary",
    ):  # fmt: skip
        for data, intake in tables:
            done = attempt(partial(_entered, data, intake, by))
            if done is None:
                return
            receipts_under(_RECEIPTS)[intake.file] = done
        st.rerun()


def _entered(data: bytes, intake: Intake, by: str) -> Receipt:
    return store(own_store_of_view(), intake, data, by=by)


def _districts(taken: Sequence[NamedFacility]) -> Mapping[str, str]:
    """The districts of those whose files tell none, choices once for the facilities of a file."""
    choices: dict[str, str] = {}
    by_file: dict[str, list[NamedFacility]] = {}
    for one in taken:
        if not one.has_district:
            by_file.setdefault(one.files[0], []).append(one)
    for file, there in by_file.items():
        several = len(there) > 1 and st.checkbox(
            _("The facilities of {file} lie in several districts", file=file),
            key=f"register.several.{file}",
        )
        if several and len(there) > _ONE_BY_ONE:
            st.write(_("They are many: download the list, fill in their districts and drop it."))
        elif several:
            for one in there:
                label = _(
                    "District of {name}", name=f"{one.hcode} {one.words.get(NAME, '')}".strip()
                )
                choices |= _choose(label, one.hcode, [one.hcode])
        else:
            codes = [one.hcode for one in there]
            label = _("District of the {count} facilities of {file}", count=len(codes), file=file)
            choices |= _choose(label, file, codes)
    return choices


def _choose(label: str, key: str, codes: Sequence[str]) -> Mapping[str, str]:
    """One district chosen for some facilities; none while nobody chose."""
    names = district_names(current_language())
    chosen = st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda code: names[code],
        placeholder=_("Choose a district"),
        key=f"register.district.{key}",
    )
    return dict.fromkeys(codes, chosen) if chosen else {}


def _written(taken: Sequence[NamedFacility], districts: Mapping[str, str]) -> RegisterFile:
    """The table of the register, written anew where anything was chosen otherwise."""
    words = tuple((one.hcode, tuple(one.words.items())) for one in taken)
    choices = words, tuple(districts.items()), current_language()
    last = st.session_state.get(_TABLE)
    if last is None or last[0] != choices:
        last = choices, register_table(taken, districts, current_language())
        st.session_state[_TABLE] = last
    written: RegisterFile = last[1]
    return written


def _list(taken: Sequence[NamedFacility], intake: Intake) -> None:
    """Every facility as it would be entered; those that lack something first."""
    districts = _districts_read(intake)
    columns = (
        Column(_("Code")),
        Column(_("Name")),
        Column(_("Type")),
        Column(_("District")),
        Column(_("Files that name it")),
        Column(_("State")),
    )
    ordered = sorted(taken, key=lambda one: (one.hcode in districts, not one.contradicted))
    rows = [
        (
            one.hcode,
            quoted(one.words.get(NAME, "")) or _("no file names it: called by its code"),
            one.words.get(KIND, ""),
            districts.get(one.hcode, ""),
            quoted(", ".join(one.files)),
            _state(one, one.hcode in districts),
        )
        for one in ordered[:_SHOWN]
    ]
    table(_("Facilities that the files name"), columns, rows)
    if len(ordered) > _SHOWN:
        st.write(_("{count} more are in the list.", count=f"{len(ordered) - _SHOWN:,}"))


def _districts_read(intake: Intake) -> Mapping[str, str]:
    """The names of the districts by facility, of rows that can be entered."""
    if not isinstance(intake, RegisterIntake):
        return {}
    names = district_names(current_language())
    return {row.hcode: names[row.values["district"]] for row in intake.register.rows}


def _state(one: NamedFacility, is_whole: bool) -> Html:
    if not is_whole:
        return mark("fail", _("To complete"))
    if one.contradicted:
        return mark("watch", _("Files differ; what the first says is taken"))
    return mark("pass", _("Can be entered"))
