"""Tiles of what an area came to."""

from components.parts.anatomy import Tile
from components.parts.shares import STATUSES, change, figure, target
from components.reader.language import _, tr
from core.services.overview.area_share import Line, Share


def line_tile(line: Line, share: Share, before: Share | None) -> Tile:
    """A line of a target: its share, what is asked, and by how much it moved."""
    was = {one.id: one for one in before.lines}.get(line.id) if before else None
    moved = change(line.share, was.share if was else None)
    said = _("{change} from the month before", change=moved) if moved else ""
    return Tile(
        label=tr(line.name),
        value=f"{figure(line.share, line.limit)}%",
        target=target(line),
        change=said,
        reported=(share.reporting, share.expected),
        status=STATUSES[line.verdict] if line.limit is not None else None,
    )


def moved_tile(rose: int, fell: int) -> Tile:
    """How many hospitals are at a higher level than the month before, and at a lower one."""
    return Tile(
        label=_("Worse than the month before"),
        value=f"{rose:,}",
        change=_("better: {count}", count=f"{fell:,}"),
    )
