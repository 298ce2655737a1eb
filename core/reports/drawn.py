"""The figure of a slide as a drawing: the same on the shared screen and on paper."""

from collections.abc import Mapping

from core.figures.shared.area_map import area_map
from core.figures.shared.bars import bars
from core.figures.shared.matrix import matrix
from core.figures.shared.radar import radar
from core.figures.shared.shapes import Outline
from core.figures.shared.trend import trend
from core.reports.slide import Bars, Figure, Matrix, Radar, Trend
from core.text import Language


def drawn(
    figure: Figure,
    language: Language,
    size: tuple[float, float],
    districts: Mapping[str, Outline] | None = None,
) -> str:
    """SVG of a size in pixels of a screen of 1280 × 720, whose type is never below 20 pixels.

    Its title is not drawn: it stands above. `districts` are the shapes of a map's districts.
    """
    match figure:
        case Bars():
            return bars(figure, language, size)
        case Trend():
            return trend(figure, language, size)
        case Radar():
            return radar(figure, language, size)
        case Matrix():
            return matrix(figure, language, size)
        case _:
            return area_map(figure, language, size, districts)
