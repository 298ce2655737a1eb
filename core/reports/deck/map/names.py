"""Where names stand beside points, so that none covers a point or another name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.reports.deck.fitting import LEADING, Frame, widest


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the middle of its point."""

    text: str
    at: tuple[float, float]


def placed_names(
    names: Sequence[Name], room: Frame, radius: float, size: float
) -> Iterator[tuple[Name, Frame]]:
    """The names that find a place, the first served first: right, left, below or above."""
    taken = [_around(name.at, radius) for name in names]
    for name in names:
        across, down = widest([name.text], size, bold=True) + 2, size * LEADING
        for frame in _beside(name.at, radius + 3, across, down):
            if _inside(frame, room) and not any(_meet(frame, other) for other in taken):
                taken.append(frame)
                yield name, frame
                break


def _beside(at: tuple[float, float], away: float, across: float, down: float) -> Iterator[Frame]:
    x, y = at
    yield Frame(x + away, y - down / 2, across, down)
    yield Frame(x - away - across, y - down / 2, across, down)
    yield Frame(x - across / 2, y + away, across, down)
    yield Frame(x - across / 2, y - away - down, across, down)


def _around(at: tuple[float, float], radius: float) -> Frame:
    return Frame(at[0] - radius, at[1] - radius, 2 * radius, 2 * radius)


def _inside(frame: Frame, room: Frame) -> bool:
    return (
        room.x <= frame.x
        and room.y <= frame.y
        and frame.right <= room.right
        and frame.bottom <= room.bottom
    )


def _meet(one: Frame, other: Frame) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )
