"""Fills in the blank of an assessment form many times over, quickly and always the same.

Writing a blank takes half a second, typing into a copy of it a few hundredths: the blank's own
parts stay as they are, and only its empty cells get values.
"""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

import openpyxl

from core.forms.model.identity import parse_name
from core.services.handbook.templates import blank

_CUP: Final = "CUP-0000"
_NAME: Final = "CUP-NAME"
# Empty cells are written closed at once or, where lxml is installed, as a pair of tags.
_EMPTY: Final = re.compile(r'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)(?: t="n")?(?: ?/>|></c>)')
_MODIFIED: Final = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*")

Typed = float | str


class Blank:
    """A blank form whose cells can be filled in."""

    def __init__(self, form_id: str, fiscal_year: int) -> None:
        _, data = blank(form_id, cup=_CUP, cup_name=_NAME, fiscal_year=fiscal_year)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self._parts = {name: package.read(name).decode("utf-8") for name in package.namelist()}
        self._cells = dict(_inputs(data))

    def filled(self, cup: str, cup_name: str, typed: Mapping[str, Typed], at: datetime) -> bytes:
        """The form of one network; `typed` by the full id of the rule. `at` is when it was saved.

        `KeyError` for an id that the form has no cell for.
        """
        by_part: dict[str, dict[str, Typed]] = defaultdict(dict)
        for key, value in typed.items():
            part, cell = self._cells[key]
            by_part[part][cell] = value
        # A moment of its own for every file would make the same form other bytes each time.
        moment = at.timetuple()[:6]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in self._parts.items():
                content = _typed_into(text, by_part.get(name, {}))
                content = content.replace(_CUP, escape(cup)).replace(_NAME, escape(cup_name))
                if name == "docProps/core.xml":
                    content = _MODIFIED.sub(rf"\g<1>{at:%Y-%m-%dT%H:%M:%SZ}", content)
                info = zipfile.ZipInfo(name, moment)
                info.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(info, content)
        return out.getvalue()


def _inputs(data: bytes) -> list[tuple[str, tuple[str, str]]]:
    """Rule id -> part of the package and cell it is typed into."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    inputs = []
    for name, defined in book.defined_names.items():
        parsed = parse_name(name)
        if parsed is not None and parsed.role == "input":
            (sheet, cell), *_ = defined.destinations
            number = book.sheetnames.index(sheet) + 1
            place = f"xl/worksheets/sheet{number}.xml", cell.replace("$", "")
            inputs.append((parsed.id, place))
    return inputs


def _typed_into(text: str, typed: Mapping[str, Typed]) -> str:
    if not typed:
        return text
    left = dict(typed)

    def fill(match: re.Match[str]) -> str:
        value = left.pop(match[1], None)
        if value is None:
            return match[0]
        if isinstance(value, str):
            content = f't="inlineStr"><is><t>{escape(value)}</t></is>'
        else:
            content = f"><v>{value!r}</v>"
        return f'<c r="{match[1]}"{match[2]} {content}</c>'

    filled = _EMPTY.sub(fill, text)
    if left:
        raise KeyError(*left)
    return filled
