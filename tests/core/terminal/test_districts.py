"""An administrator brings the borders of districts, and takes them back."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.services.geography.district_shapes import shapes_of
from tests.core.services.geography.test_district_shapes import feature, geojson, square


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [*map(str, words), "--lang", "en"])


def test_borders_are_drawn_from_a_file_and_forgotten_again(tmp_path: Path) -> None:
    file = tmp_path / "districts.geojson"
    file.write_bytes(geojson(feature("6101", square(99.5, 15.2, 0.25))))
    done = run("districts", "load", file)
    assert done.exit_code == 0
    assert "Districts drawn with their borders: 1." in done.stderr
    assert "Districts without a shape, shown as points: 927" in done.stdout
    assert list(shapes_of("P61")) == ["D6101"]
    assert run("districts", "clear").exit_code == 0
    assert shapes_of("P61") == {}


def test_another_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "districts.geojson"
    file.write_bytes(b"no json")
    done = run("districts", "load", file)
    assert (done.exit_code, "Export the districts as GeoJSON" in done.stdout) == (1, True)
    assert shapes_of("P61") == {}
    assert run("districts", "load", tmp_path / "nowhere").exit_code == 2


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "file"))
    file = tmp_path / "districts.geojson"
    file.write_bytes(geojson(feature("6101", square(99.5, 15.2, 0.25))))
    done = run("districts", "load", file)
    assert (done.exit_code, "Traceback" in done.output) == (3, False)
