"""All criteria of a data folder, and the set of rules that holds in one fiscal year."""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from core.criteria import load
from core.criteria.corpus import Corpus, read_corpus
from core.criteria.faults import FaultyFileError
from core.criteria.lists import ApartReadings, ApartSwitch, Documents, Measure, Measures, Themes
from core.criteria.load import read_model
from core.criteria.model import Criterion, Edition, Node, Switch
from core.criteria.names import Known, name_faults, nodes_of
from core.criteria.rule_set import RuleSet, walk
from core.criteria.year_rules import YearRules
from core.errors import CriteriaError, UsageError
from core.periods import Period
from core.text import Text

__all__ = ["Catalog", "Measure", "RuleSet", "catalog", "measure_name", "measures", "walk"]


class Catalog:
    """Every criterion of a folder; loading checks them all.

    Raises `FaultyFileError` for a wrong file, a repeated id, a reference to an edge that does not
    exist, or a name that is nowhere else: of a document, theme, measure or part of a rule.
    `beside` is a criteria file outside of the folder, read as if it stood there. A draft leaves
    criteria with faults out and holds the faults.
    """

    def __init__(
        self, folder: Path | None = None, *, beside: Path | None = None, draft: bool = False
    ) -> None:
        self.folder = folder or load.CRITERIA_FOLDER
        self.documents = read_model(self.folder / "_sources.yaml", Documents).documents
        self.themes = read_model(self.folder / "_themes.yaml", Themes).themes
        corpus = read_corpus(self.folder, beside)
        self.faults = (*corpus.faults, *name_faults(corpus, self._known(corpus)))
        if self.faults and not draft:
            raise FaultyFileError(self.faults)
        self._sources = corpus.sources
        self.paths: Mapping[str, Path] = {key: one.path for key, one in corpus.sources.items()}
        self.criteria: Mapping[str, Criterion] = MappingProxyType(corpus.criteria)
        self._rulesets: dict[tuple[object, ...], RuleSet] = {}
        self._lock = Lock()

    def _known(self, corpus: Corpus) -> Known:
        own = self.folder.parent / "measures.yaml"
        codes = read_model(own, Measures).measures if own.exists() else measures()
        nodes = nodes_of(corpus.criteria.values())
        return Known(self.documents, self.themes, codes, nodes, corpus.faulty)

    @cached_property
    def digest(self) -> str:
        """Changes with every change of a rule."""
        contents = (path.read_bytes() for _, path in sorted(self.paths.items()))
        return sha256(b"\0".join(contents)).hexdigest()[:16]

    @cached_property
    def switches(self) -> Mapping[str, Switch]:
        """Every contradiction that can be read in more than one way, by its id."""
        of_rules = {
            key: switch
            for criterion in self.criteria.values()
            for edition in criterion.editions
            for key, switch in edition.readings.items()
        }
        return {**of_rules, **self.apart}

    @cached_property
    def apart(self) -> Mapping[str, ApartSwitch]:
        """Those that no criterion is about; none where a folder has no file of them."""
        file = self.folder / "_readings.yaml"
        return read_model(file, ApartReadings).readings if file.exists() else {}

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Every rule and part by its full id, as the newest edition that has it says it."""
        return {node.id: node for _, node in self._by_age()}

    @cached_property
    def owner(self) -> Mapping[str, str]:
        """Full id of every rule and part -> id of its criterion, whatever the year."""
        return {node.id: criterion for criterion, node in self._by_age()}

    def _by_age(self) -> Iterator[tuple[str, Node]]:
        for key, criterion in self.criteria.items():
            for edition in sorted(criterion.editions, key=lambda one: one.fiscal_years[0] or 0):
                yield from ((key, node) for node in walk(edition.rule))

    def ruleset(
        self, fiscal_year: int, readings: Mapping[str, str] | None = None, *, month: int = 12
    ) -> RuleSet:
        """The rules of a fiscal year (Buddhist era) under chosen readings.

        A rule may change within a year: those of its fiscal `month` hold, without one those of its
        end. Months with equal rules share one set. Unnamed switches keep their default.
        `UsageError` U003 names an unknown switch or option.
        """
        chosen = dict(readings or {})
        self.check_readings(chosen)
        full = {key: chosen.get(key, switch.default) for key, switch in self.switches.items()}
        wanted = (fiscal_year, month, tuple(sorted(full.items())))
        with self._lock:
            if wanted not in self._rulesets:
                self._rulesets[wanted] = self._shared(fiscal_year, month, full)
            return self._rulesets[wanted]

    def ruleset_of(self, period: Period, readings: Mapping[str, str] | None = None) -> RuleSet:
        """The rules that hold in the last month of a period."""
        return self.ruleset(period.fiscal_year, readings, month=period.month.number)

    def _shared(self, fiscal_year: int, month: int, chosen: Mapping[str, str]) -> RuleSet:
        """The rules of a month, the same object as of another month with the same editions."""
        editions = {
            key: (number, edition)
            for key, criterion in self.criteria.items()
            for number, edition in enumerate(criterion.editions)
            if edition.holds_in(fiscal_year, month)
        }
        numbers = tuple((key, number) for key, (number, _) in editions.items())
        shared = (fiscal_year, numbers, tuple(sorted(chosen.items())))
        if shared not in self._rulesets:
            held = {key: edition for key, (_, edition) in editions.items()}
            self._rulesets[shared] = self._build(fiscal_year, month, held, chosen)
        return self._rulesets[shared]

    def check_readings(self, readings: Mapping[str, str]) -> None:
        """`UsageError` U003 for a switch or an option that does not exist."""
        for key, name in readings.items():
            if key not in self.switches or name not in self.switches[key].options:
                raise UsageError("U003", reading=f"{key}={name}", known=self.known_readings())

    def known_readings(self) -> str:
        return ", ".join(
            f"{key}={name}" for key, switch in self.switches.items() for name in switch.options
        )

    def _build(
        self,
        fiscal_year: int,
        month: int,
        editions: Mapping[str, Edition],
        chosen: Mapping[str, str],
    ) -> RuleSet:
        rules = {key: edition.rule for key, edition in editions.items()}
        if any(chosen[key] != switch.default for key, switch in self.switches.items()):
            made = YearRules(self._sources, fiscal_year, chosen, month).all
            rules = {key: made[key] for key in rules}
        return RuleSet(fiscal_year, MappingProxyType(dict(chosen)), rules, editions)


@cache
def catalog() -> Catalog:
    """The catalogue that ships with the program; read once."""
    return Catalog(load.CRITERIA_FOLDER)


@cache
def measures() -> Mapping[str, Measure]:
    """The catalogue of measures, `data/measures.yaml`, by code."""
    return read_model(load.DATA_FOLDER / "measures.yaml", Measures).measures


def measure_name(code: str) -> Text:
    """The name of a measure; `CriteriaError` when a rule names one the catalogue lacks."""
    if code not in measures():
        raise CriteriaError("C001", file="measures.yaml", line=1, reason=f"{code} is missing")
    return measures()[code].name
