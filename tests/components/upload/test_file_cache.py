"""A file is examined once under the same readings, and forgotten when it is taken away."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

from collections.abc import Iterator

import pytest

from core.services.importing.scoring import Scorer
from core.services.intake.kinds import Intake, Refused
from tests.components.drawn import draw

CALLS: list[str] = []


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def score(self: Scorer, _data: bytes, name: str) -> Intake:
        CALLS.append(f"{name} {self.readings}")
        return Refused(file=name, issues=())

    monkeypatch.setattr(Scorer, "score", score)
    monkeypatch.setattr(Scorer, "beside_own_store", lambda self: self)
    yield
    CALLS.clear()


def page() -> None:
    import streamlit as st

    from components.upload.dropped import Dropped
    from components.upload.file_cache import cached_with_file, examine_files

    names = st.query_params.get("files", "").split()
    readings = {"a": st.query_params["a"]} if "a" in st.query_params else {}
    stored = st.query_params.get("stored", "").split()
    found = examine_files([Dropped(name, name, b"") for name in names], readings, stored)
    st.text(" ".join(intake.file for intake in found))
    if names:
        st.text(cached_with_file((names[0], "x"), lambda: st.query_params.get("made", "first")))


def test_the_same_file_is_not_read_twice() -> None:
    app = draw(page, files="one two")
    app.run()
    assert CALLS == ["one {}", "two {}"]
    assert app.text[0].value == "one two"


def test_other_readings_are_read_anew() -> None:
    app = draw(page, files="one")
    app.query_params["a"] = "printed"
    app.run()
    assert CALLS == ["one {}", "one {'a': 'printed'}"]


def test_after_anything_is_stored_what_has_no_receipt_is_read_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = draw(page, files="one two")
    monkeypatch.setattr(
        Scorer, "beside_own_store", lambda self: setattr(self, "stamp", "2") or self
    )
    app.query_params["stored"] = "one"
    app.run()
    assert CALLS == ["one {}", "two {}", "two {}"]
    app.query_params["a"] = "printed"
    app.run()
    assert CALLS[3:] == ["one {'a': 'printed'}", "two {'a': 'printed'}"]


def test_what_was_made_of_a_file_goes_with_it() -> None:
    app = draw(page, files="one")
    app.query_params["made"] = "second"
    app.run()
    assert app.text[1].value == "first"
    app.query_params["files"] = ""
    app.run()
    app.query_params["files"] = "one"
    app.run()
    assert app.text[1].value == "second"
    assert CALLS == ["one {}", "one {}"]
