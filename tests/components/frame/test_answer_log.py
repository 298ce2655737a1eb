"""What is told of an answer to a collector: nothing of whom or what it was about."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from components.frame.answer_log import AnswerTraces


class Collector:
    """A tracer that keeps what it was given."""

    def __init__(self) -> None:
        self.spans: list[dict[str, Any]] = []

    @contextmanager
    def start_as_current_span(self, name: str, **given: Any) -> Iterator["Collector"]:
        self.spans.append({"name": name, **given["attributes"]})
        assert not given["record_exception"]
        assert not given["set_status_on_exception"]
        yield self

    def set_attribute(self, name: str, value: object) -> None:
        self.spans[-1][name] = value


async def answered(_request: Request) -> Response:
    return PlainTextResponse("", status_code=204)


async def broken(request: Request) -> Response:
    raise ValueError(request.query_params["q"])


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [("/facility?area=11201&q=สมชาย", "/facility", 204),
     ("/api/v1/uploads/77?q=สมชาย", "/api/vn/uploads/*", 204), ("/broken?q=สมชาย", "/broken", 500)],
)  # fmt: skip
def test_a_span_tells_the_way_and_the_status_alone(path: str, route: str, status: int) -> None:
    collector = Collector()
    app = Starlette(
        routes=[Route("/broken", broken), Route("/{rest:path}", answered, methods=["GET"])]
    )
    client = TestClient(AnswerTraces(app, collector), raise_server_exceptions=False)
    assert client.get(path).status_code == status
    (span,) = collector.spans
    assert span == {
        "name": f"GET {route}",
        "http.request.method": "GET",
        "http.route": route,
        "http.response.status_code": status,
    }
