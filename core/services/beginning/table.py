"""The facilities that files name as a table of the register: to be completed, confirmed, stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from core.access.roles import Action
from core.errors import StoreError
from core.forms.blank_table.write import write_table_template
from core.forms.model.form import form_that_holds
from core.services.beginning.naming import CUP, NAME, NamedFacility
from core.services.geography.districts import Districts
from core.services.guard.doors import ANYWHERE, door
from core.services.intake.examine import examine
from core.services.intake.kinds import RegisterIntake
from core.services.stores import existing_store
from core.store.engine.unit_of_work import reading
from core.store.register.repository import has_facilities
from core.text import Language, Text, say

FILE: Final = "register-from-files.xlsx"
_IN_JSON: Final = ("name_th", "kind", "district", "level", "hgr")


@dataclass(frozen=True)
class RegisterFile:
    """A table of the register as bytes and as read: nothing of it is stored."""

    data: bytes
    intake: RegisterIntake

    @property
    def is_whole(self) -> bool:
        """Whether every facility can be entered."""
        return self.intake.is_storable and not self.intake.has_errors


@door(Action.READ, ANYWHERE)
def is_register_empty() -> bool:
    """Whether one's own store knows no facility, or was never begun; not where it cannot be read.

    Files are looked at all the same beside a store that fails, and its failure is told elsewhere.
    """
    try:
        engine = existing_store()
        if engine is None:
            return True
        with reading(engine) as session:
            return not has_facilities(session)
    except StoreError:
        return False


def register_table(
    listed: Sequence[NamedFacility],
    districts: Mapping[str, str] | None = None,
    language: Language = "th",
) -> RegisterFile:
    """The table of these facilities; `districts` by facility are for those whose files say none.

    Without a district its cell stays empty, and the row has an error that says so.
    """
    rows = list(_rows(listed, districts or {}))
    form = form_that_holds("register")
    data = write_table_template(form, language=language, filled=rows)
    return RegisterFile(data, cast("RegisterIntake", examine(data, FILE)))


def _rows(
    listed: Sequence[NamedFacility], districts: Mapping[str, str]
) -> Iterator[Mapping[str, str | int]]:
    for one in listed:
        row = {"hcode": one.hcode, NAME: one.name, **one.words}
        if not one.has_district and one.hcode in districts:
            row[CUP] = districts[one.hcode].removeprefix("D")
        yield row


def facility_lines(intake: RegisterIntake) -> Iterator[Text]:
    """A line for each facility that can be entered: code, name, district and province."""
    areas = Districts.of_the_country().areas
    for row in intake.register.rows:
        district = areas[row.values["district"]]
        province = areas[district.parent]
        yield say(
            "  {code} {name}: {district}, {province}",
            code=row.hcode,
            name=row.values["name_th"],
            district=Text(district.name_th, district.name_en),
            province=Text(province.name_th, province.name_en),
        )


def facilities_json(intake: RegisterIntake) -> list[dict[str, Any]]:
    """The facilities that can be entered, as JSON values."""
    return [
        {"hcode": row.hcode, **{name: row.values.get(name) for name in _IN_JSON}}
        for row in intake.register.rows
    ]
