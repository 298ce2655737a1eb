"""What a view costs within its frame: messages to the browser and questions to the store.

Both are the same on every machine. Seconds are measured by bench/load.py.
"""

from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.services.stores import open_store
from tests.country import small_store

QUESTIONS = 3
"""The kind of the store, whether anything changed, and what one part of a page may ask."""
OF_READINGS = {"criteria": 1, "readings": 2}
"""Pages that ask besides which readings are in force."""
MESSAGES = {
    "overview": 34,
    "facility": 36,
    "crisis": 46,
    "governance": 46,
    "compare": 44,
    "criteria": 28,
    "readings": 48,
    "scorecard": 38,
}


@pytest.fixture(autouse=True)
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    small_store(tmp_path)


@pytest.mark.parametrize("page", MESSAGES)
def test_a_view_seen_before_asks_the_store_little_and_sends_few_messages(
    monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    app = AppTest.from_function(frame, default_timeout=30)
    app.run()
    app._page_hash = calc_hash(page)
    if page == "facility":
        app.query_params["area"] = "11202"
    app.run()
    sent, asked = sending(monkeypatch), questions(open_store())
    app.run()
    assert not app.exception
    assert len(asked) <= QUESTIONS + OF_READINGS.get(page, 0), asked
    assert 10 < len(sent) <= MESSAGES[page]


def frame() -> None:
    from components.frame import navigation  # noqa: PLC0415 - run by itself

    navigation.show()


def sending(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    sent: list[object] = []
    enqueue = ForwardMsgQueue.enqueue

    def noted(self: ForwardMsgQueue, message: object) -> None:
        sent.append(message)
        enqueue(self, message)  # type: ignore[arg-type]

    monkeypatch.setattr(ForwardMsgQueue, "enqueue", noted)
    return sent


def questions(engine: Engine) -> list[str]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return asked
