"""How the performance of a department is judged, from `data/programmes/performance.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Final, Literal

from pydantic import Field

from core.criteria.catalog import catalog
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Strict, TextField
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


@dataclass(frozen=True)
class PmqaReading:
    """One reading of where the tiers of PMQA 4.0 begin."""

    id: str
    name: Text
    basic: float
    advanced: float

    def tier(self, score: float) -> Tier | None:
        """The tier of a score; None below the basic one."""
        if score >= self.advanced:
            return "advanced"
        return "basic" if score >= self.basic else None


class Pmqa(Strict):
    """PMQA 4.0: full marks, and the contradiction about where its tiers begin."""

    full: float
    printed_full: float
    assumption: TextField
    contradiction: Annotated[str, Field(alias="readings")]

    @property
    def default(self) -> str:
        """The id of the reading that holds where nobody chose another."""
        return catalog().apart[self.contradiction].default

    @property
    def readings(self) -> tuple[PmqaReading, ...]:
        """Both readings, the default first."""
        options = catalog().apart[self.contradiction].options
        return tuple(
            PmqaReading(key, one.name, **{k: v for part in one.changes for k, v in part.items()})
            for key, one in options.items()
        )

    def reading(self, key: str) -> PmqaReading:
        """A reading by its id."""
        return next(one for one in self.readings if one.id == key)


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
