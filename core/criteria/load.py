"""Reads data files strictly: a repeated, unknown or non-text key stops, naming file and line."""

import copy
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from core.criteria.model import RULE, AnyRule, Criterion
from core.criteria.model.criterion import Head
from core.errors import CriteriaError
from core.paths import DATA

DATA_FOLDER: Final = DATA
CRITERIA_FOLDER: Final = DATA_FOLDER / "criteria"

_EDITION_KEYS: Final = {"fiscal_years", "source", "assumptions", "readings", "notes"}
_REQUIRED: Final = {"fiscal_years", "source", "assumptions", "readings"}

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path) -> Any:
    """The plain content of a YAML file.

    Raises `CriteriaError` C001 with file, line and reason when it is no YAML, repeats a key, or has
    a key that is no text.
    """
    try:
        raw = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _wrong(path, mark.line + 1 if mark else 1, str(error.problem)) from error
    _check_keys(raw, path, ())
    return raw


def read_model(path: Path, model: type[Model]) -> Model:
    """A data file as its strict model; `CriteriaError` C001 names file, line and field."""
    raw = read_yaml(path)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise _invalid(path, error, ()) from error


def read_criterion(path: Path) -> Criterion:
    """One criteria file, its part ids completed and every reading of it tried."""
    raw = read_yaml(path)
    if not isinstance(raw, dict) or not isinstance(raw.get("editions"), list):
        raise _wrong(path, 1, "a criterion has an id, a kind and a list of editions")
    head = {key: raw[key] for key in raw if key != "editions"} | {"theme": path.parent.name}
    try:
        Head.model_validate(head)
        editions = tuple(_edition(path, raw, number) for number in range(len(raw["editions"])))
        return Criterion.model_validate({**head, "editions": editions})
    except ValidationError as error:
        raise _invalid(path, error, ()) from error


def _edition(path: Path, criterion: Mapping[str, Any], number: int) -> dict[str, Any]:
    edition, at = criterion["editions"][number], ("editions", number)
    missing = _REQUIRED - set(edition)
    if missing:
        raise _wrong(path, _line_of(path, at), f"missing {', '.join(sorted(missing))}")
    rule = rule_source(criterion, edition)
    validated = _validated(path, rule, at)
    for switch in edition["readings"].values():
        for option in switch.get("options", {}).values():
            _validated(path, changed(rule, option.get("changes", ()), path), (*at, "readings"))
    return {**{key: edition[key] for key in edition if key in _EDITION_KEYS}, "rule": validated}


def rule_source(criterion: Mapping[str, Any], edition: Mapping[str, Any]) -> dict[str, Any]:
    """The rule part of an edition as plain data, with full ids on it and on all its parts."""
    rule = {key: copy.deepcopy(edition[key]) for key in edition if key not in _EDITION_KEYS}
    rule |= {"kind": criterion.get("kind"), "id": criterion.get("id")}
    rule |= {"name": criterion.get("name")}
    if criterion.get("kind") == "ladder":
        rule.setdefault("better", criterion.get("better"))
    _complete_ids(rule)
    return rule


def changed(
    rule: dict[str, Any], changes: Iterable[Mapping[str, Any]], path: Path
) -> dict[str, Any]:
    """A copy of a rule's plain data with a reading's changes laid over it."""
    result = copy.deepcopy(rule)
    for change in changes:
        target = _part(result, f"{rule['id']}.{change['part']}") if "part" in change else result
        if target is None:
            raise _wrong(path, 1, f"a reading changes part {change['part']}, which does not exist")
        target.update({key: value for key, value in change.items() if key != "part"})
    return result


def build_rule(raw: dict[str, Any]) -> AnyRule:
    """The strict rule of plain data that `rule_source` and `changed` made."""
    rule: AnyRule = RULE.validate_python(raw)
    return rule


def _part(rule: dict[str, Any], part_id: str) -> dict[str, Any] | None:
    for part in rule.get("parts", ()):
        found: dict[str, Any] | None = part if part["id"] == part_id else _part(part, part_id)
        if found is not None:
            return found
    return None


def _complete_ids(rule: dict[str, Any]) -> None:
    for part in rule.get("parts", ()):
        part["id"] = f"{rule['id']}.{part.get('id', '')}"
        _complete_ids(part)


def _validated(path: Path, rule: dict[str, Any], at: tuple[Any, ...]) -> AnyRule:
    try:
        return build_rule(rule)
    except ValidationError as error:
        raise _invalid(path, error, at) from error


def _check_keys(raw: Any, path: Path, at: tuple[Any, ...]) -> None:
    if isinstance(raw, dict):
        for key, value in raw.items():
            if not isinstance(key, str):
                raise _wrong(path, _line_of(path, (*at, key)), f"key {key!r} is not text")
            _check_keys(value, path, (*at, key))
    elif isinstance(raw, list):
        for number, value in enumerate(raw):
            _check_keys(value, path, (*at, number))


def _invalid(path: Path, error: ValidationError, at: tuple[Any, ...]) -> CriteriaError:
    first = error.errors()[0]
    where = (*at, *first["loc"])
    named = ".".join(str(step) for step in first["loc"])
    return _wrong(path, _line_of(path, where), f"{named}: {first['msg']}")


def _line_of(path: Path, at: tuple[Any, ...]) -> int:
    """The line of a place in a file; steps not in the file (tags of a union) are passed."""
    node = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    line = 1
    for step in at:
        try:
            position = node.lc.data[step]
            node = node[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            continue
        line = position[0] + 1
    return line


def _wrong(path: Path, line: int, reason: str) -> CriteriaError:
    return CriteriaError("C001", file=path.name, line=line, reason=reason)
