"""Addresses of files that a browser may keep."""

import hashlib
import re

from components.reader.assets import STATIC, asset_address


def test_an_address_changes_with_the_file() -> None:
    digest = hashlib.sha256((STATIC / "map" / "map.js").read_bytes()).hexdigest()
    assert asset_address("map/map.js") == f"app/static/map/map.js?v={digest[:12]}"


def test_a_script_that_is_kept_imports_only_files_that_are_there() -> None:
    for script in (STATIC / "map").glob("*.js"):
        for name in re.findall(r'from "\./(.+?)"', script.read_text(encoding="utf-8")):
            assert (script.parent / name).is_file(), f"{script.name} imports {name}"
