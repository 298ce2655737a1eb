"""Where the inputs and the form's own results stand in one workbook."""

from dataclasses import dataclass, field
from typing import NamedTuple

from core.forms.cells.workbook import Place


class Spot(NamedTuple):
    """A cell of a named sheet."""

    sheet: str
    place: Place


@dataclass
class Layout:
    """Cells by full rule id; of a merged range the top left."""

    inputs: dict[str, Spot] = field(default_factory=dict)
    numerators: dict[str, Spot] = field(default_factory=dict)
    denominators: dict[str, Spot] = field(default_factory=dict)
    weighted: dict[str, Spot] = field(default_factory=dict)
    raw: dict[str, Spot] = field(default_factory=dict)
    totals: dict[str, Spot] = field(default_factory=dict)
    scores: dict[str, Spot] = field(default_factory=dict)
    spokes: dict[str, Spot] = field(default_factory=dict)
    items: dict[str, Spot] = field(default_factory=dict)
    unit_lines: dict[str, tuple[Spot, ...]] = field(default_factory=dict)
    """Line of a unit checklist -> one cell per unit."""
    repeated: dict[str, Spot] = field(default_factory=dict)
    """Item -> where another copy of it stands that was filled in too, and not used."""
    structure: set[Spot] = field(default_factory=set)
    """Cells in the columns of inputs known to hold results or headings."""
    strays: tuple[Spot, ...] = ()
    """Cells in the columns of inputs that hold something and belong to no item."""

    def result(self, places: dict[str, Spot], node: str, spot: Spot) -> None:
        """Note a cell that holds a result of the form itself."""
        places.setdefault(node, spot)
        self.structure.add(spot)

    def take(self, other: "Layout", nodes: set[str]) -> None:
        """Take over what another layout knows of some rules."""
        for name in ("inputs", "numerators", "denominators", "weighted", "raw", "items"):
            mine, theirs = getattr(self, name), getattr(other, name)
            mine.update({node: spot for node, spot in theirs.items() if node in nodes})
        lines = {line: spots for line, spots in other.unit_lines.items() if line in nodes}
        self.unit_lines.update(lines)
