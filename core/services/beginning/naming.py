"""The facilities that files name: their codes, and what the files say of them beside figures."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from core.forms.cells.workbook import Place
from core.forms.model.form import TableForm, form_that_holds
from core.forms.table.heads.head import Header
from core.forms.table.heads.titles import titles_of
from core.forms.table.keys import shown
from core.forms.table.lines import Line
from core.services.intake.kinds import Intake, RegisterIntake, TableIntake
from core.services.intake.register_rows import CODE_LENGTH, THEME

NAME: Final = f"{THEME}name_th"
KIND: Final = f"{THEME}kind"
CUP: Final = f"{THEME}cup"
DISTRICTS: Final = (f"{THEME}district", CUP, f"{THEME}district_code")
"""Columns of the register that say in which district a facility lies."""
_ATTRIBUTES: Final = (NAME, KIND, *DISTRICTS, f"{THEME}province", f"{THEME}level", f"{THEME}hgr")
_PLACES: Final = {"district": f"{THEME}district", "province": f"{THEME}province"}
"""Columns of other forms that say the same as one of the register."""
_WORD: Final = re.compile(r"[^\W\d_]")


@dataclass
class NamedFacility:
    """A facility by its code; `words` are what files say of it, by columns of the register.

    `files` name it, the first of them first. `contradicted` are columns of which two files say
    different things: the first is in `words`.
    """

    hcode: str
    files: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    contradicted: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Its name as typed; the code where no file has one."""
        return self.words.get(NAME, self.hcode)

    @property
    def has_district(self) -> bool:
        """Whether a file says in which district it lies."""
        return any(measure in self.words for measure in DISTRICTS)

    def add(self, file: str, words: Mapping[str, str]) -> None:
        """Take in what a row of a file says."""
        if file not in self.files:
            self.files.append(file)
        for measure, text in words.items():
            if self.words.setdefault(measure, text) != text:
                self.contradicted.add(measure)


def facilities_in(intakes: Iterable[Intake]) -> tuple[NamedFacility, ...]:
    """The facilities that rows of figures are about, by code; tables of the register are left out.

    Rows with a long code, of a district or of nobody name none.
    """
    by_code: dict[str, NamedFacility] = {}
    for intake in intakes:
        if not isinstance(intake, TableIntake) or isinstance(intake, RegisterIntake):
            continue
        places: dict[int, Mapping[str, int]] = {}
        for line in intake.reading.lines:
            code = line.hcode
            if code is None or len(code) != CODE_LENGTH or not code.isdigit():
                continue
            header = line.header
            if id(header) not in places:
                places[id(header)] = _columns(header)
            one = by_code.setdefault(code, NamedFacility(code))
            one.add(intake.file, _words(intake, line, places[id(header)]))
    return tuple(by_code[code] for code in sorted(by_code))


def _words(intake: TableIntake, line: Line, beside: Mapping[str, int]) -> Mapping[str, str]:
    """What a row says of its facility; its kind is that which the form is for, if it says none."""
    words = dict(_beside(line, beside))
    words.setdefault(KIND, _kind(intake.form))
    cup = intake.identity.cup if intake.identity else None
    if cup and not any(measure in words for measure in DISTRICTS):
        words[CUP] = cup
    if NAME not in words and (name := _name_beside_code(line)):
        words[NAME] = name
    return words


def _beside(line: Line, columns: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for measure, column in columns.items():
        text = shown(line.header.sheet.at(Place(line.row, column)))
        if _WORD.search(text) or (text and measure in DISTRICTS):
            yield measure, text


def _columns(header: Header) -> Mapping[str, int]:
    """Columns of a table of figures that the register has as well, by its measure."""
    titles = titles_of(form_that_holds("register").tables[0])
    own = {place: measure for measure, place in header.columns.items()}
    places: dict[str, int] = {}
    for place, cell in header.sheet.rows.get(header.row, {}).items():
        if place in own:
            measure = _PLACES.get(own[place])
        else:
            measure = titles.plain(cell.value) if isinstance(cell.value, str) else None
        if measure in _ATTRIBUTES:
            places.setdefault(measure, place)
    return places


def _kind(form: TableForm) -> str:
    column = next(one for one in form_that_holds("register").columns if one.measure == KIND)
    return next(choice.name.th for choice in column.choices if choice.id == form.of)


def _name_beside_code(line: Line) -> str:
    """The name in a cell such as `10661-...`; empty where the code stands alone."""
    text = shown(line.header.cell(line.row, "hcode"))
    rest = text.replace(line.hcode or "", "", 1).strip(" -\u2013:/|()[]")
    return rest if rest != text and _WORD.match(rest) else ""
