"""The description of the interface (OpenAPI 3.1), made of its endpoints and of nothing else."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pydantic import TypeAdapter

from core.api.bodies import MOST_BYTES
from core.api.calls import BYTES, JSON, Endpoint
from core.api.documents import Problem
from core.api.problems import KIND, PROBLEMS, TOO_LARGE, TOO_SLOW
from core.text import say

_REF: Final = "#/components/schemas/{model}"
_ALWAYS: Final = (400, 401, 403, 404, 429, 500, 503)
_OF_FILES: Final = (TOO_SLOW, TOO_LARGE)


def description(endpoints: Sequence[Endpoint], under: str) -> dict[str, Any]:
    """The whole description as JSON values."""
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for one in endpoints:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, schemas)
    schemas["Problem"] = _schema(Problem, schemas)
    title = say("Truat: results of public hospital finances")
    return {
        "openapi": "3.1.0",
        "info": {"title": title.en, "version": "1", "summary": title.th},
        "servers": [{"url": under}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.about.en,
        "description": one.about.th,
        "parameters": [*_parameters(one, schemas)],
        "responses": _responses(one, schemas),
    }
    if one.takes_file:
        body = {BYTES: {"schema": {"type": "string", "format": "binary", "maxLength": MOST_BYTES}}}
        operation["requestBody"] = {"required": True, "content": body}
    return operation


def _parameters(one: Endpoint, schemas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    shape = _schema(one.parameters, schemas)
    for name, schema in shape.get("properties", {}).items():
        in_path = f"{{{name}}}" in one.path
        # What may be left out is left out: a query has no null.
        kinds = [kind for kind in schema.pop("anyOf", []) if kind.get("type") != "null"]
        known = {key: value for key, value in schema.items() if key != "title"}
        if known.get("default", "") is None:
            del known["default"]
        yield {
            "name": name,
            "in": "path" if in_path else "query",
            "required": in_path or name in shape.get("required", ()),
            "schema": known | (kinds[0] if kinds else {}),
        }


def _responses(one: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    if one.kind == JSON:
        content = {JSON: {"schema": _schema(one.answer, schemas)}}
    else:
        content = {one.kind: {"schema": {"type": "string"}}}
    responses: dict[str, Any] = {
        str(status): {"description": one.about.en, "content": content} for status in one.statuses
    }
    if not one.takes_file:
        responses["304"] = {"description": "Unchanged since the ETag that was sent."}
    reference = {"$ref": _REF.format(model="Problem")}
    statuses = (*_ALWAYS, *(_OF_FILES if one.takes_file else ()))
    for status in statuses:
        responses[str(status)] = {
            "description": PROBLEMS[status],
            "content": {KIND: {"schema": reference}},
        }
    if one.takes_file:
        # A file may be refused before it is read, as one of no form is.
        responses["422"]["content"] = {**content, KIND: {"schema": reference}}
    return responses


def _schema(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; what it is made of goes among the components."""
    shape = TypeAdapter(kind).json_schema(ref_template=_REF, mode="serialization")
    schemas.update(shape.pop("$defs", {}))
    return shape
