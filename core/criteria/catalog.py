"""All criteria of a data folder, and the set of rules that holds in one fiscal year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from core.criteria.load import (
    CRITERIA_FOLDER,
    DATA_FOLDER,
    build_rule,
    changed,
    read_criterion,
    read_model,
    read_yaml,
    rule_source,
)
from core.criteria.model import AnyRule, Criterion, Edition, Node, Strict, Switch, TextField
from core.criteria.model.base import Listed
from core.errors import CriteriaError, UsageError
from core.text import Text


class Document(Strict):
    """A source document as it is cited."""

    title: TextField
    file: str


class Documents(Strict):
    """`data/criteria/_sources.yaml`."""

    documents: Mapping[str, Document]


class Themes(Strict):
    """`data/criteria/_themes.yaml`: what each folder of criteria is called."""

    themes: Mapping[str, TextField]


class Measure(Strict):
    """A figure kept in the store or typed in a form: its name and unit."""

    name: TextField
    unit: str
    aliases: Annotated[tuple[str, ...], Listed] = ()
    """Other column titles a form may carry for it."""


class Measures(Strict):
    """`data/measures.yaml`."""

    measures: Mapping[str, Measure]


@dataclass(frozen=True)
class RuleSet:
    """The rules of one fiscal year under chosen readings; keys are criterion ids."""

    fiscal_year: int
    readings: Mapping[str, str]
    rules: Mapping[str, AnyRule]
    editions: Mapping[str, Edition]

    def rule(self, criterion: str) -> Node:
        """The rule of a criterion, or of a part by its full id; `UsageError` when there is none."""
        try:
            return self.nodes[criterion]
        except KeyError:
            raise UsageError("U002", criterion=criterion, fiscal_year=self.fiscal_year) from None

    def edition_of(self, node: str) -> Edition:
        """The edition a rule or a part of it belongs to."""
        return self.editions[self.owner[node]]

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        return {part.id: part for rule in self.rules.values() for part in walk(rule)}

    @cached_property
    def owner(self) -> Mapping[str, str]:
        """Full id of every rule and part -> id of its criterion."""
        return {part.id: key for key, rule in self.rules.items() for part in walk(rule)}


def walk(rule: Node) -> Iterator[Node]:
    """A rule and all its parts, depth first, in printed order."""
    yield rule
    parts: tuple[Node, ...] = getattr(rule, "parts", ())
    for part in parts:
        yield from walk(part)


class Catalog:
    """Every criterion of a folder; loading checks them all.

    Raises `CriteriaError` for a wrong file, a repeated id, or a member that does not exist.
    """

    def __init__(self, folder: Path = CRITERIA_FOLDER) -> None:
        self.folder = folder
        self.paths: Mapping[str, Path] = {}
        self.criteria: Mapping[str, Criterion] = {}
        self.documents = read_model(folder / "_sources.yaml", Documents).documents
        named = folder / "_themes.yaml"
        self.themes = read_model(named, Themes).themes if named.exists() else {}
        self._load()
        self._check_documents()
        self._rulesets: dict[tuple[int, tuple[tuple[str, str], ...]], RuleSet] = {}

    def _load(self) -> None:
        paths: dict[str, Path] = {}
        criteria: dict[str, Criterion] = {}
        for path in sorted(self.folder.glob("*/*.yaml")):
            if path.name.startswith("_") or path.name.endswith(".cases.yaml"):
                continue
            criterion = read_criterion(path)
            if criterion.id in criteria:
                reason = f"id {criterion.id} stands in {paths[criterion.id].name} already"
                raise CriteriaError("C001", file=path.name, line=1, reason=reason)
            paths[criterion.id], criteria[criterion.id] = path, criterion
        self.paths, self.criteria = MappingProxyType(paths), MappingProxyType(criteria)

    def _check_documents(self) -> None:
        for key, criterion in self.criteria.items():
            for edition in criterion.editions:
                if edition.source.document not in self.documents:
                    reason = f"document {edition.source.document} is not in _sources.yaml"
                    raise CriteriaError("C001", file=self.paths[key].name, line=1, reason=reason)

    @cached_property
    def switches(self) -> Mapping[str, Switch]:
        """Every contradiction that can be read in more than one way, by its id."""
        return {
            key: switch
            for criterion in self.criteria.values()
            for edition in criterion.editions
            for key, switch in edition.readings.items()
        }

    def ruleset(self, fiscal_year: int, readings: Mapping[str, str] | None = None) -> RuleSet:
        """The rules of a fiscal year (Buddhist era) under chosen readings.

        Unnamed switches keep their default. `UsageError` U003 names an unknown switch or option.
        """
        chosen = dict(readings or {})
        self.check_readings(chosen)
        full = {key: chosen.get(key, switch.default) for key, switch in self.switches.items()}
        memo = (fiscal_year, tuple(sorted(full.items())))
        if memo not in self._rulesets:
            self._rulesets[memo] = self._build(fiscal_year, full)
        return self._rulesets[memo]

    def check_readings(self, readings: Mapping[str, str]) -> None:
        """`UsageError` U003 for a switch or an option that does not exist."""
        for key, name in readings.items():
            if key not in self.switches or name not in self.switches[key].options:
                raise UsageError("U003", reading=f"{key}={name}", known=self.known_readings())

    def known_readings(self) -> str:
        return ", ".join(
            f"{key}={name}" for key, switch in self.switches.items() for name in switch.options
        )

    def _build(self, fiscal_year: int, chosen: Mapping[str, str]) -> RuleSet:
        rules: dict[str, AnyRule] = {}
        editions: dict[str, Edition] = {}
        for key, criterion in self.criteria.items():
            for number, edition in enumerate(criterion.editions):
                if edition.holds_in(fiscal_year):
                    editions[key] = edition
                    rules[key] = self._under(key, number, edition, chosen)
        return RuleSet(fiscal_year, MappingProxyType(dict(chosen)), rules, editions)

    def _under(self, key: str, number: int, edition: Edition, chosen: Mapping[str, str]) -> AnyRule:
        changes = [
            change
            for switch_id, switch in edition.readings.items()
            if chosen[switch_id] != switch.default
            for change in switch.options[chosen[switch_id]].changes
        ]
        if not changes:
            return edition.rule
        raw: Any = read_yaml(self.paths[key])
        return build_rule(
            changed(rule_source(raw, raw["editions"][number]), changes, self.paths[key])
        )


@cache
def catalog() -> Catalog:
    """The catalogue that ships with the program; read once."""
    return Catalog()


@cache
def measures() -> Mapping[str, Measure]:
    """The catalogue of measures, `data/measures.yaml`, by code."""
    return read_model(DATA_FOLDER / "measures.yaml", Measures).measures


def measure_name(code: str) -> Text:
    """The name of a measure; `CriteriaError` when a rule names one the catalogue lacks."""
    if code not in measures():
        raise CriteriaError("C001", file="measures.yaml", line=1, reason=f"{code} is missing")
    return measures()[code].name
