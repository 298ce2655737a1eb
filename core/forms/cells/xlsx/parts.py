"""The workbook part of an .xlsx package and the relations of its parts.

Docs: ECMA-376 part 1, §18.2 (workbook); part 2, §9.3 (relationships).
"""

import posixpath
import re
from typing import Final
from urllib.parse import unquote

from core.forms.cells.workbook import Place, place_of
from core.forms.cells.xlsx.markup import Attributes, Part

_NAME: Final = re.compile(
    r"^'?(?P<sheet>[^!]{1,200}?)'?!\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[0-9]{1,7})$"
)
_YES: Final = frozenset({"1", "true", "on"})


class BookPart(Part):
    """Sheets in order (name, relation, hidden) and the names given to cells.

    `is_workbook`: whether the part is one at all. `counts_from_1904`: which day 0 is. It
    `is_uncalculated` when whoever saved it left the calculating to whoever opens it.
    """

    def __init__(self) -> None:
        self.is_workbook = self.counts_from_1904 = self.is_uncalculated = False
        self.sheets: list[tuple[str, str, bool]] = []
        self._names: list[tuple[str, str]] = []
        self._name: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, hidden))
        elif tag == "workbook":
            self.is_workbook = True
        elif tag == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in _YES
        elif tag == "calcPr":
            self.is_uncalculated = attributes.get("fullCalcOnLoad") in _YES
        elif tag == "definedName":
            # A copied sheet brings the workbook's names along as its own.
            self._name = None if "localSheetId" in attributes else attributes.get("name")

    def end(self, tag: str, text: str) -> None:
        if tag == "definedName" and self._name is not None:
            self._names.append((self._name, text))

    def defined_cells(self) -> dict[str, tuple[str, Place]]:
        """Name -> sheet and cell; names of ranges, formulas and lost cells are left out."""
        cells = {}
        for name, reference in self._names:
            if match := _NAME.match(reference):
                place = place_of(match["column"] + match["row"])
                cells[name] = match["sheet"].replace("''", "'"), place
        return cells


class RelationsPart(Part):
    """The relations of one part.

    `folder` is that of the part they belong to: targets are relative to it. Targets are names of
    parts as the package has them, whatever slashes and escapes they were written with.
    """

    def __init__(self, folder: str) -> None:
        self.parts: dict[str, str] = {}
        self.worksheets: set[str] = set()
        self.strings = self.styles = self.workbook = ""
        self._folder = "/" + folder

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = unquote(attributes.get("Target", "")).replace("\\", "/")
        name = posixpath.normpath(posixpath.join(self._folder, target)).lstrip("/").casefold()
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.parts[attributes.get("Id", "")] = name
        if kind == "worksheet":
            self.worksheets.add(name)
        elif kind == "sharedStrings":
            self.strings = name
        elif kind == "styles":
            self.styles = name
        elif kind == "officeDocument":
            self.workbook = name


def relations_of(part: str) -> str:
    """The part that holds the relations of a part; of the package itself those of ""."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
