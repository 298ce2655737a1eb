"""Lines of the log are JSON for programs, and hold nothing of a person."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from core.services.audit.logs import VARIABLE, JsonLines, set_up_logs


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    logger = logging.getLogger("truat")
    before = logger.handlers[:], logger.level, logger.propagate
    monkeypatch.setenv(VARIABLE, "json")
    yield logger
    logger.handlers[:], logger.level, logger.propagate = before


def record(message: str, **extra: object) -> dict[str, object]:
    made = logging.LogRecord("truat.http", logging.INFO, "x.py", 1, message, (), None)
    made.__dict__ |= extra
    told: dict[str, object] = json.loads(JsonLines().format(made))
    return told


def test_a_line_tells_what_is_known_and_nothing_else() -> None:
    told = record("answered", method="GET", route="/api/vn/results", status=200, who="สมหญิง")
    assert told["level"] == "info"
    assert (told["route"], told["status"]) == ("/api/vn/results", 200)
    assert "สมหญิง" not in json.dumps(told, ensure_ascii=False)


def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_words() -> None:
    try:
        int("1234567890121x")
    except ValueError:
        made = logging.LogRecord("truat", logging.ERROR, "x", 1, "failed", (), sys.exc_info())
    told = json.loads(JsonLines().format(made))
    assert told["error"] == "ValueError"
    assert told["where"].startswith("test_logs.py:")
    assert "1234567890121" not in json.dumps(told)


def test_it_is_set_up_once_and_only_where_asked_for(
    ours: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(ours.handlers)
    set_up_logs()
    set_up_logs()
    assert len(ours.handlers) == count + 1
    monkeypatch.setenv(VARIABLE, "")
    ours.handlers[:] = []
    set_up_logs()
    assert ours.handlers == []
