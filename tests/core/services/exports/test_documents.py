"""JSON documents keep their keys: what is produced is what the shapes promise, and no more."""

from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NotRequired, get_args, get_origin

import pytest
from typing_extensions import get_type_hints, is_typeddict

from core.services.exports import documents
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from tests.paths import SAMPLES

FILES = sorted(p for p in SAMPLES.rglob("*") if p.suffix in {".xlsx", ".csv"})


def faults(value: Any, shape: Any, at: str = "") -> Iterator[str]:
    """Where a document differs from its shape: keys too many or missing, values of another type."""
    if get_origin(shape) is NotRequired:
        shape = get_args(shape)[0]
    if isinstance(shape, UnionType):
        ways = [list(faults(value, one, at)) for one in get_args(shape)]
        yield from min(ways, key=len)
    elif is_typeddict(shape):
        yield from keys_of(value, shape, at)
    elif get_origin(shape) in (list, dict):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in inside:
            yield from faults(one, get_args(shape)[-1], f"{at}.{key}")
    elif shape is not Any and not isinstance(value, (int, float) if shape is float else shape):
        yield f"{at} is {type(value).__name__}"


def keys_of(value: Any, shape: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at} is no object"
        return
    hints = get_type_hints(shape, include_extras=True)
    yield from (f"{at}.{key} is nobody's" for key in value.keys() - hints.keys())
    yield from (f"{at}.{key} is missing" for key in shape.__required_keys__ - value.keys())
    for key in value.keys() & hints.keys():
        hint = hints[key]
        yield from faults(value[key], NoneType if hint is None else hint, f"{at}.{key}")


def shape_of(document: dict[str, Any]) -> Any:
    if document["form"] is None:
        return documents.RefusedDocument
    return documents.TableDocument if "rows" in document else documents.AssessmentDocument


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_document_of_a_sample_has_its_shape(file: Path) -> None:
    document: Any = intake_json(examine(file.read_bytes(), file.name))
    assert shape_of(document) is not documents.RefusedDocument
    assert list(faults(document, shape_of(document))) == []


def test_a_refused_file_has_its_own_shape() -> None:
    document: Any = intake_json(examine(b"rubbish", "x.xlsx"))
    assert list(faults(document, documents.RefusedDocument)) == []


def test_a_key_nobody_promised_or_left_out_is_noticed() -> None:
    document: Any = {**intake_json(examine(b"rubbish")), "extra": 1}
    del document["items"]
    noticed = set(faults(document, documents.RefusedDocument))
    assert noticed == {".extra is nobody's", ".items is missing"}
