"""Reads data files strictly: whatever is odd is a fault that names file, line and what is allowed.

`FaultyFileError` (a `CriteriaError`) carries every fault of a file; its own code and params are the
first one's.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from core.criteria.faults import Fault, FaultyFileError, fault, reason_of
from core.criteria.model import RULE, AnyRule, EditionHead
from core.criteria.model.criterion import Head
from core.criteria.places import Places
from core.criteria.references import references
from core.paths import DATA
from core.text import Text, say

DATA_FOLDER: Final = DATA
CRITERIA_FOLDER: Final = DATA_FOLDER / "criteria"

_EDITION_KEYS: Final = frozenset(EditionHead.model_fields)

Model = TypeVar("Model", bound=BaseModel)
Step = str | int


def read_yaml(path: Path) -> Any:
    """The plain content of a YAML file.

    Raises `FaultyFileError` when it is no YAML, repeats a key, or has a key that is no text.
    """
    return _plain(path, path.read_text(encoding="utf-8"))


def _plain(path: Path, content: str) -> Any:
    try:
        raw = YAML(typ="safe").load(content)
    except DuplicateKeyError as error:
        raise FaultyFileError(_odd_keys(path, content)) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = say("this is no YAML: {problem}", problem=error.problem)
        raise FaultyFileError([fault(path, mark.line + 1 if mark else 1, reason)]) from error
    if not _keys_are_texts(raw):
        raise FaultyFileError(_odd_keys(path, content))
    return raw


def cached_yaml(path: Path) -> Any:
    """The same, read once while the file stays as it is; nobody changes what it returns."""
    return _cached(path, path.read_text(encoding="utf-8"))


_cached: Final = lru_cache(maxsize=256)(_plain)


def _keys_are_texts(raw: Any) -> bool:
    if isinstance(raw, dict):
        return all(isinstance(key, str) and _keys_are_texts(value) for key, value in raw.items())
    return not isinstance(raw, list) or all(map(_keys_are_texts, raw))


def _odd_keys(path: Path, content: str) -> Iterator[Fault]:
    for line, key, is_text in Places(content).odd_keys():
        if is_text:
            yield fault(path, line, say("“{key}” stands there twice.", key=key))
        else:
            yield fault(path, line, say("the key “{key}” is no text; put it in quotes.", key=key))


def read_model(path: Path, model: type[Model]) -> Model:
    """A data file as its strict model; `FaultyFileError` names every fault of it."""
    raw = read_yaml(path)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise FaultyFileError(faults_of(path, error, model)) from error


def places_of(path: Path) -> Places:
    """The lines of a file."""
    return _places_in(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _places_in(content: str) -> Places:
    """One for all that is asked about a file while it stays as it is."""
    return Places(content)


def faults_of(
    path: Path, error: ValidationError, shape: Any, *parts: Sequence[Step]
) -> Iterator[Fault]:
    """Every fault a strict shape found in a file, or in parts of it that begin at some places."""
    places = places_of(path)
    seen: set[tuple[Step, ...]] = set()
    for one in error.errors():
        at, where = _deepest(places, parts or ((),), _loc(one))
        missing = one["type"] in {"missing", "extra_forbidden", "value_error"}
        # What may be one of several things is refused by each of them; the first says enough.
        if where in seen and not missing:
            continue
        seen.add(where)
        key = next((step for step in reversed(where[len(at) :]) if isinstance(step, str)), "")
        yield fault(path, places.line(where), reason_of(one, shape, key))


def _loc(error: Mapping[str, Any]) -> tuple[Step, ...]:
    """Where an error is; one that concerns which kind of thing it is, at the key that says so."""
    loc: tuple[Step, ...] = tuple(error["loc"])
    tag = error.get("ctx", {}).get("discriminator") if "tag" in error["type"] else None
    return (*loc, tag.strip("'")) if tag else loc


def _deepest(
    places: Places, parts: Sequence[Sequence[Step]], loc: Sequence[Step]
) -> tuple[Sequence[Step], tuple[Step, ...]]:
    """The part of a file that holds most of a location, and the place of it there."""
    held = [(at, _where(places, at, loc)) for at in parts]
    return max(held, key=lambda one: len(one[1]))


def _where(places: Places, at: Sequence[Step], loc: Sequence[Step]) -> tuple[Step, ...]:
    """The steps of a location that are in the file; what editions leave out stands at the top."""
    where = tuple(at)
    for step in loc:
        if places.holds((*where, step)):
            where = (*where, step)
    if where == tuple(at) and loc and places.holds(loc[-1:]):
        return tuple(loc[-1:])
    return where


@dataclass(frozen=True)
class EditionDraft:
    """An edition as it is written: plain data, whatever it says."""

    path: Path
    number: int
    plain: Mapping[str, Any]
    """The keys of `EditionHead`."""
    rule: dict[str, Any]

    @property
    def at(self) -> tuple[Step, ...]:
        """Where it stands in its file."""
        return ("editions", self.number)


@dataclass(frozen=True)
class EditionSource(EditionDraft):
    """An edition whose head is sound; its rule is made when those it refers to are."""

    head: EditionHead

    @cached_property
    def unchanged(self) -> AnyRule:
        """The rule as it is written; only for one without references."""
        return build_rule(self.rule)

    def changes(self, chosen: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
        """What chosen readings change; those not named keep their default."""
        return tuple(
            change
            for key, switch in self.head.readings.items()
            if chosen.get(key, switch.default) != switch.default
            for change in switch.options[chosen[key]].changes
        )


@dataclass(frozen=True)
class CriterionSource:
    """A criteria file: what the criterion is through all its years, and its editions.

    `faults` are those found without looking at other files; with any, `editions` is empty.
    """

    path: Path
    id: str
    head: Mapping[str, Any]
    drafts: tuple[EditionDraft, ...]
    editions: tuple[EditionSource, ...]
    faults: tuple[Fault, ...]

    def edition(self, fiscal_year: int, month: int = 12) -> EditionSource | None:
        """The edition in force in a fiscal month; of several the last."""
        holding = (one for one in reversed(self.editions) if one.head.holds_in(fiscal_year, month))
        return next(holding, None)

    def year_near(self, fiscal_year: int) -> int:
        """The year nearest to one in which no edition holds, with an edition."""
        years = (year for one in self.editions for year in one.head.fiscal_years if year)
        return min(years, key=lambda year: abs(year - fiscal_year))


def read_source(path: Path) -> CriterionSource:
    """A criteria file, checked as far as it can be without the others.

    `FaultyFileError` when it is no YAML or has no editions. A file is read once while it stays as
    it is; nobody changes what is held here.
    """
    return _source_in(path, path.read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def _source_in(path: Path, content: str) -> CriterionSource:
    raw = _plain(path, content)
    if not isinstance(raw, dict) or not _is_list_of_blocks(raw.get("editions")):
        reason = say("a criterion has an id, a kind and a list of editions")
        raise FaultyFileError([fault(path, 1, reason)])
    head = {key: raw[key] for key in raw if key != "editions"} | {"theme": path.parent.name}
    drafts = [_draft(path, raw, number) for number in range(len(raw["editions"]))]
    faults = list(_faults(path, Head, head, ()))
    for draft in drafts:
        faults += _faults(path, EditionHead, draft.plain, draft.at)
    if faults:
        faults += (one for draft in drafts for one in _rule_faults(draft))
    editions = () if faults else tuple(map(_sound, drafts))
    key = str(raw.get("id", path.stem))
    return CriterionSource(path, key, head, tuple(drafts), editions, tuple(faults))


def _draft(path: Path, raw: Mapping[str, Any], number: int) -> EditionDraft:
    edition = raw["editions"][number]
    plain = {key: edition[key] for key in edition if key in _EDITION_KEYS}
    return EditionDraft(path, number, plain, rule_source(raw, edition))


def _sound(draft: EditionDraft) -> EditionSource:
    head = EditionHead.model_validate(draft.plain)
    return EditionSource(draft.path, draft.number, draft.plain, draft.rule, head)


def _rule_faults(draft: EditionDraft) -> Iterator[Fault]:
    """Faults of a rule that is not made for faults beside it; one that refers to others waits."""
    if any(references(draft.rule)):
        return
    try:
        build_rule(draft.rule)
    except ValidationError as error:
        yield from faults_of(draft.path, error, AnyRule, draft.at)


def _is_list_of_blocks(raw: object) -> bool:
    return isinstance(raw, list) and all(isinstance(one, dict) for one in raw)


def _faults(path: Path, model: type[Model], raw: Any, at: Sequence[Step]) -> Iterator[Fault]:
    try:
        model.model_validate(raw)
    except ValidationError as error:
        yield from faults_of(path, error, model, at)


def rule_source(criterion: Mapping[str, Any], edition: Mapping[str, Any]) -> dict[str, Any]:
    """The rule part of an edition as plain data, with full ids on it and on all its parts."""
    rule = {key: copy.deepcopy(edition[key]) for key in edition if key not in _EDITION_KEYS}
    rule |= {"kind": criterion.get("kind"), "id": criterion.get("id")}
    rule |= {"name": criterion.get("name")}
    if criterion.get("kind") == "ladder":
        rule.setdefault("better", criterion.get("better"))
    _complete_ids(rule)
    return rule


def changed(rule: dict[str, Any], changes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A copy of a rule's plain data with a reading's changes laid over it.

    `LookupError` with its name when a part does not exist.
    """
    result = copy.deepcopy(rule)
    for change in changes:
        target = _part(result, f"{rule['id']}.{change['part']}") if "part" in change else result
        if target is None:
            raise LookupError(change["part"])
        target.update({key: value for key, value in change.items() if key != "part"})
    return result


def no_such_part(part: object) -> Text:
    """Says that a reading changes a part the rule does not have."""
    return say("a reading changes part {part}, which does not exist", part=part)


def build_rule(raw: dict[str, Any]) -> AnyRule:
    """The strict rule of plain data; `ValidationError` when it is none."""
    rule: AnyRule = RULE.validate_python(raw)
    return rule


def _part(rule: dict[str, Any], part_id: str) -> dict[str, Any] | None:
    for part in rule.get("parts", ()):
        inner: dict[str, Any] | None = part if part["id"] == part_id else _part(part, part_id)
        if inner is not None:
            return inner
    return None


def _complete_ids(rule: dict[str, Any]) -> None:
    parts = rule.get("parts", ())
    for part in parts if _is_list_of_blocks(parts) else ():
        part["id"] = f"{rule['id']}.{part.get('id', '')}"
        _complete_ids(part)
