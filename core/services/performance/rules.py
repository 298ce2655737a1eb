"""How the performance of a department is judged, from `data/programmes/performance.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final, Literal

from pydantic import Field

from core.criteria.catalog import catalog
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict, TextField
from core.text import Text

FILE: Final = DATA_FOLDER / "programmes" / "performance.yaml"
Tier = Literal["basic", "standard", "advanced"]


class Tiers(Strict):
    """What reaching a tier is worth."""

    points: Mapping[Tier, float]
    assumption: TextField

    @property
    def worth(self) -> tuple[float, ...]:
        """Points of the tiers, the lowest first."""
        return tuple(self.points[tier] for tier in ("basic", "standard", "advanced"))


class Bases(Strict):
    """The shares of the two bases in the whole, in percent."""

    performance: float
    potential: float
    assumption: TextField


class PmqaReading(Strict):
    """One reading of where the tiers of PMQA 4.0 begin."""

    id: str
    name: TextField
    basic: float
    advanced: float


class Pmqa(Strict):
    """PMQA 4.0: full marks and both readings."""

    full: float
    printed_full: float
    assumption: TextField
    readings: Annotated[tuple[PmqaReading, ...], Listed]


class Risk(Strict):
    """From which level a risk needs a plan; the scale of likelihood and impact."""

    begins: Annotated[float, Field(alias="from")]
    scale: int
    note: TextField


class PerformanceRules(Strict):
    """`data/programmes/performance.yaml`."""

    document: str
    tiers: Tiers
    bases: Bases
    pmqa: Pmqa
    risk: Risk

    @property
    def source(self) -> Text:
        return catalog().documents[self.document].title

    @property
    def assumptions(self) -> tuple[Text, ...]:
        return self.tiers.assumption, self.bases.assumption, self.pmqa.assumption, self.risk.note


@cache
def performance_rules() -> PerformanceRules:
    """The rules of the data file."""
    return read_model(FILE, PerformanceRules)
