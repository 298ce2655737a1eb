"""Everything a reader may look for, by its names and codes; what matches is decided elsewhere."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Annotated, Final, Literal, NamedTuple

from sqlalchemy import Engine

from core.access.actors import current_actor
from core.access.roles import Action
from core.areas import Level, parse_area
from core.criteria.catalog import catalog
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model import Criterion
from core.criteria.model.base import Listed, Strict
from core.criteria.rule_set import walk
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import readable
from core.store.engine.unit_of_work import reading
from core.store.register.repository import PlacedFacility, areas, facilities
from core.store.register.row import AreaRow
from core.store.results.versions import stamp_now
from core.text import Text

Kind = Literal["region", "province", "district", "hospital", "pcu", "rule"]

_Words = Annotated[tuple[str, ...], Listed]
_LEVELS: Final[Mapping[Level, Kind]] = {
    Level.REGION: "region",
    Level.PROVINCE: "province",
    Level.DISTRICT: "district",
}


class KindWords(Strict):
    """`data/search.yaml`: words before a name that say what it is, by kind."""

    hospital: _Words
    pcu: _Words
    region: _Words
    province: _Words
    district: _Words


class Entry(NamedTuple):
    """Something to find.

    `code` is of the area or facility, or the id of the criterion; `codes` are others it goes by.
    `under` is the area it lies in, or the name of the rule a part belongs to. `closed` is the last
    day of a facility as ISO text, empty while it is there.
    """

    kind: Kind
    code: str
    name: Text
    under: str | Text = ""
    codes: tuple[str, ...] = ()
    closed: str = ""


@cache
def kind_words() -> KindWords:
    """The words as they are written in the file; `CriteriaError` when the file is wrong."""
    return read_model(DATA_FOLDER / "search.yaml", KindWords)


@door(Action.READ, ANYWHERE)
def entries(engine: Engine) -> tuple[Entry, ...]:
    """The register as it is now, areas first, then the rules in the order of their ids.

    Of areas and facilities those that may be read.
    """
    entries_ = _entries(engine, stamp_now(engine))
    if not current_actor().reach:
        return entries_
    may = readable(engine)
    return tuple(one for one in entries_ if one.kind == "rule" or may(one.code))


@lru_cache(maxsize=2)
def _entries(engine: Engine, version: str) -> tuple[Entry, ...]:  # noqa: ARG001
    with reading(engine) as session:
        known, placed = areas(session), facilities(session)
    return (*map(_area, known.values()), *map(_facility, placed), *rules())


def _area(row: AreaRow) -> Entry:
    kind = _LEVELS[parse_area(row.code).level]
    return Entry(kind, row.code, Text(row.name_th, row.name_en), row.parent, (row.code[1:],))


def _facility(one: PlacedFacility) -> Entry:
    kind: Kind = "hospital" if one.kind == "hospital" else "pcu"
    codes = tuple(code for code in (one.hcode9, one.hcode9_new) if code)
    closed = one.closed_on.isoformat() if one.closed_on else ""
    return Entry(kind, one.hcode, Text(one.name_th, one.name_en), one.district, codes, closed)


@cache
def rules() -> tuple[Entry, ...]:
    """Every criterion and each of its parts with a name of its own, of the newest edition."""
    return tuple(entry for one in catalog().criteria.values() for entry in _rules(one))


def _rules(criterion: Criterion) -> Iterator[Entry]:
    year = max(edition.fiscal_years[0] or 0 for edition in criterion.editions)
    rule = catalog().ruleset(year).rules[criterion.id]
    yield Entry("rule", criterion.id, rule.name)
    names = {part.name for part in walk(rule)} - {rule.name}
    for name in sorted(names, key=lambda text: text.th):
        yield Entry("rule", criterion.id, name, rule.name)
