"""What is wrong in a data file, where, and what is allowed there: in words, in both languages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from core.criteria.model.base import ShapeError
from core.errors import CriteriaError
from core.text import Text, say

_SHOWN: Final = 60
"""Characters of a value that are shown."""


@dataclass(frozen=True)
class Fault:
    """One fault of a data file; `line` counts from 1.

    `follows`: nothing but a fault of another file, which an edge of this one refers to.
    """

    file: str
    line: int
    reason: Text
    code: str = "C001"
    follows: bool = False


class FaultyFileError(CriteriaError):
    """A data file cannot be used; `faults` are all that was found, by file and line.

    Code and params are those of the first. Faults that follow from others are left out.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        every = sorted(set(faults), key=lambda one: (one.file, one.line))
        self.faults = tuple(one for one in every if not one.follows) or tuple(every)
        first = self.faults[0]
        super().__init__(first.code, file=first.file, line=first.line, reason=first.reason)


_OTHER_FILES: Final = {"measures.yaml", "messages.yaml", "themes.yaml"}


def code_of(path: Path) -> str:
    """The message of a faulty file: of criteria, of forms, or of other data."""
    if path.parent.name == "forms":
        return "C002"
    return "C003" if path.name in _OTHER_FILES or path.parent.name == "demo" else "C001"


def fault(path: Path, line: int, reason: Text) -> Fault:
    """A fault of a file, under the message of its kind."""
    return Fault(path.name, line, reason, code_of(path))


def reason_of(error: Mapping[str, Any], shape: Any, place: str) -> Text:
    """What one of pydantic's errors says of the key `place`; `shape` is the type checked."""
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, ShapeError):
        return _placed(place, cause.reason)
    kind, value = error["type"], _shown(error.get("input"))
    if kind in _BELONGS:
        what = _BELONGS[kind]()
        return _placed(place, say("“{found}” stands where {what} belongs.", found=value, what=what))
    if kind in _KEYS:
        return _KEYS[kind](error, shape)
    if kind == "literal_error":
        allowed = error["ctx"]["expected"].replace(" or ", ", ")
        return _placed(place, _unknown(value, allowed))
    if kind == "string_pattern_mismatch":
        return _placed(place, say("“{found}” is not written as it must be.", found=value))
    return _placed(place, say("“{found}”: {message}", found=value, message=error["msg"]))


def _missing(error: Mapping[str, Any], _: Any) -> Text:
    *_above, key = error["loc"]
    if isinstance(key, int):
        return say("This list needs at least {count} values.", count=key + 1)
    return say("“{key}” is missing.", key=key)


def _strange(error: Mapping[str, Any], shape: Any) -> Text:
    *above, key = error["loc"]
    return _unknown(str(key), ", ".join(_fields(_at(shape, above))))


def _wrong_kind(error: Mapping[str, Any], _: Any) -> Text:
    context = error["ctx"]
    key = context["discriminator"].strip("'")
    return _placed(key, _unknown(context["tag"], context["expected_tags"]))


def _no_kind(error: Mapping[str, Any], _: Any) -> Text:
    return say("“{key}” is missing.", key=error["ctx"]["discriminator"].strip("'"))


_KEYS: Final[Mapping[str, Callable[[Mapping[str, Any], Any], Text]]] = {
    "missing": _missing,
    "extra_forbidden": _strange,
    "union_tag_invalid": _wrong_kind,
    "union_tag_not_found": _no_kind,
}
_BELONGS: Final[Mapping[str, Callable[[], Text]]] = {
    "float_type": lambda: say("a number"),
    "int_type": lambda: say("a whole number"),
    "string_type": lambda: say("a text"),
    "bool_type": lambda: say("true or false"),
    "tuple_type": lambda: say("a list"),
    "date_type": lambda: say("a date"),
    "model_type": lambda: say("a block of keys"),
    "model_attributes_type": lambda: say("a block of keys"),
    "mapping_type": lambda: say("a block of keys"),
}


def _placed(place: str, reason: Text) -> Text:
    return Text(f"{place}: {reason.th}", f"{place}: {reason.en}") if place else reason


def _unknown(value: str, allowed: str) -> Text:
    known = allowed.replace("'", "")
    return say("“{found}” is not known here. Known: {allowed}", found=value, allowed=known)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _fields(shapes: Sequence[type[BaseModel]]) -> list[str]:
    return list(dict.fromkeys(name for shape in shapes for name in shape.model_fields))


def _at(shape: Any, loc: Sequence[object]) -> list[type[BaseModel]]:
    """The models that may stand at a location."""
    shapes = _alternatives(shape)
    for step in loc:
        tagged = [one for one in shapes if isinstance(step, str) and step in _tags(one)]
        if tagged:
            shapes = tagged
            continue
        below = [inner for one in shapes for inner in _step(one, step)]
        shapes = below or shapes
    return [one for one in shapes if isinstance(one, type) and issubclass(one, BaseModel)]


def _tags(shape: Any) -> tuple[object, ...]:
    if not (isinstance(shape, type) and issubclass(shape, BaseModel)):
        return ()
    tagged = (shape.model_fields.get(name) for name in ("kind", "layout"))
    return tuple(tag for field in tagged if field for tag in get_args(field.annotation))


def _step(shape: Any, step: object) -> list[Any]:
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        field = shape.model_fields.get(str(step))
        return _alternatives(field.annotation) if field else []
    inner = get_args(shape)
    return [one for part in inner for one in _alternatives(part)] if inner else []


def _alternatives(shape: Any) -> list[Any]:
    """The types a type may stand for, annotations and unions taken apart."""
    origin = get_origin(shape)
    if origin is Annotated:
        return _alternatives(get_args(shape)[0])
    if origin in (Union, UnionType):
        return [one for part in get_args(shape) for one in _alternatives(part)]
    return [] if origin is Literal or shape is type(None) else [shape]
