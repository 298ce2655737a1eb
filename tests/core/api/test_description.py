"""The description holds: calls drawn from it are answered as it says."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from core.api.addresses import ENDPOINTS, application

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
UNUSUAL = [
    HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
]  # fmt: skip


@pytest.mark.parametrize("name", [one.name for one in ENDPOINTS])
def test_calls_drawn_from_the_description_are_answered_as_it_says(
    name: str, secrets: dict[str, str]
) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", application())
    operation = schema.find_operation_by_id(name)
    headers = {"Authorization": f"Bearer {secrets['country']}"}
    statuses = set()

    @settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=UNUSUAL)
    @given(case=operation.as_strategy())
    def drawn(case: Any) -> None:
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)
        statuses.add(answer.status_code)

    drawn()
    assert statuses
    assert 401 not in statuses


def test_every_endpoint_is_described_and_every_schema_is_one() -> None:
    client = TestClient(application())
    told = client.get("/api/v1/openapi.json").json()
    methods = {(path, method) for path, ways in told["paths"].items() for method in ways}
    assert methods == {(one.path, one.method.lower()) for one in ENDPOINTS}
    for shape in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    assert told["openapi"] == "3.1.0"
