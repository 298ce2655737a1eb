"""Shapes of districts on their way to the browser."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import Request

from components.parts.shapes import districts_address, send_districts
from core.figures.district_shapes import Shape
from core.services.geography.district_shapes import DistrictFile, forget, keep


@pytest.fixture(autouse=True)
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    keep(DistrictFile({"D6101": Shape("M0 0l1 0 0 1z", (1, 2, 3))}))


def asked(province: str) -> tuple[int, str, bytes]:
    scope = {"type": "http", "method": "GET", "headers": [], "path_params": {"province": province}}
    # In a thread: a browser test before this one leaves its loop running.
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(asyncio.run, send_districts(Request(scope))).result()
    return answer.status_code, answer.headers.get("cache-control", ""), bytes(answer.body)


def test_the_districts_of_a_province_are_sent_and_may_be_kept() -> None:
    status, kept, body = asked("P61")
    assert status == 200
    assert "immutable" in kept
    assert json.loads(body) == {"D6101": ["M0 0l1 0 0 1z", 1, 2, 3]}


@pytest.mark.parametrize("province", ["P60", "P99", "../../x", ""])
def test_a_province_without_shapes_is_not_found(province: str) -> None:
    assert asked(province) == (404, "", b"")


def test_other_shapes_have_another_address() -> None:
    first = districts_address("P61")
    assert first is not None
    assert first.startswith("shapes/P61.json?v=")
    keep(DistrictFile({"D6101": Shape("M0 0l2 0 0 2z", (1, 2, 3))}))
    assert districts_address("P61") not in (None, first)


def test_without_shapes_there_is_no_address() -> None:
    assert districts_address("P60") is None
    forget()
    assert districts_address("P61") is None
